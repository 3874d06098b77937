import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { execPath } from 'node:process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { startEmulator } from '../../../src/emulator/emulator.ts';
import type { RunState } from '../../../src/sending/journal/journalStore.ts';
import { type ChildTask, ownJournal } from './journalChild.ts';
import { journalFolder } from './journalSupport.ts';

const CHILD = fileURLToPath(new URL('journalChild.ts', import.meta.url));
const TOPIC = 'h4j6l-orders';
const TOTAL = 10_000;
const CONCURRENCY = 16;

/** A window that sends; it is killed as soon as so many messages ended, or comes to its own end. */
async function runWindow(task: ChildTask, killAfter = Infinity): Promise<void> {
  const child = spawn(execPath, [CHILD, JSON.stringify(task)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let ended = 0;
  child.stdout.on('data', (dots: Buffer) => {
    ended += dots.length;
    if (ended >= killAfter) child.kill('SIGKILL');
  });
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  assert.deepEqual([code, signal], killAfter === Infinity ? [0, null] : [null, 'SIGKILL']);
}

test('a run whose window was killed twice in the middle of 10,000 sends is finished without a gap and without a repetition', async (t) => {
  const emulator = await startEmulator({ sampleData: 'none', keptMessages: TOTAL * 2 });
  t.after(() => emulator.close());
  const topic = emulator.world.dataStream.add({
    name: TOPIC, description: '', partitions: 3, retentionMs: 86_400_000, pinned: false, createdAt: Date.now(), creatingMs: 0,
  });
  /** How often each message is on the topic. */
  const stored = (): readonly number[] => {
    const counts = Array.from({ length: TOTAL }, () => 0);
    for (const { value } of topic.log.partitions.flatMap(({ messages }) => messages)) {
      const { n } = JSON.parse(value) as { readonly n: number };
      counts[n] = (counts[n] ?? 0) + 1;
    }
    return counts;
  };
  const { accessKeyId, secretKey, messages } = emulator.credentials.naver;
  const folder = await journalFolder(t);
  const task = { folder, total: TOTAL, concurrency: CONCURRENCY, origin: messages, keyId: accessKeyId, secret: secretKey, topicName: TOPIC };
  const journal = ownJournal(folder);
  const read = async (): Promise<RunState> => {
    const state = await journal.readRun('run-1');
    assert.ok(state !== undefined);
    return state;
  };

  for (const [round, what] of (['begin', 'resume'] as const).entries()) {
    await runWindow({ ...task, what }, 3_000);
    const { status, outcomes } = await read();
    assert.equal(status, 'interrupted');
    const counts = stored();
    for (const index of outcomes.indexes('acknowledged')) assert.equal(counts[index], 1, `message ${index} was acknowledged`);
    for (const index of outcomes.indexes('notSent')) assert.equal(counts[index], 0, `message ${index} was not sent`);
    for (const index of outcomes.indexes('unknown')) assert.ok((counts[index] ?? 0) <= 1, `message ${index} was not sent again`);
    assert.ok(outcomes.count('acknowledged') >= 2_900 * (round + 1) && outcomes.count('notSent') > 0, 'it was killed in the middle');
    assert.ok(outcomes.count('unknown') <= CONCURRENCY * (round + 1), `${outcomes.count('unknown')} are unknown`);
    assert.equal(outcomes.count('refused') + outcomes.count('leaving'), 0);
  }

  await runWindow({ ...task, what: 'resume' });
  const { status, outcomes, summary } = await read();
  assert.equal(status, 'ended');
  const unknown = new Set(outcomes.indexes('unknown'));
  for (const [index, count] of stored().entries()) {
    assert.ok(unknown.has(index) ? count <= 1 : count === 1, `message ${index} is on the topic ${count} times`);
  }
  assert.ok(unknown.size <= 2 * CONCURRENCY);
  assert.equal(summary?.acknowledged, TOTAL - unknown.size);
  assert.deepEqual([summary.unknown, summary.notSent, summary.refused], [unknown.size, 0, 0]);
  assert.equal(outcomes.count('acknowledged'), summary.acknowledged);
});
