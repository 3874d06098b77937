/** Longest memory; older steps melt into one. */
const maxSteps = 4_096;

/** Steps nearer than this are one step, so that a fast sender does not fill the memory. */
const resolutionMs = 1_000;

/** A total that changes in steps and remembers when: "how much was it then?". */
export class StepCounter {
  readonly #times: number[] = [];
  readonly #totals: bigint[] = [];
  #before = 0n;

  /** The total now. */
  get total(): bigint {
    return this.#totals.at(-1) ?? this.#before;
  }

  /** Adds (or takes away) at a time in ms; times must not go back. */
  add(at: number, amount: bigint): void {
    const last = this.#times.length - 1;
    const total = this.total + amount;
    if (last >= 0 && at - (this.#times[last] ?? at) < resolutionMs) {
      this.#totals[last] = total;
      return;
    }
    this.#times.push(at);
    this.#totals.push(total);
    if (this.#times.length > maxSteps) {
      const half = maxSteps / 2;
      this.#before = this.#totals[half - 1] ?? 0n;
      this.#times.splice(0, half);
      this.#totals.splice(0, half);
    }
  }

  /** The total at a time in ms, to the nearest second. */
  at(time: number): bigint {
    let low = 0;
    let high = this.#times.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#times[middle] ?? 0) <= time) low = middle + 1;
      else high = middle;
    }
    return low === 0 ? this.#before : (this.#totals[low - 1] ?? this.#before);
  }
}
