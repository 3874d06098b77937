import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Cron } from 'croner';
import fc from 'fast-check';

import { cronProblem, firingText, nextFirings } from '../../../src/model/cron.ts';
import { createFormatter } from '../../../src/model/format.ts';

/** Saturday, 23 November 2024, 12:34:56 in Korea. */
const NOW = Date.parse('2024-11-23T12:34:56+09:00');

const korean = (times: readonly number[]): readonly string[] => times.map((ms) => new Date(ms + 9 * 3_600_000).toISOString().slice(0, 16));

test('the next times are those of Korea, and later than now', () => {
  assert.deepEqual(korean(nextFirings('*/5 * * * *', 3, NOW)), ['2024-11-23T12:35', '2024-11-23T12:40', '2024-11-23T12:45']);
  assert.deepEqual(korean(nextFirings('0 10 * * 1', 2, NOW)), ['2024-11-25T10:00', '2024-12-02T10:00']);
  assert.deepEqual(korean(nextFirings('41 22 * * *', 1, NOW)), ['2024-11-23T22:41']);
  const due = Date.parse('2024-11-23T12:40:00+09:00');
  assert.deepEqual(korean(nextFirings('40 12 * * *', 1, due)), ['2024-11-24T12:40']);
  assert.deepEqual(korean(nextFirings('40 12 * * *', 1, due - 1)), ['2024-11-23T12:40']);
});

test('either day is enough where both are restricted, and 7 is Sunday', () => {
  assert.deepEqual(korean(nextFirings('0 0 1 * 1', 3, NOW)), ['2024-11-25T00:00', '2024-12-01T00:00', '2024-12-02T00:00']);
  assert.deepEqual(nextFirings('0 0 * * 7', 9, NOW), nextFirings('0 0 * * 0', 9, NOW));
  assert.deepEqual(korean(nextFirings('0 0 */2 * 0', 2, NOW)), ['2024-12-01T00:00', '2024-12-15T00:00']);
});

test('rare days are found, and days that never come are not', () => {
  assert.deepEqual(korean(nextFirings('0 0 29 2 *', 1, Date.parse('2096-02-29T00:00:00+09:00'))), ['2104-02-29T00:00']);
  assert.deepEqual(korean(nextFirings('0 0 29 2 *', 5, Date.parse('2089-01-01T00:00:00+09:00'))).map((time) => time.slice(0, 4)), ['2092', '2096', '2104', '2108', '2112']);
  assert.equal(nextFirings('0 0 29 2 *', 5, NOW).length, 5);
  assert.deepEqual(nextFirings('0 0 31 2 *', 5, NOW), []);
  assert.equal(cronProblem('0 0 31 2 *'), undefined);
  assert.deepEqual(nextFirings('* * * * *', 0, NOW), []);
});

test('says what is wrong, and where', () => {
  for (const text of ['*/5 * * * *', '0 10 * * 1', ' 0,30  9-18 * 1-12 1-5 ', '5/10 * * * *', '59 23 31 12 7', '0-30/10 0 1 1 0']) {
    assert.equal(cronProblem(text), undefined, text);
  }
  assert.match(cronProblem('') ?? '', /Enter a schedule/);
  assert.match(cronProblem('* * * *') ?? '', /five fields, this one has 4: minute, hour, day of the month, month, day of the week/);
  assert.match(cronProblem('0 0 * * * *') ?? '', /this one has 6/);
  assert.match(cronProblem('60 * * * *') ?? '', /^"60" \(minute\) is not right: numbers are 0 to 59/);
  assert.match(cronProblem('* 24 * * *') ?? '', /^"24" \(hour\)/);
  assert.match(cronProblem('* * 0 * *') ?? '', /^"0" \(day of the month\).* 1 to 31/);
  assert.match(cronProblem('* * * 13 *') ?? '', /^"13" \(month\)/);
  assert.match(cronProblem('* * * * 8') ?? '', /^"8" \(day of the week\).* 0 to 7/);
  assert.match(cronProblem('0 10 * * MON') ?? '', /^"MON" \(day of the week\): only numbers/);
  assert.match(cronProblem('0 10 ? * 1') ?? '', /^"\?" \(day of the month\): only numbers/);
  for (const text of ['*/0 * * * *', '5-1 * * * *', '1,,2 * * * *', '/5 * * * *', '-1 * * * *', '1-2-3 * * * *']) assert.ok(cronProblem(text), text);
});

test('no text makes it throw; what has a problem fires never', () => {
  fc.assert(fc.property(fc.string(), fc.integer({ min: 0, max: 4_000_000_000_000 }), (text, now) => {
    const firings = nextFirings(text, 2, now);
    if (cronProblem(text) !== undefined) assert.deepEqual(firings, []);
  }));
});

/** A field as both sides write it: croner takes no "5/10" and no step beyond the highest value. */
const field = (low: number, high: number) => {
  const number = fc.integer({ min: low, max: high });
  const range = fc.tuple(number, number).map(([a, b]) => `${String(Math.min(a, b))}-${String(Math.max(a, b))}`);
  const step = fc.tuple(fc.oneof(fc.constant('*'), range), fc.integer({ min: 1, max: 7 })).map(([all, n]) => `${all}/${String(n)}`);
  const list = fc.array(fc.oneof(number.map(String), range), { minLength: 1, maxLength: 3 }).map((parts) => parts.join(','));
  return fc.oneof({ weight: 3, arbitrary: fc.constant('*') }, list, step);
};

test('agrees with croner on every schedule that both can write', () => {
  const cron = fc.tuple(field(0, 59), field(0, 23), field(1, 31), field(1, 12), field(0, 6))
    // UNIX cron calls a day field that begins with "*" unrestricted even with a step; croner looks at the values.
    .filter(([, , day, , weekday]) => !day.startsWith('*/') && !weekday.startsWith('*/') && day !== '1-31' && weekday !== '0-6');
  fc.assert(fc.property(cron, fc.integer({ min: 1_500_000_000_000, max: 1_900_000_000_000 }), (fields, now) => {
    const text = fields.join(' ');
    const [first] = nextFirings(text, 1, now);
    if (first === undefined) return;
    const expected = new Cron(text, { timezone: 'Asia/Seoul' }).nextRuns(2, new Date(now)).map((date) => date.getTime());
    assert.deepEqual(nextFirings(text, 2, now).slice(0, expected.length), expected, text);
  }), { numRuns: 150 });
});

test('a time is said with its zone, in the language of the user', () => {
  const ms = Date.parse('2024-11-25T10:00:00+09:00');
  assert.equal(firingText(ms, createFormatter('en')), 'Mon, Nov 25, 10:00 KST');
  assert.match(firingText(ms, createFormatter('ko')), /11월 25일.*10:00 KST$/);
});
