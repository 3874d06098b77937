import { partitionDrain, skewed } from './drain.ts';
import type { Drain } from './drain.ts';
import type { PartitionProgress } from './easyQueue.ts';
import { committedOffsetOf, progressLag } from './lag.ts';

/** Where a group stands in one partition, and how fast it moves. */
export interface PartitionPace {
  readonly partition: number;
  /** Undefined while nothing is committed. */
  readonly committedOffset: bigint | undefined;
  readonly endOffset: bigint | undefined;
  /** Messages; undefined while nothing is committed. */
  readonly lag: bigint | undefined;
  /** Messages a second that came, over the window; undefined while no two samples are a second apart. */
  readonly produceRate: number | undefined;
  /** Messages a second that were read, over the window; undefined as above, and while nothing is committed. */
  readonly consumeRate: number | undefined;
  readonly drain: Drain;
  /** Whether it holds much more of the lag than the others: see `skewed`. */
  readonly isSkewed: boolean;
}

/** Rates from samples closer together than this would say more of the clock than of the group. */
const MIN_SPAN_MS = 1_000;

interface OffsetSample {
  readonly atMs: number;
  readonly committed: bigint | undefined;
  readonly end: bigint | undefined;
}

/** What is known of one partition over time. */
export interface PartitionTrack {
  /** The window, oldest first. */
  readonly samples: readonly OffsetSample[];
  /** Time of the first sample since which the committed offset is the same and there is something to read; Unix milliseconds. */
  readonly stillSinceMs: number | undefined;
}

/**
 * The partition with one sample more. The window holds the samples of the last `windowMs`, and always one that is a second older than the last, so that it
 * works at any interval between reads. It starts over where an offset went backwards, and where one appeared or vanished.
 */
export function nextTrack(before: PartitionTrack | undefined, progress: PartitionProgress, atMs: number, windowMs: number): PartitionTrack {
  const sample = { atMs, committed: committedOffsetOf(progress), end: endOf(progress) };
  const isUnread = (progressLag(progress) ?? 0n) > 0n;
  const last = before?.samples.at(-1);
  if (before === undefined || last === undefined || isBroken(last.committed, sample.committed) || isBroken(last.end, sample.end)) {
    return { samples: [sample], stillSinceMs: isUnread ? atMs : undefined };
  }
  const samples = [...before.samples, sample];
  const inWindow = samples.findIndex((each) => each.atMs >= atMs - windowMs);
  const apart = samples.findLastIndex((each) => each.atMs <= atMs - MIN_SPAN_MS);
  const stillSinceMs = last.committed === sample.committed ? (before.stillSinceMs ?? atMs) : atMs;
  return { samples: samples.slice(Math.max(0, Math.min(inWindow, apart))), stillSinceMs: isUnread ? stillSinceMs : undefined };
}

/** Partitions at a sample, in the order given. */
export function pacesOf(
  partitions: readonly PartitionProgress[],
  tracks: ReadonlyMap<number, PartitionTrack>,
  atMs: number,
): readonly PartitionPace[] {
  const areSkewed = skewed(partitions.map(progressLag));
  return partitions.map((progress, index) => paceOf(progress, tracks.get(progress.partition), atMs, areSkewed[index] ?? false));
}

function paceOf(progress: PartitionProgress, track: PartitionTrack | undefined, atMs: number, isSkewed: boolean): PartitionPace {
  const first = track?.samples[0];
  const last = track?.samples.at(-1);
  const overMs = (last?.atMs ?? 0) - (first?.atMs ?? 0);
  const committedOffset = committedOffsetOf(progress);
  const lag = progressLag(progress);
  const produceRate = rateOf(first?.end, last?.end, overMs);
  const consumeRate = rateOf(first?.committed, last?.committed, overMs);
  const drain = partitionDrain({ isCommitted: committedOffset !== undefined, lag, produceRate, consumeRate, stillSinceMs: track?.stillSinceMs, atMs });
  return { partition: progress.partition, committedOffset, endOffset: progress.endOffset, lag, produceRate, consumeRate, drain, isSkewed };
}

/** End of the partition: what the service says, else what its lag says. */
function endOf(progress: PartitionProgress): bigint | undefined {
  if (progress.endOffset !== undefined) return progress.endOffset;
  const committed = committedOffsetOf(progress);
  const lag = progressLag(progress);
  return committed === undefined || lag === undefined ? undefined : committed + lag;
}

function isBroken(last: bigint | undefined, now: bigint | undefined): boolean {
  if (last === undefined || now === undefined) return last !== now;
  return now < last;
}

/** Messages a second. */
function rateOf(from: bigint | undefined, to: bigint | undefined, overMs: number): number | undefined {
  return from === undefined || to === undefined || overMs < MIN_SPAN_MS ? undefined : (Number(to - from) * 1000) / overMs;
}
