/** A piece of time, Unix milliseconds. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** No closer than that: two points at the least, and never less than two seconds. */
const LEAST_MS = 2_000;

/** The piece in whole milliseconds, no smaller than can be shown and inside the whole; undefined where it is all of the whole. */
export function zoomed(span: Span, whole: Span, stepSeconds = 0): Span | undefined {
  const length = whole.toMs - whole.fromMs;
  const least = Math.min(length, Math.max(LEAST_MS, stepSeconds * 2_000));
  const wanted = Math.max(least, Math.abs(span.toMs - span.fromMs));
  if (wanted >= length) return undefined;
  const middle = (span.fromMs + span.toMs) / 2;
  const fromMs = Math.min(whole.toMs - wanted, Math.max(whole.fromMs, middle - wanted / 2));
  return { fromMs: Math.round(fromMs), toMs: Math.round(fromMs + wanted) };
}

/** The piece made larger or smaller around a time that keeps its place. */
export function scaled(span: Span, factor: number, aroundMs: number): Span {
  return { fromMs: aroundMs - (aroundMs - span.fromMs) * factor, toMs: aroundMs + (span.toMs - aroundMs) * factor };
}

/** The piece moved, and kept inside the whole. */
export function moved(span: Span, byMs: number, whole: Span): Span {
  const by = Math.min(whole.toMs - span.toMs, Math.max(whole.fromMs - span.fromMs, byMs));
  return { fromMs: Math.round(span.fromMs + by), toMs: Math.round(span.toMs + by) };
}

/** Whether two pieces have any time in common. */
export function overlaps(a: Span, b: Span): boolean {
  return a.fromMs < b.toMs && b.fromMs < a.toMs;
}
