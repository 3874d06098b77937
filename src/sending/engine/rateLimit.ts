/**
 * Who comes later than its slot keeps it so long, ms: timers are late by a millisecond or two, and at thousands a second what they
 * lose has to be caught up.
 */
const SLACK_MS = 20;

/** Gives requests their time: slots at even distances, none before its time. Milliseconds of one clock. */
export class RateLimit {
  readonly #intervalMs: number;
  #nextAt = Number.NEGATIVE_INFINITY;

  /** @param perSecond requests a second; 0 for no limit */
  constructor(perSecond: number) {
    this.#intervalMs = perSecond > 0 ? 1_000 / perSecond : 0;
  }

  /** Takes the next slot, and returns how long it is until then. */
  reserve(nowMs: number): number {
    const at = Math.max(this.#nextAt, nowMs - SLACK_MS);
    this.#nextAt = at + this.#intervalMs;
    return Math.max(0, at - nowMs);
  }

  /** No slot is given before this time. Those that were given stay. */
  notBefore(ms: number): void {
    this.#nextAt = Math.max(this.#nextAt, ms);
  }
}
