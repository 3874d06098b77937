import assert from 'node:assert/strict';
import { test } from 'node:test';

import { type ActivityRow, daysOf, matchingRows, rowsOf } from '../../../src/messages/activity/activityRows.ts';
import { writeDocument } from '../../../src/messages/activity/activityDocument.ts';
import { createTimes } from '../../../src/messages/activity/times.ts';
import type { ActivityEntry } from '../../../src/sending/journal/journalStore.ts';
import { NOON, NOW, rowContext, run, write } from './activityEntries.ts';

const DAY = 86_400_000;
const context = rowContext();

function rowOf(entry: ActivityEntry): ActivityRow {
  return rowsOf([entry], context)[0] ?? assert.fail();
}

test('a run says how it ended, of whom, and when', () => {
  const cases: readonly (readonly [ActivityEntry, string, string])[] = [
    [run(), '10,000 sent · acme · PROD · 14:03', 'run;ended;curl'],
    [run({ header: { count: 1, total: 1 }, counts: { acknowledged: 1, refused: 0, unknown: 0, notSent: 0 } }), '1 sent · acme · PROD · 14:03', 'run;ended;curl'],
    [run({ counts: { acknowledged: 9_998, refused: 0, unknown: 2, notSent: 0 } }), '9,998 of 10,000 · 2 unknown · acme · PROD · 14:03', 'run;unknown;ended;curl'],
    [
      run({ counts: { acknowledged: 9_000, refused: 3, unknown: 2, notSent: 995 } }),
      '9,000 of 10,000 · 3 refused · 2 unknown · 995 not sent · acme · PROD · 14:03', 'run;rest;unknown;ended;curl',
    ],
    [run({ status: 'interrupted', counts: { acknowledged: 5_880, refused: 0, unknown: 0, notSent: 4_120 } }), 'interrupted · 4,120 left · acme · PROD · 14:03', 'run;resumable;curl'],
    [
      run({ status: 'interrupted', counts: { acknowledged: 5_864, refused: 0, unknown: 16, notSent: 4_120 } }),
      'interrupted · 4,120 left · 16 unknown · acme · PROD · 14:03', 'run;resumable;unknown;curl',
    ],
    [run({ status: 'running', counts: { acknowledged: 0, refused: 0, unknown: 0, notSent: 10_000 } }), 'sending… · acme · PROD · 14:03', 'run;curl'],
    [run({ status: 'running', counts: { acknowledged: 20, refused: 1, unknown: 1, notSent: 9_978 } }), 'sending… 20 of 10,000 · acme · PROD · 14:03', 'run;curl'],
  ];
  for (const [entry, description, contextValue] of cases) {
    const row = rowOf(entry);
    assert.deepEqual([row.label, row.description, row.contextValue], ['h4j6l-orders', description, contextValue]);
  }
});

test('no two outcomes are told apart by colour alone', () => {
  const looks = [
    run(), run({ status: 'running' }), run({ status: 'interrupted' }),
    run({ counts: { acknowledged: 1, refused: 9_999, unknown: 0, notSent: 0 } }),
    run({ counts: { acknowledged: 1, refused: 0, unknown: 9_999, notSent: 0 } }),
    run({ counts: { acknowledged: 1, refused: 0, unknown: 0, notSent: 9_999 } }),
  ].map((entry) => rowOf(entry).icon.name);
  assert.equal(new Set(looks).size, looks.length);
});

test('a row of an account that is gone has no script', () => {
  const gone = { ...run().header.job, target: { accountId: 'other', topicId: 't', topicName: 'x' } };
  assert.equal(rowOf(run({ header: { job: gone } })).contextValue, 'run;ended');
  assert.equal(rowOf(write({ accountId: 'other' })).contextValue, 'write');
});

test('a write says what it did, and to what', () => {
  const cases: readonly (readonly [ActivityEntry, string, string, string])[] = [
    [write(), 'Delete topic t1', 'done · acme · PROD · 14:03', 'write;curl'],
    [write({ accountId: 'other' }), 'Delete topic t1', 'done · acme · 14:03', 'write'],
    [write({}, { kind: 'refused', error: 'forbidden', status: 403 }), 'Delete topic t1', 'refused, HTTP 403 · acme · PROD · 14:03', 'write;curl'],
    [write({}, { kind: 'refused', error: 'locked' }), 'Delete topic t1', 'refused · acme · PROD · 14:03', 'write;curl'],
    [write({}, { kind: 'unknown', error: 'timeout' }), 'Delete topic t1', 'unknown · acme · PROD · 14:03', 'write;curl'],
    [write({}, { kind: 'unknown', error: 'unavailable', status: 503 }), 'Delete topic t1', 'unknown, HTTP 503 · acme · PROD · 14:03', 'write;curl'],
    // Its window went away before an answer came.
    [write({ atMs: NOW - 3_600_000 }, null), 'Delete topic t1', 'unknown · acme · PROD · 14:30', 'write;curl'],
    [write({ atMs: NOW - 1_000 }, null), 'Delete topic t1', 'under way · acme · PROD · 15:29', 'write;curl'],
    [write({ method: 'PUT', bytes: 10, hash: 'ff', body: undefined }), 'Change topic t1', 'done · acme · PROD · 14:03', 'write'],
    [write({ method: 'PUT', bytes: 10, hash: 'ff', body: '{"a": 123}' }), 'Change topic t1', 'done · acme · PROD · 14:03', 'write;curl'],
  ];
  for (const [entry, label, description, contextValue] of cases) {
    const row = rowOf(entry);
    assert.deepEqual([row.label, row.description, row.contextValue], [label, description, contextValue]);
  }
});

test('a topic that messages were sent to has its name in what was changed of it', () => {
  const rows = rowsOf([write(), run(), write({ accountId: 'other' })], context);
  assert.deepEqual(rows.map(({ label }) => label), ['Delete topic h4j6l-orders', 'h4j6l-orders', 'Delete topic t1']);
});

test('rows are grouped by the days of the time zone, with names in the language', () => {
  // Half past midnight in Seoul, which is still the day before in Greenwich.
  const early = Date.UTC(2026, 10, 20, 15, 30);
  const entries = [NOON, early, early - 3_600_000, NOON - 9 * DAY].map((startedAtMs, index) => run({ header: { id: `r${String(index)}`, startedAtMs } }));
  const days = (locale: string): readonly (readonly [string, number])[] => {
    const of = rowContext({ locale });
    return daysOf(rowsOf(entries, of), of).map(({ label, rows }) => [label, rows.length]);
  };
  assert.deepEqual(days('en'), [['Today', 2], ['Yesterday', 1], ['Thu, Nov 12, 2026', 1]]);
  assert.deepEqual(days('ko').at(-1), ['2026년 11월 12일 (목)', 1]);
  assert.deepEqual(daysOf([], context), []);
});

test('yesterday is the day before, where the clocks were changed in between', () => {
  const times = createTimes('en', 'Europe/Berlin');
  // The night of 25 October 2026 is an hour longer.
  assert.equal(times.dayName(Date.parse('2026-10-24T22:30:00Z'), Date.parse('2026-10-25T22:59:00Z')), 'Today');
  assert.equal(times.dayName(Date.parse('2026-10-24T21:30:00Z'), Date.parse('2026-10-25T22:59:00Z')), 'Yesterday');
  assert.equal(times.exact(Date.parse('2026-10-25T00:30:00Z')), '2026-10-25 02:30:00.000 +02:00');
  assert.equal(times.exact(Date.parse('2026-10-25T01:30:00Z')), '2026-10-25 02:30:00.000 +01:00');
  assert.equal(createTimes('ko', 'UTC').exact(NOON), '2026-11-21 05:03:22.120 +00:00');
});

/** What a tooltip's table says, with its entities as characters. */
function told(tooltip: string): string {
  return tooltip.replace(/&#(\d+);/g, (_all, code: string) => String.fromCodePoint(Number(code)));
}

test('the tooltip has all facts, and nothing in them is Markdown', () => {
  const text = told(rowOf(run({
    header: { environment: 'x', repeats: { runId: 'r0', what: 'rest' }, order: 'perKey' } as object,
    summary: { endedAtMs: NOON + 65_000, acknowledged: 1, refused: 0, unknown: 0, notSent: 9_999, stopped: { kind: 'unauthorized', status: 401, code: '200' } },
  })).tooltip);
  for (const fact of [
    '2026-11-21 14:03:22.120 +09:00', '2026-11-21 14:04:27.120 +09:00', '1 min 5 s', '10,000', '1.2 MiB (1,234,567 bytes)', 'data/orders.jsonl', 'abc123', 'acme · Production',
    'Signature refused', 'the rest of an earlier send', 'one after another for each key',
  ]) assert.ok(text.includes(fact), `${fact} is not in ${text}`);

  const refused = told(rowOf(write(
    { bytes: 2_000, hash: 'ffee', body: undefined }, { kind: 'refused', error: 'conflict', status: 409, code: 'DuplicateName', detail: 'no | [x](command:y)' },
  )).tooltip);
  for (const fact of ['DELETE https://datastream.apigw.ntruss.com/api/v1/topics/t1', '409', 'DuplicateName', 'no | [x](command:y)', '2 KiB (2,000 bytes), not kept', 'ffee']) {
    assert.ok(refused.includes(fact), `${fact} is not in ${refused}`);
  }
  const nasty = rowOf(run({ topic: '[x](command:y)|`<b>`\n# $(trash)' }));
  assert.ok(!/\[x\]|<b>|`/.test(nasty.tooltip));
  assert.ok(!nasty.label.includes('\n'));
});

test('a screen reader hears kind, outcome, account and time', () => {
  const sent = rowOf(run({ counts: { acknowledged: 9_998, refused: 0, unknown: 2, notSent: 0 } })).spoken.replaceAll('\u202f', ' ');
  assert.equal(sent, 'Send to topic h4j6l-orders, 9,998 of 10,000, 2 unknown, account acme, Production, Nov 21, 2026, 2:03 PM');
  assert.equal(rowOf(write()).spoken.replaceAll('\u202f', ' '), 'Change: Delete topic t1, done, account acme, Nov 21, 2026, 2:03 PM');
});

test('a filter finds topic, account, stage, outcome and file; every word of it counts', () => {
  const rows = rowsOf([
    run(),
    run({ header: { id: 'r2' }, topic: 'h4j6l-audit', counts: { acknowledged: 1, refused: 9_999, unknown: 0, notSent: 0 } }),
    write({ target: '/api/v1/topics/t9' }),
  ], context);
  const ids = (filter: string): readonly string[] => matchingRows(rows, filter).map(({ id }) => id);
  assert.deepEqual(ids(''), ['r1', 'r2', 'write:w1']);
  assert.deepEqual(ids('  '), ['r1', 'r2', 'write:w1']);
  assert.deepEqual(ids('AUDIT'), ['r2']);
  assert.deepEqual(ids('refused'), ['r2']);
  assert.deepEqual(ids('prod acme'), ['r1', 'r2', 'write:w1']);
  assert.deepEqual(ids('orders.jsonl h4j6l-orders'), ['r1']);
  assert.deepEqual(ids('delete'), ['write:w1']);
  assert.deepEqual(ids('refused orders.jsonl x'), []);
});

test('the document of a write has its body as it was sent', () => {
  const body = '{"bytes":9007199254740993,"a":1.0,"a":2}';
  const text = writeDocument(write({ bytes: body.length, hash: 'ff', body }, { kind: 'unknown', error: 'timeout' }), 'Change "x"', context);
  assert.ok(text.includes(`"body": ${body}\n}`));
  const { body: parsed, ...known } = JSON.parse(text) as Record<string, unknown>;
  assert.ok(typeof parsed === 'object');
  assert.deepEqual([known['what'], known['time'], known['outcome'], known['bodyBytes']], ['Change "x"', '2026-11-21 14:03:22.120 +09:00', 'unknown', body.length]);
  assert.match(String(known['problem']), /./);
  const other = JSON.parse(writeDocument(write({ bytes: 3, body: 'a"b' }), 'x', context)) as Record<string, unknown>;
  assert.equal(other['body'], 'a"b');
  const dropped = JSON.parse(writeDocument(write({ bytes: 3, hash: 'ff' }), 'x', context)) as Record<string, unknown>;
  assert.match(String(dropped['bodyNote']), /not kept/);
  assert.ok(!('body' in (JSON.parse(writeDocument(write(), 'x', context)) as object)));
});
