import type { ReadyMessage } from '../message.ts';

/** So much may wait for its key: then nothing more is read until some of it has left. */
const MAX_WAITING = 1_000;
const MAX_WAITING_BYTES = 16 * 1024 * 1024;

/** Keeps messages of one key apart in time, and in the order they are given. */
export class KeyOrder {
  /** Keys with a message under way, and what waits for each. */
  readonly #busy = new Map<string, ReadyMessage[]>();
  /** Keys of which a message did not arrive for certain. */
  readonly #broken = new Set<string>();
  #waiting = 0;
  #waitingBytes = 0;

  /** Whether nothing more should be given until {@link ended} was called. */
  get isFull(): boolean {
    return this.#waiting >= MAX_WAITING || this.#waitingBytes >= MAX_WAITING_BYTES;
  }

  /**
   * Takes the next message. True where it may leave at once; it waits for its turn, or stays behind for good, where not.
   */
  admit(message: ReadyMessage): boolean {
    const { key } = message;
    if (this.#broken.has(key)) return false;
    const queue = this.#busy.get(key);
    if (queue === undefined) {
      this.#busy.set(key, []);
      return true;
    }
    queue.push(message);
    this.#waiting += 1;
    this.#waitingBytes += message.bytes;
    return false;
  }

  /** The message of this key that is under way came to its end; returns the next of that key, which may leave now. */
  ended(key: string, end: 'arrived' | 'failed'): ReadyMessage | undefined {
    const queue = this.#busy.get(key) ?? [];
    if (end === 'failed') {
      this.#broken.add(key);
      for (const message of queue) this.#left(message);
    }
    const next = end === 'arrived' ? queue.shift() : undefined;
    if (next === undefined) this.#busy.delete(key);
    else this.#left(next);
    return next;
  }

  #left(message: ReadyMessage): void {
    this.#waiting -= 1;
    this.#waitingBytes -= message.bytes;
  }
}
