import * as l10n from '@vscode/l10n';

import { oneLine } from '../../src/model/format.ts';
import type { Drain, GroupRow } from '../../src/protocol/easyQueue.ts';
import { el, spoken } from '../dom.ts';
import type { PageContext } from '../page.ts';
import { table } from '../table.ts';
import type { Table } from '../table.ts';
import { compareDrains, drainText, needsAttention } from './drain.ts';
import type { DrainWords } from './drain.ts';
import { linkButton } from './inputs.ts';
import { compareKnown, compareWholes } from './numbers.ts';
import type { Numbers } from './numbers.ts';
import { toned } from './toned.ts';

/** The consumer groups of a topic. A group's name opens its own dashboard. */
export function groupsTable(context: PageContext, numbers: Numbers): Table<GroupRow> {
  const words = drainWords(context);
  return table<GroupRow>({
    id: 'groups',
    caption: l10n.t('Consumer groups'),
    ui: context.ui,
    key: ({ groupId }) => groupId,
    empty: l10n.t('No consumer group yet: it appears when a client joins.'),
    columns: [
      {
        id: 'name',
        title: l10n.t('Group'),
        header: true,
        sort: (a, b) => context.format.compare(a.name, b.name),
        cell: (group) => groupButton(group, context),
      },
      {
        id: 'state',
        title: l10n.t('State'),
        sort: (a, b) => context.format.compare(a.state ?? '', b.state ?? ''),
        cell: stateCell,
      },
      {
        id: 'lag',
        title: l10n.t('Lag'),
        align: 'end',
        sort: (a, b) => compareWholes(a.totalLag, b.totalLag),
        cell: (group) => lagCell(group, numbers),
      },
      {
        id: 'drain',
        title: l10n.t('Time left'),
        sort: (a, b) => compareDrains(a.drain, b.drain),
        cell: ({ drain }) => drainCell(drain, words),
      },
      {
        id: 'in',
        title: l10n.t('In'),
        align: 'end',
        sort: (a, b) => compareKnown(a.produceRate, b.produceRate),
        cell: ({ produceRate }) => numbers.rate(produceRate),
      },
      {
        id: 'out',
        title: l10n.t('Out'),
        align: 'end',
        sort: (a, b) => compareKnown(a.consumeRate, b.consumeRate),
        cell: ({ consumeRate }) => numbers.rate(consumeRate),
      },
      {
        id: 'members',
        title: l10n.t('Members'),
        align: 'end',
        sort: (a, b) => a.memberCount - b.memberCount,
        cell: ({ memberCount }) => numbers.whole(memberCount),
      },
    ],
  });
}

/** A group's name as a button that opens its dashboard. */
export function groupButton({ groupId, name }: Pick<GroupRow, 'groupId' | 'name'>, context: PageContext): HTMLElement {
  const button = linkButton(oneLine(name), () => context.call({ type: 'open', part: 'groups', key: groupId }));
  button.title = oneLine(groupId);
  return button;
}

/** A group's state as the service says it, and what that means. */
export function stateCell({ state, stateWords, tone }: Pick<GroupRow, 'state' | 'stateWords' | 'tone'>): HTMLElement {
  return toned(tone, oneLine(state ?? stateWords ?? l10n.t('state not known')), state === undefined ? undefined : stateWords);
}

/** A group's lag in full, with where it goes. */
export function lagCell({ totalLag, trend }: Pick<GroupRow, 'totalLag' | 'trend'>, numbers: Numbers): HTMLElement {
  if (totalLag === undefined) return el('span', {}, l10n.t('nothing committed yet'));
  return el('span', {}, numbers.whole(totalLag), ...(trend === undefined ? [] : trendSign(trend)));
}

function trendSign(trend: NonNullable<GroupRow['trend']>): readonly Node[] {
  return [el('span', { class: 'trend', 'data-trend': trend, 'aria-hidden': 'true' }, ` ${ARROWS[trend]}`), spoken(` ${trendWords(trend)}`)];
}

function trendWords(trend: NonNullable<GroupRow['trend']>): string {
  switch (trend) {
    case 'grows':
      return l10n.t('grows');
    case 'shrinks':
      return l10n.t('shrinks');
    case 'stays':
      return l10n.t('stays');
  }
}

const ARROWS: Readonly<Record<NonNullable<GroupRow['trend']>, string>> = { grows: '↗', shrinks: '↘', stays: '→' };

/** When a lag is worked off, marked where it does not get less by itself. */
export function drainCell(drain: Drain, words: DrainWords): HTMLElement {
  return el('span', { class: needsAttention(drain) ? 'drain attention' : 'drain' }, drainText(drain, words));
}

/** Words about drains with the page's own numbers and time zone. */
export function drainWords(context: PageContext): DrainWords {
  return {
    duration: (ms) => context.format.duration(ms),
    clock: (ms) => context.time.clock(ms, context.now()),
  };
}
