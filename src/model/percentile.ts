/**
 * The percentile by nearest rank: the smallest of the values that at least so many percent of all are not larger than. It is always one of
 * the values, never something between two; `undefined` where there is none.
 * @param values in any order; not changed
 * @param percent above 0, up to 100; 50 is the (lower) median, 100 the largest
 */
export function percentile(values: readonly number[], percent: number): number | undefined {
  const sorted = Float64Array.from(values).sort();
  const rank = Math.ceil((percent * sorted.length) / 100);
  return sorted[Math.min(Math.max(rank, 1), sorted.length) - 1];
}
