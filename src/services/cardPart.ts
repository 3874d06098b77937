import { CloudError } from '../model/cloudError.ts';

/** What was read of a part, or why it could not be. */
export type CardPartRead<T> = { readonly value: T } | { readonly error: CloudError };

/** What a part that may fail by itself is read with. */
interface CardPartOptions {
  /** Unix milliseconds. */
  readonly now: () => number;
  /** One that failed is not asked for again before that, milliseconds. */
  readonly againMs: number;
}

/** A part of a card that may fail without the rest: the other parts are shown all the same. */
export class CardPart<T> {
  readonly #options: CardPartOptions;
  #failed: { readonly error: CloudError; readonly atMs: number } | undefined;

  constructor(options: CardPartOptions) {
    this.#options = options;
  }

  /**
   * Reads it, or tells again why that failed.
   * @throws CancelledError, and what concerns all of the account: CloudError `rateLimited`, `unauthorized`
   */
  async read(load: () => Promise<T>): Promise<CardPartRead<T>> {
    const { now, againMs } = this.#options;
    if (this.#failed !== undefined && Math.abs(now() - this.#failed.atMs) < againMs) return { error: this.#failed.error };
    this.#failed = undefined;
    try {
      return { value: await load() };
    } catch (error) {
      if (!(error instanceof CloudError) || error.kind === 'rateLimited' || error.kind === 'unauthorized') throw error;
      this.#failed = { error, atMs: now() };
      return { error };
    }
  }
}
