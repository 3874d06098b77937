import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createFormatter } from '../../../src/model/format.ts';
import { readTable, type ChartData } from '../../../webview/charts/data.ts';
import type { ZoneTime } from '../../../webview/charts/timeAxis.ts';
import { placeAt, placeWords } from '../../../webview/charts/valueLine.ts';
import { axisUnit, createValueWords, tableNotes, unitWords } from '../../../webview/charts/words.ts';

const format = createFormatter('en');
const words = createValueWords(format);
const KST: ZoneTime = {
  dateTime: (ms) => new Date(ms + 32_400_000).toISOString().slice(0, 19).replace('T', ' '),
  zoneName: () => 'KST',
};
const GAP = Number.NaN;
const BASE = Date.UTC(2026, 10, 22, 5) / 1_000;
const DAY = 86_400;
/** An afternoon of the same day. */
const NOW_MS = (BASE + 7_200) * 1_000;

function data(isReduced: boolean, ...columns: readonly (readonly number[])[]): ChartData {
  const count = columns[0]?.length ?? 0;
  return readTable({
    unit: 'messages', fromMs: BASE * 1_000, toMs: (BASE + 600) * 1_000, stepSeconds: 60, pointCount: count, isReduced,
    times: Float64Array.from({ length: count }, (_, index) => BASE + index * 60).buffer,
    lines: columns.map((values, index) => ({ key: `k${index}`, label: ['billing', 'audit', 'mail'][index] ?? '', values: Float64Array.from(values).buffer })),
  });
}

test('values have the unit they are counted in', () => {
  assert.equal(words.value(1_258_291.2, 'bytesPerSecond'), '1.2 MiB/s');
  assert.equal(words.value(0.25, 'bytesPerSecond'), '0.25 B/s');
  assert.equal(words.value(12.34, 'messagesPerSecond'), '12.3/s');
  assert.equal(words.value(0.4, 'messagesPerSecond'), '0.4/s');
  assert.equal(words.value(12_480_112, 'messages'), '12,480,112');
  assert.equal(words.value(3_328_599_654, 'bytes'), '3.1 GiB');
  assert.equal(words.value(350, 'milliseconds'), '350 ms');
  assert.equal(words.value(1_230, 'milliseconds'), '1.23 s');
  assert.equal(words.value(90_000, 'milliseconds'), '1 min 30 s');
  assert.equal(words.value(7, 'count'), '7');
  assert.equal(words.value(GAP, 'count'), '–');
  assert.equal(words.value(undefined, 'bytes'), '–');
});

test('what stands above an axis does not stand at its marks', () => {
  assert.equal(axisUnit('messagesPerSecond'), 'messages per second');
  assert.equal(words.mark(20, 'messagesPerSecond'), '20');
  assert.equal(axisUnit('messages'), 'messages');
  assert.equal(axisUnit('milliseconds'), undefined);
  assert.equal(axisUnit('bytesPerSecond'), undefined);
  assert.equal(words.mark(1_024, 'bytesPerSecond'), '1 KiB/s');
});

test('a unit is said where neither the title nor each value has it', () => {
  assert.deepEqual((['messages', 'milliseconds', 'count', 'messagesPerSecond'] as const).map(unitWords), [undefined, undefined, undefined, 'messages per second']);
});

test('the line of values has the largest where there are many, and says how many are left', () => {
  const entries = [{ label: 'a', value: 1 }, { label: 'b', value: 30 }, { label: 'c', value: 20 }, { label: 'd', value: GAP }];
  assert.equal(words.line('14:00', entries, 'count', 6), '14:00 · a: 1 · b: 30 · c: 20');
  assert.equal(words.line('14:00', entries, 'count', 2), '14:00 · b: 30 · c: 20 · 1 more line');
  assert.equal(words.line('14:00', entries, 'count', 1), '14:00 · b: 30 · 2 more lines');
  assert.equal(words.line('14:00', [], 'count', 1), '14:00 · nothing recorded');
  assert.equal(words.line('14:00', [{ label: 'a\nb', value: 1 }], 'count', 1), '14:00 · a b: 1');
});

test('without a cursor the newest values stand there, with one those nearest to it', () => {
  const view = { data: data(false, [1, 2, 3, GAP], [10, 20, GAP, GAP]), span: { fromMs: BASE * 1_000, toMs: (BASE + 600) * 1_000 }, kind: 'lines', count: 6, nowMs: NOW_MS } as const;
  const at = (cursorMs: number | undefined): string => placeWords({ ...view, lines: view.data.lines, cursorMs }, words, KST);
  assert.equal(at(undefined), 'Newest: 14:02:00 KST · billing: 3');
  assert.equal(at((BASE + 70) * 1_000), '14:01:00 KST · billing: 2 · audit: 20');
  assert.equal(at((BASE + 185) * 1_000), '14:03:00 KST · nothing recorded');
  assert.equal(at((BASE + 500) * 1_000), '14:08:20 KST · nothing recorded');
});

test('far from any point there is none, and reduced points are further apart', () => {
  assert.equal(placeAt(data(false, [1, 2]), (BASE + 140) * 1_000, 'lines'), 1);
  assert.equal(placeAt(data(false, [1, 2]), (BASE + 160) * 1_000, 'lines'), undefined);
  assert.equal(placeAt(data(true, [1, 2]), (BASE + 300) * 1_000, 'lines'), 1);
});

test('a bar is said from its beginning to its end', () => {
  const bars = data(false, [4, 5], [1, 0]);
  const view = { data: bars, lines: bars.lines, span: { fromMs: BASE * 1_000, toMs: (BASE + 600) * 1_000 }, kind: 'bars', count: 6, nowMs: NOW_MS } as const;
  assert.equal(placeWords({ ...view, cursorMs: (BASE + 50) * 1_000 }, words, KST), '14:00:00 to 14:01:00 KST · billing: 4 · audit: 1');
});

test('a bar that ends on another day says both days', () => {
  const view = { kind: 'bars', count: 6, nowMs: NOW_MS, cursorMs: BASE * 1_000 } as const;
  const day = { ...data(false, [4]), stepSeconds: DAY };
  assert.equal(
    placeWords({ ...view, data: day, lines: day.lines, span: { fromMs: BASE * 1_000, toMs: (BASE + 7 * DAY) * 1_000 } }, words, KST),
    '2026-11-22 14:00:00 to 2026-11-23 14:00:00 KST · billing: 4',
  );
  const night = { ...data(false, [4]), stepSeconds: 10 * 3_600 };
  assert.equal(
    placeWords({ ...view, data: night, lines: night.lines, span: { fromMs: BASE * 1_000, toMs: (BASE + 9 * 3_600) * 1_000 } }, words, KST),
    '2026-11-22 14:00:00 to 2026-11-23 00:00:00 KST · billing: 4',
  );
});

test('a range that is not of today says its day, however short it is', () => {
  const short = data(false, [4]);
  const span = { fromMs: BASE * 1_000, toMs: (BASE + 600) * 1_000 };
  const at = (kind: 'lines' | 'bars', nowMs: number): string => placeWords({ data: short, lines: short.lines, span, kind, count: 6, nowMs, cursorMs: span.fromMs }, words, KST);
  assert.equal(at('lines', NOW_MS), '14:00:00 KST · billing: 4');
  assert.equal(at('lines', NOW_MS + DAY * 1_000), '2026-11-22 14:00:00 KST · billing: 4');
  assert.equal(at('bars', NOW_MS + DAY * 1_000), '2026-11-22 14:00:00 to 14:01:00 KST · billing: 4');
});

test('a long range says the day too', () => {
  const long = data(false, [4]);
  const view = { data: long, lines: long.lines, span: { fromMs: BASE * 1_000, toMs: (BASE + 86_400) * 1_000 }, kind: 'lines', cursorMs: BASE * 1_000, count: 6, nowMs: NOW_MS } as const;
  assert.equal(placeWords(view, words, KST), '2026-11-22 14:00:00 KST · billing: 4');
});

test('a table says all that it leaves out, and nothing where it leaves out nothing', () => {
  assert.deepEqual(tableNotes({ isReduced: false, pointCount: 5, rows: 5, shownRows: 5, lines: 2, shownLines: 2 }, format), []);
  assert.deepEqual(tableNotes({ isReduced: true, pointCount: 43_200, rows: 1_800, shownRows: 200, lines: 800, shownLines: 20 }, format), [
    'Reduced from 43,200 points to the smallest and largest value of each time slice. "Copy CSV" has all of them.',
    'The newest 200 of 1,800 rows. Zoom in to see others.',
    'The 20 largest of 800 lines.',
  ]);
});
