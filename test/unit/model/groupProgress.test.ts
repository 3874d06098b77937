import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';

import type { ConsumerGroup, PartitionProgress } from '../../../src/model/easyQueue.ts';
import { GroupProgress } from '../../../src/model/groupProgress.ts';
import type { GroupPace } from '../../../src/model/groupProgress.ts';

const SECOND = 1_000;
const KEY = 'account/shop-dev/orders/billing';

interface Change {
  readonly state?: string | undefined;
  readonly totalLag?: bigint;
}

/** A group with one member that has all partitions. */
function group(partitions: readonly PartitionProgress[], { state = 'Stable', totalLag }: Change = {}): ConsumerGroup {
  return { groupId: 'billing', state, totalLag, members: [{ memberId: 'm', clientId: undefined, partitions }] };
}

function empty(totalLag: bigint | undefined): ConsumerGroup {
  return { groupId: 'billing', state: 'Empty', totalLag, members: [] };
}

function at(committedOffset: bigint | undefined, endOffset: bigint, partition = 0): PartitionProgress {
  return { partition, committedOffset, endOffset, lag: undefined };
}

/** Takes samples and tells what the last one says. */
function observed(samples: readonly (readonly [atSeconds: number, group: ConsumerGroup])[], progress = new GroupProgress()): GroupPace {
  const paces = samples.map(([seconds, each]) => progress.observe(KEY, each, seconds * SECOND));
  const last = paces.at(-1);
  assert.ok(last !== undefined);
  assert.deepEqual(progress.progressOf(KEY), last);
  return last;
}

const one = (samples: readonly (readonly [number, PartitionProgress])[]): GroupPace => observed(samples.map(([seconds, each]) => [seconds, group([each])]));

test('one sample tells where it stands, and no rates yet', () => {
  const pace = one([[0, at(100n, 350n)]]);
  assert.deepEqual(pace, {
    atMs: 0,
    totalLag: 250n,
    trend: undefined,
    memberCount: 1,
    produceRate: undefined,
    consumeRate: undefined,
    drain: { kind: 'unknown' },
    partitions: [
      { partition: 0, committedOffset: 100n, endOffset: 350n, lag: 250n, produceRate: undefined, consumeRate: undefined, drain: { kind: 'unknown' }, isSkewed: false },
    ],
    states: [{ state: 'Stable', sinceMs: 0 }],
  });
});

test('draining: rates are messages a second, and the time follows from them', () => {
  const pace = one([[0, at(0n, 5_000n)], [10, at(400n, 5_120n)]]);
  assert.deepEqual([pace.produceRate, pace.consumeRate, pace.trend], [12, 40, 'shrinks']);
  assert.deepEqual(pace.drain, { kind: 'drains', inMs: (4_720 / 28) * 1000 });
});

test('growing: never at this rate', () => {
  const pace = one([[0, at(0n, 5_000n)], [10, at(120n, 5_400n)]]);
  assert.deepEqual([pace.drain.kind, pace.trend], ['never', 'grows']);
});

const offset = fc.bigInt({ min: 2n ** 53n, max: 2n ** 62n });
const count = fc.bigInt({ min: 1n, max: 10n ** 6n });
const interval = fc.constantFrom(5, 10, 30, 60, 300);

test('steady rates are found whatever the interval, however many samples, exact beyond 2^53', () => {
  fc.assert(
    fc.property(offset, count, count, count, interval, fc.integer({ min: 2, max: 20 }), (start, lag, came, read, seconds, samples) => {
      const first = start + lag + 10n ** 9n;
      const pace = one(Array.from({ length: samples }, (_, index) => [index * seconds, at(start + read * BigInt(index), first + came * BigInt(index))]));
      assert.equal(pace.produceRate, Number(came) / seconds);
      assert.equal(pace.consumeRate, Number(read) / seconds);
      assert.equal(pace.totalLag, first - start + (came - read) * BigInt(samples - 1));
      assert.equal(pace.trend, came === read ? 'stays' : came > read ? 'grows' : 'shrinks');
      if (came >= read && pace.drain.kind !== 'keepsUp') assert.equal(pace.drain.kind, 'never');
      if (pace.drain.kind === 'drains') assert.ok(came < read);
    }),
  );
});

test('a group that drains is told the same end, sample after sample, and then drained', () => {
  fc.assert(
    fc.property(offset, fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 500 }), fc.integer({ min: 3, max: 12 }), (start, came, extra, steps) => {
      const progress = new GroupProgress();
      const read = came + extra;
      const end = start + BigInt(extra * steps * 10);
      for (let step = 0; step <= steps; step += 1) {
        const seconds = BigInt(step * 10);
        const { drain } = progress.observe(KEY, group([at(start + BigInt(read) * seconds, end + BigInt(came) * seconds)]), step * 10 * SECOND);
        if (step === steps) assert.deepEqual(drain, { kind: 'drained' });
        else if (drain.kind === 'drains') assert.ok(Math.abs(step * 10 * SECOND + drain.inMs - steps * 10 * SECOND) < 1);
        else assert.equal(drain.kind, step === 0 ? 'unknown' : 'keepsUp');
      }
    }),
  );
});

test('stuck: something to read, and no move for half a minute; since the first sample that saw it so', () => {
  const samples = [[0, at(90n, 100n)], [10, at(100n, 140n)], [20, at(100n, 150n)], [30, at(100n, 150n)], [40, at(100n, 160n)]] as const;
  assert.deepEqual(one(samples.slice(0, 4)).drain.kind, 'never');
  assert.deepEqual(one(samples.slice(1, 4)).drain, { kind: 'unknown' });
  assert.deepEqual(one(samples.slice(1)).drain, { kind: 'stuck', sinceMs: 10 * SECOND });
});

test('a move within the window is not stuck, and once it is out of the window it is', () => {
  const samples = Array.from({ length: 9 }, (_, index): [number, PartitionProgress] => [index * 10, at(index === 0 ? 99n : 100n, 200n)]);
  assert.equal(one(samples.slice(0, 7)).drain.kind, 'drains');
  assert.deepEqual(one(samples.slice(0, 8)).drain, { kind: 'stuck', sinceMs: 10 * SECOND });
});

test('with nothing to read it is drained however long it stands still, and a first message does not make it stuck', () => {
  const still = Array.from({ length: 20 }, (_, index): [number, PartitionProgress] => [index * 10, at(100n, 100n)]);
  assert.deepEqual(one(still).drain, { kind: 'drained' });
  assert.deepEqual(one([...still, [200, at(100n, 101n)]]).drain, { kind: 'unknown' });
  assert.deepEqual(one([...still, [200, at(100n, 101n)], [229.9, at(100n, 101n)]]).drain, { kind: 'unknown' });
  assert.deepEqual(one([...still, [200, at(100n, 101n)], [230, at(100n, 101n)]]).drain, { kind: 'stuck', sinceMs: 200 * SECOND });
});

test('stuck at any offsets and intervals, and never while there is nothing to read', () => {
  fc.assert(
    fc.property(offset, fc.bigInt({ min: 0n, max: 10n ** 12n }), interval, fc.integer({ min: 2, max: 30 }), (committed, lag, seconds, samples) => {
      const { drain } = one(Array.from({ length: samples }, (_, index) => [index * seconds, at(committed, committed + lag)]));
      if (lag === 0n) assert.deepEqual(drain, { kind: 'drained' });
      else assert.deepEqual(drain, (samples - 1) * seconds < 30 ? { kind: 'unknown' } : { kind: 'stuck', sinceMs: 0 });
    }),
  );
});

test('moving again ends it', () => {
  assert.equal(one([[0, at(100n, 900n)], [40, at(100n, 900n)], [50, at(150n, 900n)]]).drain.kind, 'drains');
});

test('reset: where a commit goes back, or the topic was made anew, nothing is said from before', () => {
  for (const after of [at(10n, 1_000n), at(0n, 20n), at(undefined, 1_000n)]) {
    const pace = one([[0, at(100n, 1_000n)], [10, at(200n, 1_000n)], [20, after]]);
    assert.deepEqual([pace.produceRate, pace.partitions[0]?.consumeRate], [undefined, undefined]);
  }
  const again = one([[0, at(500n, 1_000n)], [40, at(500n, 1_000n)], [50, at(100n, 1_000n)], [60, at(200n, 1_000n)]]);
  assert.deepEqual([again.produceRate, again.consumeRate, again.drain], [0, 10, { kind: 'drains', inMs: 80 * SECOND }]);
  assert.deepEqual(one([[0, at(500n, 1_000n)], [40, at(500n, 1_000n)], [50, at(100n, 1_000n)]]).drain, { kind: 'unknown' });
});

test('rates are never negative, whatever the offsets do', () => {
  const any = fc.bigInt({ min: 0n, max: 50n });
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.option(any, { nil: undefined }), any), { minLength: 1, maxLength: 30 }), (samples) => {
      const progress = new GroupProgress();
      for (const [index, [committed, end]] of samples.entries()) {
        const [pace] = progress.observe(KEY, group([at(committed, end)]), index * 5 * SECOND).partitions;
        assert.ok((pace?.produceRate ?? 0) >= 0 && (pace?.consumeRate ?? 0) >= 0);
        if (pace?.drain.kind === 'drains') assert.ok(pace.drain.inMs > 0);
        if (pace?.drain.kind === 'stuck') assert.ok((pace.lag ?? 0n) > 0n && pace.drain.sinceMs <= (index * 5 - 30) * SECOND);
        assert.equal(pace?.drain.kind === 'neverCommitted', committed === undefined);
        assert.equal(pace?.drain.kind === 'drained', committed !== undefined && end <= committed);
      }
    }),
  );
});

test('never committed: it is said so, and messages that come are still counted', () => {
  for (const nothing of [undefined, -1n]) {
    const pace = one([[0, at(nothing, 100n)], [60, at(nothing, 700n)]]);
    assert.deepEqual([pace.drain, pace.totalLag, pace.produceRate, pace.consumeRate], [{ kind: 'neverCommitted' }, undefined, 10, 0]);
    assert.deepEqual(pace.partitions.map(({ committedOffset, lag, consumeRate }) => [committedOffset, lag, consumeRate]), [[undefined, undefined, undefined]]);
  }
});

test('the end follows from the lag where the service does not tell it', () => {
  const told = (committedOffset: bigint, lag: bigint): PartitionProgress => ({ partition: 0, committedOffset, endOffset: undefined, lag });
  const pace = one([[0, told(100n, 50n)], [10, told(110n, 90n)]]);
  assert.deepEqual([pace.produceRate, pace.consumeRate], [5, 1]);
});

test('the window slides: what is older than a minute counts no more', () => {
  const slow = Array.from({ length: 7 }, (_, index): [number, PartitionProgress] => [index * 10, at(BigInt(index * 10), 10_000n)]);
  const fast = Array.from({ length: 6 }, (_, index): [number, PartitionProgress] => [70 + index * 10, at(60n + BigInt(index + 1) * 1_000n, 10_000n)]);
  assert.equal(one(slow).consumeRate, 1);
  assert.equal(one([...slow, ...fast]).consumeRate, 100);
});

test('samples less than a second apart say nothing by themselves', () => {
  assert.equal(one([[0, at(0n, 10n)], [0.5, at(5n, 10n)]]).consumeRate, undefined);
  assert.equal(one([[0, at(0n, 10n)], [300, at(3n, 10n)], [300.5, at(3n, 10n)]]).consumeRate, 3 / 300.5);
});

test('a sample of the same time changes nothing; one of an earlier time, after the clock was set back, starts over', () => {
  const progress = new GroupProgress();
  const first = progress.observe(KEY, group([at(1n, 9n)]), 5_000);
  assert.equal(progress.observe(KEY, group([at(7n, 9n)]), 5_000), first);
  progress.observe(KEY, group([at(2n, 9n)]), 15_000);
  const later = progress.observe(KEY, group([at(7n, 9n)]), 4_000);
  assert.deepEqual([later.atMs, later.totalLag, later.consumeRate, later.trend, later.states.length], [4_000, 2n, undefined, undefined, 1]);
  assert.deepEqual([...progress.samplesOf(KEY).times], [4]);
});

test('partitions stand by number, once each; of two members that name one, the one that is further counts', () => {
  const members = [[at(5n, 9n, 2), at(1n, 9n, 0)], [at(7n, 9n, 2), at(undefined, 9n, 0)]].map((partitions, index) => ({ memberId: String(index), clientId: undefined, partitions }));
  const pace = observed([[0, { ...group([]), members }]]);
  assert.deepEqual(pace.partitions.map(({ partition, committedOffset }) => [partition, committedOffset]), [[0, 1n], [2, 7n]]);
  assert.equal(pace.memberCount, 2);
});

test('a group adds up its partitions; where one is new, the sum is not known yet', () => {
  const two = (a: PartitionProgress, b: PartitionProgress): ConsumerGroup => group([a, b]);
  const samples: [number, ConsumerGroup][] = [[0, two(at(0n, 900n, 0), at(0n, 400n, 1))], [10, two(at(100n, 900n, 0), at(300n, 500n, 1))]];
  const pace = observed(samples);
  assert.deepEqual([pace.produceRate, pace.consumeRate, pace.totalLag, pace.drain], [10, 40, 1_000n, { kind: 'drains', inMs: 80 * SECOND }]);
  assert.deepEqual(pace.partitions.map(({ isSkewed }) => isSkewed), [true, false]);
  const grown = observed([...samples, [20, group([at(200n, 900n, 0), at(400n, 500n, 1), at(0n, 5n, 2)])]]);
  assert.deepEqual([grown.produceRate, grown.consumeRate], [undefined, undefined]);
});

test('nobody in the group: the lag alone says whether it moves', () => {
  assert.deepEqual(observed([[0, empty(88n)], [30, empty(90n)]]).drain, { kind: 'stuck', sinceMs: 0 });
  assert.deepEqual(observed([[0, empty(88n)], [29, empty(88n)]]).drain, { kind: 'unknown' });
  assert.deepEqual(observed([[0, empty(88n)], [20, empty(80n)], [40, empty(80n)]]).drain, { kind: 'unknown' });
  assert.deepEqual(observed([[0, empty(88n)], [20, empty(80n)], [50, empty(80n)]]).drain, { kind: 'stuck', sinceMs: 20 * SECOND });
  assert.deepEqual(observed([[0, group([at(1n, 89n)])], [60, empty(88n)], [90, empty(88n)]]).drain, { kind: 'stuck', sinceMs: 60 * SECOND });
  assert.deepEqual(observed([[0, empty(0n)], [60, empty(0n)]]).drain, { kind: 'drained' });
  assert.deepEqual(observed([[0, empty(undefined)], [60, empty(undefined)]]).drain, { kind: 'unknown' });
  assert.deepEqual(observed([[0, group([], { totalLag: 5n })], [60, group([], { totalLag: 5n })]]).drain, { kind: 'unknown' });
});

test('states are told with when they were first seen, each once while it lasts', () => {
  const states = ['Stable', 'Stable', undefined, 'PreparingRebalance', 'Stable'];
  const pace = observed(states.map((state, index) => [index, { ...group([]), state }]));
  assert.deepEqual(pace.states, [{ state: 'Stable', sinceMs: 0 }, { state: 'PreparingRebalance', sinceMs: 3_000 }, { state: 'Stable', sinceMs: 4_000 }]);
});

test('samples make a chart, with a gap where nobody looked', () => {
  const progress = new GroupProgress();
  observed([[0, group([at(0n, 10n)])], [10, group([at(10n, 30n)])], [70, group([at(70n, 90n)])], [1_000, group([at(70n, 90n)])]], progress);
  const { times, produce, consume, lag } = progress.samplesOf(KEY);
  const gap = Number.NaN;
  assert.deepEqual([...times], [0, 10, 70, 535, 1_000]);
  assert.deepEqual([...produce], [gap, 2, 1, gap, 0]);
  assert.deepEqual([...consume], [gap, 1, 1, gap, 0]);
  assert.deepEqual([...lag], [10, 20, 20, gap, 20]);
});

test('so many samples and states are kept, and no more', () => {
  const progress = new GroupProgress({ maxSamples: 3 });
  for (let second = 0; second < 10; second += 1) progress.observe(KEY, group([], { state: `S${second}`, totalLag: BigInt(second) }), second * SECOND);
  assert.deepEqual([...progress.samplesOf(KEY).lag], [7, 8, 9]);
  assert.deepEqual(progress.progressOf(KEY)?.states.map(({ state }) => state), ['S7', 'S8', 'S9']);
});

test('forgetting takes all that begins so, and nothing else', () => {
  const progress = new GroupProgress();
  const keys = ['a/t/g', 'a/t/h', 'ab/t/g', 'b/a/g'];
  for (const key of keys) progress.observe(key, group([at(1n, 2n)]), 0);
  progress.forget('a/');
  assert.deepEqual(keys.map((key) => progress.progressOf(key)?.totalLag), [undefined, undefined, 1n, 1n]);
  assert.equal(progress.samplesOf('a/t/g').times.length, 0);
});

test('a group that nobody saw for six hours is forgotten, and one that is seen stays', () => {
  const progress = new GroupProgress();
  const hours = 3_600 * SECOND;
  progress.observe('k/gone', empty(5n), 0);
  progress.observe('k/seen', empty(5n), 0);
  progress.observe('k/seen', empty(5n), 6 * hours);
  assert.notEqual(progress.progressOf('k/gone'), undefined);
  progress.observe('k/seen', empty(6n), 6 * hours + SECOND);
  assert.equal(progress.progressOf('k/gone'), undefined);
  assert.equal(progress.samplesOf('k/seen').lag.filter(Number.isFinite).length, 3);
  for (let n = 0; n < 1_000; n += 1) progress.observe(`k/console-consumer-${n}`, empty(0n), 10 * hours + n * 600 * SECOND);
  const kept = Array.from({ length: 1_000 }, (_, n) => progress.progressOf(`k/console-consumer-${n}`)).filter((pace) => pace !== undefined);
  assert.equal(kept.length, 37);
});
