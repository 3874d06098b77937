import type { Statistics } from './easyQueue.ts';
import { columnOf, lineOf, unionOf, withGaps } from './seriesAxis.ts';

/** Lines over one time axis, as a chart takes them. */
export interface SeriesColumns {
  /** Unix seconds, strictly rising. */
  readonly times: Float64Array<ArrayBuffer>;
  /** A column for each line, as long as `times`; NaN is a gap. */
  readonly columns: readonly Float64Array<ArrayBuffer>[];
}

/** What of a series is shown, and how finely. */
export interface ReduceWindow {
  /** Unix seconds. */
  readonly fromSeconds: number;
  readonly toSeconds: number;
  /** Slices of time of equal length; as many as the chart is wide in pixels. At least 1. */
  readonly buckets: number;
}

/** Series as they are drawn. */
export interface ReducedSeries extends SeriesColumns {
  /** Whether points were left out. */
  readonly isReduced: boolean;
  /** Points of one line within the window before it was reduced. */
  readonly pointCount: number;
}

/**
 * Brings the lines of a statistics answer onto one time axis: the union of their times, NaN where a line has no value (the server's steps
 * are the same for all lines of an answer). Where two neighbouring times are more than 1.5 steps apart, a time with NaN in every column
 * stands one step after the first of them, so that a chart leaves a gap. Of two values for one time the last counts; what is no finite
 * number is a gap.
 * @param stepSeconds as the server said; without it, the median distance of neighbouring times
 */
export function mergeSeries(series: Statistics['series'], stepSeconds?: number): SeriesColumns {
  const lines = series.map(({ values }) => lineOf(values));
  const union = lines.reduce<Float64Array<ArrayBuffer>>((times, line) => unionOf(times, line.times), new Float64Array());
  const times = withGaps(union, stepSeconds);
  return { times, columns: lines.map((line) => columnOf(line, times)) };
}

/**
 * The smallest and the largest value of each slice of time, so that a chart as wide as there are slices looks as it would with all points.
 *
 * - Points within the window: at most twice as many as buckets? They are handed back as they are.
 * - Else a bucket of more than two points becomes two: its first and its last time, and for each column its minimum and maximum in the order
 *   in which they occurred. An extreme moves by less than its bucket's length.
 * - Where a column has a gap in such a bucket, the bucket becomes three points, the middle one NaN in that column: no gap is closed.
 * - One point on either side of the window is kept as it is, so that lines reach the edge.
 *
 * The arrays are new: their buffers can be transferred.
 * @param times Unix seconds, strictly rising
 */
export function reduce(times: Float64Array, columns: readonly Float64Array[], window: ReduceWindow): ReducedSeries {
  const { fromSeconds, toSeconds } = window;
  const count = Math.max(1, Math.floor(window.buckets));
  const from = firstAt(times, (time) => time >= fromSeconds);
  const to = Math.max(from, firstAt(times, (time) => time > toSeconds));
  const start = Math.max(0, from - 1);
  const end = Math.min(times.length, to + 1);
  const pointCount = to - from;
  if (pointCount <= 2 * count) {
    return { times: times.slice(start, end), columns: columns.map((column) => column.slice(start, end)), isReduced: false, pointCount };
  }
  const starts = bucketStarts(times, from, to, (time) => Math.min(count - 1, Math.floor(((time - fromSeconds) / (toSeconds - fromSeconds)) * count)));
  const slices = [...edge(start, from), ...slicesOf(starts, columns), ...edge(to, end)];
  const length = slices.reduce((sum, { points }) => sum + points, 0);
  return {
    times: reducedTimes(times, slices, length),
    columns: columns.map((column) => reducedColumn(column, slices, length)),
    isReduced: true,
    pointCount,
  };
}

/** Index of the first time for which it holds; it holds for all after it. */
function firstAt(times: Float64Array, holds: (time: number) => boolean): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(times[middle] ?? Number.NaN)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Neighbouring points that become one, two or three. */
interface Slice {
  readonly start: number;
  readonly end: number;
  readonly points: number;
}

function edge(start: number, end: number): readonly Slice[] {
  return start === end ? [] : [{ start, end, points: end - start }];
}

/** Where each bucket that holds something begins, and at last where the last one ends. */
function bucketStarts(times: Float64Array, from: number, to: number, bucketOf: (time: number) => number): readonly number[] {
  const starts: number[] = [];
  let current = -1;
  for (let index = from; index < to; index += 1) {
    const bucket = bucketOf(times[index] ?? Number.NaN);
    if (bucket === current) continue;
    current = bucket;
    starts.push(index);
  }
  return [...starts, to];
}

function slicesOf(starts: readonly number[], columns: readonly Float64Array[]): readonly Slice[] {
  return starts.slice(0, -1).map((start, index) => {
    const end = starts[index + 1] ?? start;
    if (end - start <= 2) return { start, end, points: end - start };
    return { start, end, points: columns.some((column) => hasGap(column, start, end)) ? 3 : 2 };
  });
}

function hasGap(column: Float64Array, start: number, end: number): boolean {
  for (let index = start; index < end; index += 1) if (Number.isNaN(column[index])) return true;
  return false;
}

function reducedTimes(times: Float64Array, slices: readonly Slice[], length: number): Float64Array<ArrayBuffer> {
  const reduced = new Float64Array(length);
  let at = 0;
  for (const { start, end, points } of slices) {
    reduced[at] = times[start] ?? Number.NaN;
    if (points === 3) reduced[at + 1] = times[(start + end - 1) >>> 1] ?? Number.NaN;
    if (points > 1) reduced[at + points - 1] = times[end - 1] ?? Number.NaN;
    at += points;
  }
  return reduced;
}

function reducedColumn(column: Float64Array, slices: readonly Slice[], length: number): Float64Array<ArrayBuffer> {
  const reduced = new Float64Array(length);
  let at = 0;
  for (const { start, end, points } of slices) {
    if (points === end - start) reduced.set(column.subarray(start, end), at);
    else putExtremes(column, start, end, reduced.subarray(at, at + points));
    at += points;
  }
  return reduced;
}

/** The two extremes in their order; with a third place, what stands between them: a gap, or the value in the middle. */
function putExtremes(column: Float64Array, start: number, end: number, target: Float64Array): void {
  let least = Number.NaN;
  let most = Number.NaN;
  let leastAt = start;
  let mostAt = start;
  let isWhole = true;
  for (let index = start; index < end; index += 1) {
    const value = column[index] ?? Number.NaN;
    if (Number.isNaN(value)) {
      isWhole = false;
      continue;
    }
    if (!(value >= least)) {
      least = value;
      leastAt = index;
    }
    if (!(value <= most)) {
      most = value;
      mostAt = index;
    }
  }
  target[0] = leastAt <= mostAt ? least : most;
  if (target.length > 2) target[1] = isWhole ? (column[(start + end - 1) >>> 1] ?? Number.NaN) : Number.NaN;
  target[target.length - 1] = leastAt <= mostAt ? most : least;
}
