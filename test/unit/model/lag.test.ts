import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';

import { groupLag, LagHistory, lagOf, memberLag, progressLag } from '../../../src/model/lag.ts';

const progress = (committedOffset: bigint | undefined, endOffset: bigint | undefined, lag?: bigint) => ({
  partition: 0,
  committedOffset,
  endOffset,
  lag,
});

test('lag is the distance from the committed offset to the end, exact beyond 2^53', () => {
  assert.equal(lagOf(9_007_199_254_740_995n, 9_007_199_254_740_993n), 2n);
});

test('lag is never negative', () => {
  fc.assert(
    fc.property(fc.bigInt(), fc.bigInt(), (end, committed) => {
      const lag = lagOf(end, committed);
      assert.equal(lag, end > committed ? end - committed : 0n);
    }),
  );
});

test('nothing committed means no lag, not zero and not everything', () => {
  assert.equal(lagOf(10n, undefined), undefined);
  assert.equal(progressLag(progress(undefined, 10n, 10n)), undefined);
  assert.equal(progressLag(progress(-1n, 10n, 10n)), undefined);
});

test('the service is believed before the offsets', () => {
  assert.equal(progressLag(progress(4n, 10n, 7n)), 7n);
  assert.equal(progressLag(progress(4n, 10n)), 6n);
  assert.equal(progressLag(progress(4n, 10n, -3n)), 0n);
});

test('a member sums what is known', () => {
  const member = { memberId: 'm', clientId: undefined, partitions: [progress(1n, 5n), progress(undefined, 9n), progress(2n, 4n)] };
  assert.equal(memberLag(member), 6n);
  assert.equal(memberLag({ ...member, partitions: [progress(undefined, 9n)] }), undefined);
});

test('a group without a told lag sums its members', () => {
  const members = [{ memberId: 'm', clientId: undefined, partitions: [progress(1n, 5n)] }];
  assert.equal(groupLag({ groupId: 'g', state: 'Stable', totalLag: undefined, members }), 4n);
  assert.equal(groupLag({ groupId: 'g', state: 'Stable', totalLag: 88_210n, members }), 88_210n);
  assert.equal(groupLag({ groupId: 'g', state: 'Empty', totalLag: undefined, members: [] }), undefined);
});

test('the history tells how a lag moved between two samples', () => {
  const history = new LagHistory();
  assert.equal(history.observe('a/g', 100n, 0), undefined);
  assert.deepEqual(history.observe('a/g', 130n, 10_000), { direction: 'grows', by: 30n, overMs: 10_000 });
  assert.deepEqual(history.observe('a/g', 10n, 15_000), { direction: 'shrinks', by: 120n, overMs: 5_000 });
  assert.deepEqual(history.observe('a/g', 10n, 16_000), { direction: 'stays', by: 0n, overMs: 1_000 });
});

test('the same sample seen twice changes nothing', () => {
  const history = new LagHistory();
  history.observe('g', 1n, 0);
  const trend = history.observe('g', 2n, 5);
  assert.equal(history.observe('g', 2n, 5), trend);
});

test('a lag that is no longer known starts afresh', () => {
  const history = new LagHistory();
  history.observe('g', 1n, 0);
  assert.equal(history.observe('g', undefined, 1), undefined);
  assert.equal(history.observe('g', 5n, 2), undefined);
});

test('an account that is gone is forgotten, and only that one', () => {
  const history = new LagHistory();
  history.observe('a/g', 1n, 0);
  history.observe('b/g', 1n, 0);
  history.forget('a/');
  assert.equal(history.observe('a/g', 2n, 1), undefined);
  assert.equal(history.observe('b/g', 2n, 1)?.direction, 'grows');
});
