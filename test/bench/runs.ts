import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { wait } from '../../src/host/clock.ts';
import { sendMessages } from '../../src/sending/engine/engine.ts';
import type { ReadyMessage } from '../../src/sending/message.ts';
import type { MessageTarget } from '../../src/sending/messageTarget.ts';
import type { SendJob } from '../../src/sending/job.ts';
import { JournalStore } from '../../src/sending/journal/journalStore.ts';

/** What is sent where: the target of all runs of the bench. */
export const JOB: SendJob = {
  target: { accountId: 'naver', topicId: 'bench', topicName: 'bench' },
  sources: [{ uri: 'bench:lines', name: 'lines', format: 'jsonLines', content: 'value' }],
  seed: 'bench',
  nowMs: 0,
  environment: undefined,
};

/** A journal in a folder of its own, as the extension keeps it. */
export async function openJournal() {
  const folder = await mkdtemp(join(tmpdir(), 'cloud-streams-bench-'));
  const store = new JournalStore(folder, {
    now: Date.now,
    wait,
    pid: process.pid,
    host: 'bench',
    isAlive: () => true,
    keepPayloads: () => false,
    maxBytes: () => 256 * 1024 * 1024,
    onChange: () => undefined,
    warn: (message, error) => console.log(`Error: ${message} ${String(error)}`),
  });
  return {
    store,
    close: async () => {
      await store.dispose();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** One run of the engine with its journal, from the first line to the last; every message has to arrive. */
export async function sendAll(
  source: AsyncIterable<readonly ReadyMessage[]>,
  expected: { readonly count: number; readonly concurrency: number },
  target: MessageTarget,
  store: JournalStore,
): Promise<void> {
  const { count, concurrency } = expected;
  const writer = await store.begin({
    id: crypto.randomUUID(),
    startedAtMs: Date.now(),
    job: JOB,
    account: { name: 'bench', stage: 'dev' },
    order: 'parallel',
    count,
    total: count,
    bytes: 0,
    fingerprint: '',
  });
  const { acknowledged, refused, unknown, stopped, error } = await sendMessages(
    source,
    { concurrency, ratePerSecond: 0, order: 'parallel', graceMs: 1_000 },
    { target, recorder: writer, now: () => performance.now(), wait, random: () => 0.5, onProgress: () => undefined },
    new AbortController().signal,
  );
  const notSent = count - acknowledged - refused - unknown;
  await writer.finish({ endedAtMs: Date.now(), acknowledged, refused, unknown, notSent, ...(stopped === undefined ? {} : { stopped }) });
  if (acknowledged !== count) throw new Error(`${acknowledged} of ${count} messages arrived: ${String(error)}`);
}
