import assert from 'node:assert/strict';
import { test } from 'node:test';

import fc from 'fast-check';

import { type MessageState, Outcomes } from '../../../src/sending/journal/outcomes.ts';

const STATES: readonly MessageState[] = ['notSent', 'leaving', 'acknowledged', 'refused', 'unknown'];

/** Far apart, so that they are in several chunks. */
const index = fc.oneof(fc.nat(40), fc.integer({ min: 65_530, max: 65_545 }), fc.integer({ min: 131_060, max: 131_090 }));
const TOTAL = 131_080;

test('each message is in the state its last line says, whatever the order of the lines', () => {
  const step = fc.tuple(index, fc.constantFrom('leaving', 'acknowledged', 'refused', 'unknown', 'notSent', 'interrupted'));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), fc.subarray([...STATES], { minLength: 1 }), (steps, wanted) => {
      const outcomes = new Outcomes({ count: TOTAL, total: TOTAL });
      const model = new Map<number, MessageState>();
      for (const [at, what] of steps) {
        const before = model.get(at);
        if (what === 'interrupted') {
          outcomes.interrupted();
          for (const [other, state] of model) if (state === 'leaving') model.set(other, 'unknown');
        } else if (what === 'leaving') {
          outcomes.leaving(at, at + 1, at + 2);
          // What was refused is not there, and may leave again.
          if ((before === undefined || before === 'refused') && at < TOTAL) model.set(at, 'leaving');
        } else {
          outcomes.ended(at, what);
          if (before === 'leaving' && what === 'notSent') model.delete(at);
          else if (before === 'leaving') model.set(at, what);
        }
      }
      for (const at of [0, 40, 65_535, 65_536, ...steps.map(([one]) => one)]) {
        assert.equal(outcomes.stateOf(at), model.get(at) ?? 'notSent');
        assert.deepEqual(outcomes.placeOf(at), model.has(at) ? { source: at + 1, line: at + 2 } : undefined);
      }
      const isWanted = (at: number): boolean => wanted.includes(model.get(at) ?? 'notSent');
      const expected = Array.from({ length: TOTAL }, (_unused, at) => at).filter(isWanted);
      const ranges = outcomes.ranges(...wanted);
      assert.deepEqual(ranges.flatMap(([from, end]) => Array.from({ length: end - from }, (_unused, n) => from + n)), expected);
      assert.ok(ranges.every(([from], n) => from !== ranges[n - 1]?.[1]), 'as few ranges as there can be');
      assert.equal(outcomes.indexes(...wanted).reduce((count) => count + 1, 0), expected.length);
      for (const state of STATES.slice(1)) assert.equal(outcomes.count(state), [...model.values()].filter((one) => one === state).length);
      assert.equal(STATES.reduce((sum, state) => sum + outcomes.count(state), 0), TOTAL);
    }),
    { numRuns: 30 },
  );
});

test('a run of a part knows nothing but its part, and what cannot be sent is in no count', () => {
  const outcomes = new Outcomes({ count: 4, total: 100, only: [[3, 5], [50, 53]] });
  assert.deepEqual([...outcomes.indexes('notSent')], [3, 4, 50, 51, 52]);
  assert.equal(outcomes.count('notSent'), 4);
  outcomes.leaving(4, 0, 1);
  assert.deepEqual(outcomes.ranges('notSent'), [[3, 4], [50, 53]]);
  assert.deepEqual(outcomes.ranges('leaving', 'notSent'), [[3, 5], [50, 53]]);
  assert.equal(outcomes.count('notSent'), 3);
});

test('reasons are kept for the first ten thousand', () => {
  const outcomes = new Outcomes({ count: 10_001, total: 10_001 });
  for (let at = 0; at < 10_001; at += 1) {
    outcomes.leaving(at, 0, 1);
    outcomes.ended(at, 'refused', { kind: 'invalid', status: 400 });
  }
  assert.deepEqual(outcomes.noteOf(9_999), { kind: 'invalid', status: 400 });
  assert.equal(outcomes.noteOf(10_000), undefined);
  assert.equal(outcomes.count('refused'), 10_001);
});

test('a reason goes when its message leaves again', () => {
  const outcomes = new Outcomes({ count: 1, total: 1 });
  outcomes.leaving(0, 0, 1);
  outcomes.ended(0, 'refused', { kind: 'invalid', status: 400 });
  outcomes.leaving(0, 0, 1);
  assert.deepEqual([outcomes.stateOf(0), outcomes.noteOf(0), outcomes.count('refused')], ['leaving', undefined, 0]);
  outcomes.ended(0, 'acknowledged');
  outcomes.leaving(0, 0, 1);
  assert.deepEqual([outcomes.stateOf(0), outcomes.count('acknowledged')], ['acknowledged', 1]);
});

test('numbers that are none of the run are not taken', () => {
  const outcomes = new Outcomes({ count: 3, total: 3 });
  for (const odd of [-1, 3, 1.5, NaN, Infinity, 2 ** 53]) {
    outcomes.leaving(odd, 0, 1);
    outcomes.ended(odd, 'acknowledged');
    assert.equal(outcomes.stateOf(odd), 'notSent');
  }
  assert.equal(outcomes.count('notSent'), 3);
});
