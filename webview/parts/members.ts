import * as l10n from '@vscode/l10n';

import { oneLine } from '../../src/model/format.ts';
import type { GroupDetail, MemberRow, PartitionLag } from '../../src/protocol/easyQueue.ts';
import { el } from '../dom.ts';
import type { PageContext } from '../page.ts';
import { table } from '../table.ts';
import type { Table } from '../table.ts';
import { compareDrains } from './drain.ts';
import type { DrainWords } from './drain.ts';
import { drainCell } from './groups.ts';
import { compareKnown, compareWholes, UNKNOWN } from './numbers.ts';
import type { Numbers } from './numbers.ts';

/** A partition of a group, and the member that reads it; one of the two may be missing. */
export interface Assignment {
  readonly member: Pick<MemberRow, 'memberId' | 'clientId'> | undefined;
  readonly lag: PartitionLag | undefined;
}

/** What each member reads: a row a partition, members without one too, and partitions that nobody reads at the end. */
export function assignments({ group, members }: GroupDetail): readonly Assignment[] {
  const read = new Set(members.flatMap(({ partitions }) => partitions.map(({ partition }) => partition)));
  const unread = group.partitions.filter(({ partition }) => !read.has(partition));
  return [
    ...members.flatMap((member): readonly Assignment[] =>
      member.partitions.length === 0 ? [{ member, lag: undefined }] : member.partitions.map((lag) => ({ member, lag }))),
    ...unread.map((lag) => ({ member: undefined, lag })),
  ];
}

/** The members of a group and their partitions. */
export function membersTable(context: PageContext, numbers: Numbers, words: DrainWords): Table<Assignment> {
  const { format } = context;
  const byMember = (a: Assignment, b: Assignment): number => format.compare(a.member?.memberId ?? '', b.member?.memberId ?? '');
  return table<Assignment>({
    id: 'members',
    caption: l10n.t('Members'),
    ui: context.ui,
    // A partition that changes hands is another row.
    key: ({ member, lag }) => JSON.stringify([member?.memberId ?? null, lag?.partition ?? null]),
    empty: l10n.t('No member: no consumer of this group is connected.'),
    columns: [
      {
        id: 'member',
        title: l10n.t('Member'),
        header: true,
        sort: (a, b) => byMember(a, b) || compareKnown(a.lag?.partition, b.lag?.partition),
        cell: ({ member }) => nameCell(member?.memberId, l10n.t('nobody')),
      },
      {
        id: 'client',
        title: l10n.t('Client'),
        sort: (a, b) => format.compare(a.member?.clientId ?? '', b.member?.clientId ?? ''),
        cell: ({ member }) => nameCell(member?.clientId, UNKNOWN),
      },
      {
        id: 'partition',
        title: l10n.t('Partition'),
        align: 'end',
        sort: (a, b) => compareKnown(a.lag?.partition, b.lag?.partition),
        cell: ({ lag }) => (lag === undefined ? l10n.t('none assigned') : String(lag.partition)),
      },
      {
        id: 'lag',
        title: l10n.t('Lag'),
        align: 'end',
        sort: (a, b) => compareWholes(a.lag?.lag, b.lag?.lag),
        cell: ({ lag }) => numbers.whole(lag?.lag),
      },
      {
        id: 'drain',
        title: l10n.t('Time left'),
        sort: compareByDrain,
        cell: ({ lag }) => (lag === undefined ? UNKNOWN : progressCell(lag, words)),
      },
      {
        id: 'in',
        title: l10n.t('In'),
        align: 'end',
        sort: (a, b) => compareKnown(a.lag?.produceRate, b.lag?.produceRate),
        cell: ({ lag }) => numbers.rate(lag?.produceRate),
      },
      {
        id: 'out',
        title: l10n.t('Out'),
        align: 'end',
        sort: (a, b) => compareKnown(a.lag?.consumeRate, b.lag?.consumeRate),
        cell: ({ lag }) => numbers.rate(lag?.consumeRate),
      },
      {
        id: 'committed',
        title: l10n.t('Committed offset'),
        align: 'end',
        sort: (a, b) => compareWholes(a.lag?.committedOffset, b.lag?.committedOffset),
        cell: ({ lag }) => numbers.whole(lag?.committedOffset),
      },
      {
        id: 'end',
        title: l10n.t('End offset'),
        align: 'end',
        sort: (a, b) => compareWholes(a.lag?.endOffset, b.lag?.endOffset),
        cell: ({ lag }) => numbers.whole(lag?.endOffset),
      },
    ],
  });
}

function compareByDrain(a: Assignment, b: Assignment): number {
  if (a.lag === undefined || b.lag === undefined) return Number(a.lag !== undefined) - Number(b.lag !== undefined);
  return compareDrains(a.lag.drain, b.lag.drain);
}

/** An id; in full in its tooltip, for they are long. */
function nameCell(text: string | undefined, missing: string): string | Node {
  if (text === undefined) return el('span', { class: 'quiet' }, missing);
  const line = oneLine(text);
  return el('span', { class: 'id', title: line }, line);
}

/** When the partition is worked off, and whether it holds most of the lag. */
function progressCell({ drain, isSkewed }: PartitionLag, words: DrainWords): Node {
  const cell = drainCell(drain, words);
  return isSkewed ? el('span', {}, cell, el('small', { class: 'attention' }, l10n.t('skewed: far more lag than the others'))) : cell;
}
