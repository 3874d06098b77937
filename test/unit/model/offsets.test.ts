import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';

import type { Partition } from '../../../src/model/easyQueue.ts';
import { cameSince, offsetBars, shares } from '../../../src/model/offsets.ts';
import type { OffsetBar } from '../../../src/model/offsets.ts';

const partition = (startOffset?: bigint, endOffset?: bigint, messageCount?: bigint, number = 0): Partition => ({
  partition: number,
  replicaCount: 3,
  startOffset,
  endOffset,
  messageCount,
});

const offset = fc.bigInt({ min: 0n, max: 2n ** 63n - 1n });
const spans = fc.array(fc.tuple(offset, offset).map(([a, b]) => (a < b ? partition(a, b) : partition(b, a))), { minLength: 1, maxLength: 16 });

test('bars stand on one scale, from the smallest start to the largest end', () => {
  const bars = offsetBars([partition(1_000n, 3_000n), partition(2_000n, 5_000n), partition(0n, 0n)]);
  assert.deepEqual(bars.map(rounded), [{ from: 0.2, to: 0.6 }, { from: 0.4, to: 1 }, { from: 0, to: 0 }]);
});

test('offsets beyond 2^53 that lie close together are told apart', () => {
  const base = 2n ** 62n;
  const bars = offsetBars([partition(base, base + 4n), partition(base + 1n, base + 3n)]);
  assert.deepEqual(bars, [{ from: 0, to: 1 }, { from: 0.25, to: 0.75 }]);
});

test('every bar is within the scale, exact to 1e-9, and the scale is used from end to end', () => {
  fc.assert(
    fc.property(spans, (partitions) => {
      const bars = offsetBars(partitions).filter((bar) => bar !== undefined);
      assert.equal(bars.length, partitions.length);
      const min = partitions.map(({ startOffset }) => startOffset ?? 0n).reduce((a, b) => (a < b ? a : b));
      const max = partitions.map(({ endOffset }) => endOffset ?? 0n).reduce((a, b) => (a > b ? a : b));
      for (const [index, { from, to }] of bars.entries()) {
        assert.ok(from >= 0 && from <= to && to <= 1);
        if (max === min) continue;
        // Compared as whole numbers of a billionth of a billionth.
        const exact = (((partitions[index]?.startOffset ?? 0n) - min) * 10n ** 18n) / (max - min);
        assert.ok(Math.abs(Number(BigInt(Math.round(from * 1e15)) * 1000n - exact)) < 1e9);
      }
      if (max === min) return;
      assert.equal(Math.min(...bars.map(({ from }) => from)), 0);
      assert.equal(Math.max(...bars.map(({ to }) => to)), 1);
    }),
  );
});

test('an empty partition is a bar without length at its place, an unknown one is none', () => {
  const bars = offsetBars([partition(0n, 10n), partition(5n, 5n), partition(undefined, 7n), partition(3n), partition(8n, 4n)]);
  assert.deepEqual(bars.map(rounded), [{ from: 0, to: 1 }, { from: 0.5, to: 0.5 }, undefined, undefined, { from: 0.8, to: 0.8 }]);
  assert.deepEqual(offsetBars([partition(7n, 7n)]), [{ from: 0, to: 0 }]);
  assert.deepEqual(offsetBars([partition()]), [undefined]);
  assert.deepEqual(offsetBars([]), []);
});

test('shares are of what the service counts, else of what the offsets span, and sum to one', () => {
  assert.deepEqual(shares([partition(0n, 100n, 30n), partition(0n, 10n)]), [0.75, 0.25]);
  fc.assert(
    fc.property(spans, (partitions) => {
      const parts = shares(partitions);
      const known = parts.filter((part) => part !== undefined);
      if (known.length === 0) assert.ok(partitions.every(({ startOffset, endOffset }) => startOffset === endOffset));
      else assert.ok(Math.abs(known.reduce((sum, part) => sum + part, 0) - 1) < 1e-9);
    }),
  );
});

test('an empty topic has no shares, nor has one of which a part is unknown', () => {
  assert.deepEqual(shares([partition(5n, 5n), partition(0n, 9n, 0n)]), [undefined, undefined]);
  assert.deepEqual(shares([partition(0n, 5n), partition()]), [undefined, undefined]);
  assert.deepEqual(shares([partition(0n, 5n, -1n), partition(0n, 5n)]), [0, 1]);
});

test('what came is the way the end went; nothing is said of a new, an unknown or a newly made partition', () => {
  const before = [partition(0n, 2n ** 60n, undefined, 0), partition(0n, 9n, undefined, 1), partition(0n, undefined, undefined, 2)];
  const now = [3, 1, 0, 2].map((number) => partition(0n, number === 0 ? 2n ** 60n + 1n : 5n, undefined, number));
  assert.deepEqual(cameSince(before, now), [undefined, undefined, 1n, undefined]);
});

function rounded(bar: OffsetBar | undefined): OffsetBar | undefined {
  return bar && { from: Math.round(bar.from * 1e9) / 1e9, to: Math.round(bar.to * 1e9) / 1e9 };
}
