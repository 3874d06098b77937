import { written } from './rhythm.ts';
import type { Rhythm } from './rhythm.ts';
import { StepCounter } from './stepCounter.ts';

/** One kept message. */
export interface StoredMessage {
  readonly offset: bigint;
  /** ms since the epoch */
  readonly timestamp: number;
  readonly key: string;
  readonly value: string;
}

/** Where a partition begins. */
export interface PartitionSeed {
  /** Time at which `endOffset` holds, in ms. */
  readonly anchor: number;
  readonly startOffset: bigint;
  readonly endOffset: bigint;
  /** The demo producer of the topic; absent when only clients write. */
  readonly rhythm?: Rhythm;
  /** This partition's part of the producer's messages, 0 to 1. */
  readonly share: number;
  /** How much of what clients append can be read; absent: the latest 100 messages. */
  readonly kept?: Kept;
}

/** Only the most recent messages are kept, so many and of so many UTF-16 code units; offsets keep counting. */
export interface Kept {
  readonly messages: number;
  readonly size: number;
}

const usuallyKept: Kept = { messages: 100, size: 4_194_304 };

/** One partition of a topic: offsets computed from the clock, plus what clients appended. */
export class Partition {
  readonly #seed: PartitionSeed;
  readonly #steps = new StepCounter();
  readonly #recent: StoredMessage[] = [];
  #recentSize = 0;
  #startOffset: bigint;
  #isStartPinned = false;

  constructor(seed: PartitionSeed) {
    this.#seed = seed;
    this.#startOffset = seed.startOffset;
  }

  /** Offset the next message will get. */
  endOffset(at: number): bigint {
    const end = this.#seed.endOffset + this.#produced(at) + this.#steps.at(at);
    return end > 0n ? end : 0n;
  }

  /** Offset of the oldest message that retention (ms) has left. */
  startOffset(at: number, retentionMs: number): bigint {
    const end = this.endOffset(at);
    if (this.#isStartPinned) return min(this.#startOffset, end);
    const then = at - retentionMs;
    // Without a demo producer nothing says how old the first messages are: they stay.
    const expired = this.#seed.rhythm === undefined ? this.#startOffset + this.#steps.at(then) : this.endOffset(then);
    return min(max(this.#startOffset, expired), end);
  }

  /** Appends a message and returns its offset; work and memory do not depend on how much is there. */
  append(at: number, key: string, value: string): bigint {
    const offset = this.endOffset(at);
    this.#steps.add(at, 1n);
    this.#recent.push({ offset, timestamp: at, key, value });
    this.#recentSize += key.length + value.length;
    const { messages, size } = this.#seed.kept ?? usuallyKept;
    while (this.#recent.length > messages || (this.#recentSize > size && this.#recent.length > 1)) {
      const dropped = this.#recent.shift();
      this.#recentSize -= dropped === undefined ? 0 : dropped.key.length + dropped.value.length;
    }
    return offset;
  }

  /** Counts messages that nobody will read. */
  appendMany(at: number, count: bigint): void {
    this.#steps.add(at, count);
  }

  /** Moves the offsets, as a test wants them. */
  setOffsets(at: number, offsets: { readonly start?: bigint; readonly end?: bigint }): void {
    if (offsets.end !== undefined) this.#steps.add(at, offsets.end - this.endOffset(at));
    if (offsets.start === undefined) return;
    this.#startOffset = offsets.start;
    this.#isStartPinned = true;
  }

  /** The messages appended by clients that are still kept, oldest first. */
  get messages(): readonly StoredMessage[] {
    return this.#recent;
  }

  #produced(at: number): bigint {
    const { rhythm, anchor, share } = this.#seed;
    if (rhythm === undefined) return 0n;
    return BigInt(Math.floor(share * (written(rhythm, at) - written(rhythm, anchor))));
  }
}

function min(left: bigint, right: bigint): bigint {
  return left < right ? left : right;
}

function max(left: bigint, right: bigint): bigint {
  return left > right ? left : right;
}
