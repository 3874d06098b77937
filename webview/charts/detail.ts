import type { ChartData } from './data.ts';
import type { Span } from './span.ts';

/** Of a range: what two readings of all of it may differ by at their ends. */
const SLACK = 0.02;

/**
 * What came of one chart: the newest data, which may be a piece in detail, and the newest of the whole range, so that there is
 * something to show at once where a zoom is left before the host has answered.
 */
export class Detail {
  #newest: ChartData | undefined;
  #whole: ChartData | undefined;
  #wasWhole = false;

  /** What came last. */
  get newest(): ChartData | undefined {
    return this.#newest;
  }

  /**
   * Takes what came.
   * @param asked what the chart showed then: data of a zoom can still come after it was left, and the other way round
   */
  take(data: ChartData, asked: 'whole' | 'zoom'): void {
    const isOther = this.#newest === undefined || signature(this.#newest) !== signature(data);
    this.#newest = data;
    const isWhole = asked === 'whole' && this.#wasWhole;
    this.#wasWhole = asked === 'whole';
    if (this.#whole === undefined || isOther || isWhole || reaches(data, data, this.#whole)) this.#whole = data;
  }

  /** The finest data there is for all of a span. */
  of(span: Span): ChartData | undefined {
    const [newest, whole] = [this.#newest, this.#whole];
    if (newest === undefined || whole === undefined || newest === whole || reaches(newest, span, whole)) return newest;
    return { ...whole, fromMs: newest.fromMs, toMs: newest.toMs };
  }
}

/** Data of other lines, or of a range of another length, has nothing to do with what was there. */
function signature({ unit, fromMs, toMs, lines }: ChartData): string {
  return JSON.stringify([unit, Math.round((toMs - fromMs) / 1_000), lines.map(({ key }) => key)]);
}

/** Whether data has what the whole has within a span. */
function reaches(data: ChartData, span: Span, whole: ChartData): boolean {
  const [first, last] = [whole.times[0], whole.times.at(-1)];
  if (first === undefined || last === undefined) return true;
  const slack = Math.max((data.stepSeconds ?? 0) * 2, ((data.toMs - data.fromMs) / 1_000) * SLACK * (span === data ? 1 : 0));
  const [begin, end] = [Math.max(first, span.fromMs / 1_000), Math.min(last, span.toMs / 1_000)];
  return begin > end || ((data.times[0] ?? Number.POSITIVE_INFINITY) <= begin + slack && (data.times.at(-1) ?? Number.NEGATIVE_INFINITY) >= end - slack);
}
