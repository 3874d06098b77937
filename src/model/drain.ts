/** When a lag will be worked off, judged over the window of samples that `GroupProgress` keeps. */
export type Drain =
  /** Nothing to read. */
  | { readonly kind: 'drained' }
  /** At the rates of the window, in so many milliseconds: lag ÷ (messages read a second − messages that came a second). */
  | { readonly kind: 'drains'; readonly inMs: number }
  /** It reads what comes, a little later: messages came, and what is unread is at most {@link KEEPS_UP_MS} of its own reading. */
  | { readonly kind: 'keepsUp' }
  /** It reads, but no faster than messages come, or so little faster that it would take over a year ({@link NEVER_MS}). */
  | { readonly kind: 'never' }
  /** Nothing was read at least since then, Unix milliseconds, though there was something to read all the time: see {@link STUCK_AFTER_MS}. */
  | { readonly kind: 'stuck'; readonly sinceMs: number }
  /** Nothing is committed: where it would begin to read, only its client knows. */
  | { readonly kind: 'neverCommitted' }
  /** Too few samples yet to say, or offsets that are not known. */
  | { readonly kind: 'unknown' };

/**
 * A partition is stuck when its committed offset is the same in every sample of the window, and over at least two samples that are so many
 * milliseconds apart there was something to read. With nothing to read it is drained, not stuck.
 */
export const STUCK_AFTER_MS = 30_000;

/** A reader that commits every few seconds always has a little unread: so many milliseconds of its own reading are nothing to tell. */
export const KEEPS_UP_MS = 10_000;

/** What takes longer than this is never: the messages are gone by then (topics keep them for 14 days at most). Milliseconds, a year. */
export const NEVER_MS = 365 * 86_400_000;

/** How a reader stands in one partition, and how fast it moves. */
export interface Pace {
  readonly isCommitted: boolean;
  readonly lag: bigint | undefined;
  /** Messages a second over the window; undefined with fewer than two samples. */
  readonly produceRate: number | undefined;
  readonly consumeRate: number | undefined;
  /** Time of the first sample since which the committed offset is the same and there is something to read; Unix milliseconds. */
  readonly stillSinceMs: number | undefined;
  /** Of the last sample, Unix milliseconds. */
  readonly atMs: number;
}

/** When one partition will have been read to its end. */
export function partitionDrain({ isCommitted, lag, produceRate, consumeRate, stillSinceMs, atMs }: Pace): Drain {
  if (!isCommitted) return { kind: 'neverCommitted' };
  if (lag === undefined) return { kind: 'unknown' };
  if (lag === 0n) return { kind: 'drained' };
  if (produceRate === undefined || consumeRate === undefined) return { kind: 'unknown' };
  if (consumeRate === 0) return stuckSince(stillSinceMs, atMs);
  const ownMs = (Number(lag) / consumeRate) * 1000;
  if (produceRate > 0 && ownMs <= KEEPS_UP_MS) return { kind: 'keepsUp' };
  const inMs = (Number(lag) / (consumeRate - produceRate)) * 1000;
  return consumeRate > produceRate && inMs <= NEVER_MS ? { kind: 'drains', inMs } : { kind: 'never' };
}

/** Stuck, where it has been still for long enough; else it cannot be told yet. */
export function stuckSince(stillSinceMs: number | undefined, atMs: number): Drain {
  if (stillSinceMs === undefined || atMs - stillSinceMs < STUCK_AFTER_MS) return { kind: 'unknown' };
  return { kind: 'stuck', sinceMs: stillSinceMs };
}

/**
 * When a whole group will have read everything: with its slowest partition. Partitions where nothing is committed count only where nothing is
 * committed anywhere. In this order:
 * every partition with something to read stuck → stuck, since the last of them stopped; one stuck or never → never; one unknown → unknown;
 * the longest of those that drain; keeping up; drained.
 */
export function groupDrain(partitions: readonly Drain[]): Drain {
  const committed = partitions.filter(({ kind }) => kind !== 'neverCommitted');
  if (committed.length === 0) return { kind: partitions.length === 0 ? 'unknown' : 'neverCommitted' };
  const behind = committed.filter(({ kind }) => kind !== 'drained');
  if (behind.length === 0) return { kind: 'drained' };
  const stuck = behind.filter((drain) => drain.kind === 'stuck');
  if (stuck.length === behind.length) return { kind: 'stuck', sinceMs: Math.max(...stuck.map(({ sinceMs }) => sinceMs)) };
  if (stuck.length > 0 || has(behind, 'never')) return { kind: 'never' };
  if (has(behind, 'unknown')) return { kind: 'unknown' };
  const drains = behind.filter((drain) => drain.kind === 'drains');
  return drains.length === 0 ? { kind: 'keepsUp' } : { kind: 'drains', inMs: Math.max(...drains.map(({ inMs }) => inMs)) };
}

function has(drains: readonly Drain[], wanted: Drain['kind']): boolean {
  return drains.some(({ kind }) => kind === wanted);
}

/** A partition with fewer unread messages than this is not skewed, however few the others have. */
const SKEW_MIN_LAG = 100n;

/** How many times the mean lag of the other partitions makes a partition skewed. */
const SKEW_TIMES = 3n;

/**
 * Which partitions hold much more of the lag than the others: at least 100 messages, and more than three times the mean
 * lag of the other partitions whose lag is known, of which there has to be one. So of two partitions one is skewed from 75 % of
 * the lag on, of sixteen from 16.7 % on.
 */
export function skewed(lags: readonly (bigint | undefined)[]): readonly boolean[] {
  const known = lags.filter((lag) => lag !== undefined);
  const total = known.reduce((sum, lag) => sum + lag, 0n);
  const others = BigInt(known.length - 1);
  return lags.map((lag) => lag !== undefined && lag >= SKEW_MIN_LAG && lag * others > SKEW_TIMES * (total - lag));
}
