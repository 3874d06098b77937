import { CloudError } from '../model/cloudError.ts';

/** Longest pause that is guessed; one that a service asks for is kept whatever it is. */
export const LONGEST_PAUSE_MS = 300_000;

/** How failed reads are to be answered: by the whole account, or by the one request. */
export type Answer = 'pauseAccount' | 'holdAccount' | 'holdFeed' | 'slowFeed';

/** What a failure means for what is read next. */
export function answerTo(error: unknown): Answer {
  if (!(error instanceof CloudError)) return 'slowFeed';
  switch (error.kind) {
    case 'rateLimited':
    case 'unavailable':
    case 'timeout':
    case 'network':
      return 'pauseAccount';
    // The keys: every other request would be refused, too.
    case 'unauthorized':
      return 'holdAccount';
    // Asking again would only be refused again, but other things may be allowed.
    case 'forbidden':
    case 'locked':
    case 'invalid':
      return 'holdFeed';
    case 'notFound':
    case 'conflict':
    case 'quotaExceeded':
    case 'unexpectedResponse':
      return 'slowFeed';
  }
}

/** How fast one account may be read: at will, not before some time, or not until somebody does something. */
export class AccountPace {
  #failures = 0;
  #untilMs = 0;
  /** Whether the service itself said how long. */
  #isTold = false;
  #isHeld = false;
  #error: unknown;
  #epoch = 0;

  /** Names the time since the last failure: what began before it says nothing of now. */
  get epoch(): number {
    return this.#epoch;
  }

  /** Unix milliseconds before which nothing is read; infinite where only somebody can mend it. */
  get untilMs(): number {
    return this.#isHeld ? Number.POSITIVE_INFINITY : this.#untilMs;
  }

  get state(): 'live' | 'slowed' | 'held' {
    if (this.#isHeld) return 'held';
    return this.#failures > 0 ? 'slowed' : 'live';
  }

  /** Why it is not at will. */
  get error(): unknown {
    return this.#error;
  }

  /** @returns whether that changed anything */
  succeeded(epoch: number): boolean {
    if (epoch !== this.#epoch || this.state === 'live') return false;
    this.reset();
    return true;
  }

  /**
   * Reads wait for as long as the service says, else twice, four times, … the interval.
   * @param epoch when the read began: several that fail at the same time are one failure
   * @param intervalMs of the account's fastest feed
   */
  pause(error: unknown, epoch: number, { nowMs, intervalMs }: { readonly nowMs: number; readonly intervalMs: number }): void {
    if (epoch === this.#epoch) {
      this.#failures += 1;
      this.#epoch += 1;
    }
    const toldMs = error instanceof CloudError ? error.details.retryAfterMs : undefined;
    const guessedMs = Math.min(intervalMs * 2 ** Math.min(this.#failures, 10), LONGEST_PAUSE_MS);
    const untilMs = nowMs + (toldMs ?? guessedMs);
    if (untilMs <= this.#untilMs) return;
    this.#untilMs = untilMs;
    this.#isTold = toldMs !== undefined;
    this.#error = error;
  }

  /** Nothing more is read until {@link lift} or {@link reset}. */
  hold(error: unknown): void {
    this.#isHeld = true;
    this.#error = error;
    this.#epoch += 1;
  }

  /** Somebody wants to know now. What a service asked for stays. */
  lift(): void {
    this.#isHeld = false;
    if (!this.#isTold) this.#untilMs = 0;
    if (this.#failures === 0) this.#error = undefined;
  }

  /** All is well, or everything is different. */
  reset(): void {
    this.#failures = 0;
    this.#untilMs = 0;
    this.#isTold = false;
    this.#isHeld = false;
    this.#error = undefined;
    this.#epoch += 1;
  }
}
