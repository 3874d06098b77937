import assert from 'node:assert/strict';

import type { SendJob } from '../../../src/sending/job.ts';
import { isIssue, type MessageIssue, type Reading, type ReadyMessage } from '../../../src/sending/message.ts';
import { type ReadContext, readMessages } from '../../../src/sending/reading/readMessages.ts';
import type { MessageSource } from '../../../src/sending/source.ts';

const JOB: SendJob = {
  target: { accountId: 'a', topicId: 't', topicName: 'p-orders' },
  sources: [],
  seed: 'seed-1',
  nowMs: Date.UTC(2026, 10, 21, 3, 4, 5, 678),
  environment: undefined,
};

/** A target as Data Stream is, with no variables and nothing outside. */
export function readContext(overrides: Partial<ReadContext> = {}): ReadContext {
  return {
    job: JOB,
    limits: { maxValueBytes: 1_048_576, partitions: 3, carries: ['partition'] },
    variables: new Map(),
    env: () => Promise.resolve({ issue: 'envNotSet' }),
    file: () => Promise.resolve({ issue: 'fileNotFound' }),
    ...overrides,
  };
}

/** A text as a source. */
export function textSource(text: string | readonly string[], overrides: Partial<MessageSource> = {}): MessageSource {
  const pieces = typeof text === 'string' ? [text] : text;
  return {
    uri: 'file:///orders.json',
    name: 'orders.json',
    format: 'json',
    content: 'value',
    start: { line: 1, column: 1 },
    async *read() {
      // Every piece comes in its own turn, as from a disk.
      for (const piece of pieces) yield await Promise.resolve(piece);
    },
    isUnchanged: () => Promise.resolve(true),
    ...overrides,
  };
}

/** Everything that is read of sources. */
export async function readAll(sources: readonly MessageSource[], context: ReadContext = readContext()): Promise<readonly Reading[]> {
  const readings: Reading[] = [];
  for await (const batch of readMessages(sources, context, new AbortController().signal)) readings.push(...batch);
  assert.deepEqual(readings.map(({ index }) => index), readings.map((_, index) => index), 'numbered without a gap');
  return readings;
}

/** The messages of a text, all of which can be sent. */
export async function messagesOf(text: string | readonly string[], source: Partial<MessageSource>, context?: ReadContext): Promise<readonly ReadyMessage[]> {
  const readings = await readAll([textSource(text, source)], context);
  return readings.map((reading) => {
    assert.ok(!isIssue(reading), `expected no issue: ${JSON.stringify(reading)}`);
    return reading;
  });
}

/** The one issue of a text that has no messages. */
export async function issueOf(text: string | readonly string[], source: Partial<MessageSource>, context?: ReadContext): Promise<MessageIssue> {
  const [reading, ...others] = await readAll([textSource(text, source)], context);
  assert.ok(reading !== undefined && isIssue(reading), `expected an issue: ${JSON.stringify(reading)}`);
  assert.deepEqual(others, []);
  return reading;
}

/** An issue in short: `line:column+length reason`. */
export function inShort({ place, length, reason }: MessageIssue): string {
  const { kind, ...facts } = reason;
  const details = Object.values(facts).map((fact) => JSON.stringify(fact)).join(' ');
  return `${place.line}:${place.column}+${length} ${kind}${details === '' ? '' : ` ${details}`}`;
}
