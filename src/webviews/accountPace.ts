import { CloudError } from '../model/cloudError.ts';

/** Longest pause that is guessed, milliseconds. */
export const LONGEST_PAUSE_MS = 300_000;
/** Longest pause that a service is granted, milliseconds: a day. */
const LONGEST_TOLD_MS = 86_400_000;

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
  /** Failures before the last success, and until when, Unix milliseconds, another one counts on from there. */
  #before = { failures: 0, untilMs: 0 };
  #gridMs: number | undefined;
  #untilMs = 0;
  /** How long the pause is that ends then. */
  #pauseMs = 0;
  /** Whether the service itself said how long. */
  #isTold = false;
  #isHeld = false;
  #error: unknown;
  #epoch = 0;

  /** Names the time since the last failure: what began before it says nothing of now. */
  get epoch(): number {
    return this.#epoch;
  }

  /** A point of the grid that its reads fall on, Unix milliseconds: when the first began. */
  gridAt(nowMs: number): number {
    this.#gridMs ??= nowMs;
    return this.#gridMs;
  }

  /** Unix milliseconds before which nothing is read; infinite where only somebody can mend it. */
  untilAt(nowMs: number): number {
    if (this.#isHeld) return Number.POSITIVE_INFINITY;
    // Where the clock was set back, nobody waits for longer than was said.
    this.#untilMs = Math.min(this.#untilMs, nowMs + this.#pauseMs);
    return this.#untilMs;
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
  succeeded(epoch: number, nowMs: number): boolean {
    if (this.state === 'live') return false;
    // Of what began before a pause, only what ended after it says that all is well again.
    if (epoch !== this.#epoch && this.untilAt(nowMs) > nowMs) return false;
    const before = { failures: this.#failures, untilMs: nowMs + Math.min(this.#pauseMs, LONGEST_PAUSE_MS) };
    this.reset();
    this.#before = before;
    return true;
  }

  /**
   * Reads wait for as long as the service says, else twice, four times, … the interval. A success between two failures, of another
   * request of the same account, ends the pause, but the next is longer.
   * @param epoch when the read began: several that fail at the same time are one failure; undefined where it goes on by itself, which
   * makes no failure worse
   * @param intervalMs of the account's fastest feed
   */
  pause(error: unknown, epoch: number | undefined, { nowMs, intervalMs }: { readonly nowMs: number; readonly intervalMs: number }): void {
    if (this.#failures === 0) this.#failures = nowMs < this.#before.untilMs ? this.#before.failures + 1 : 1;
    else if (epoch === this.#epoch) this.#failures += 1;
    const toldMs = toldBy(error);
    const pauseMs = toldMs ?? Math.min(intervalMs * 2 ** Math.min(this.#failures, 10), LONGEST_PAUSE_MS);
    // What began before it says nothing of what comes after it.
    this.#epoch += 1;
    if (nowMs + pauseMs <= this.untilAt(nowMs)) return;
    this.#untilMs = nowMs + pauseMs;
    this.#pauseMs = pauseMs;
    this.#isTold = toldMs !== undefined;
    this.#error = error;
  }

  /** Nothing more is read until {@link lift} or {@link reset}. */
  hold(error: unknown): void {
    this.#isHeld = true;
    this.#error = error;
    this.#epoch += 1;
  }

  /** Somebody wants to know now: a pause that was guessed ends. What a service asked for stays, and so does what only somebody can mend. */
  retry(): void {
    if (!this.#isTold) this.#untilMs = 0;
  }

  /** Somebody asks by hand: as {@link retry}, and what was held is tried again. */
  lift(): void {
    this.#isHeld = false;
    this.retry();
    if (this.#failures === 0) this.#error = undefined;
  }

  /** All is well, or everything is different. */
  reset(): void {
    this.#failures = 0;
    this.#before = { failures: 0, untilMs: 0 };
    this.#untilMs = 0;
    this.#pauseMs = 0;
    this.#isTold = false;
    this.#isHeld = false;
    this.#error = undefined;
    this.#epoch += 1;
  }
}

/** How long the service asked to be left alone, milliseconds; undefined where it did not say, or not for how long. */
function toldBy(error: unknown): number | undefined {
  const toldMs = error instanceof CloudError ? (error.details.retryAfterMs ?? 0) : 0;
  return toldMs > 0 ? Math.min(toldMs, LONGEST_TOLD_MS) : undefined;
}
