import type { IndexRange } from './recording.ts';

/** Whether a number is in one of the ranges, which are in ascending order and do not overlap. */
export function isWithin(ranges: readonly IndexRange[], index: number): boolean {
  let [low, high] = [0, ranges.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const [from, end] = ranges[middle] ?? [index + 1, index + 1];
    if (index < from) high = middle;
    else if (index >= end) low = middle + 1;
    else return true;
  }
  return false;
}

/** How many numbers the ranges hold. */
export function lengthOf(ranges: readonly IndexRange[]): number {
  return ranges.reduce((sum, [from, end]) => sum + end - from, 0);
}

/** The numbers at these positions of all that the ranges hold, from `start` up to and without `end`. */
export function* indexesOf(ranges: readonly IndexRange[], start: number, end: number): Generator<number> {
  let before = 0;
  for (const [from, to] of ranges) {
    const first = Math.max(from, from + start - before);
    const last = Math.min(to, from + end - before);
    for (let index = first; index < last; index += 1) yield index;
    before += to - from;
    if (before >= end) return;
  }
}
