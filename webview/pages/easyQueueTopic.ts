import * as l10n from '@vscode/l10n';

import type { PageParts, PartName } from '../../src/protocol/dashboard.ts';
import type { SeriesTable } from '../../src/protocol/series.ts';
import { ChartGroup, timeChart } from '../charts/timeChart.ts';
import { el } from '../dom.ts';
import type { Page, PageContext } from '../page.ts';
import { factList } from '../parts/facts.ts';
import { groupsTable } from '../parts/groups.ts';
import { lagByPartition } from '../parts/lagByPartition.ts';
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
  root.append(
    topicPart(parts, context, numbers),
    partitionsPart(parts, context, numbers),
    groupsPart(parts, context, numbers, lags),
    group.element,
    ...statistics().map((each) => chartPart(parts, context, group, each)),
  );
  return {
    part: (event) => parts.take(event),
    view: () => {
      parts.redraw();
      group.redraw();
    },
    dispose: () => {
      lags.dispose();
      parts.dispose();
      group.dispose();
    },
  };
}

function topicPart(parts: PartList<Parts>, context: PageContext, numbers: Numbers): HTMLElement {
  const facts = factList();
  return parts.add({ part: 'topic', title: l10n.t('Topic'), isWide: true, content: [facts.element], show: (topic) => facts.show(topicFacts(topic, context, numbers)) });
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
}

function chartPart(parts: PartList<Parts>, context: PageContext, group: ChartGroup, { part, title, empty }: Statistic): HTMLElement {
  const chart = timeChart({ id: part, part, title, context, group, empty });
  return parts.add({ part, title, content: [chart.element], show: (table: SeriesTable) => chart.show(table), dispose: () => chart.dispose() });
}
