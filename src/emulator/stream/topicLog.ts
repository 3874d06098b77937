import { Partition } from './partition.ts';
import type { Kept } from './partition.ts';
import type { Rhythm } from './rhythm.ts';

/** What a topic's log starts with. */
export interface LogSeed {
  /** Time at which the offsets hold, in ms. */
  readonly anchor: number;
  /** First offsets of each partition. */
  readonly offsets: readonly { readonly start: bigint; readonly end: bigint }[];
  readonly rhythm?: Rhythm;
  /** How much of what clients append can be read. */
  readonly kept?: Kept;
}

/** The partitions of one topic, of either cloud. */
export class TopicLog {
  readonly #partitions: Partition[] = [];
  /** The demo producer, if any. */
  readonly rhythm: Rhythm | undefined;
  readonly #kept: { readonly kept?: Kept };
  #next = 0;

  constructor(seed: LogSeed) {
    this.rhythm = seed.rhythm;
    this.#kept = seed.kept === undefined ? {} : { kept: seed.kept };
    const shares = unevenShares(seed.offsets.length);
    for (const [index, { start, end }] of seed.offsets.entries()) {
      const base = { anchor: seed.anchor, startOffset: start, endOffset: end, share: shares[index] ?? 0, ...this.#kept };
      this.#partitions.push(new Partition(seed.rhythm === undefined ? base : { ...base, rhythm: seed.rhythm }));
    }
  }

  get partitions(): readonly Partition[] {
    return this.#partitions;
  }

  /** Adds empty partitions up to `count`; partitions only grow in both clouds. The demo producer keeps to the old ones. */
  growTo(count: number, at: number): void {
    while (this.#partitions.length < count) {
      this.#partitions.push(new Partition({ anchor: at, startOffset: 0n, endOffset: 0n, share: 0, ...this.#kept }));
    }
  }

  /** A partition for a message that names none: an arbitrary one (datastream.md §5), here each in turn. */
  nextPartition(): number {
    const index = this.#next;
    this.#next = (index + 1) % this.#partitions.length;
    return index;
  }

  /** Messages that are there now. */
  messageCount(at: number, retentionMs: number): bigint {
    let sum = 0n;
    for (const partition of this.#partitions) sum += partition.endOffset(at) - partition.startOffset(at, retentionMs);
    return sum;
  }

  /** All messages ever written, by `at`. */
  endOffsetSum(at: number): bigint {
    return this.#partitions.reduce((sum, partition) => sum + partition.endOffset(at), 0n);
  }
}

/** Empty partitions. */
export function emptyLog(partitions: number, at: number, kept?: Kept): TopicLog {
  const offsets = Array.from({ length: partitions }, () => ({ start: 0n, end: 0n }));
  return new TopicLog({ anchor: at, offsets, ...(kept === undefined ? {} : { kept }) });
}

/** Real keys spread unevenly: later partitions get up to a third more; the parts add up to 1. */
function unevenShares(count: number): number[] {
  const weights = Array.from({ length: count }, (_unused, index) => 1 + ((index * 5) % 7) / 18);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}
