import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';

import { wait } from '../../../src/host/clock.ts';
import type { JournalDeps, RunState } from '../../../src/sending/journal/journalStore.ts';
import { JournalStore } from '../../../src/sending/journal/journalStore.ts';
import type { ReadyMessage } from '../../../src/sending/message.ts';
import type { RunHeader, RunSummary } from '../../../src/sending/recording.ts';

/** A folder of its own, which goes with the test; the journal's is in it and not there yet. */
export async function journalFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'journal-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return join(folder, 'storage', 'journal');
}

/** What a window is; processes 1 to 99 of `here` live, as far as it knows. */
export function journalDeps(changes: Partial<JournalDeps> = {}): JournalDeps {
  return {
    now: () => 1_000_000,
    wait,
    pid: 1,
    host: 'here',
    isAlive: (pid) => pid < 100,
    keepPayloads: () => false,
    maxBytes: () => 1_000_000_000,
    onChange: () => undefined,
    warn: (message, error) => {
      throw new Error(message, { cause: error });
    },
    ...changes,
  };
}

/** A window's journal; it ends with the test. */
export function openJournal(t: TestContext, folder: string, changes: Partial<JournalDeps> = {}): JournalStore {
  const store = new JournalStore(folder, journalDeps(changes));
  t.after(() => store.dispose());
  return store;
}

/** A run of messages. */
export function runHeader(changes: Partial<RunHeader> = {}): RunHeader {
  return {
    id: 'run-1',
    startedAtMs: 1_000_000,
    job: {
      target: { accountId: 'n1', topicId: 't', topicName: 'h4j6l-orders' },
      sources: [{ uri: 'file:///orders.jsonl', name: 'orders.jsonl', format: 'jsonLines', content: 'value' }],
      seed: 'seed',
      nowMs: 1_000_000,
      environment: undefined,
    },
    account: { name: 'acme', stage: 'dev' },
    order: 'parallel',
    count: 10,
    total: 10,
    bytes: 100,
    fingerprint: 'f',
    ...changes,
  };
}

/** One of its messages. */
export function runMessage(index: number, changes: Partial<ReadyMessage> = {}): ReadyMessage {
  const value = `{"n":${index}}`;
  return {
    index,
    source: 0,
    place: { line: index + 1, column: 1 },
    key: `k${index}`,
    isKeyGenerated: false,
    value,
    bytes: value.length,
    partition: undefined,
    ...changes,
  };
}

export const SUMMARY: RunSummary = { endedAtMs: 2_000_000, acknowledged: 10, refused: 0, unknown: 0, notSent: 0 };

/** What is known of each message, in letters: acknowledged, refused, unknown, leaving, not sent. */
export function lettersOf({ outcomes, header }: Pick<RunState, 'outcomes' | 'header'>): string {
  const letters = { acknowledged: 'a', refused: 'r', unknown: 'u', leaving: 'l', notSent: '-' } as const;
  return Array.from({ length: header.total }, (_unused, index) => letters[outcomes.stateOf(index)]).join('');
}
