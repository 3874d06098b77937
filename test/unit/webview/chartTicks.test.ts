import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';

import type { SeriesUnit } from '../../../src/protocol/series.ts';
import { tickDetail, timeTicks, valueScale } from '../../../webview/charts/ticks.ts';
import { spanWords, timeMarks, type ZoneTime } from '../../../webview/charts/timeAxis.ts';

const UNITS: readonly SeriesUnit[] = ['bytesPerSecond', 'messagesPerSecond', 'messages', 'bytes', 'milliseconds', 'count'];
const HOUR = 3_600;
const SEOUL: ZoneTime = zone('KST', () => 9 * HOUR);
/** The clocks of Berlin went back an hour on 25 October 2026, at one o'clock UTC. */
const CHANGE = Date.UTC(2026, 9, 25, 1) / 1_000;
const BERLIN: ZoneTime = zone('GMT+1', (seconds) => (seconds < CHANGE ? 2 : 1) * HOUR);

function zone(name: string, offset: (seconds: number) => number): ZoneTime {
  return {
    dateTime: (ms) => new Date(ms + offset(ms / 1_000) * 1_000).toISOString().slice(0, 19).replace('T', ' '),
    zoneName: () => name,
  };
}

test('an axis of values holds all of them, begins at zero, and has even marks', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1e18, noNaN: true }), fc.integer({ min: 1, max: 12 }), fc.constantFrom(...UNITS), (max, count, unit) => {
      const { from, to, step, ticks } = valueScale(0, max, unit, count);
      assert.equal(from, 0);
      assert.ok(to >= max && to > 0);
      assert.ok(ticks.length >= 2 && ticks.length <= count + 1, `${ticks.length} marks`);
      assert.ok(ticks.every((tick, index) => Math.abs(tick - index * step) <= step * 1e-9));
    }),
  );
});

test('marks of bytes are powers of two, of durations those of clocks, of messages whole', () => {
  assert.deepEqual(valueScale(0, 2.6 * 1024 ** 2, 'bytesPerSecond', 3).ticks, [0, 1024 ** 2, 2 * 1024 ** 2, 3 * 1024 ** 2]);
  assert.equal(valueScale(0, 900 * 1024, 'bytes', 2).step, 512 * 1024);
  assert.equal(valueScale(0, 1_000, 'bytes', 1).step, 1_024);
  assert.deepEqual(valueScale(0, 9e5, 'bytes', 4).ticks.map((tick) => tick / 1_024), [0, 256, 512, 768, 1_024]);
  assert.deepEqual(valueScale(0, 100_000, 'milliseconds', 4).ticks, [0, 30_000, 60_000, 90_000, 120_000]);
  assert.deepEqual(valueScale(0, 2, 'messages', 8).ticks, [0, 1, 2]);
  assert.equal(valueScale(0, 0.4, 'messagesPerSecond', 4).step, 0.1);
});

test('an axis without values has one step, one with values below zero begins there', () => {
  assert.deepEqual(valueScale(Number.NaN, Number.NaN, 'bytes', 4), { from: 0, to: 1, step: 1, ticks: [0, 1] });
  assert.deepEqual(valueScale(Number.NaN, Number.NaN, 'messagesPerSecond', 4).ticks, [0, 0.5, 1]);
  assert.deepEqual(valueScale(-3, 5, 'count', 4).ticks, [-5, 0, 5]);
  assert.deepEqual(valueScale(-3, 5, 'count', 5).ticks, [-4, -2, 0, 2, 4, 6]);
  assert.deepEqual(valueScale(-3, -1, 'count', 4).ticks, [-3, -2, -1, 0]);
});

test('an axis holds what is below zero too, and its own ends have the same marks', () => {
  const value = fc.double({ min: -1e18, max: 1e18, noNaN: true });
  fc.assert(
    fc.property(value, value, fc.integer({ min: 1, max: 12 }), fc.constantFrom(...UNITS), (a, b, count, unit) => {
      const [min, max] = [Math.min(a, b), Math.max(a, b)];
      const scale = valueScale(min, max, unit, count);
      assert.ok(scale.from <= Math.min(0, min) && scale.to >= Math.max(0, max));
      assert.ok(scale.ticks.length >= 2 && scale.ticks.length <= Math.max(2, count) + 1, `${scale.ticks.length} marks`);
      assert.ok(scale.ticks.includes(0));
      assert.deepEqual(valueScale(scale.from, scale.to, unit, count), scale);
    }),
    { numRuns: 2_000 },
  );
});

test('marks of time are whole in their zone, rising, inside, and at least one', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4e9 }), fc.integer({ min: 2, max: 31 * 86_400 }), fc.integer({ min: 3, max: 12 }), (from, length, count) => {
      const { step, ticks } = timeTicks(from, from + length, count, () => 9 * HOUR);
      assert.ok(ticks.length >= 1 && ticks.length <= count + 1);
      for (const [index, tick] of ticks.entries()) {
        assert.ok(tick >= from && tick <= from + length);
        assert.equal((tick + 9 * HOUR) % step, 0);
        if (index > 0) assert.equal(tick - (ticks[index - 1] ?? 0), step);
      }
    }),
  );
});

test('marks of days stay at midnight where the clocks are changed', () => {
  const from = CHANGE - 3 * 86_400;
  const { words, ticks } = timeMarks(BERLIN, from, from + 6 * 86_400, 6);
  assert.deepEqual(words, ['10-23\nGMT+1', '10-24', '10-25', '10-26', '10-27', '10-28']);
  assert.deepEqual(ticks.map((tick) => BERLIN.dateTime(tick * 1_000).slice(11)), Array.from({ length: 6 }, () => '00:00:00'));
});

test('the first mark has the day and the zone, the next day has its own', () => {
  const from = Date.UTC(2026, 10, 22, 14, 30) / 1_000;
  assert.deepEqual(timeMarks(SEOUL, from, from + HOUR, 4).words, ['23:30\n11-22 KST', '23:45', '00:00\n11-23', '00:15', '00:30']);
  assert.deepEqual(timeMarks(SEOUL, from, from + 20, 4).words[1], '23:30:05');
});

test('a step is shown as finely as it is', () => {
  assert.deepEqual([30, 60, HOUR, 86_400].map(tickDetail), ['seconds', 'minutes', 'minutes', 'days']);
});

test('a span of one day says it once', () => {
  const from = Date.UTC(2026, 10, 22, 5);
  assert.deepEqual(spanWords(SEOUL, from, from + HOUR * 1_000), { from: '2026-11-22 14:00:00', to: '15:00:00 KST' });
  assert.deepEqual(spanWords(SEOUL, from, from + 86_400_000), { from: '2026-11-22 14:00:00', to: '2026-11-23 14:00:00 KST' });
});
