import { stacked, type ChartData } from './data.ts';
import type { Span } from './span.ts';

/** A column as it is drawn: gaps are null. */
type Column = Float64Array | (number | null)[];

/** Times, and a column for each line. */
export type Aligned = [times: Column & (Float64Array | number[]), ...columns: Column[]];

/** Data as it is drawn: bars as their tops, one on the other, of those that are shown. An empty chart has the ends of its time, and so its axes. */
export function aligned(data: ChartData, drawn: ReadonlySet<string>, span: Span, kind: 'lines' | 'bars'): Aligned {
  if (data.lines.length === 0 || data.times.length === 0) {
    const nothing = data.lines.length === 0 ? [[null, null]] : data.lines.map(() => [null, null]);
    return [[span.fromMs / 1_000, span.toMs / 1_000], ...nothing];
  }
  if (kind === 'lines') return [data.times, ...data.lines.map(({ values }) => withGaps(values))];
  const tops = stacked(data.lines.filter(({ key }) => drawn.has(key)).map(({ values }) => values));
  let next = 0;
  return [data.times, ...data.lines.map(({ key, values }) => withGaps(drawn.has(key) ? (tops[next++] ?? values) : values))];
}

function withGaps(values: Float64Array): Float64Array | (number | null)[] {
  return values.some((value) => Number.isNaN(value)) ? Array.from(values, (value) => (Number.isNaN(value) ? null : value)) : values;
}
