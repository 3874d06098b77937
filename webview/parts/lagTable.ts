import * as l10n from '@vscode/l10n';

import type { GroupRow, PartitionLag } from '../../src/protocol/easyQueue.ts';
import { el } from '../dom.ts';
import type { PageContext } from '../page.ts';
import { table } from '../table.ts';
import type { Column, Table } from '../table.ts';
import { drainText } from './drain.ts';
import type { DrainWords } from './drain.ts';
import { groupButton } from './groups.ts';
import { compareWholes, UNKNOWN } from './numbers.ts';
import type { Numbers } from './numbers.ts';

/** Lag of each group in each partition, as a table: a row a group, a column a partition. */
export function lagTable(context: PageContext, numbers: Numbers, partitions: readonly number[], words: DrainWords): Table<GroupRow> {
  return table<GroupRow>({
    id: 'lag',
    caption: l10n.t('Lag by partition'),
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
      ...partitions.map((partition): Column<GroupRow> => ({
        id: `p${partition}`,
        title: l10n.t('Partition {0}', String(partition)),
        align: 'end',
        sort: (a, b) => compareWholes(lagIn(a, partition)?.lag, lagIn(b, partition)?.lag),
        cell: (group) => lagCell(lagIn(group, partition), numbers, words),
      })),
    ],
  });
}

/** Where a group stands in a partition; undefined where no member of it reads there. */
export function lagIn(group: GroupRow, partition: number): PartitionLag | undefined {
  return group.partitions.find((each) => each.partition === partition);
}

/** Partitions that any of the groups reads, smallest first. */
export function partitionsOf(groups: readonly GroupRow[]): readonly number[] {
  return [...new Set(groups.flatMap((group) => group.partitions.map(({ partition }) => partition)))].toSorted((a, b) => a - b);
}

/** A lag and what is unusual about it, in words below. */
function lagCell(lag: PartitionLag | undefined, numbers: Numbers, words: DrainWords): string | Node {
  if (lag === undefined) return UNKNOWN;
  const marks = marksOf(lag, words);
  const value = lag.lag === undefined ? UNKNOWN : numbers.whole(lag.lag);
  return marks.length === 0 ? value : el('span', {}, value, ...marks.map((mark) => el('small', { class: 'attention' }, mark)));
}

/** What somebody should know of a partition: that it does not move, that it will never be done, that it holds most of the lag. */
function marksOf({ drain, isSkewed }: PartitionLag, words: DrainWords): readonly string[] {
  const stands = drain.kind === 'stuck' || drain.kind === 'never' || drain.kind === 'neverCommitted';
  return [...(stands ? [drainText(drain, words)] : []), ...(isSkewed ? [l10n.t('skewed: far more lag than the others')] : [])];
}
