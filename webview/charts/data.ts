import { oneLine } from '../../src/model/format.ts';
import type { SeriesTable, SeriesUnit } from '../../src/protocol/series.ts';

/** A table of series as charts work with it: numbers instead of buffers. */
export interface ChartData {
  readonly unit: SeriesUnit;
  readonly fromMs: number;
  readonly toMs: number;
  readonly stepSeconds: number | undefined;
  /** Unix seconds, rising. */
  readonly times: Float64Array;
  readonly lines: readonly ChartLine[];
  readonly pointCount: number;
  readonly isReduced: boolean;
}

/** A line of {@link ChartData}. */
export interface ChartLine {
  readonly key: string;
  readonly label: string;
  /** As many as there are times; NaN is a gap. */
  readonly values: Float64Array;
  /** The last value that is one; undefined where there is none. */
  readonly last: number | undefined;
}

/** Beyond that many lines only the largest are drawn until others are asked for. */
const MANY_LINES = 100;
/** How many of many are drawn. */
const LARGEST = 40;

/** Reads what came over the wire. A line that is shorter than the times has gaps at its end. */
export function readTable(table: SeriesTable): ChartData {
  const times = new Float64Array(table.times);
  const lines = table.lines.map(({ key, label, values }) => {
    const read = new Float64Array(values);
    const whole = read.length === times.length ? read : Float64Array.from(times, (_, index) => read[index] ?? Number.NaN);
    return { key, label: nameOf(label, key), values: whole, last: lastOf(whole) };
  });
  const { unit, fromMs, toMs, stepSeconds, pointCount, isReduced } = table;
  return { unit, fromMs, toMs, stepSeconds, times, lines, pointCount, isReduced };
}

/** A button needs a name: a line without one goes by its key. */
function nameOf(label: string, key: string): string {
  return [label, key].find((text) => oneLine(text).trim() !== '') ?? '–';
}

/** Whether there is any value at all. */
export function hasValues(data: ChartData): boolean {
  return data.lines.some(({ last }) => last !== undefined);
}

/** Whether two tables have the same lines in the same order. */
export function hasSameLines(a: ChartData, b: ChartData): boolean {
  return a.lines.length === b.lines.length && a.lines.every(({ key }, index) => key === b.lines[index]?.key);
}

function lastOf(values: Float64Array): number | undefined {
  return values.findLast((value) => Number.isFinite(value));
}

/** Lines with the largest last value first; those without any last, equal ones as they came. */
export function byLastValue(lines: readonly ChartLine[]): readonly ChartLine[] {
  const size = ({ last }: ChartLine): number => last ?? Number.NEGATIVE_INFINITY;
  // Infinity less infinity is no number: equal ones are told first.
  return lines.toSorted((a, b) => (size(a) === size(b) ? 0 : size(b) - size(a)));
}

/**
 * Chooses so many of the lines with the largest last value. They and their order stay while there are the same lines: values change at each
 * refresh, and a button is not to move away from under a pointer.
 */
export function createLargest(count: number): (lines: readonly ChartLine[]) => readonly ChartLine[] {
  let of = '';
  let chosen: readonly string[] = [];
  return (lines) => {
    const keys = JSON.stringify(lines.map(({ key }) => key));
    if (keys !== of) chosen = byLastValue(lines).slice(0, count).map(({ key }) => key);
    of = keys;
    const byKey = new Map(lines.map((line) => [line.key, line]));
    return chosen.map((key) => byKey.get(key)).filter((line) => line !== undefined);
  };
}

/** What somebody chose in a legend, by the keys of lines. */
export interface LineChoice {
  readonly hidden: readonly string[];
  /** Shown though they are not among the largest of many. */
  readonly shown: readonly string[];
}

/** Reads a choice that was kept; nothing is chosen where it is none. */
export function readChoice(kept: unknown): LineChoice {
  const list = (name: 'hidden' | 'shown'): readonly string[] => {
    const value: unknown = typeof kept === 'object' && kept !== null && name in kept ? (kept as Record<string, unknown>)[name] : undefined;
    return Array.isArray(value) ? value.filter((key) => typeof key === 'string') : [];
  };
  return { hidden: list('hidden'), shown: list('shown') };
}

/** Keys of the lines that are drawn: all but hidden ones; of more than a hundred the largest, and those asked for. */
export function drawnKeys(lines: readonly ChartLine[], choice: LineChoice): ReadonlySet<string> {
  const basis = lines.length > MANY_LINES ? byLastValue(lines).slice(0, LARGEST) : lines;
  const keys = new Set(basis.map(({ key }) => key));
  for (const key of choice.shown) keys.add(key);
  for (const key of choice.hidden) keys.delete(key);
  return keys;
}

/** The choice with this line shown or hidden. */
export function withLine(choice: LineChoice, key: string, state: 'shown' | 'hidden'): LineChoice {
  const other = state === 'shown' ? 'hidden' : 'shown';
  return { ...choice, [state]: [...choice[state].filter((each) => each !== key), key], [other]: choice[other].filter((each) => each !== key) };
}

/** The choice that shows one line alone. */
export function onlyLine(lines: readonly ChartLine[], key: string): LineChoice {
  return { hidden: lines.map((line) => line.key).filter((each) => each !== key), shown: [key] };
}

/** Place of the time nearest to that one; undefined where there is no time. */
export function nearest(times: Float64Array, seconds: number): number | undefined {
  if (times.length === 0) return undefined;
  const after = firstFrom(times, seconds);
  const [before, next] = [times[after - 1], times[after]];
  if (next === undefined) return times.length - 1;
  return before !== undefined && seconds - before <= next - seconds ? after - 1 : after;
}

/** Place of the slice a time is in, where slices begin at the times; undefined before the first and where it is over. */
export function sliceAt(times: Float64Array, seconds: number, stepSeconds: number): number | undefined {
  const after = firstFrom(times, seconds);
  const place = times[after] === seconds ? after : after - 1;
  const start = times[place];
  return start === undefined || seconds >= start + stepSeconds ? undefined : place;
}

/** Place of the first time that is not before that one. */
function firstFrom(times: Float64Array, seconds: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) < seconds) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Places at which any of these lines has a value, within a time in Unix seconds. */
export function placesWithValues(data: ChartData, lines: readonly ChartLine[], from: number, to: number): readonly number[] {
  const places: number[] = [];
  for (const [place, time] of data.times.entries()) {
    if (time < from || time > to) continue;
    if (lines.some(({ values }) => !Number.isNaN(values[place] ?? Number.NaN))) places.push(place);
  }
  return places;
}

/** Where keys move a cursor: so many places on, to the first or the last, or the zoom. */
export type KeyMove = { readonly by: number } | { readonly to: 'first' | 'last' } | { readonly zoom: 'in' | 'out' | 'reset' };

/** What a key does to a chart; undefined for those it leaves alone. */
export function keyMove(key: string, modifier: 'none' | 'ctrl' | 'other'): KeyMove | undefined {
  if (modifier === 'other') return undefined;
  const far = modifier === 'ctrl' ? 10 : 1;
  switch (key) {
    case 'ArrowLeft': return { by: -far };
    case 'ArrowRight': return { by: far };
    case 'PageUp': return { by: -10 };
    case 'PageDown': return { by: 10 };
    case 'Home': return { to: 'first' };
    case 'End': return { to: 'last' };
    // With Ctrl these are the editor's own zoom.
    case '+': case '=': return modifier === 'ctrl' ? undefined : { zoom: 'in' };
    case '-': return modifier === 'ctrl' ? undefined : { zoom: 'out' };
    case 'Escape': return { zoom: 'reset' };
    default: return undefined;
  }
}

/** The place among those with values that a move leads to from where the cursor is; undefined where there is none. */
export function movedPlace(places: readonly number[], from: number | undefined, move: { readonly by: number } | { readonly to: 'first' | 'last' }): number | undefined {
  if (places.length === 0) return undefined;
  if ('to' in move) return move.to === 'first' ? places[0] : places.at(-1);
  // The first key press goes to the newest value: that is what people look for.
  if (from === undefined) return places.at(-1);
  const found = places.findIndex((place) => place >= from);
  const at = found < 0 ? places.length : found;
  const isBetween = places[at] !== from;
  const target = move.by < 0 ? at + move.by : at + move.by - (isBetween ? 1 : 0);
  return places[Math.min(places.length - 1, Math.max(0, target))];
}

/** Values one above the other, in the order of the lines: tops of each. What is no value adds nothing, and has no top. */
export function stacked(lines: readonly Float64Array[]): readonly Float64Array[] {
  const length = lines[0]?.length ?? 0;
  const sums = new Float64Array(length);
  return lines.map((values) => values.map((value, place) => {
    if (Number.isNaN(value)) return value;
    sums[place] = (sums[place] ?? 0) + value;
    return sums[place];
  }));
}
