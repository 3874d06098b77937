import { seriesCsv } from '../../../model/csv.ts';
import { reduce } from '../../../model/series.ts';
import type { TimeBounds } from '../../../model/timeRanges.ts';
import type { SeriesTable, SeriesUnit } from '../../../protocol/series.ts';
import type { FeedView } from '../../../webviews/dashboardType.ts';
import type { FullLines } from './lines.ts';

/** What a chart shows, in full. */
export interface FullTable extends FullLines {
  readonly unit: SeriesUnit;
  /** What was asked for. */
  readonly bounds: TimeBounds;
  readonly stepSeconds: number | undefined;
}

/** Its lines reduced to what a chart of this width can show of the range, or of what is zoomed into. */
export function seriesTable({ unit, bounds, stepSeconds, times, lines }: FullTable, { widthPx, window }: FeedView): SeriesTable {
  const { fromMs, toMs } = window ?? bounds;
  const columns = lines.map(({ values }) => values);
  const reduced = reduce(times, columns, { fromSeconds: fromMs / 1_000, toSeconds: toMs / 1_000, buckets: widthPx });
  return {
    unit,
    fromMs: bounds.fromMs,
    toMs: bounds.toMs,
    stepSeconds,
    times: reduced.times.buffer,
    lines: lines.map(({ key, label }, index) => ({ key, label, values: (reduced.columns[index] ?? new Float64Array()).buffer })),
    pointCount: reduced.pointCount,
    isReduced: reduced.isReduced,
  };
}

/** Every value of every line; times in ISO 8601, a gap is an empty cell. */
export function linesCsv({ times, lines }: FullLines): string {
  return seriesCsv(['time', ...lines.map(({ label }) => label)], { times, columns: lines.map(({ values }) => values) });
}
