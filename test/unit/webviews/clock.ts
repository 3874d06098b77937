import { CancelledError } from '../../../src/model/cloudError.ts';

interface Timer {
  atMs: number;
  readonly ring: () => void;
}

/** A clock that goes when the test says so. */
export class Clock {
  #nowMs = 1_000_000;
  readonly #timers = new Set<Timer>();
  /** How long each wait was to be, milliseconds. */
  readonly waits: number[] = [];

  readonly now = (): number => this.#nowMs;

  readonly wait = (ms: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      this.waits.push(ms);
      const timer: Timer = { atMs: this.#nowMs + ms, ring: resolve };
      this.#timers.add(timer);
      signal.addEventListener('abort', () => {
        this.#timers.delete(timer);
        reject(new CancelledError());
      }, { once: true });
    });

  /** Milliseconds since the test began. */
  get passedMs(): number {
    return this.#nowMs - 1_000_000;
  }

  /** Lets time pass, in its order: whatever waits goes on at its own moment. */
  async pass(ms: number): Promise<void> {
    const endMs = this.#nowMs + ms;
    await settle();
    for (let next = this.#next(endMs); next !== undefined; next = this.#next(endMs)) {
      this.#nowMs = Math.max(this.#nowMs, next.atMs);
      this.#timers.delete(next);
      next.ring();
      await settle();
    }
    this.#nowMs = endMs;
    await settle();
  }

  /** Somebody sets the clock back; what waits goes on waiting for as long as before. */
  setBack(ms: number): void {
    this.#nowMs -= ms;
    for (const timer of this.#timers) timer.atMs -= ms;
  }

  #next(endMs: number): Timer | undefined {
    return [...this.#timers].filter(({ atMs }) => atMs <= endMs).sort((a, b) => a.atMs - b.atMs)[0];
  }
}

/** Lets what was begun go as far as it can without the clock. */
export async function settle(): Promise<void> {
  await new Promise<void>((resolve) => {
    setImmediate(resolve);
  });
}
