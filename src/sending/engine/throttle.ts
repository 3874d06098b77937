const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

/**
 * What the service's "too many requests" means for all that is to be sent. One burst of refusals counts once: those who left before
 * the wait began only say the same again. Milliseconds of one clock.
 */
export class Throttle {
  readonly #random: () => number;
  #generation = 0;
  #bursts = 0;
  #heldUntil = Number.NEGATIVE_INFINITY;

  constructor(random: () => number) {
    this.#random = random;
  }

  /** Told back when the answer comes: which wait a request left after. */
  get generation(): number {
    return this.#generation;
  }

  /** Bursts since something last got through. */
  get bursts(): number {
    return this.#bursts;
  }

  /** How long nothing may leave; 0 where it may. */
  heldMs(nowMs: number): number {
    return Math.max(0, this.#heldUntil - nowMs);
  }

  /**
   * A request was refused; returns until when nothing may leave: as long as told, else a time that doubles with each burst, between
   * half and all of it.
   */
  limited(generation: number, retryAfterMs: number | undefined, nowMs: number): number {
    const isNew = generation === this.#generation;
    if (isNew) {
      this.#generation += 1;
      this.#bursts += 1;
    }
    if (isNew || retryAfterMs !== undefined) {
      this.#heldUntil = Math.max(this.#heldUntil, nowMs + (retryAfterMs ?? this.#backOffMs()));
    }
    return this.#heldUntil;
  }

  /** A request got through. */
  passed(generation: number): void {
    if (generation === this.#generation) this.#bursts = 0;
  }

  #backOffMs(): number {
    const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (this.#bursts - 1));
    return longest * (0.5 + this.#random() / 2);
  }
}
