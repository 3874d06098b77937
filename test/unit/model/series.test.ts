import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';

import { mergeSeries, reduce } from '../../../src/model/series.ts';
import type { ReduceWindow } from '../../../src/model/series.ts';

const line = (...points: readonly (readonly [number, number])[]) => ({ labels: {}, values: points.map(([timestamp, value]) => ({ timestamp, value })) });
const merged = (...arguments_: Parameters<typeof mergeSeries>) => {
  const { times, columns } = mergeSeries(...arguments_);
  return [[...times], ...columns.map((column) => [...column])];
};

test('lines come onto one axis; where one has no value there is a gap', () => {
  assert.deepEqual(merged([line([60, 1], [120, 2]), line([60, 5], [180, 7])], 60), [[60, 120, 180], [1, 2, Number.NaN], [5, Number.NaN, 7]]);
});

test('more than one and a half steps apart, a gap stands one step after', () => {
  assert.deepEqual(merged([line([0, 1], [60, 2], [150, 3], [241, 4])], 60), [[0, 60, 150, 210, 241], [1, 2, 3, Number.NaN, 4]]);
});

test('without a step, the usual distance is one', () => {
  assert.deepEqual(merged([line([0, 1], [10, 2], [20, 3], [50, 4], [60, 5])]), [[0, 10, 20, 30, 50, 60], [1, 2, 3, Number.NaN, 4, 5]]);
  assert.deepEqual(merged([line([5, 1])]), [[5], [1]]);
  assert.deepEqual(merged([line(), line()], 60), [[], [], []]);
  assert.deepEqual(merged([], 60), [[]]);
});

test('values out of order are put in order, the last of two counts, and what is no number is a gap', () => {
  assert.deepEqual(merged([line([120, 3], [60, 1], [60, 2], [Number.NaN, 9])], 60), [[60, 120], [2, 3]]);
  assert.deepEqual(merged([line([60, Number.POSITIVE_INFINITY], [120, Number.NaN], [180, 0])], 60), [[60, 120, 180], [Number.NaN, Number.NaN, 0]]);
});

const STEP = 30;
const wire = fc.array(
  fc.uniqueArray(fc.integer({ min: 0, max: 40 }), { maxLength: 30 }).chain((steps) => fc.tuple(...steps.map((step) => fc.tuple(fc.constant(step * STEP), fc.integer())))),
  { maxLength: 5 },
);

test('every value is found at its time, nothing is made up, and no line crosses a gap', () => {
  fc.assert(
    fc.property(wire, (lines) => {
      const { times, columns } = mergeSeries(lines.map((points) => line(...points)), STEP);
      assertRising(times);
      for (const [index, points] of lines.entries()) {
        const column = columns[index] ?? new Float64Array();
        const values = new Map(points);
        assert.deepEqual([...column], [...times].map((time) => values.get(time) ?? Number.NaN));
        for (const [at, value] of column.entries()) {
          if (at > 0 && !Number.isNaN(value) && !Number.isNaN(column[at - 1])) assert.equal((times[at] ?? 0) - (times[at - 1] ?? 0), STEP);
        }
      }
    }),
  );
});

test('few points are handed back as they are, in arrays of their own', () => {
  const times = Float64Array.of(1, 2, 3, 4);
  const columns = [Float64Array.of(1, Number.NaN, 3, 4)];
  const reduced = reduce(times, columns, { fromSeconds: 0, toSeconds: 10, buckets: 2 });
  assert.deepEqual(reduced, { times, columns, isReduced: false, pointCount: 4 });
  assert.notEqual(reduced.times.buffer, times.buffer);
  assert.notEqual(reduced.columns[0]?.buffer, columns[0]?.buffer);
});

test('a bucket becomes its smallest and largest value, in the order in which they came', () => {
  const times = Float64Array.from({ length: 8 }, (_, index) => index);
  const columns = [Float64Array.of(1, 9, 0, 2, 5, 5, 5, 5), Float64Array.of(3, 1, 2, 8, 8, 2, 1, 4)];
  assert.deepEqual(reduce(times, columns, { fromSeconds: 0, toSeconds: 8, buckets: 2 }), {
    times: Float64Array.of(0, 3, 4, 7),
    columns: [Float64Array.of(9, 0, 5, 5), Float64Array.of(1, 8, 8, 1)],
    isReduced: true,
    pointCount: 8,
  });
});

test('a gap shorter than a bucket is still a gap, in the lines that have it', () => {
  const times = Float64Array.from({ length: 10 }, (_, index) => index);
  const columns = [Float64Array.from(times, (time) => (time === 2 ? Number.NaN : time)), Float64Array.from(times, (time) => -time)];
  const reduced = reduce(times, columns, { fromSeconds: 0, toSeconds: 10, buckets: 2 });
  assert.deepEqual(reduced.times, Float64Array.of(0, 2, 4, 5, 9));
  assert.deepEqual(reduced.columns, [Float64Array.of(0, Number.NaN, 4, 5, 9), Float64Array.of(-0, -2, -4, -5, -9)]);
});

test('one point beyond each side is kept, so that lines reach the edge', () => {
  const times = Float64Array.from({ length: 100 }, (_, index) => index);
  const few = reduce(times, [times], { fromSeconds: 9.5, toSeconds: 12.5, buckets: 50 });
  assert.deepEqual([...few.times], [9, 10, 11, 12, 13]);
  assert.equal(few.pointCount, 3);
  const many = reduce(times, [times], { fromSeconds: 20, toSeconds: 80, buckets: 2 });
  assert.deepEqual([...many.times], [19, 20, 49, 50, 80, 81]);
  assert.deepEqual([...(many.columns[0] ?? [])], [19, 20, 49, 50, 80, 81]);
});

test('a window without points, or without length, is no trouble', () => {
  const times = Float64Array.of(0, 100, 200);
  assert.deepEqual([...reduce(times, [times], { fromSeconds: 120, toSeconds: 130, buckets: 10 }).times], [100, 200]);
  assert.deepEqual([...reduce(times, [times], { fromSeconds: 100, toSeconds: 100, buckets: 0 }).times], [0, 100, 200]);
  assert.deepEqual([...reduce(times, [times], { fromSeconds: 150, toSeconds: 50, buckets: 3 }).times], [100, 200]);
  assert.deepEqual([...reduce(new Float64Array(), [new Float64Array()], { fromSeconds: 0, toSeconds: 1, buckets: 1 }).times], []);
});

const value = fc.oneof({ weight: 6, arbitrary: fc.integer({ min: -1000, max: 1000 }) }, { weight: 1, arbitrary: fc.constant(Number.NaN) });
const rows = fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), value, value), { maxLength: 200 });
const sight = fc.record({ from: fc.integer({ min: -50, max: 700 }), length: fc.integer({ min: 1, max: 1200 }), buckets: fc.integer({ min: 1, max: 40 }) });

test('of any series and window: rising times, every extreme within its bucket, every gap, and no value that was not there', () => {
  fc.assert(
    fc.property(rows, sight, (points, { from, length, buckets }) => {
      let time = 0;
      const times = Float64Array.from(points, ([distance]) => (time += distance));
      const columns = [Float64Array.from(points, (row) => row[1]), Float64Array.from(points, (row) => row[2])];
      const window = { fromSeconds: from, toSeconds: from + length, buckets };
      const reduced = reduce(times, columns, window);
      assertRising(reduced.times);
      const inside = [...times].filter((each) => each >= from && each <= from + length).length;
      assert.equal(reduced.pointCount, inside);
      assert.equal(reduced.isReduced, inside > 2 * buckets);
      assert.ok(reduced.times.length <= 3 * buckets + 2);
      for (const [index, column] of columns.entries()) {
        const [before, after] = [byBucket(times, column, window), byBucket(reduced.times, reduced.columns[index] ?? new Float64Array(), window)];
        assert.deepEqual(new Set(after.keys()), new Set(before.keys()));
        for (const [bucket, values] of before) assert.deepEqual(facts(after.get(bucket) ?? []), facts(values), `bucket ${bucket}`);
        for (const [bucket, values] of after) assert.ok(values.every((each) => before.get(bucket)?.includes(each)));
      }
    }),
    { numRuns: 500 },
  );
});

function assertRising(times: Float64Array): void {
  for (const [index, time] of times.entries()) assert.ok(index === 0 || time > (times[index - 1] ?? time));
}

/** Values of each bucket of the window. */
function byBucket(times: Float64Array, column: Float64Array, { fromSeconds, toSeconds, buckets }: ReduceWindow): Map<number, number[]> {
  const found = new Map<number, number[]>();
  for (const [index, time] of times.entries()) {
    if (time < fromSeconds || time > toSeconds) continue;
    const bucket = Math.min(buckets - 1, Math.floor(((time - fromSeconds) / (toSeconds - fromSeconds)) * buckets));
    found.set(bucket, [...(found.get(bucket) ?? []), column[index] ?? 0]);
  }
  return found;
}

function facts(values: readonly number[]): { readonly least: number; readonly most: number; readonly hasGap: boolean } {
  const known = values.filter((each) => !Number.isNaN(each));
  return { least: Math.min(...known), most: Math.max(...known), hasGap: known.length < values.length };
}
