import * as l10n from '@vscode/l10n';

import type { Drain } from '../../src/protocol/easyQueue.ts';

/** What words about a drain need: how long, and what time it was. */
export interface DrainWords {
  /** Milliseconds in words. */
  duration(ms: number): string;
  /** Unix milliseconds as a time of day, with the day where it is another. */
  clock(ms: number): string;
}

const SECOND_MS = 1000;

/** When a lag will be worked off, in words: "drained in 43 s". */
export function drainText(drain: Drain, words: DrainWords): string {
  switch (drain.kind) {
    case 'drained':
      return l10n.t('nothing left to read');
    case 'drains':
      // A rate is not so exact that parts of a second mean anything.
      return l10n.t('drained in {0}', words.duration(Math.max(1, Math.ceil(drain.inMs / SECOND_MS)) * SECOND_MS));
    case 'keepsUp':
      return l10n.t('keeps up');
    case 'never':
      return l10n.t('never at this rate');
    case 'stuck':
      return l10n.t('not moving since {0}', words.clock(drain.sinceMs));
    case 'neverCommitted':
      return l10n.t('nothing committed yet');
    case 'unknown':
      return l10n.t('measuring…');
  }
}

/** Whether somebody should look: it does not get less by itself. */
export function needsAttention({ kind }: Drain): boolean {
  return kind === 'stuck' || kind === 'never';
}

const URGENCY: Readonly<Record<Drain['kind'], number>> = { drained: 0, keepsUp: 1, unknown: 2, drains: 3, neverCommitted: 4, never: 5, stuck: 6 };

/** Order of two drains: what is done first, what is stuck last; of those under way the shorter first, of the stuck the newer. */
export function compareDrains(a: Drain, b: Drain): number {
  if (a.kind === 'drains' && b.kind === 'drains') return a.inMs - b.inMs;
  if (a.kind === 'stuck' && b.kind === 'stuck') return b.sinceMs - a.sinceMs;
  return URGENCY[a.kind] - URGENCY[b.kind];
}
