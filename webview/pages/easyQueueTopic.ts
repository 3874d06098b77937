import * as l10n from '@vscode/l10n';

import type { PageParts, PartName } from '../../src/protocol/dashboard.ts';
import type { TopicFacts } from '../../src/protocol/easyQueue.ts';
import type { SeriesTable } from '../../src/protocol/series.ts';
import { ChartGroup, timeChart } from '../charts/timeChart.ts';
import { el } from '../dom.ts';
import type { Page, PageContext } from '../page.ts';
import { factList } from '../parts/facts.ts';
import { groupsTable } from '../parts/groups.ts';
import { lagByPartition } from '../parts/lagByPartition.ts';
import { logSizeNow } from '../parts/logSize.ts';
import { createNumbers } from '../parts/numbers.ts';
import type { Numbers } from '../parts/numbers.ts';
import { offsetBars } from '../parts/offsetBars.ts';
import { PartList } from '../parts/partList.ts';
import { topicFacts } from '../parts/topicFacts.ts';

type Parts = PageParts['easyQueueTopic'];

/** A topic of EasyQueue: what it is, where its partitions stand, who reads it, and its five statistics on one time axis. */
export function easyQueueTopicPage(root: HTMLElement, context: PageContext): Page {
  const numbers = createNumbers(context.format);
  const parts = new PartList<Parts>(context);
  const group = new ChartGroup(context);
  const lags = lagByPartition(context, numbers);
  const head = topicHead(context, numbers);
  root.append(
    parts.add({ part: 'topic', title: l10n.t('Topic'), isWide: true, content: [head.element], show: (topic) => head.topic(topic) }),
    partitionsPart(parts, context, numbers),
    groupsPart(parts, context, numbers, lags),
    group.element,
    ...statistics().map((each) => chartPart(parts, context, group, each.part === 'logSize' ? { ...each, also: (table) => head.sizes(table) } : each)),
  );
  return {
    part: (event) => parts.take(event),
    view: () => {
      parts.redraw();
      head.redraw();
      group.view();
    },
    dispose: () => {
      lags.dispose();
      parts.dispose();
      group.dispose();
    },
  };
}

/** What the topic is, with the size of its log: that is among the statistics only, and is that of now where the range ends now. */
function topicHead(context: PageContext, numbers: Numbers) {
  const facts = factList();
  let topic: TopicFacts | undefined;
  let bytes: number | undefined;
  const redraw = (): void => {
    if (topic !== undefined) facts.show(topicFacts(topic, 'last' in context.view.range ? bytes : undefined, context, numbers));
  };
  return {
    element: facts.element,
    redraw,
    topic: (next: TopicFacts) => {
      topic = next;
      redraw();
    },
    sizes: (table: SeriesTable) => {
      bytes = logSizeNow(table);
      redraw();
    },
  };
}

function partitionsPart(parts: PartList<Parts>, context: PageContext, numbers: Numbers): HTMLElement {
  const bars = offsetBars(context, numbers);
  return parts.add({ part: 'partitions', title: l10n.t('Partitions'), hasCsv: true, content: [bars.element], show: (rows) => bars.rows(rows) });
}

function groupsPart(parts: PartList<Parts>, context: PageContext, numbers: Numbers, lags: ReturnType<typeof lagByPartition>): HTMLElement {
  const groups = groupsTable(context, numbers);
  return parts.add({
    part: 'groups',
    title: l10n.t('Consumer groups'),
    hasCsv: true,
    content: [el('div', { class: 'long' }, groups.element), lags.element],
    show: (rows) => {
      groups.rows(rows);
      lags.show(rows);
    },
  });
}

/** The five statistics (easyqueue seed, "통계 조회"). */
function statistics(): readonly Statistic[] {
  const empty = l10n.t('The service counts from the first message on.');
  return [
    { part: 'bytesIn', title: l10n.t('Bytes in'), empty },
    { part: 'bytesOut', title: l10n.t('Bytes out'), empty },
    { part: 'messages', title: l10n.t('Messages'), empty },
    { part: 'lag', title: l10n.t('Lag by group'), empty: l10n.t('The service counts from the first consumer group on.') },
    { part: 'logSize', title: l10n.t('Log size by partition'), empty },
  ];
}

/** One of the statistics; `empty` says what would fill it. */
interface Statistic {
  readonly part: Exclude<PartName<'easyQueueTopic'>, 'topic' | 'partitions' | 'groups'>;
  readonly title: string;
  readonly empty: string;
  /** Who else shows it. */
  readonly also?: (table: SeriesTable) => void;
}

function chartPart(parts: PartList<Parts>, context: PageContext, group: ChartGroup, { part, title, empty, also }: Statistic): HTMLElement {
  const chart = timeChart({ id: part, part, title, context, group, empty });
  const show = (table: SeriesTable): void => {
    also?.(table);
    chart.show(table);
  };
  return parts.add({ part, title, content: [chart.element], show, dispose: () => chart.dispose() });
}
