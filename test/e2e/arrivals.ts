import type { Emulator } from '../../src/emulator/emulator.ts';

/** A message that a client put on a partition. */
interface Arrived {
  readonly partition: number;
  readonly key: string;
  readonly value: string;
}

/** What clients put on a topic of Data Stream since somebody last looked; the emulator has to keep as much (`keptMessages`). */
export class Arrivals {
  readonly #emulator: Emulator;
  readonly #topic: string;
  #seen: ReadonlySet<object>;
  #end: bigint;

  constructor(emulator: Emulator, topic: string) {
    this.#emulator = emulator;
    this.#topic = topic;
    this.#seen = new Set(this.#all().map(({ message }) => message));
    this.#end = this.#endOffsets();
  }

  /** What has come since, oldest first in each partition. */
  peek(): readonly Arrived[] {
    return this.#all().flatMap(({ partition, message }) => (this.#seen.has(message) ? [] : [{ partition, key: message.key, value: message.value }]));
  }

  /** What has come since, which counts as seen now; throws where the offsets moved by another number. */
  take(): readonly Arrived[] {
    const arrived = this.peek();
    const moved = this.#endOffsets() - this.#end;
    if (moved !== BigInt(arrived.length)) throw new Error(`The offsets moved by ${String(moved)}, and ${String(arrived.length)} messages came.`);
    this.#seen = new Set(this.#all().map(({ message }) => message));
    this.#end += moved;
    return arrived;
  }

  #all(): readonly { readonly partition: number; readonly message: { readonly key: string; readonly value: string } }[] {
    return this.#partitions().flatMap(({ messages }, partition) => messages.map((message) => ({ partition, message })));
  }

  #endOffsets(): bigint {
    const now = this.#emulator.world.now();
    return this.#partitions().reduce((sum, partition) => sum + partition.endOffset(now), 0n);
  }

  #partitions() {
    const topic = this.#emulator.world.dataStream.byName(this.#topic);
    if (topic === undefined) throw new Error(`There is no topic ${this.#topic}.`);
    return topic.log.partitions;
  }
}

/** Requests that send a message. */
export const PRODUCE = /^\/api\/produce/u;

/** How many requests that send a message reached the emulator. */
export function sends({ log }: Emulator): number {
  return log.filter(({ target }) => target.startsWith('/api/produce')).length;
}
