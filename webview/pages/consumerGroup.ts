import * as l10n from '@vscode/l10n';

import type { GroupDetail, SeenState } from '../../src/protocol/easyQueue.ts';
import type { PageParts } from '../../src/protocol/dashboard.ts';
import { ChartGroup, timeChart } from '../charts/timeChart.ts';
import { el } from '../dom.ts';
import type { Page, PageContext } from '../page.ts';
import { factList } from '../parts/facts.ts';
import { groupFacts } from '../parts/groupFacts.ts';
import { drainWords } from '../parts/groups.ts';
import { assignments, membersTable } from '../parts/members.ts';
import { createNumbers } from '../parts/numbers.ts';
import { PartList } from '../parts/partList.ts';
import { timeline } from '../parts/timeline.ts';

type Parts = PageParts['consumerGroup'];

/** A consumer group: how far behind it is, what each member reads, lag and rates over time, and the states it went through. */
export function consumerGroupPage(root: HTMLElement, context: PageContext): Page {
  const parts = new PartList<Parts>(context);
  const group = new ChartGroup(context);
  root.append(
    groupPart(parts, context),
    group.element,
    chartPart(parts, context, group, { part: 'lag', title: l10n.t('Lag'), empty: l10n.t('The service counts from the first consumer group on.') }),
    chartPart(parts, context, group, {
      part: 'rates',
      title: l10n.t('Messages in and out'),
      empty: l10n.t('Two samples are needed: rates are measured while this dashboard is open.'),
    }),
  );
  return {
    part: (event) => parts.take(event),
    view: () => {
      parts.redraw();
      group.view();
    },
    dispose: () => {
      parts.dispose();
      group.dispose();
    },
  };
}

/** Head, members and states come with one read, so they stand in one part. */
function groupPart(parts: PartList<Parts>, context: PageContext): HTMLElement {
  const numbers = createNumbers(context.format);
  const words = drainWords(context);
  const facts = factList();
  const members = membersTable(context, numbers, words);
  const states = timeline(context);
  const show = (detail: GroupDetail, readMs: number): void => {
    facts.show(groupFacts(detail, words, numbers));
    members.rows(assignments(detail));
    states.show(detail.states, endOf(detail.states, readMs));
  };
  return parts.add({
    part: 'group',
    title: l10n.t('Consumer group'),
    isWide: true,
    hasCsv: true,
    content: [
      facts.element,
      el('h3', {}, l10n.t('Members and partitions')),
      members.element,
      el('h3', {}, l10n.t('States')),
      states.element,
    ],
    show,
  });
}

/** When the states were seen last: never before the last one began, whatever the clocks say. */
function endOf(states: readonly SeenState[], readMs: number): number {
  return Math.max(readMs, states.at(-1)?.sinceMs ?? readMs);
}

/** A part that is a chart; `empty` says what would fill it. */
interface RecordedPart {
  readonly part: 'lag' | 'rates';
  readonly title: string;
  readonly empty: string;
}

function chartPart(parts: PartList<Parts>, context: PageContext, group: ChartGroup, { part, title, empty }: RecordedPart): HTMLElement {
  const chart = timeChart({ id: part, part, title, context, group, empty });
  return parts.add({ part, title, content: [chart.element], show: (table) => chart.show(table), dispose: () => chart.dispose() });
}
