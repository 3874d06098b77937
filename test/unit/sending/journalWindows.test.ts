import assert from 'node:assert/strict';
import { readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { RunBusyError, RunOverError } from '../../../src/sending/journal/journalErrors.ts';
import { until } from '../api/support.ts';
import { journalFolder, lettersOf, openJournal, runHeader, runMessage, SUMMARY } from './journalSupport.ts';

const MINUTE = 60_000;

function lockIn(folder: string): string {
  const [name = ''] = readdirSync(folder).filter((one) => one.endsWith('.lock'));
  return join(folder, name);
}

test('a run is of one window, until it ends or goes away', async (t) => {
  const folder = await journalFolder(t);
  const first = openJournal(t, folder, { pid: 10 });
  const second = openJournal(t, folder, { pid: 11 });
  const writer = await first.begin(runHeader());
  await writer.leaving(runMessage(0));
  assert.equal((await second.readRun('run-1'))?.status, 'running');
  await assert.rejects(second.resume('run-1'), RunBusyError);
  await assert.rejects(first.resume('run-1'), RunBusyError);
  assert.deepEqual((await second.entries(5)).entries.map((entry) => entry.kind === 'run' && [entry.status, entry.counts.unknown]), [['running', 1]]);

  // What is said of it while it runs changes nothing.
  writer.ended(runMessage(0), { kind: 'acknowledged' });
  await first.dispose();
  const { state, writer: other } = await second.resume('run-1');
  assert.equal(lettersOf(state), 'a---------');
  await assert.rejects(writer.leaving(runMessage(1)));
  await other.finish(SUMMARY);
  await assert.rejects(first.resume('run-1'), RunOverError);
  assert.deepEqual(readdirSync(folder).filter((name) => name.endsWith('.lock')), []);
});

test('the lock of a dead process is void, also where its number came again', async (t) => {
  for (const [holder, next] of [[500, 11], [10, 10]] as const) {
    const folder = await journalFolder(t);
    const dead = openJournal(t, folder, { pid: holder });
    await dead.begin(runHeader());
    const heir = openJournal(t, folder, { pid: next, now: () => 1_000_000 + 4 * MINUTE });
    assert.equal((await heir.readRun('run-1'))?.status, 'interrupted');
    const { writer } = await heir.resume('run-1');
    await writer.finish(SUMMARY);
    assert.equal((await heir.readRun('run-1'))?.status, 'ended');
  }
});

test('a process with the same number, as in another container, keeps its lock as long as it gives signs of life', async (t) => {
  const folder = await journalFolder(t);
  const clock = { now: 1_000_000 };
  const now = (): number => clock.now;
  const first = openJournal(t, folder, { pid: 7, now });
  const second = openJournal(t, folder, { pid: 7, now });
  const writer = await first.begin(runHeader());
  for (let minute = 0; minute < 8; minute += 2) {
    clock.now += 2 * MINUTE;
    await writer.leaving(runMessage(minute));
    assert.equal((await second.readRun('run-1'))?.status, 'running');
    await assert.rejects(second.resume('run-1'), RunBusyError, `${minute} minutes`);
  }
  clock.now += 4 * MINUTE;
  const { writer: other } = await second.resume('run-1');
  await other.leaving(runMessage(8));
  // It was only asleep: now it must not go on, and must not take the other's lock away.
  await assert.rejects(writer.leaving(runMessage(9)), RunBusyError);
  await first.dispose();
  assert.equal(readdirSync(folder).filter((name) => name.endsWith('.lock')).length, 1);
  await other.leaving(runMessage(9));
  await other.finish(SUMMARY);
});

test('a sign of life from the future holds nothing: the clock went back', async (t) => {
  const folder = await journalFolder(t);
  await openJournal(t, folder, { pid: 900, host: 'elsewhere', now: () => 100 * MINUTE }).begin(runHeader());
  const here = openJournal(t, folder, { pid: 11, now: () => 40 * MINUTE });
  assert.equal((await here.readRun('run-1'))?.status, 'interrupted');
  await (await here.resume('run-1')).writer.finish(SUMMARY);
});

test('the lock of another machine holds as long as it gives signs of life', async (t) => {
  const folder = await journalFolder(t);
  const clock = { now: 1_000_000 };
  const now = (): number => clock.now;
  const elsewhere = openJournal(t, folder, { pid: 900, host: 'elsewhere', now });
  const here = openJournal(t, folder, { pid: 11, now });
  const writer = await elsewhere.begin(runHeader());
  for (let minute = 0; minute < 30; minute += 5) {
    clock.now += 5 * MINUTE;
    await writer.leaving(runMessage(minute / 5));
    await assert.rejects(here.resume('run-1'), RunBusyError, `${minute} minutes`);
  }
  clock.now += 11 * MINUTE;
  const { writer: other } = await here.resume('run-1');
  await other.leaving(runMessage(8));
  // It was only asleep: now it must not go on.
  await assert.rejects(writer.leaving(runMessage(9)), RunBusyError);
  await other.finish(SUMMARY);
  const state = await here.readRun('run-1');
  assert.equal(state === undefined ? '' : lettersOf(state), 'uuuuuu--l-');
});

test('a lock gives signs of life while nothing is written', async (t) => {
  const folder = await journalFolder(t);
  const clock = { now: 1_000_000 };
  const waits: (() => void)[] = [];
  const journal = openJournal(t, folder, {
    now: () => clock.now,
    wait: (ms, signal) =>
      new Promise((resolve, reject) => {
        signal?.addEventListener('abort', () => reject(new Error('over')));
        if (ms === MINUTE) waits.push(resolve);
      }),
  });
  const writer = await journal.begin(runHeader());
  const lock = lockIn(folder);
  assert.equal(statSync(lock).mtimeMs, 1_000_000);
  clock.now += MINUTE;
  waits.pop()?.();
  await until(() => statSync(lock).mtimeMs === 1_000_000 + MINUTE);
  // The clock is set back meanwhile: that is no reason to fall silent.
  await until(() => waits.length > 0);
  clock.now = 500_000;
  waits.pop()?.();
  await until(() => statSync(lock).mtimeMs === 500_000);
  await writer.finish(SUMMARY);
});

test('of many windows that go on with a run at the same time at most one does', async (t) => {
  const folder = await journalFolder(t);
  await openJournal(t, folder, { pid: 500 }).begin(runHeader());
  for (let round = 0; round < 20; round += 1) {
    const windows = Array.from({ length: 6 }, (_unused, n) => openJournal(t, folder, { pid: 10 + n }));
    const results = await Promise.allSettled(windows.map((window) => window.resume('run-1')));
    for (const result of results) if (result.status === 'rejected') assert.ok(result.reason instanceof RunBusyError, String(result.reason));
    const won = results.filter(({ status }) => status === 'fulfilled').length;
    assert.ok(won <= 1, `${won} windows have it`);
    await Promise.all(windows.map((window) => window.dispose()));
  }
  const alone = await openJournal(t, folder, { pid: 12 }).resume('run-1');
  await alone.writer.finish(SUMMARY);
});

test('a file that only looks like a lock holds nothing', async (t) => {
  const folder = await journalFolder(t);
  const journal = openJournal(t, folder);
  const writer = await journal.begin(runHeader());
  await writer.finish(SUMMARY);
  for (const name of ['x.lock', 'run-1.lock', '9'.repeat(200)]) writeFileSync(join(folder, name), '');
  assert.equal((await journal.readRun('run-1'))?.status, 'ended');
  assert.equal((await journal.entries(9)).entries.length, 1);
});

test('a journal that is removed behind its back is gone, and nothing breaks', async (t) => {
  const folder = await journalFolder(t);
  const journal = openJournal(t, folder, { warn: () => undefined });
  assert.deepEqual(await journal.entries(5), { entries: [], hasMore: false });
  await journal.clear();
  const writer = await journal.begin(runHeader());
  await writer.leaving(runMessage(0));
  rmSync(folder, { recursive: true });
  assert.equal(await journal.readRun('run-1'), undefined);
  assert.deepEqual(await journal.entries(5), { entries: [], hasMore: false });
  await writer.leaving(runMessage(1));
  await writer.finish(SUMMARY);
  const next = await journal.begin(runHeader({ id: 'run-2' }));
  utimesSync(lockIn(folder), 1_000, 1_000);
  await next.finish(SUMMARY);
  assert.deepEqual((await journal.entries(5)).entries.map((entry) => entry.kind === 'run' && entry.status), ['ended']);
});
