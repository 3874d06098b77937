import type { ConsumerGroup, GroupMember, PartitionProgress } from './easyQueue.ts';

/**
 * Messages a reader has still to read: `endOffset − committedOffset`, never negative (a topic that was cut short can leave
 * the committed offset beyond the end); `undefined` while nothing is committed.
 */
export function lagOf(endOffset: bigint | undefined, committedOffset: bigint | undefined): bigint | undefined {
  if (endOffset === undefined || committedOffset === undefined) return undefined;
  return endOffset > committedOffset ? endOffset - committedOffset : 0n;
}

/** The committed offset; `undefined` while nothing is committed, for which Kafka itself writes −1. */
export function committedOffsetOf({ committedOffset }: PartitionProgress): bigint | undefined {
  return committedOffset === undefined || committedOffset < 0n ? undefined : committedOffset;
}

/** Lag of one partition: what the service says, else what its offsets say; `undefined` while nothing is committed. */
export function progressLag(progress: PartitionProgress): bigint | undefined {
  if (committedOffsetOf(progress) === undefined) return undefined;
  const told = progress.lag;
  if (told !== undefined) return told < 0n ? 0n : told;
  return lagOf(progress.endOffset, progress.committedOffset);
}

/** Sum over the partitions whose lag is known; `undefined` where none is. */
export function memberLag(member: GroupMember): bigint | undefined {
  return sum(member.partitions.map(progressLag));
}

/** Lag of a group: what the service says, else the sum over its members; `undefined` where neither is known. */
export function groupLag(group: ConsumerGroup): bigint | undefined {
  const told = group.totalLag;
  if (told !== undefined) return told < 0n ? 0n : told;
  return sum(group.members.map(memberLag));
}

function sum(values: readonly (bigint | undefined)[]): bigint | undefined {
  return values.reduce((total, value) => (value === undefined ? total : (total ?? 0n) + value), undefined);
}

/** How a lag moved between two samples. */
export interface LagTrend {
  readonly direction: 'grows' | 'shrinks' | 'stays';
  /** Messages; never negative. */
  readonly by: bigint;
  /** Milliseconds between the two samples. */
  readonly overMs: number;
}

interface Sample {
  readonly lag: bigint;
  readonly atMs: number;
}

/** The last two samples of every lag that was shown. Keys are the ids of the rows. */
export class LagHistory {
  readonly #last = new Map<string, Sample>();
  readonly #trends = new Map<string, LagTrend>();

  /** Takes a sample and tells how it compares with the one before; `undefined` for the first. */
  observe(key: string, lag: bigint | undefined, atMs: number): LagTrend | undefined {
    if (lag === undefined) {
      this.#last.delete(key);
      this.#trends.delete(key);
      return undefined;
    }
    const before = this.#last.get(key);
    if (before !== undefined && atMs <= before.atMs) return this.#trends.get(key);
    this.#last.set(key, { lag, atMs });
    if (before === undefined) return undefined;
    const trend = compare(before, { lag, atMs });
    this.#trends.set(key, trend);
    return trend;
  }

  /** Forgets every sample whose key starts with this text: an account or a topic that is gone. */
  forget(prefix: string): void {
    for (const key of this.#last.keys()) {
      if (!key.startsWith(prefix)) continue;
      this.#last.delete(key);
      this.#trends.delete(key);
    }
  }
}

function compare(before: Sample, now: Sample): LagTrend {
  const overMs = now.atMs - before.atMs;
  if (now.lag === before.lag) return { direction: 'stays', by: 0n, overMs };
  if (now.lag > before.lag) return { direction: 'grows', by: now.lag - before.lag, overMs };
  return { direction: 'shrinks', by: before.lag - now.lag, overMs };
}
