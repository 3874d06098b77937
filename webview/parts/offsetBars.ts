import * as l10n from '@vscode/l10n';

import type { PartitionRow } from '../../src/protocol/easyQueue.ts';
import { el, setVariable, spoken } from '../dom.ts';
import type { PageContext } from '../page.ts';
import { table } from '../table.ts';
import type { Table } from '../table.ts';
import { compareKnown, compareWholes, isSome } from './numbers.ts';
import type { Numbers } from './numbers.ts';

/** The partitions of a topic: where each starts and ends, as numbers and as bars on one scale. */
export function offsetBars(context: PageContext, numbers: Numbers): Table<PartitionRow> {
  return table<PartitionRow>({
    id: 'partitions',
    caption: l10n.t('Partitions'),
    ui: context.ui,
    key: ({ partition }) => String(partition),
    empty: l10n.t('The service reported no partitions.'),
    columns: [
      {
        id: 'partition',
        title: l10n.t('Partition'),
        header: true,
        sort: (a, b) => a.partition - b.partition,
        cell: ({ partition }) => String(partition),
      },
      {
        id: 'start',
        title: l10n.t('Start offset'),
        align: 'end',
        sort: (a, b) => compareWholes(a.startOffset, b.startOffset),
        cell: ({ startOffset }) => numbers.whole(startOffset),
      },
      { id: 'bar', title: l10n.t('Kept range'), cell: ({ bar }) => offsetBar(bar) },
      {
        id: 'end',
        title: l10n.t('End offset'),
        align: 'end',
        sort: (a, b) => compareWholes(a.endOffset, b.endOffset),
        cell: ({ endOffset }) => numbers.whole(endOffset),
      },
      {
        id: 'messages',
        title: l10n.t('Messages'),
        align: 'end',
        sort: (a, b) => compareWholes(a.messageCount, b.messageCount),
        cell: (row) => messagesCell(row, numbers),
      },
      {
        id: 'share',
        title: l10n.t('Share'),
        align: 'end',
        sort: (a, b) => compareKnown(a.share, b.share),
        cell: ({ share }) => numbers.share(share),
      },
      {
        id: 'replicas',
        title: l10n.t('Replicas'),
        align: 'end',
        sort: (a, b) => compareKnown(a.replicaCount, b.replicaCount),
        cell: ({ replicaCount }) => numbers.whole(replicaCount),
      },
    ],
  });
}

/** A bar from where the kept messages start to where they end. The numbers stand beside it, so it says nothing itself. */
function offsetBar(bar: PartitionRow['bar']): HTMLElement {
  const track = el('span', { class: 'offset-bar', 'aria-hidden': 'true' });
  if (bar === undefined || bar.to <= bar.from) return track;
  const fill = el('span');
  setVariable(fill, '--from', percent(bar.from));
  setVariable(fill, '--long', percent(bar.to - bar.from));
  track.append(fill);
  return track;
}

function percent(part: number): string {
  return `${(Math.min(1, Math.max(0, part)) * 100).toFixed(3)}%`;
}

/** How many are kept, and what came since the read before: "2,479,112 ▲ 1,204". */
function messagesCell({ messageCount, came }: PartitionRow, numbers: Numbers): string | Node {
  const kept = numbers.whole(messageCount);
  if (!isSome(came)) return kept;
  const count = numbers.whole(came);
  const sign = el('span', { class: 'came', 'aria-hidden': 'true' }, ` ▲ ${count}`);
  return el('span', {}, kept, sign, spoken(` ${l10n.t('{0} more since the last read', count)}`));
}
