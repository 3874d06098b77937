import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';

import type { SeriesTable } from '../../../src/protocol/series.ts';
import { aligned } from '../../../webview/charts/aligned.ts';
import { byLastValue, createLargest, drawnKeys, hasSameLines, hasValues, keyMove, movedPlace, nearest, onlyLine, placesWithValues, readChoice, readTable, sliceAt, stacked, withLine } from '../../../webview/charts/data.ts';
import { moved, overlaps, scaled, zoomed } from '../../../webview/charts/span.ts';

const GAP = Number.NaN;
const NOTHING = { hidden: [], shown: [] };

function table(times: readonly number[], ...columns: readonly (readonly number[])[]): SeriesTable {
  return {
    unit: 'messages', fromMs: 0, toMs: 100_000, stepSeconds: 10, times: Float64Array.from(times).buffer, pointCount: times.length, isReduced: false,
    lines: columns.map((values, index) => ({ key: `k${index}`, label: `Line ${index}`, values: Float64Array.from(values).buffer })),
  };
}

test('a table is read with its gaps, and a short line has gaps at its end', () => {
  const data = readTable(table([10, 20, 30], [1, GAP, 3], [5], [GAP, GAP, GAP]));
  assert.deepEqual(data.lines.map(({ values }) => [...values]), [[1, GAP, 3], [5, GAP, GAP], [GAP, GAP, GAP]]);
  assert.deepEqual(data.lines.map(({ last }) => last), [3, 5, undefined]);
  assert.equal(hasValues(data), true);
  assert.equal(hasValues(readTable(table([10], [GAP]))), false);
});

test('tables have the same lines where their keys are the same in the same order', () => {
  const [one, two, three] = [readTable(table([1], [1])), readTable(table([1, 2], [3, 4])), readTable(table([1], [1], [2]))];
  assert.equal(hasSameLines(one, two), true);
  assert.equal(hasSameLines(one, three), false);
  assert.equal(hasSameLines(three, { ...three, lines: three.lines.toReversed() }), false);
});

test('gaps are null where they are drawn, and an empty chart has the ends of its time', () => {
  const data = readTable(table([10, 20], [1, GAP], [3, 4]));
  const span = { fromMs: 0, toMs: 50_000 };
  assert.deepEqual(aligned(data, new Set(['k0', 'k1']), span, 'lines').slice(1), [[1, null], Float64Array.from([3, 4])]);
  assert.deepEqual(aligned(readTable(table([])), new Set(), span, 'lines'), [[0, 50], [null, null]]);
});

test('bars stand on those that are shown', () => {
  const data = readTable(table([10, 20], [1, 2], [10, GAP], [100, 200]));
  const span = { fromMs: 0, toMs: 50_000 };
  assert.deepEqual(aligned(data, new Set(['k0', 'k1', 'k2']), span, 'bars').slice(1), [Float64Array.from([1, 2]), [11, null], Float64Array.from([111, 202])]);
  assert.deepEqual([...(aligned(data, new Set(['k0', 'k2']), span, 'bars')[3] ?? [])], [101, 202]);
  assert.deepEqual(stacked([]), []);
});

test('of more than a hundred lines the largest are drawn, and those asked for', () => {
  const many = readTable(table([10], ...Array.from({ length: 101 }, (_, index) => [index]))).lines;
  assert.equal(drawnKeys(many.slice(0, 100), NOTHING).size, 100);
  const drawn = drawnKeys(many, NOTHING);
  assert.equal(drawn.size, 40);
  assert.ok(drawn.has('k100') && !drawn.has('k0'));
  const chosen = drawnKeys(many, withLine(withLine(NOTHING, 'k0', 'shown'), 'k100', 'hidden'));
  assert.ok(chosen.has('k0') && !chosen.has('k100'));
  assert.deepEqual([...drawnKeys(many, onlyLine(many, 'k7'))], ['k7']);
});

test('a choice that was kept is read, whatever else is kept in its place', () => {
  const choice = withLine(withLine(NOTHING, 'a', 'hidden'), 'a', 'shown');
  assert.deepEqual(choice, { hidden: [], shown: ['a'] });
  assert.deepEqual(readChoice(JSON.parse(JSON.stringify(choice))), choice);
  assert.deepEqual(readChoice({ hidden: [1, 'b'], shown: 'b' }), { hidden: ['b'], shown: [] });
  for (const kept of [undefined, null, 3, 'x', [], { hidden: 'a' }]) assert.deepEqual(readChoice(kept).hidden, []);
});

test('the largest last value comes first, lines without any last', () => {
  const { lines } = readTable(table([10, 20], [9, 1], [GAP, GAP], [5, 7], [GAP, GAP]));
  assert.deepEqual(byLastValue(lines).map(({ key }) => key), ['k2', 'k0', 'k1', 'k3']);
});

test('a line without a name goes by its key, and one without either has a dash', () => {
  const { lines, ...rest } = table([10], [1], [2], [3]);
  const named = lines.map((line, index) => ({ ...line, label: ['', ' \n', 'c'][index] ?? '', key: index === 1 ? '' : line.key }));
  assert.deepEqual(readTable({ ...rest, lines: named }).lines.map(({ label }) => label), ['k0', '–', 'c']);
});

test('the largest are chosen once, and stay with their newest values until there are other lines', () => {
  const largest = createLargest(2);
  const of = (...last: readonly number[]): ReturnType<typeof readTable>['lines'] => readTable(table([10], ...last.map((value) => [value]))).lines;
  const seen = (lines: ReturnType<typeof of>): readonly unknown[] => largest(lines).map(({ key, last }) => [key, last]);
  assert.deepEqual(seen(of(1, 3, 2)), [['k1', 3], ['k2', 2]]);
  assert.deepEqual(seen(of(9, 4, 5)), [['k1', 4], ['k2', 5]]);
  assert.deepEqual(seen(of(9, 4, 5, 1)), [['k0', 9], ['k2', 5]]);
  assert.deepEqual(seen(of(1)), [['k0', 1]]);
});

test('the nearest time is the nearest of all', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 1_000 }), { minLength: 1 }), fc.integer({ min: -50, max: 1_050 }), (times, wanted) => {
      const rising = Float64Array.from(times.toSorted((a, b) => a - b));
      const found = rising[nearest(rising, wanted) ?? -1] ?? Number.NaN;
      assert.equal(Math.abs(found - wanted), Math.min(...times.map((time) => Math.abs(time - wanted))));
    }),
  );
  assert.equal(nearest(new Float64Array(), 5), undefined);
});

test('a bar is where its slice is', () => {
  const times = Float64Array.from([10, 20, 40]);
  assert.deepEqual([9, 10, 19, 20, 29, 30, 40, 50].map((time) => sliceAt(times, time, 10)), [undefined, 0, 0, 1, 1, undefined, 2, undefined]);
});

test('keys move through places with values only', () => {
  const data = readTable(table([10, 20, 30, 40, 50], [1, GAP, 3, GAP, 5], [GAP, GAP, 3, GAP, GAP]));
  const places = placesWithValues(data, data.lines, 0, 50);
  assert.deepEqual(places, [0, 2, 4]);
  assert.deepEqual(placesWithValues(data, data.lines, 20, 40), [2]);
  assert.equal(movedPlace(places, undefined, { by: -1 }), 4);
  assert.equal(movedPlace(places, 0, { by: 1 }), 2);
  assert.equal(movedPlace(places, 1, { by: 1 }), 2);
  assert.equal(movedPlace(places, 1, { by: -1 }), 0);
  assert.equal(movedPlace(places, 2, { by: 10 }), 4);
  assert.equal(movedPlace(places, 4, { to: 'first' }), 0);
  assert.equal(movedPlace(places, 0, { to: 'last' }), 4);
  assert.equal(movedPlace([], 0, { by: 1 }), undefined);
});

test('each key has its move, and those of the editor are left alone', () => {
  assert.deepEqual(keyMove('ArrowLeft', 'none'), { by: -1 });
  assert.deepEqual(keyMove('ArrowRight', 'ctrl'), { by: 10 });
  assert.deepEqual(keyMove('PageUp', 'none'), { by: -10 });
  assert.deepEqual(keyMove('End', 'none'), { to: 'last' });
  assert.deepEqual(keyMove('+', 'none'), { zoom: 'in' });
  assert.equal(keyMove('+', 'ctrl'), undefined);
  assert.equal(keyMove('ArrowLeft', 'other'), undefined);
  assert.equal(keyMove('Tab', 'none'), undefined);
});

test('a zoom stays inside, is never too small to see, and is none where it is all', () => {
  const whole = { fromMs: 0, toMs: 3_600_000 };
  assert.deepEqual(zoomed({ fromMs: 600_000, toMs: 1_200_000 }, whole), { fromMs: 600_000, toMs: 1_200_000 });
  assert.deepEqual(zoomed({ fromMs: 1_000, toMs: 1_000 }, whole, 60), { fromMs: 0, toMs: 120_000 });
  assert.equal(zoomed({ fromMs: -5, toMs: 4e6 }, whole), undefined);
  const any = fc.integer({ min: -1e7, max: 1e7 });
  fc.assert(
    fc.property(any, any, (a, b) => {
      const zoom = zoomed({ fromMs: a, toMs: b }, whole, 10);
      if (zoom === undefined) return;
      assert.ok(zoom.fromMs >= 0 && zoom.toMs <= 3_600_000 && zoom.toMs - zoom.fromMs >= 20_000);
      assert.ok(Number.isInteger(zoom.fromMs) && Number.isInteger(zoom.toMs));
    }),
  );
});

test('panning keeps the length and stops at the ends, scaling keeps the time it is around', () => {
  const whole = { fromMs: 0, toMs: 1_000 };
  assert.deepEqual(moved({ fromMs: 100, toMs: 300 }, 50, whole), { fromMs: 150, toMs: 350 });
  assert.deepEqual(moved({ fromMs: 100, toMs: 300 }, -500, whole), { fromMs: 0, toMs: 200 });
  assert.deepEqual(moved({ fromMs: 100, toMs: 300 }, 5_000, whole), { fromMs: 800, toMs: 1_000 });
  assert.deepEqual(scaled({ fromMs: 100, toMs: 300 }, 0.5, 200), { fromMs: 150, toMs: 250 });
  assert.equal(overlaps({ fromMs: 0, toMs: 10 }, { fromMs: 10, toMs: 20 }), false);
  assert.equal(overlaps({ fromMs: 0, toMs: 11 }, { fromMs: 10, toMs: 20 }), true);
});
