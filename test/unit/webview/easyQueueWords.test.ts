import assert from 'node:assert/strict';
import { test } from 'node:test';

import fc from 'fast-check';

import { createFormatter } from '../../../src/model/format.ts';
import type { Drain, SeenState } from '../../../src/protocol/easyQueue.ts';
import { compareDrains, drainText, needsAttention } from '../../../webview/parts/drain.ts';
import { compareWholes, createNumbers, isSome, wholeOf } from '../../../webview/parts/numbers.ts';
import { stateSpans } from '../../../webview/parts/spans.ts';

const numbers = createNumbers(createFormatter('en'));
const words = { duration: (ms: number) => createFormatter('en').duration(ms), clock: () => '13:40:02' };

test('whole numbers keep every digit, and what is none is unknown', () => {
  assert.equal(numbers.whole('9007199254740993'), '9,007,199,254,740,993');
  assert.equal(numbers.whole('-12'), '-12');
  assert.equal(numbers.whole(undefined), '–');
  for (const text of ['', '1.5', '1e3', 'NaN', ' 1']) assert.equal(wholeOf(text), undefined, text);
});

test('whole numbers are ordered by their value, however long; unknown ones come first', () => {
  const whole = fc.option(fc.bigInt(), { nil: undefined });
  fc.assert(fc.property(whole, whole, (a, b) => {
    const expected = a === undefined || b === undefined ? Number(a !== undefined) - Number(b !== undefined) : a < b ? -1 : a > b ? 1 : 0;
    assert.equal(compareWholes(a?.toString(), b?.toString()), expected);
  }));
  assert.equal(compareWholes('9007199254740992', '9007199254740993'), -1);
});

test('something came only where more than nothing came', () => {
  assert.deepEqual(['0', '-1', undefined, '1', '9007199254740993'].map(isSome), [false, false, false, true, true]);
});

test('rates below ten have a decimal, and neither rates nor shares are nothing where something is', () => {
  assert.deepEqual([12.25, 0.04, 3.14, undefined, Number.NaN].map((rate) => numbers.rate(rate)), ['12/s', 'under 0.1/s', '3.1/s', '–', '–']);
  assert.deepEqual([0.2, 0, 0.0001, 1, undefined].map((share) => numbers.share(share)), ['20%', '0%', 'under 0.1%', '100%', '–']);
});

test('a drain says when, or why not', () => {
  const said = (drain: Drain): string => drainText(drain, words);
  assert.equal(said({ kind: 'drains', inMs: 42_001 }), 'drained in 43 s');
  assert.equal(said({ kind: 'drains', inMs: 1 }), 'drained in 1 s');
  assert.equal(said({ kind: 'stuck', sinceMs: 0 }), 'not moving since 13:40:02');
  assert.equal(said({ kind: 'never' }), 'never at this rate');
  assert.equal(said({ kind: 'neverCommitted' }), 'nothing committed yet');
  const kinds: readonly Drain[] = [{ kind: 'drained' }, { kind: 'keepsUp' }, { kind: 'unknown' }];
  assert.deepEqual(kinds.map(said), ['nothing left to read', 'keeps up', 'measuring…']);
});

const drain = fc.oneof(
  fc.constantFrom<Drain>({ kind: 'drained' }, { kind: 'keepsUp' }, { kind: 'never' }, { kind: 'neverCommitted' }, { kind: 'unknown' }),
  fc.record({ kind: fc.constant('drains' as const), inMs: fc.nat() }),
  fc.record({ kind: fc.constant('stuck' as const), sinceMs: fc.nat() }),
);

test('drains have one order: what needs somebody is always after what does not', () => {
  fc.assert(fc.property(drain, drain, drain, (a, b, c) => {
    assert.equal(Math.sign(compareDrains(a, b)) + Math.sign(compareDrains(b, a)), 0);
    if (compareDrains(a, b) <= 0 && compareDrains(b, c) <= 0) assert.ok(compareDrains(a, c) <= 0);
    if (needsAttention(a) && !needsAttention(b)) assert.ok(compareDrains(a, b) > 0);
  }));
});

test('states follow each other without a gap, and their shares make a whole', () => {
  const states = fc.array(fc.nat({ max: 1_000_000 }), { minLength: 1, maxLength: 20 })
    .map((times) => times.toSorted((a, b) => a - b).map((sinceMs): SeenState => ({ state: 'Stable', words: undefined, tone: 'good', sinceMs })));
  fc.assert(fc.property(states, fc.nat({ max: 1_000_000 }), (seen, laterMs) => {
    const nowMs = (seen.at(-1)?.sinceMs ?? 0) + laterMs;
    const spans = stateSpans(seen, nowMs);
    assert.equal(spans.at(-1)?.untilMs, nowMs);
    assert.ok(spans.every((span, index) => index === 0 || spans[index - 1]?.untilMs === span.sinceMs));
    assert.ok(Math.abs(spans.reduce((sum, { share }) => sum + share, 0) - 1) < 1e-9);
    assert.deepEqual(spans.filter(({ isNow }) => isNow), spans.slice(-1));
  }));
});

test('a clock that was set back makes no state last less than nothing', () => {
  const states: readonly SeenState[] = [5000, 9000].map((sinceMs) => ({ state: 'Stable', words: undefined, tone: 'good', sinceMs }));
  assert.deepEqual(stateSpans(states, 7000).map(({ lastedMs }) => lastedMs), [4000, 0]);
  assert.deepEqual(stateSpans([], 7000), []);
});
