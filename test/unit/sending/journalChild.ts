import { hostname } from 'node:os';
import { argv, kill, pid, stdout } from 'node:process';

import { Connection } from '../../../src/api/connection.ts';
import { DataStreamClient } from '../../../src/api/datastream/client.ts';
import { createUndiciTransport } from '../../../src/api/undiciTransport.ts';
import { wait } from '../../../src/host/clock.ts';
import { sendMessages } from '../../../src/sending/engine/engine.ts';
import { JournalStore } from '../../../src/sending/journal/journalStore.ts';
import type { ReadyMessage } from '../../../src/sending/message.ts';
import type { IndexRange } from '../../../src/sending/recording.ts';
import { naver } from '../api/support.ts';
import { journalDeps, runHeader, runMessage } from './journalSupport.ts';

/** What a child process is told; it is a window of its own. */
export interface ChildTask {
  /** `begin` or go on with the run and send its messages, or `fill` the disk with it. */
  readonly what: 'begin' | 'resume' | 'fill';
  readonly folder: string;
  readonly total: number;
  readonly concurrency: number;
  readonly origin: string;
  readonly keyId: string;
  readonly secret: string;
  readonly topicName: string;
}

/** Whether a process of this machine lives. */
function isAlive(other: number): boolean {
  try {
    return kill(other, 0);
  } catch {
    return false;
  }
}

/** The journal as a process of its own sees it. */
export function ownJournal(folder: string): JournalStore {
  return new JournalStore(folder, journalDeps({ now: Date.now, pid, host: hostname(), isAlive }));
}

async function send(task: ChildTask): Promise<void> {
  const journal = ownJournal(task.folder);
  const header = runHeader({ total: task.total, count: task.total, startedAtMs: Date.now() });
  const { writer, only } =
    task.what === 'begin' ? { writer: await journal.begin(header), only: [[0, task.total]] as const } : await resumed(journal, header.id);
  const transport = createUndiciTransport({ dispatcher: ({ Agent }) => new Agent() });
  const connection = new Connection(
    () => naver(task.origin),
    () => Promise.resolve({ keyId: task.keyId, secret: task.secret }),
    { transport, now: Date.now, random: () => 1, wait, log: { request: () => undefined }, timeoutMs: () => 10_000 },
  );
  const client = new DataStreamClient(connection);
  const result = await sendMessages(
    messages(only),
    { concurrency: task.concurrency, ratePerSecond: 0, order: 'parallel', graceMs: 1_000 },
    {
      target: {
        limits: { maxValueBytes: 1_048_576, partitions: undefined, carries: ['partition'] },
        send: async ({ key, value }, signal) => {
          await client.send({ topic: task.topicName, key, value }, signal);
        },
        curl: () => '',
      },
      recorder: {
        leaving: (message) => writer.leaving(message),
        ended: (message, outcome) => {
          writer.ended(message, outcome);
          // Each tells how far it got, so that it can be ended anywhere.
          stdout.write('.');
        },
      },
      now: () => performance.now(),
      wait,
      random: () => 1,
      onProgress: () => undefined,
    },
    new AbortController().signal,
  );
  await writer.finish({ endedAtMs: Date.now(), ...writer.counts(), ...(result.stopped === undefined ? {} : { stopped: result.stopped }) });
  await connection.dispose();
  await transport.close();
}

async function resumed(journal: JournalStore, runId: string) {
  const { state, writer } = await journal.resume(runId);
  return { writer, only: state.outcomes.ranges('notSent') };
}

async function* messages(only: readonly IndexRange[]): AsyncGenerator<readonly ReadyMessage[]> {
  for (const [from, end] of only) {
    for (let index = from; index < end; index += 500) {
      yield await Promise.resolve(Array.from({ length: Math.min(500, end - index) }, (_unused, n) => runMessage(index + n)));
    }
  }
}

/** Writes until nothing more fits, and tells how many messages could have left and why it ended. */
async function fill({ folder, total }: ChildTask): Promise<void> {
  const journal = ownJournal(folder);
  const writer = await journal.begin(runHeader({ total, count: total }));
  let left = 0;
  let failure: unknown;
  for (let from = 0; failure === undefined && from < total; from += 16) {
    const batch = Array.from({ length: 16 }, (_unused, n) => runMessage(from + n));
    const written = await Promise.allSettled(batch.map((message) => writer.leaving(message)));
    for (const [n, { status }] of written.entries()) {
      if (status !== 'fulfilled') continue;
      left += 1;
      writer.ended(runMessage(from + n), { kind: 'acknowledged' });
    }
    failure = written.find((one) => one.status === 'rejected')?.reason;
  }
  const finished = await writer.finish({ endedAtMs: 1, ...writer.counts() }).then(() => 'finished', String);
  stdout.write(JSON.stringify({ left, failure: String(failure), finished }));
}

const [, script = '', task] = argv;
if (task !== undefined && script.endsWith('journalChild.ts')) {
  const told = JSON.parse(task) as ChildTask;
  await (told.what === 'fill' ? fill(told) : send(told));
}
