import assert from 'node:assert/strict';
import { test } from 'node:test';

import { readTable, type ChartData } from '../../../webview/charts/data.ts';
import { Detail } from '../../../webview/charts/detail.ts';

/** Data of a range of an hour, of which so much is there; a point each `step` seconds. */
function data(from: number, to: number, step: number, startMs = 0, keys: readonly string[] = ['a']): ChartData {
  const times = Float64Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, index) => from + index * step);
  return readTable({
    unit: 'count', fromMs: startMs, toMs: startMs + 3_600_000, stepSeconds: 1, times: times.buffer, pointCount: times.length, isReduced: true,
    lines: keys.map((key) => ({ key, label: key, values: times.slice().buffer })),
  });
}

const WHOLE = { fromMs: 0, toMs: 3_600_000 };
const ZOOM = { fromMs: 600_000, toMs: 1_200_000 };

test('in a zoom the finer data is drawn, and what there is of the whole where the zoom is left or moved', () => {
  const detail = new Detail();
  const [whole, fine] = [data(0, 3_600, 10), data(599, 1_201, 1)];
  detail.take(whole, 'whole');
  assert.equal(detail.of(ZOOM), whole);
  detail.take(fine, 'zoom');
  assert.equal(detail.of(ZOOM), fine);
  assert.deepEqual(detail.of(WHOLE)?.times, whole.times);
  assert.deepEqual(detail.of({ fromMs: 900_000, toMs: 1_500_000 })?.times, whole.times);
  assert.equal(detail.newest, fine);
});

test('data that begins late is whole all the same, and a zoom into where nothing is needs no more', () => {
  const detail = new Detail();
  const late = data(1_800, 3_600, 10);
  detail.take(late, 'whole');
  assert.equal(detail.of(WHOLE), late);
  const fine = data(1_800, 2_000, 1);
  detail.take(fine, 'zoom');
  assert.equal(detail.of({ fromMs: 0, toMs: 1_900_000 }), fine);
  assert.equal(detail.of({ fromMs: 0, toMs: 1_000_000 }), fine);
});

test('a range that moved on while it was zoomed is whole again', () => {
  const detail = new Detail();
  detail.take(data(0, 3_600, 10), 'whole');
  detail.take(data(2_999, 3_301, 1, 1_800_000), 'zoom');
  const later = data(1_810, 5_400, 10, 1_800_000);
  detail.take(later, 'whole');
  assert.equal(detail.of({ fromMs: 1_800_000, toMs: 5_400_000 }), later);
});

test('what is asked for twice without a zoom is the whole, however little it is', () => {
  const detail = new Detail();
  detail.take(data(0, 3_600, 10), 'whole');
  const little = data(3_000, 3_600, 10);
  detail.take(little, 'whole');
  assert.equal(detail.of(WHOLE), little);
});

test('a piece that comes after its zoom was left does not take the place of the whole', () => {
  const detail = new Detail();
  const whole = data(0, 3_600, 10);
  detail.take(whole, 'whole');
  detail.take(data(599, 1_201, 1), 'zoom');
  detail.take(data(599, 1_201, 1), 'whole');
  assert.deepEqual(detail.of(WHOLE)?.times, whole.times);
});

test('other lines are other data', () => {
  const detail = new Detail();
  detail.take(data(0, 3_600, 10), 'whole');
  const other = data(599, 1_201, 1, 0, ['a', 'b']);
  detail.take(other, 'zoom');
  assert.equal(detail.of(WHOLE), other);
});
