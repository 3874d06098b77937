/** How a demo producer writes over the time: a steady flow with a daily wave, short bursts and a slow season. */
export interface Rhythm {
  /** Mean number of messages a second. */
  readonly perSecond: number;
  /** Height of the daily wave; together with `burst` at most 0.9, or the flow would run backwards. */
  readonly daily: number;
  /** Height of the ten-minute bursts. */
  readonly burst: number;
  /** Shifts the daily wave, in ms. */
  readonly phaseMs: number;
}

const dayMs = 86_400_000;
const burstMs = 600_000;
/** No multiple of a day, so that a retention of whole days does not level every wave out. */
const seasonMs = 17.3 * dayMs;
const season = 0.1;
const turn = 2 * Math.PI;

/**
 * Messages written from the epoch to `at` (ms): the integral of the flow, so that any past or future state can be
 * computed without a timer. Never decreases with `at`.
 */
export function written(rhythm: Rhythm, at: number): number {
  const daily = (rhythm.daily * dayMs * Math.cos((turn * (at + rhythm.phaseMs)) / dayMs)) / turn;
  const burst = (rhythm.burst * burstMs * Math.cos((turn * at) / burstMs)) / turn;
  const slow = (season * seasonMs * Math.cos((turn * at) / seasonMs)) / turn;
  return (rhythm.perSecond / 1000) * (at - daily - burst - slow);
}
