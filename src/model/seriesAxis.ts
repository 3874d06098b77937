import type { Statistics } from './easyQueue.ts';

/** Two values further apart than so many steps have a gap between them. */
const GAP_STEPS = 1.5;

/** One line by itself; times in Unix seconds, strictly rising. */
export interface Line {
  readonly times: Float64Array<ArrayBuffer>;
  readonly values: Float64Array<ArrayBuffer>;
}

type Points = Statistics['series'][number]['values'];

/**
 * One line in the order of time, each time once, the last value of it; what is no finite number is NaN. Loops go by index in this file: with typed
 * arrays that is many times faster than iterators.
 */
export function lineOf(points: Points): Line {
  const times = new Float64Array(points.length);
  const values = new Float64Array(points.length);
  let before = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < points.length; index += 1) {
    const { timestamp = Number.NaN, value = Number.NaN } = points[index] ?? {};
    if (!(timestamp > before)) return lineOf(inOrder(points));
    times[index] = before = timestamp;
    values[index] = Number.isFinite(value) ? value : Number.NaN;
  }
  return { times, values };
}

function inOrder(points: Points): Points {
  const byTime = new Map(points.filter(({ timestamp }) => Number.isFinite(timestamp)).map((point) => [point.timestamp, point]));
  return [...byTime.values()].sort((a, b) => a.timestamp - b.timestamp);
}

/** All times of two rising lists; the first itself where both are the same, as they nearly always are. */
export function unionOf(a: Float64Array<ArrayBuffer>, b: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  if (areEqual(a, b)) return a;
  const union = new Float64Array(a.length + b.length);
  let length = 0;
  for (let i = 0, j = 0; i < a.length || j < b.length; length += 1) {
    const left = a[i] ?? Number.POSITIVE_INFINITY;
    const right = b[j] ?? Number.POSITIVE_INFINITY;
    union[length] = Math.min(left, right);
    if (left <= right) i += 1;
    if (right <= left) j += 1;
  }
  return union.slice(0, length);
}

function areEqual(a: Float64Array, b: Float64Array): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index += 1) if (a[index] !== b[index]) return false;
  return true;
}

function distancesOf(times: Float64Array): Float64Array {
  const distances = new Float64Array(Math.max(0, times.length - 1));
  for (let index = 0; index < distances.length; index += 1) distances[index] = (times[index + 1] ?? 0) - (times[index] ?? 0);
  return distances;
}

/**
 * The times, and where two neighbours are more than 1.5 steps apart one more, a step after the first of them.
 * @param stepSeconds without it, the median distance of two neighbours
 */
export function withGaps(times: Float64Array<ArrayBuffer>, stepSeconds: number | undefined): Float64Array<ArrayBuffer> {
  const distances = distancesOf(times);
  const step = stepSeconds !== undefined && stepSeconds > 0 ? stepSeconds : distances.toSorted()[distances.length >> 1];
  if (step === undefined) return times;
  const all = new Float64Array(2 * times.length);
  let length = 0;
  for (let index = 0; index < times.length; index += 1) {
    const time = times[index] ?? Number.NaN;
    all[length++] = time;
    if ((distances[index] ?? 0) > GAP_STEPS * step) all[length++] = time + step;
  }
  return length === times.length ? times : all.slice(0, length);
}

/** The line's values at these times, which hold all of its own; NaN where it has none. */
export function columnOf(line: Line, times: Float64Array): Float64Array<ArrayBuffer> {
  if (line.times.length === times.length) return line.values;
  const column = new Float64Array(times.length).fill(Number.NaN);
  let next = 0;
  for (let index = 0; index < times.length && next < line.times.length; index += 1) {
    if (times[index] !== line.times[next]) continue;
    column[index] = line.values[next] ?? Number.NaN;
    next += 1;
  }
  return column;
}
