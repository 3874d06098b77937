import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';

import { percentile } from '../../../src/model/percentile.ts';

test('nearest rank, as the textbook has it', () => {
  const values = [50, 15, 40, 20, 35];
  assert.deepEqual([5, 30, 40, 50, 95, 100].map((percent) => percentile(values, percent)), [15, 20, 20, 35, 50, 50]);
  assert.deepEqual(values, [50, 15, 40, 20, 35]);
  assert.equal(percentile([10, 9, 100], 50), 10);
  assert.equal(percentile([], 50), undefined);
});

test('it is one of the values; so many percent are not larger, and fewer are smaller', () => {
  const values = fc.array(fc.integer({ min: 0, max: 900_000 }), { minLength: 1 });
  fc.assert(
    fc.property(values, fc.integer({ min: 1, max: 100 }), (all, percent) => {
      const found = percentile(all, percent);
      assert.ok(found !== undefined && all.includes(found));
      assert.ok(all.filter((value) => value <= found).length * 100 >= percent * all.length);
      assert.ok(all.filter((value) => value < found).length * 100 < percent * all.length);
    }),
  );
});
