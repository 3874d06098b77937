import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';

import { wait } from '../../../src/host/clock.ts';
import { JournalWriter, type JournalWriterOptions } from '../../../src/sending/journal/journalWriter.ts';

const SYNC_MS = 250;

function pathIn(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'writer-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'run.jsonl');
}

function writerOptions(changes: Partial<JournalWriterOptions> = {}): JournalWriterOptions {
  const explain = (error: unknown): Error => new Error(`told: ${error instanceof Error ? error.message : String(error)}`);
  return { wait, check: () => undefined, onWritten: () => undefined, explain, ...changes };
}

/** A wait that ends when it is told to. */
function timers(): { readonly wait: JournalWriterOptions['wait']; readonly fire: () => void } {
  const due: (() => void)[] = [];
  const wait: JournalWriterOptions['wait'] = (ms, signal) => new Promise((resolve, reject) => {
    assert.equal(ms, SYNC_MS);
    due.push(resolve);
    signal?.addEventListener('abort', () => reject(new Error('over')));
  });
  return { wait, fire: () => due.splice(0).forEach((resolve) => resolve()) };
}

test('what the disk does not keep is told to whoever waits, and never forgotten', async (t) => {
  const path = pathIn(t);
  const clock = timers();
  let isBroken = true;
  const writer = await JournalWriter.create(path, writerOptions({
    wait: clock.wait,
    sync: () => (isBroken ? Promise.reject(new Error('EIO')) : Promise.resolve()),
  }));
  await writer.commit('a\n');
  await new Promise((resolve) => setImmediate(resolve));
  // Its write waits behind this turn, and the disk says no before it.
  const pending = writer.commit('b\n');
  clock.fire();
  await assert.rejects(pending, /told: EIO/);
  await assert.rejects(writer.commit('c\n'), /told: EIO/);
  writer.append('d\n');
  isBroken = false;
  await assert.rejects(writer.close(), /told: EIO/);
  // Nobody sent what could not be written down; what ended is there.
  assert.equal(readFileSync(path, 'utf8'), 'a\nd\n');
});

test('few lines wait for others, which are then written with them', async (t) => {
  const path = pathIn(t);
  const writes: number[] = [];
  const writer = await JournalWriter.create(path, writerOptions({ company: () => 3, onWritten: (bytes) => writes.push(bytes) }));
  const early = [writer.commit('a\n'), writer.commit('b\n')];
  await new Promise((resolve) => setImmediate(resolve));
  await Promise.all([...early, writer.commit('c\n')]);
  assert.deepEqual(writes, [6]);
  await writer.commit('alone\n');
  assert.deepEqual(writes, [6, 6], 'company that does not come is not waited for');
  await writer.close();
});

test('the last thing that happens is that the disk keeps it', async (t) => {
  const path = pathIn(t);
  const synced: string[] = [];
  const writer = await JournalWriter.create(path, writerOptions({
    sync: () => {
      synced.push(readFileSync(path, 'utf8'));
      return Promise.resolve();
    },
  }));
  await writer.commit('a\n');
  await writer.keep();
  assert.deepEqual(synced, ['a\n']);
  writer.append('b\n');
  await writer.close();
  assert.deepEqual(synced, ['a\n', 'a\nb\n']);
});

test('what could not be written is written at the end, where that goes by then', async (t) => {
  const path = pathIn(t);
  let isFull = false;
  const writer = await JournalWriter.create(path, writerOptions({ check: () => (isFull ? Promise.reject(new Error('ENOSPC')) : undefined) }));
  await writer.commit('a\n');
  isFull = true;
  writer.append('b\n');
  await assert.rejects(writer.commit('c\n'), /told: ENOSPC/);
  writer.append('d\n');
  isFull = false;
  await writer.close();
  assert.equal(readFileSync(path, 'utf8'), 'a\nb\nd\n');
});

test('a close in the midst of it settles everything, and nothing is written behind it', async (t) => {
  for (let round = 0; round < 60; round += 1) {
    const path = `${pathIn(t)}.${round}`;
    const kept: string[] = [];
    let written = 0;
    const writer = await JournalWriter.create(path, writerOptions({
      onWritten: () => void (written += 1),
      sync: () => new Promise((resolve) => setImmediate(resolve)),
    }));
    let isOver = false;
    const senders = Array.from({ length: 16 }, async (_unused, number) => {
      for (let n = 0; !isOver; n += 1) {
        const line = `${number} ${n}`;
        try {
          await writer.commit(`${line}\n`);
        } catch {
          return;
        }
        kept.push(line);
        writer.append(`${line} ended\n`);
      }
    });
    while (written <= round % 7) await new Promise((resolve) => setImmediate(resolve));
    await writer.close();
    const lines = readFileSync(path, 'utf8').split('\n');
    await Promise.all(senders);
    isOver = true;
    assert.deepEqual(readFileSync(path, 'utf8').split('\n'), lines);
    for (const line of kept) assert.ok(lines.includes(line), line);
    await assert.rejects(writer.commit('late\n'), /told: The file is closed/);
  }
});
