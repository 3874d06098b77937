import type { SeriesTable } from '../../src/protocol/series.ts';

/** So many steps before the end of the range a value is still that of now: the service adds to its statistics with a delay. */
const RECENT_STEPS = 5;
const STEP_SECONDS = 60;

/**
 * The size of all partitions at the end of what was asked for, in bytes; undefined where one of them has no value there: nothing was recorded
 * lately, or the table shows what is zoomed into.
 */
export function logSizeNow({ times, lines, toMs, stepSeconds }: SeriesTable): number | undefined {
  const seconds = new Float64Array(times);
  const since = toMs / 1_000 - RECENT_STEPS * (stepSeconds ?? STEP_SECONDS);
  const sizes = lines.map(({ values }) => {
    const sizesOfLine = new Float64Array(values);
    const last = sizesOfLine.findLastIndex((value) => !Number.isNaN(value));
    return (seconds[last] ?? Number.NEGATIVE_INFINITY) >= since ? sizesOfLine[last] : undefined;
  });
  if (sizes.length === 0) return undefined;
  return sizes.reduce<number | undefined>((sum, size) => (sum === undefined || size === undefined ? undefined : sum + size), 0);
}
