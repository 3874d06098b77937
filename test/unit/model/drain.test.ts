import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';

import { groupDrain, KEEPS_UP_MS, NEVER_MS, partitionDrain, skewed, STUCK_AFTER_MS } from '../../../src/model/drain.ts';
import type { Drain, Pace } from '../../../src/model/drain.ts';

const pace = (change: Partial<Pace>): Pace => ({
  isCommitted: true,
  lag: 1_000n,
  produceRate: 0,
  consumeRate: 0,
  stillSinceMs: undefined,
  atMs: 1_000_000,
  ...change,
});

test('nothing committed, nothing known, nothing to read', () => {
  assert.deepEqual(partitionDrain(pace({ isCommitted: false, lag: undefined })), { kind: 'neverCommitted' });
  assert.deepEqual(partitionDrain(pace({ lag: undefined, consumeRate: 5 })), { kind: 'unknown' });
  assert.deepEqual(partitionDrain(pace({ produceRate: undefined })), { kind: 'unknown' });
  assert.deepEqual(partitionDrain(pace({ lag: 0n, stillSinceMs: 0 })), { kind: 'drained' });
  assert.deepEqual(partitionDrain(pace({ lag: 0n, consumeRate: undefined })), { kind: 'drained' });
});

test('stuck from half a minute without a move on, not a millisecond before', () => {
  const still = (ms: number) => partitionDrain(pace({ stillSinceMs: 1_000_000 - ms }));
  assert.deepEqual(still(STUCK_AFTER_MS), { kind: 'stuck', sinceMs: 970_000 });
  assert.deepEqual(still(STUCK_AFTER_MS - 1), { kind: 'unknown' });
  assert.deepEqual(partitionDrain(pace({ stillSinceMs: 0, consumeRate: 0.001 })).kind, 'drains');
});

test('a little that is read as fast as it comes is keeping up, also where it grows a little', () => {
  assert.deepEqual(partitionDrain(pace({ lag: 1_000n, produceRate: 101, consumeRate: 100 })), { kind: 'keepsUp' });
  assert.deepEqual(partitionDrain(pace({ lag: 1_001n, produceRate: 101, consumeRate: 100 })), { kind: 'never' });
  assert.deepEqual(partitionDrain(pace({ lag: 1_000n, produceRate: 0, consumeRate: 100 })), { kind: 'drains', inMs: 10_000 });
});

test('more than a year is never', () => {
  assert.deepEqual(partitionDrain(pace({ lag: 31_536_000n, consumeRate: 1 })), { kind: 'drains', inMs: NEVER_MS });
  assert.deepEqual(partitionDrain(pace({ lag: 31_536_001n, consumeRate: 1 })), { kind: 'never' });
});

test('of any lag and rates: drained by then, or never', () => {
  const rate = fc.double({ min: 0.01, max: 1e6, noNaN: true });
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 2n ** 63n - 1n }), rate, rate, (lag, produceRate, consumeRate) => {
      const drain = partitionDrain(pace({ lag, produceRate, consumeRate }));
      if (drain.kind === 'keepsUp') assert.ok((Number(lag) / consumeRate) * 1000 <= KEEPS_UP_MS);
      else if (drain.kind === 'never') assert.ok(consumeRate <= produceRate || Number(lag) / (consumeRate - produceRate) > NEVER_MS / 1001);
      else if (drain.kind === 'drains') {
        const left = Number(lag) + ((produceRate - consumeRate) * drain.inMs) / 1000;
        assert.ok(drain.inMs > 0 && Math.abs(left) <= Number(lag) * 1e-9);
      } else assert.fail(drain.kind);
    }),
  );
});

const drained: Drain = { kind: 'drained' };
const drains = (inMs: number): Drain => ({ kind: 'drains', inMs });
const stuck = (sinceMs: number): Drain => ({ kind: 'stuck', sinceMs });
const [never, unknown, keepsUp, neverCommitted] = (['never', 'unknown', 'keepsUp', 'neverCommitted'] as const).map((kind): Drain => ({ kind })) as [Drain, Drain, Drain, Drain];

test('a group is as far as its slowest partition', () => {
  const table: readonly (readonly [readonly Drain[], Drain])[] = [
    [[], unknown],
    [[neverCommitted, neverCommitted], neverCommitted],
    [[drained, neverCommitted], drained],
    [[drained, drains(5), keepsUp, drains(70), drains(8)], drains(70)],
    [[drained, keepsUp], keepsUp],
    [[drains(5), unknown], unknown],
    [[drains(5), unknown, never], never],
    [[drains(5), stuck(3)], never],
    [[unknown, stuck(3)], never],
    [[drained, stuck(3), stuck(9), neverCommitted], stuck(9)],
  ];
  for (const [partitions, expected] of table) {
    assert.deepEqual(groupDrain(partitions), expected);
    assert.deepEqual(groupDrain(partitions.toReversed()), expected);
  }
});

test('skewed is more than three times what the others hold, from a hundred messages on', () => {
  assert.deepEqual(skewed([301n, 100n]), [true, false]);
  assert.deepEqual(skewed([300n, 100n]), [false, false]);
  assert.deepEqual(skewed([100n, 0n]), [true, false]);
  assert.deepEqual(skewed([99n, 0n]), [false, false]);
  assert.deepEqual(skewed([5_000n, undefined]), [false, false]);
  assert.deepEqual(skewed([5_000n, undefined, 10n]), [true, false, false]);
  assert.deepEqual(skewed([]), []);
});

test('equal lags are never skewed, and at most about a third of the partitions are', () => {
  const lag = fc.bigInt({ min: 0n, max: 2n ** 63n - 1n });
  fc.assert(
    fc.property(lag, fc.integer({ min: 1, max: 16 }), (each, count) => {
      assert.ok(!skewed(Array.from({ length: count }, () => each)).includes(true));
    }),
  );
  fc.assert(
    fc.property(fc.array(lag, { minLength: 4, maxLength: 16 }), (lags) => {
      assert.ok(skewed(lags).filter(Boolean).length * 3 <= lags.length + 1);
    }),
  );
});
