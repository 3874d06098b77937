import type { SeriesUnit } from '../../src/protocol/series.ts';

/** Where an axis of values begins, ends and has its marks. */
export interface ValueScale {
  readonly from: number;
  readonly to: number;
  /** Of the marks. */
  readonly step: number;
  readonly ticks: readonly number[];
}

const SECOND = 1;
const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;

/** Steps of a time axis in seconds, as clocks and calendars count. */
const TIME_STEPS: readonly number[] = [
  ...[1, 2, 5, 10, 15, 30].map((count) => count * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * MINUTE),
  ...[1, 2, 3, 6, 12].map((count) => count * HOUR),
  ...[1, 2, 3, 5, 7, 10, 14, 28].map((count) => count * DAY),
];

/** Steps of a time that something takes, in milliseconds, below which and beyond which they are decimal. */
const DURATION_STEPS: readonly number[] = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((count) => count * 1_000),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * 60_000),
  ...[1, 2, 3, 6, 12, 24].map((count) => count * 3_600_000),
];

/** Steps of rates have no more decimals than their words. */
const LEAST_RATE = 0.01;

/** Units nobody marks halves of. */
const WHOLE: readonly SeriesUnit[] = ['messages', 'bytes', 'bytesPerSecond', 'count', 'milliseconds'];

/** Of a step: numbers are not exact, and a mark is one all the same. */
const SLACK = 1e-9;

/**
 * An axis that begins at zero (below it only where a value is), ends on a mark, and has marks people count in: powers of two for bytes,
 * clock times for durations, 1, 2 and 5 for the rest; whole ones where the unit allows. For its own ends it is the same once more.
 * @param count how many spaces between marks there is room for
 */
export function valueScale(min: number, max: number, unit: SeriesUnit, count: number): ValueScale {
  const low = Math.min(0, Number.isFinite(min) ? min : 0);
  const highest = Math.max(0, Number.isFinite(max) ? max : 0);
  const high = low === highest ? 1 : highest;
  const room = Math.max(low < 0 && high > 0 ? 2 : 1, count);
  const spaces = (length: number, step: number): number => (length > 0 ? Math.max(1, Math.ceil(length / step - SLACK)) : 0);
  let step = valueStep(((high - low) / room) * (1 - SLACK), unit);
  // Zero is a mark: spaces on both sides of it are counted on their own.
  while (spaces(high, step) + spaces(-low, step) > room) step = valueStep(step * 1.01, unit);
  const [above, below] = [spaces(high, step), spaces(-low, step)];
  const ticks = Array.from({ length: above + below + 1 }, (_, index) => (index - below) * step);
  return { from: Math.min(low, ticks[0] ?? 0), to: Math.max(high, ticks.at(-1) ?? 1), step, ticks };
}

/** The smallest step of the unit that is no smaller than that. */
function valueStep(atLeast: number, unit: SeriesUnit): number {
  const least = Math.max(WHOLE.includes(unit) ? 1 : LEAST_RATE, atLeast);
  if (unit === 'bytes' || unit === 'bytesPerSecond') return binaryStep(least);
  if (unit === 'milliseconds') return DURATION_STEPS.find((step) => step >= least) ?? decimalStep(least / DAY / 1_000) * DAY * 1_000;
  return decimalStep(least);
}

/** 1, 2, 4, … 512 of a unit of 1,024: marks reach the next unit exactly. */
function binaryStep(least: number): number {
  return 2 ** Math.ceil(Math.log2(least));
}

function decimalStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return ([1, 2, 5].find((count) => count * power >= least) ?? 10) * power;
}

/** Marks of a time axis, Unix seconds, and the step between them in seconds. */
export interface TimeTicks {
  readonly step: number;
  readonly ticks: readonly number[];
}

/**
 * Marks at whole minutes, hours and days of a time zone.
 * @param count how many marks there is room for
 * @param offsetAt seconds the zone is ahead of UTC at a time in Unix seconds
 */
export function timeTicks(from: number, to: number, count: number, offsetAt: (seconds: number) => number): TimeTicks {
  const least = (to - from) / Math.max(1, count);
  const step = TIME_STEPS.find((each) => each >= least) ?? Math.ceil(least / DAY / 28) * 28 * DAY;
  const ticks: number[] = [];
  // In the zone's own time, so that marks stay on midnight over a change of clocks.
  const first = Math.ceil((from + offsetAt(from)) / step) * step;
  for (let local = first; ; local += step) {
    const guess = local - offsetAt(from);
    const time = local - offsetAt(guess);
    if (time > to) break;
    if (time >= from && time > (ticks.at(-1) ?? Number.NEGATIVE_INFINITY)) ticks.push(time);
  }
  return { step, ticks };
}

/** Which parts of a time a mark shows at this step: seconds, minutes, or the day alone. */
export function tickDetail(step: number): 'seconds' | 'minutes' | 'days' {
  if (step < MINUTE) return 'seconds';
  return step < DAY ? 'minutes' : 'days';
}
