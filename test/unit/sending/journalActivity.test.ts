import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import type { ResourceWrite } from '../../../src/model/resourceWrite.ts';
import type { ActivityEntry, JournalStore } from '../../../src/sending/journal/journalStore.ts';
import { journalFolder, openJournal, runHeader, runMessage, SUMMARY } from './journalSupport.ts';

function writeOf(atMs: number, changes: Partial<ResourceWrite> = {}): ResourceWrite {
  return {
    atMs,
    accountId: 'a',
    accountName: 'acme',
    method: 'POST',
    origin: 'https://datastream.apigw.ntruss.com',
    target: '/api/v1/topics',
    name: 'h4j6l-orders',
    bytes: 12,
    hash: 'f'.repeat(64),
    body: '{"name":"x"}',
    ...changes,
  };
}

const DAY = 24 * 60 * 60_000;

/** A run that has ended, with so many lines. */
async function endedRun(journal: JournalStore, id: string, startedAtMs: number, lines = 1): Promise<void> {
  const writer = await journal.begin(runHeader({ id, startedAtMs, count: lines, total: lines }));
  await Promise.all(Array.from({ length: lines }, (_unused, index) => writer.leaving(runMessage(index))));
  await writer.finish({ ...SUMMARY, unknown: lines, acknowledged: 0 });
}

function nameOf(entry: ActivityEntry): string {
  return entry.kind === 'run' ? `${entry.header.id} ${entry.status}` : `${entry.write.atMs} ${entry.end?.kind ?? 'open'}`;
}

async function names(journal: JournalStore, limit = 100): Promise<readonly string[]> {
  return (await journal.entries(limit)).entries.map(nameOf);
}

test('runs and resource writes of all windows are listed, the newest first', async (t) => {
  const folder = await journalFolder(t);
  let changes = 0;
  const clock = { now: 100 };
  const first = openJournal(t, folder, { pid: 10, now: () => clock.now, onChange: () => (changes += 1) });
  const second = openJournal(t, folder, { pid: 11, now: () => clock.now });
  const firstEnd = first.writes.leaving(writeOf(100));
  await endedRun(first, 'a', 200);
  clock.now = 300;
  second.writes.leaving(writeOf(300));
  const third = second.writes.leaving(writeOf(400));
  const running = await second.begin(runHeader({ id: 'b', startedAtMs: 350 }));
  first.writes.leaving(writeOf(500))({ kind: 'done', status: 200 });
  third({ kind: 'refused', error: 'invalid', status: 400, code: '1', detail: 'no' });
  firstEnd({ kind: 'unknown', error: 'timeout' });
  const expected = ['500 done', '400 refused', 'b running', '300 open', 'a ended', '100 unknown'];
  assert.deepEqual(await names(first), expected);
  assert.deepEqual(await names(second), expected);
  for (const limit of [0, 1, 3, 5, 6]) {
    const page = await first.entries(limit);
    assert.deepEqual([page.entries.map(nameOf), page.hasMore], [expected.slice(0, limit), limit < 6]);
  }
  assert.equal(new Set((await first.entries(9)).entries.flatMap((entry) => (entry.kind === 'write' ? [entry.id] : []))).size, 4);
  // Two changes for each write, and a beginning and an end of the run.
  assert.equal(changes, 6);
  await running.finish(SUMMARY);
});

test('an entry of a run has its sums, whether it runs, ended or was interrupted', async (t) => {
  const folder = await journalFolder(t);
  const journal = openJournal(t, folder);
  const writer = await journal.begin(runHeader());
  await Promise.all([0, 1, 2].map((index) => writer.leaving(runMessage(index))));
  writer.ended(runMessage(0), { kind: 'acknowledged' });
  const counts = async (): Promise<unknown> => {
    const [entry] = (await journal.entries(1)).entries;
    return entry?.kind === 'run' && [entry.status, ...Object.values(entry.counts)];
  };
  assert.deepEqual(await counts(), ['running', 1, 0, 0, 9]);
  writer.ended(runMessage(1), { kind: 'acknowledged' });
  assert.deepEqual(await counts(), ['running', 2, 0, 0, 8]);
  await journal.dispose();
  assert.deepEqual(await counts(), ['interrupted', 2, 0, 1, 7]);
  const { writer: other } = await journal.resume('run-1');
  assert.deepEqual(await counts(), ['running', 2, 0, 1, 7]);
  await other.finish({ ...SUMMARY, ...other.counts(), stopped: 'cancelled' });
  assert.deepEqual(await counts(), ['ended', 2, 0, 1, 7]);
});

test('thousands of runs are listed from their names, and only the newest are opened', async (t) => {
  const folder = await journalFolder(t);
  const journal = openJournal(t, folder);
  await endedRun(journal, 'model', 1);
  const [model = ''] = readdirSync(folder);
  const text = readFileSync(join(folder, model), 'utf8');
  for (let n = 2; n <= 3_000; n += 1) {
    const name = model.replace('000000000000001-model', `${String(n).padStart(15, '0')}-r${n}`);
    // What is not among the newest by its name would be the newest by what is in it, if it were read.
    const startedAtMs = n > 2_800 ? n : 9_999;
    appendFileSync(join(folder, name), text.replace('"id":"model"', `"id":"r${n}"`).replace('"startedAtMs":1,', `"startedAtMs":${startedAtMs},`));
  }
  const { entries, hasMore } = await journal.entries(100);
  assert.ok(hasMore);
  assert.deepEqual(entries.map(nameOf), Array.from({ length: 100 }, (_unused, n) => `r${3_000 - n} ended`));
});

test('a file that cannot be read hides no other', async (t) => {
  const folder = await journalFolder(t);
  const warnings: string[] = [];
  const journal = openJournal(t, folder, { warn: (message) => warnings.push(message) });
  await endedRun(journal, 'good', 1);
  for (const name of ['run-000000000000002-bad.jsonl', 'writes-000000000000003-1.aaaaaaaaaaaa.jsonl']) mkdirSync(join(folder, name));
  assert.deepEqual(await names(journal), ['good ended']);
  assert.deepEqual(await names(journal), ['good ended']);
  assert.deepEqual(warnings, ['A file of the journal cannot be read', 'A file of the journal cannot be read']);
});

test('bodies of resource writes are kept only where it is set', async (t) => {
  for (const keeps of [false, true]) {
    const folder = await journalFolder(t);
    const journal = openJournal(t, folder, { keepPayloads: () => keeps });
    let asked = 0;
    journal.writes.leaving({
      ...writeOf(1),
      get body() {
        asked += 1;
        return '{"name":"x"}';
      },
    });
    journal.writes.leaving(writeOf(2, { body: 'x'.repeat(2_000_000) }));
    journal.writes.leaving(writeOf(3, { body: undefined, bytes: 0, hash: undefined }));
    const { entries } = await journal.entries(9);
    assert.deepEqual(entries.map((entry) => entry.kind === 'write' && entry.write.body), [undefined, undefined, keeps ? '{"name":"x"}' : undefined]);
    assert.deepEqual(entries[2]?.kind === 'write' && { ...entries[2].write, body: undefined }, { ...writeOf(1), body: undefined });
    assert.equal(asked > 0, keeps);
  }
});

test('a resource write that cannot be written down is told to the log, and nothing else happens', async (t) => {
  const warnings: string[] = [];
  const journal = openJournal(t, join(await journalFolder(t), '\0'), { warn: (message) => warnings.push(message) });
  journal.writes.leaving(writeOf(1))({ kind: 'done', status: 200 });
  assert.deepEqual(warnings, ['A change was not written to the journal']);
});

test('clearing leaves what is under way, here and in other windows', async (t) => {
  const folder = await journalFolder(t);
  const here = openJournal(t, folder, { pid: 10 });
  const there = openJournal(t, folder, { pid: 11 });
  const dead = openJournal(t, folder, { pid: 500 });
  await endedRun(here, 'ended', 1);
  await dead.begin(runHeader({ id: 'interrupted', startedAtMs: 2 }));
  dead.writes.leaving(writeOf(3));
  const mine = await here.begin(runHeader({ id: 'mine', startedAtMs: 4 }));
  const theirs = await there.begin(runHeader({ id: 'theirs', startedAtMs: 5 }));
  const end = here.writes.leaving(writeOf(6));
  const other = there.writes.leaving(writeOf(7));
  await here.clear();
  assert.deepEqual(await names(here), ['7 open', '6 open', 'theirs running', 'mine running']);
  end({ kind: 'done', status: 200 });
  other({ kind: 'done', status: 200 });
  await mine.leaving(runMessage(0));
  await mine.finish(SUMMARY);
  await theirs.finish(SUMMARY);
  assert.deepEqual(await names(here), ['7 done', '6 done', 'theirs ended', 'mine ended']);
  await here.clear();
  assert.deepEqual([await names(here), readdirSync(folder)], [[], []]);
  here.writes.leaving(writeOf(8))({ kind: 'done', status: 200 });
  assert.deepEqual(await names(here), ['8 done']);
});

test('the oldest files make room, those that could be resumed last, and what runs stays', async (t) => {
  const folder = await journalFolder(t);
  const bound = { bytes: 1_000_000_000 };
  const told: unknown[] = [];
  const journal = openJournal(t, folder, { pid: 10, now: () => 2 * DAY, maxBytes: () => bound.bytes, warn: (_message, what) => told.push(what) });
  const dead = openJournal(t, folder, { pid: 500 });
  await dead.begin(runHeader({ id: 'interrupted', startedAtMs: 1 }));
  for (const n of [2, 3, 4]) await endedRun(journal, `ended-${n}`, n, 100);
  const [, size = 0] = readdirSync(folder).filter((name) => name.endsWith('.jsonl')).map((name) => statSync(join(folder, name)).size);
  bound.bytes = Math.round(size * 2.5);
  const growing = await journal.begin(runHeader({ id: 'growing', startedAtMs: 5, total: 1_000_000, count: 1_000_000 }));
  assert.deepEqual(await names(journal), ['growing running', 'ended-4 ended', 'ended-3 ended', 'interrupted interrupted']);
  for (let from = 0; from < 200_000; from += 1_000) {
    await Promise.all(Array.from({ length: 1_000 }, (_unused, n) => growing.leaving(runMessage(from + n))));
  }
  await growing.finish(SUMMARY);
  await journal.dispose();
  assert.deepEqual(await names(journal), ['growing ended']);
  assert.deepEqual(told, ['run-000000000000001-interrupted']);
  bound.bytes = 0;
  await endedRun(journal, 'last', 6);
  assert.deepEqual(await names(journal), ['last ended']);
});

test('a run that was interrupted within the last day does not go because another one grows', async (t) => {
  const folder = await journalFolder(t);
  const dead = openJournal(t, folder, { pid: 500 });
  for (const [id, startedAtMs] of [['old', 5], ['young', 2 * DAY]] as const) await dead.begin(runHeader({ id, startedAtMs }));
  const told: unknown[] = [];
  const bound = { bytes: 1_000_000_000 };
  const journal = openJournal(t, folder, { pid: 10, now: () => 2.5 * DAY, maxBytes: () => bound.bytes, warn: (_message, what) => told.push(what) });
  const growing = await journal.begin(runHeader({ id: 'growing', startedAtMs: 2.4 * DAY, total: 1_000_000, count: 1_000_000 }));
  bound.bytes = 10_000;
  for (let from = 0; from < 100_000; from += 1_000) {
    await Promise.all(Array.from({ length: 1_000 }, (_unused, n) => growing.leaving(runMessage(from + n))));
  }
  await growing.finish(SUMMARY);
  await journal.dispose();
  assert.deepEqual(await names(journal), ['growing ended', 'young interrupted']);
  assert.deepEqual(told, ['run-000000000000005-old']);
  bound.bytes = 0;
  await endedRun(journal, 'last', 2.4 * DAY + 1);
  assert.deepEqual([await names(journal), told.length], [['last ended'], 2]);
});
