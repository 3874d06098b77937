import * as l10n from '@vscode/l10n';

import { isOne, oneLine } from '../../src/model/format.ts';
import type { PageParts } from '../../src/protocol/dashboard.ts';
import type { ConnectorFacts, DataStreamFacts } from '../../src/protocol/dataStream.ts';
import { el, keyed, setContent, setText } from '../dom.ts';
import type { MakePage, PageContext } from '../page.ts';
import { factList } from '../parts/facts.ts';
import type { Fact } from '../parts/facts.ts';
import { kafkaClients } from '../parts/kafkaClients.ts';
import { PartList } from '../parts/partList.ts';
import { toned } from '../parts/toned.ts';

type Parts = PageParts['dataStreamTopic'];

/** A topic of Data Stream: what it is, whether its connector works, and how clients reach it. The service tells no offsets (datastream.md). */
export const dataStreamTopicPage: MakePage = (root, context) => {
  const parts = new PartList<Parts>(context);
  root.append(topicPart(parts, context), connectorPart(parts, context));
  return {
    part: (event) => parts.take(event),
    view: () => parts.redraw(),
    dispose: () => parts.dispose(),
  };
};

function topicPart(parts: PartList<Parts>, context: PageContext): HTMLElement {
  const facts = factList();
  const partitions = el('p', { class: 'note' });
  const clients = kafkaClients(context);
  return parts.add({
    part: 'topic',
    title: l10n.t('Topic'),
    content: [facts.element, partitions, clients.element],
    show: (topic) => {
      facts.show(topicFacts(topic, context));
      setText(partitions, partitionWords(topic, context));
      clients.show(topic);
    },
  });
}

function topicFacts({ status, statusWords, tone, partitionCount, retentionMs, createdAt, description, more }: DataStreamFacts, { format, time }: PageContext): readonly Fact[] {
  const fact = (label: string, value: string | Node | undefined): readonly Fact[] => (value === undefined ? [] : [{ label, value }]);
  return [
    { label: l10n.t('Status'), value: toned(tone, status ?? statusWords ?? l10n.t('status unknown'), status === undefined ? undefined : statusWords) },
    ...fact(l10n.t('Partitions'), partitionCount === undefined ? undefined : format.count(partitionCount)),
    ...fact(l10n.t('Retention'), retentionMs === undefined ? undefined : format.duration(retentionMs)),
    ...fact(l10n.t('Created'), createdAt === undefined ? undefined : withZone(createdAt, time)),
    ...fact(l10n.t('Description'), description),
    ...more.map(({ label, value }) => ({ label, value: withZone(value, time) })),
  ];
}

/** A moment as the service writes it, `2026-11-22T05:03:22Z`. */
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})$/;

/** A moment in the zone that is set; every other text as it is. */
function withZone(text: string, time: PageContext['time']): string {
  const ms = MOMENT.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(ms) ? text : time.dateTimeZone(ms);
}

/** Said plainly, in place of bars that would be empty. */
function partitionWords({ partitionCount }: DataStreamFacts, { format }: PageContext): string {
  if (partitionCount === undefined) return l10n.t('Offsets, message counts and consumer groups are not shown: only the Kafka protocol tells them, the API of Data Stream does not.');
  const count = format.count(partitionCount);
  return isOne(partitionCount)
    ? l10n.t('{0} partition. Its offsets, message count and consumer groups are not shown: only the Kafka protocol tells them, the API of Data Stream does not.', count)
    : l10n.t('{0} partitions. Their offsets, message counts and consumer groups are not shown: only the Kafka protocol tells them, the API of Data Stream does not.', count);
}

function connectorPart(parts: PartList<Parts>, context: PageContext): HTMLElement {
  const state = el('p');
  const causes = failureCauses();
  const facts = factList();
  return parts.add({
    part: 'connector',
    title: l10n.t('Connector'),
    content: [state, causes.element, facts.element],
    show: (connector) => {
      setContent(state, stateWords(connector));
      causes.show(connector.causes);
      facts.show(connector.more.map(({ label, value }) => ({ label, value: withZone(value, context.time) })));
    },
  });
}

function stateWords({ state, stateWords: words, tone }: ConnectorFacts): Node {
  if (state === undefined) return el('span', { class: 'empty' }, words ?? l10n.t('status unknown'));
  return toned(tone, oneLine(state), words);
}

/** What the documents say of a failure: each cause with what mends it. */
function failureCauses() {
  const list = el('ol', { class: 'causes' });
  const show = keyed<ConnectorFacts['causes'][number]>(list, {
    key: ({ cause }) => cause,
    make: ({ cause }) => el('li', {}, el('strong', {}, cause), ' ', el('span')),
    update: (item, { remedy }) => {
      const place = item.lastElementChild;
      if (place !== null) setText(place, remedy);
    },
  });
  const element = el(
    'div',
    { hidden: true },
    el('p', {}, l10n.t('The documentation names three causes:')),
    list,
    el('p', { class: 'note' }, l10n.t('If the connector stays FAILED after that, delete it and create it again.')),
  );
  return {
    element,
    show: (causes: ConnectorFacts['causes']) => {
      element.hidden = causes.length === 0;
      show(causes);
    },
  };
}
