import { CancelledError } from '../model/cloudError.ts';

/** What came of a read is kept so long for whoever takes it as new, and longer where somebody did; milliseconds. */
const KEPT_MS = 60_000;

/** A read that is under way, or what came of it. */
interface SharedRead {
  readonly controller: AbortController;
  readonly done: Promise<unknown>;
  /** When it began, Unix milliseconds: what it brings is at least as new. */
  readonly startedMs: number;
  /** How long anybody who asked takes it for new. */
  keptMs: number;
  waiters: number;
  isOver: boolean;
}

/**
 * Requests that several feeds make at the same time, made once: a topic's page, its group's page and a card of the board ask for the
 * same groups. Failures are not kept.
 */
export class SharedReads {
  readonly #now: () => number;
  readonly #reads = new Map<string, SharedRead>();

  /** @param now Unix milliseconds */
  constructor(now: () => number) {
    this.#now = now;
  }

  /**
   * What another one is reading, or read less than `maxAgeMs` ago; else what `load` brings.
   * @param key names the request, and whatever its answer depends on; equal keys stand for equal types. Nothing secret
   * @param load gets a signal that ends when all who wait have called it off
   * @throws CancelledError where the signal ends; else what `load` throws
   */
  async read<T>(key: string, maxAgeMs: number, load: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T> {
    if (signal.aborted) throw new CancelledError();
    this.#dropOld();
    const known = this.#reads.get(key);
    const isUsable = known !== undefined && (!known.isOver || this.#now() - known.startedMs < maxAgeMs);
    const shared = isUsable ? known : this.#start(key, load);
    shared.keptMs = Math.max(shared.keptMs, maxAgeMs);
    return this.#join(key, shared, signal) as Promise<T>;
  }

  /** Forgets every read whose key starts with this text, and calls off those under way: what they bring is of no use to anybody. */
  forget(prefix: string): void {
    for (const [key, { controller }] of this.#reads) {
      if (!key.startsWith(prefix)) continue;
      this.#reads.delete(key);
      controller.abort();
    }
  }

  #start(key: string, load: (signal: AbortSignal) => Promise<unknown>): SharedRead {
    const controller = new AbortController();
    const shared: SharedRead = { controller, done: load(controller.signal), startedMs: this.#now(), keptMs: KEPT_MS, waiters: 0, isOver: false };
    this.#reads.set(key, shared);
    shared.done.then(
      () => {
        shared.isOver = true;
      },
      () => {
        this.#drop(key, shared);
      },
    );
    return shared;
  }

  #join(key: string, shared: SharedRead, signal: AbortSignal): Promise<unknown> {
    shared.waiters += 1;
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        shared.waiters -= 1;
        reject(new CancelledError());
        if (shared.waiters > 0 || shared.isOver) return;
        // Whoever asks next begins anew: this one brings nothing any more.
        this.#drop(key, shared);
        shared.controller.abort();
      };
      signal.addEventListener('abort', leave, { once: true });
      const stay = (): void => {
        signal.removeEventListener('abort', leave);
      };
      shared.done.finally(stay).then(resolve, reject);
    });
  }

  #drop(key: string, shared: SharedRead): void {
    if (this.#reads.get(key) === shared) this.#reads.delete(key);
  }

  #dropOld(): void {
    const nowMs = this.#now();
    for (const [key, { isOver, startedMs, keptMs }] of this.#reads) {
      // Begun in the future, after a clock was set back: nobody knows how old it is.
      if (isOver && (nowMs < startedMs || nowMs - startedMs >= keptMs)) this.#reads.delete(key);
    }
  }
}
