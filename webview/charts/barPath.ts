/** What bars need of a plot. */
export interface BarPlot {
  /** Times in Unix seconds, then the tops of each line's bars. */
  readonly data: readonly ArrayLike<number | null | undefined>[];
  readonly series: readonly { readonly show?: boolean }[];
  /** Where a value is, in canvas pixels. */
  valToPos(value: number, scale: string, isCanvas: true): number;
}

/**
 * Bars from their beginning to that of the next, each on top of those shown below it.
 * @param index of the column
 * @param gap between two bars, canvas pixels
 */
export function barPath(plot: BarPlot, index: number, stepSeconds: number, gap: number): Path2D {
  const [times, tops] = [plot.data[0], plot.data[index]];
  const below = plot.data.slice(1, index).filter((_, place) => plot.series[place + 1]?.show === true);
  const path = new Path2D();
  for (const [place, time] of Array.from(times ?? []).entries()) {
    const top = tops?.[place];
    if (typeof top !== 'number' || typeof time !== 'number') continue;
    const base = below.map((values) => values[place]).findLast((value) => typeof value === 'number') ?? 0;
    if (top === base) continue;
    const left = plot.valToPos(time, 'x', true);
    const right = plot.valToPos(time + stepSeconds, 'x', true);
    const [high, low] = [plot.valToPos(top, 'y', true), plot.valToPos(base, 'y', true)];
    path.rect(left + gap / 2, high, Math.max(gap, right - left - gap), Math.max(0, low - high));
  }
  return path;
}
