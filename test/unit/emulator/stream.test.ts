import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { committedOffset, lagOf } from '../../../src/emulator/stream/group.ts';
import type { Behaviour, ConsumerGroup } from '../../../src/emulator/stream/group.ts';
import { Partition } from '../../../src/emulator/stream/partition.ts';
import { written } from '../../../src/emulator/stream/rhythm.ts';
import { StepCounter } from '../../../src/emulator/stream/stepCounter.ts';
import { TopicLog } from '../../../src/emulator/stream/topicLog.ts';

const anchor = 1_770_000_000_000;
const day = 86_400_000;

const rhythms = fc
  .record({
    perSecond: fc.double({ min: 0.01, max: 500, noNaN: true }),
    daily: fc.double({ min: 0, max: 0.6, noNaN: true }),
    phaseMs: fc.nat(day),
  })
  .map((rhythm) => ({ ...rhythm, burst: 0.3 }));
const times = fc.integer({ min: anchor - 90 * day, max: anchor + 90 * day });

test('a producer never takes messages back', () => {
  fc.assert(
    fc.property(rhythms, times, fc.nat(day), (rhythm, at, later) => {
      assert.ok(written(rhythm, at + later) >= written(rhythm, at));
    }),
  );
});

test('start and end of a partition never go back and never cross, and hold at the anchor', () => {
  fc.assert(
    fc.property(rhythms, times, fc.nat(day), fc.bigInt({ min: 0n, max: 2n ** 62n }), (rhythm, at, later, end) => {
      const partition = new Partition({ anchor, startOffset: 0n, endOffset: end, rhythm, share: 0.3 });
      assert.equal(partition.endOffset(anchor), end);
      assert.ok(partition.endOffset(at + later) >= partition.endOffset(at));
      assert.ok(partition.startOffset(at + later, day) >= partition.startOffset(at, day));
      assert.ok(partition.startOffset(at, day) <= partition.endOffset(at));
    }),
  );
});

const behaviours: fc.Arbitrary<Behaviour> = fc.oneof(
  fc.record({ kind: fc.constant('follows' as const), delayMs: fc.nat(100_000) }),
  fc.record({ kind: fc.constant('lags' as const), periodMs: fc.constant(1_200_000), peakMs: fc.nat(240_000) }),
  fc.record({ kind: fc.constant('stopped' as const), at: times }),
  fc.record({ kind: fc.constant('stuck' as const), partition: fc.nat(1), at: times, delayMs: fc.nat(5_000) }),
  fc.record({
    kind: fc.constant('rebalances' as const),
    since: times,
    periodMs: fc.integer({ min: 30_000, max: 90_000 }),
    pauseMs: fc.integer({ min: 10_000, max: 30_000 }),
    delayMs: fc.nat(5_000),
  }),
);

test('a committed offset never goes back and never passes the end', () => {
  fc.assert(
    fc.property(rhythms, behaviours, times, fc.oneof(fc.nat(10_000), fc.nat(day)), (rhythm, behaviour, at, later) => {
      const partition = new Partition({ anchor, startOffset: 0n, endOffset: 10n ** 12n, rhythm, share: 1 });
      const group: ConsumerGroup = { name: 'g', state: 'Stable', members: [], behaviour };
      const before = committedOffset(group, partition, 0, at) ?? -1n;
      const after = committedOffset(group, partition, 0, at + later) ?? -1n;
      assert.ok(before >= 0n && after >= before);
      assert.ok(after <= partition.endOffset(at + later));
    }),
  );
});

test('a lag is the difference, never negative, and unknown while nothing is committed', () => {
  assert.equal(lagOf(9_007_199_254_740_993n, 9_007_199_254_740_992n), 1n);
  assert.equal(lagOf(1n, 5n), 0n);
  assert.equal(lagOf(1n, undefined), undefined);
});

test('appended messages get consecutive offsets', () => {
  const partition = new Partition({ anchor, startOffset: 5n, endOffset: 7n, share: 0 });
  assert.deepEqual(
    [1, 2, 3].map((step) => partition.append(anchor + step, 'k', 'v')),
    [7n, 8n, 9n],
  );
  assert.equal(partition.endOffset(anchor + 10), 10n);
  assert.equal(partition.startOffset(anchor + 10 + day, day), 8n);
});

test('a step counter remembers to the second, and the total for ever', () => {
  const steps = fc.array(fc.record({ after: fc.nat(5_000), amount: fc.bigInt({ min: -9n, max: 99n }) }), {
    maxLength: 40,
  });
  fc.assert(
    fc.property(steps, (list) => {
      const counter = new StepCounter();
      let at = anchor;
      let total = 0n;
      for (const { after, amount } of list) {
        at += after;
        total += amount;
        counter.add(at, amount);
        assert.equal(counter.at(at), total);
        assert.equal(counter.at(anchor - 1), 0n);
      }
      assert.equal(counter.total, total);
    }),
  );
  const long = new StepCounter();
  for (let index = 0; index < 10_000; index += 1) long.add(anchor + index * 1_000, 1n);
  assert.deepEqual([long.total, long.at(anchor + 9_000_000)], [10_000n, 9_001n]);
  // What melted away counts as having been there from the beginning.
  assert.ok(long.at(anchor) > 5_000n);
});

test('partitions share out what a producer writes, whole', () => {
  const rhythm = { perSecond: 10, daily: 0, burst: 0, phaseMs: 0 };
  const log = new TopicLog({ anchor, offsets: Array.from({ length: 7 }, () => ({ start: 0n, end: 0n })), rhythm });
  const sum = Number(log.endOffsetSum(anchor + 1_000_000));
  const whole = written(rhythm, anchor + 1_000_000) - written(rhythm, anchor);
  assert.ok(sum <= whole && sum > whole - 8);
  log.growTo(9, anchor);
  assert.deepEqual([log.partitions.length, log.partitions[8]?.endOffset(anchor + day)], [9, 0n]);
});
