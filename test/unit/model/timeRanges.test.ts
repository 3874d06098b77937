import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';

import { createFormatter } from '../../../src/model/format.ts';
import { boundsOf, PRESETS, rangeProblem, STATISTICS_LIMITS, timeFormat } from '../../../src/model/timeRanges.ts';

const NOW = Date.UTC(2026, 10, 22, 5, 3, 22, 345);
const MINUTE = 60_000;
const DAY = 86_400_000;
const format = createFormatter('en');
const problem = (fromMs: number, toMs: number) => rangeProblem(fromMs, toMs, NOW, STATISTICS_LIMITS, format);

test('a preset moves with the clock, a range of its own stays', () => {
  assert.deepEqual(boundsOf({ last: '1h' }, NOW), { fromMs: NOW - 3_600_000, toMs: NOW });
  assert.deepEqual(boundsOf({ fromMs: 5, toMs: 9 }, NOW), { fromMs: 5, toMs: 9 });
});

test('every preset can be asked for', () => {
  for (const last of Object.values(PRESETS)) assert.equal(problem(NOW - last, NOW), undefined);
});

test('what cannot be asked for is said, and what to do', () => {
  assert.equal(problem(Number.NaN, NOW), 'Enter a start and an end.');
  assert.equal(problem(NOW, NOW), 'The end has to be later than the start.');
  assert.equal(problem(NOW - DAY, NOW + MINUTE + 1), 'Enter a time that is not in the future.');
  assert.equal(problem(NOW - MINUTE + 1, NOW), 'Choose a range of at least 1 min.');
  assert.equal(problem(NOW - 30 * DAY - 1, NOW), 'Choose a range of at most 30 d.');
  assert.equal(problem(NOW - 90 * DAY - 1, NOW - 89 * DAY), 'Choose a later start: data is kept for 90 d.');
  // What is too old is too long as well: a shorter range of then would be refused again.
  assert.equal(problem(Date.UTC(2020, 0, 1), NOW), 'Choose a later start: data is kept for 90 d.');
});

test('the limits themselves can be asked for', () => {
  assert.equal(problem(NOW - MINUTE, NOW), undefined);
  assert.equal(problem(NOW - DAY, NOW + MINUTE), undefined);
  assert.equal(problem(NOW - 30 * DAY, NOW), undefined);
  assert.equal(problem(NOW - 90 * DAY, NOW - 89 * DAY), undefined);
});

test('times are written in the zone, with its short name', () => {
  assert.equal(timeFormat('en', 'Asia/Seoul').dateTimeZone(NOW), '2026-11-22 14:03:22 KST');
  assert.equal(timeFormat('ko', 'UTC').dateTimeZone(NOW), '2026-11-22 05:03:22 UTC');
  assert.equal(timeFormat('ja', 'local', 'Asia/Tokyo').dateTimeZone(NOW), '2026-11-22 14:03:22 JST');
  assert.equal(timeFormat('en', 'local', 'Asia/Seoul').clockZone(NOW), '14:03:22 KST');
  assert.equal(timeFormat('en', 'local', 'Etc/UTC').clockZone(NOW), '05:03:22 UTC');
  assert.equal(timeFormat('ko', 'local', 'Asia/Kathmandu').dateTimeZone(NOW), '2026-11-22 10:48:22 GMT+5:45');
  assert.equal(timeFormat('no-such language', 'Asia/Seoul').dateTime(NOW), '2026-11-22 14:03:22');
});

test('summer time is kept, and its name', () => {
  const berlin = timeFormat('en', 'local', 'Europe/Berlin');
  const change = Date.UTC(2026, 9, 25, 1);
  assert.deepEqual([change - 1, change].map((ms) => berlin.dateTimeZone(ms)), ['2026-10-25 02:59:59 GMT+2', '2026-10-25 02:00:00 GMT+1']);
});

test('a clock says the day where it is another in that zone', () => {
  const seoul = timeFormat('en', 'Asia/Seoul');
  assert.equal(seoul.clock(NOW - 3_600_000, NOW), '13:03:22');
  assert.equal(seoul.clock(NOW - DAY, NOW), '11-21 14:03:22');
  assert.equal(seoul.clock(NOW - DAY), '14:03:22');
  assert.equal(timeFormat('en', 'UTC').clock(NOW - 6 * 3_600_000, NOW), '11-21 23:03:22');
});

test('what is no time is empty', () => {
  const seoul = timeFormat('en', 'Asia/Seoul');
  for (const ms of [Number.NaN, Number.POSITIVE_INFINITY, 8.64e15, -8.64e15]) {
    assert.deepEqual([seoul.clock(ms), seoul.clock(ms, NOW), seoul.clockZone(ms), seoul.dateTime(ms), seoul.dateTimeZone(ms)], ['', '', '', '', '']);
  }
});

test('the time written is the one the runtime writes, in any zone', () => {
  const zones = ['Asia/Seoul', 'America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe', 'Pacific/Apia', 'America/St_Johns'];
  const time = fc.integer({ min: Date.UTC(1995, 0), max: Date.UTC(2040, 0) });
  for (const timeZone of zones) {
    const ours = timeFormat('en', 'local', timeZone);
    const theirs = new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
    fc.assert(fc.property(time, (ms) => assert.equal(ours.dateTime(ms), theirs.format(ms))));
  }
});
