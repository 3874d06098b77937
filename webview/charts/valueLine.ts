import * as l10n from '@vscode/l10n';

import { nearest, placesWithValues, sliceAt, type ChartData, type ChartLine } from './data.ts';
import type { Span } from './span.ts';
import { clockOf, spanWords, wholeTime, type ZoneTime } from './timeAxis.ts';
import type { ValueWords } from './words.ts';

/** What the line of values below a chart is made of. */
export interface ValueLineView {
  readonly data: ChartData;
  /** The lines that are drawn. */
  readonly lines: readonly ChartLine[];
  readonly span: Span;
  /** Where the cursor is; the newest values where it is nowhere. */
  readonly cursorMs: number | undefined;
  readonly kind: 'lines' | 'bars';
  /** How many values stand in it. */
  readonly count: number;
  /** Unix milliseconds: times of another day are told with it. */
  readonly nowMs: number;
}

/** Longer than that a time is told with its day. */
const DAY_MS = 86_400_000;

/** The place of the data that a time stands for: the nearest point, or the bar it is in; undefined where there is none. */
export function placeAt(data: ChartData, timeMs: number, kind: 'lines' | 'bars'): number | undefined {
  const { times, stepSeconds } = data;
  if (kind === 'bars' && stepSeconds !== undefined) return sliceAt(times, timeMs / 1_000, stepSeconds);
  const place = nearest(times, timeMs / 1_000);
  const time = place === undefined ? undefined : times[place];
  if (time === undefined) return undefined;
  // Far from any point nothing was recorded; reduced points are as far from each other as their slices are wide.
  const apart = Math.max(stepSeconds ?? Number.POSITIVE_INFINITY, data.isReduced ? ((data.toMs - data.fromMs) / 1_000 / Math.max(1, times.length)) * 2 : 0);
  return Math.abs(time - timeMs / 1_000) > apart * 1.5 ? undefined : place;
}

/** The values where the cursor is, or the newest ones, in one line. */
export function placeWords(view: ValueLineView, words: ValueWords, time: ZoneTime): string {
  const { data, lines, cursorMs, kind, count } = view;
  const place = cursorMs === undefined ? newestPlace(view) : placeAt(data, cursorMs, kind);
  const seconds = place === undefined ? undefined : data.times[place];
  if (seconds === undefined || place === undefined) return cursorMs === undefined ? '' : words.line(timeWords(cursorMs, view, time), [], data.unit, count);
  const entries = lines.map(({ label, values }) => ({ label, value: values[place] ?? Number.NaN }));
  const at = kind === 'bars' ? sliceWords(seconds * 1_000, view, time) : timeWords(seconds * 1_000, view, time);
  const head = cursorMs === undefined ? l10n.t('Newest: {0}', at) : at;
  return words.line(head, entries, data.unit, count);
}

function newestPlace({ data, lines, span }: ValueLineView): number | undefined {
  return placesWithValues(data, lines, span.fromMs / 1_000, span.toMs / 1_000).at(-1);
}

function timeWords(ms: number, view: ValueLineView, time: ZoneTime): string {
  return isDated(view, time) ? wholeTime(time, ms) : `${clockOf(time, ms)} ${time.zoneName(ms)}`;
}

function sliceWords(fromMs: number, view: ValueLineView, time: ZoneTime): string {
  const toMs = fromMs + (view.data.stepSeconds ?? 0) * 1_000;
  const { from, to } = spanWords(time, fromMs, toMs);
  return l10n.t('{0} to {1}', isDated(view, time) || dayOf(time, fromMs) !== dayOf(time, toMs) ? from : clockOf(time, fromMs), to);
}

/** Whether a clock alone could be that of another day: in a long range, and in one that is not of today. */
function isDated({ span, nowMs }: ValueLineView, time: ZoneTime): boolean {
  const today = dayOf(time, nowMs);
  return span.toMs - span.fromMs > DAY_MS / 2 || dayOf(time, span.fromMs) !== today || dayOf(time, span.toMs) !== today;
}

function dayOf(time: ZoneTime, ms: number): string {
  return time.dateTime(ms).slice(0, 10);
}
