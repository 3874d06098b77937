import type { MessageOutcome } from '../recording.ts';

/** How far a run is. */
export interface Progress {
  readonly acknowledged: number;
  readonly refused: number;
  readonly unknown: number;
  /** Messages that came to an end in each of the last seconds. */
  readonly perSecond: number;
  /** The service had too many requests: nothing leaves for so long. */
  readonly waitingMs?: number;
}

/** Told at most so often, ms. */
const INTERVAL_MS = 250;
/** The rate is that of so many intervals: five seconds. */
const SAMPLES = 20;

/** Counts how messages end, and tells it now and then. */
export class ProgressMeter {
  readonly counts = { acknowledged: 0, refused: 0, unknown: 0 };
  readonly #now: () => number;
  readonly #tell: (progress: Progress) => void;
  #samples: readonly (readonly [atMs: number, ended: number])[];
  #toldAt: number;

  constructor(now: () => number, tell: (progress: Progress) => void) {
    this.#now = now;
    this.#tell = tell;
    this.#toldAt = now();
    this.#samples = [[this.#toldAt, 0]];
  }

  /** One more message ended. */
  count(kind: Exclude<MessageOutcome['kind'], 'notSent'>): void {
    this.counts[kind] += 1;
    const at = this.#now();
    if (at - this.#toldAt >= INTERVAL_MS) this.#say(at);
  }

  /** Nothing leaves for so long. */
  waits(ms: number): void {
    this.#say(this.#now(), ms);
  }

  /** It is over: what is told now is the whole. */
  finish(): void {
    this.#say(this.#now());
  }

  #say(at: number, waitingMs?: number): void {
    const { acknowledged, refused, unknown } = this.counts;
    const ended = acknowledged + refused + unknown;
    const [sinceMs, before] = this.#samples[0] ?? [at, 0];
    const perSecond = at > sinceMs ? ((ended - before) * 1_000) / (at - sinceMs) : 0;
    this.#samples = [...this.#samples.slice(1 - SAMPLES), [at, ended]];
    this.#toldAt = at;
    this.#tell({ acknowledged, refused, unknown, perSecond, ...(waitingMs === undefined ? {} : { waitingMs }) });
  }
}
