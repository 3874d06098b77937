import * as l10n from '@vscode/l10n';

import type { GroupDetail } from '../../src/protocol/easyQueue.ts';
import type { DrainWords } from './drain.ts';
import type { Fact } from './facts.ts';
import { drainCell, lagCell, stateCell } from './groups.ts';
import type { Numbers } from './numbers.ts';

/** How a consumer group stands. */
export function groupFacts({ group, members }: GroupDetail, words: DrainWords, numbers: Numbers): readonly Fact[] {
  return [
    { label: l10n.t('State'), value: stateCell(group) },
    { label: l10n.t('Lag'), value: lagCell(group, numbers) },
    { label: l10n.t('Time left'), value: drainCell(group.drain, words) },
    { label: l10n.t('Messages in'), value: numbers.rate(group.produceRate) },
    { label: l10n.t('Messages out'), value: numbers.rate(group.consumeRate) },
    { label: l10n.t('Members'), value: numbers.whole(members.length) },
    { label: l10n.t('Partitions'), value: numbers.whole(group.partitions.length) },
  ];
}
