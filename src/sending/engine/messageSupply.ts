import { KeyOrder } from './keyOrder.ts';
import type { SendOrder } from '../job.ts';
import type { ReadyMessage } from '../message.ts';

/**
 * Hands out messages one by one as they are asked for, in their order. While one batch is handed out the next is read, and no further:
 * however fast the reading is, it goes only as fast as messages leave.
 */
export class MessageSupply {
  readonly #iterator: AsyncIterator<readonly ReadyMessage[]>;
  readonly #order: KeyOrder | undefined;
  #batch: readonly ReadyMessage[] = [];
  #index = 0;
  #ahead: readonly ReadyMessage[] | undefined;
  #isReading = false;
  #isRead = false;
  #error: unknown;
  #waiters: (() => void)[] = [];

  constructor(messages: AsyncIterable<readonly ReadyMessage[]>, order: SendOrder) {
    this.#iterator = messages[Symbol.asyncIterator]();
    this.#order = order === 'perKey' ? new KeyOrder() : undefined;
  }

  /** Whether {@link take} will never give a message again; one that waits for its key comes from {@link ended} alone. */
  get isEmpty(): boolean {
    return this.#isRead && this.#ahead === undefined && this.#index >= this.#batch.length;
  }

  /** Why the reading ended before its time, `undefined` where it did not. */
  get error(): unknown {
    return this.#error;
  }

  /** The next message that may leave; `undefined` where there is none at the moment. */
  take(): ReadyMessage | undefined {
    for (;;) {
      while (this.#index < this.#batch.length) {
        if (this.#isHeldUp()) return undefined;
        const message = this.#batch[this.#index];
        this.#index += 1;
        if (message !== undefined && this.#order?.admit(message) !== false) return message;
      }
      this.#batch = this.#ahead ?? [];
      this.#index = 0;
      this.#ahead = undefined;
      if (!this.#isRead && !this.#isReading) void this.#read();
      if (this.#batch.length === 0) return undefined;
    }
  }

  /** A message that was taken came to its end; returns the next that may leave because of it. */
  ended(message: ReadyMessage, end: 'arrived' | 'failed'): ReadyMessage | undefined {
    if (this.#order === undefined) return undefined;
    const wasHeldUp = this.#isHeldUp();
    const next = this.#order.ended(message.key, end);
    if (wasHeldUp && !this.#isHeldUp()) this.wake();
    return next;
  }

  /** Returns when {@link take} is worth another try. */
  more(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiters.push(resolve);
    });
  }

  /** Ends the waiting of all that wait in {@link more}. */
  wake(): void {
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const wake of waiters) wake();
  }

  /** Lets go of what is read from. Never throws. */
  async close(): Promise<void> {
    try {
      await this.#iterator.return?.();
    } catch {
      // Whatever was wrong with the source: nothing of it is wanted any more.
    }
  }

  /** Too much waits for its key already. */
  #isHeldUp(): boolean {
    return this.#order?.isFull === true;
  }

  /** Never throws: what went wrong is kept. */
  async #read(): Promise<void> {
    this.#isReading = true;
    try {
      const result = await this.#iterator.next();
      if (result.done === true) this.#isRead = true;
      else this.#ahead = result.value;
    } catch (error) {
      this.#isRead = true;
      this.#error = error;
    }
    this.#isReading = false;
    this.wake();
  }
}
