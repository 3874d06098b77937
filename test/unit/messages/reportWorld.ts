import type { Plan } from '../../../src/messages/plan.ts';
import type { Stage } from '../../../src/model/account.ts';
import { createFormatter } from '../../../src/model/format.ts';
import type { SendJob } from '../../../src/sending/job.ts';
import type { RunState, RunStatus } from '../../../src/sending/journal/journalStore.ts';
import type { MessageIssue, Reading, ReadyMessage } from '../../../src/sending/message.ts';
import { Outcomes } from '../../../src/sending/journal/outcomes.ts';
import type { FailureNote, MessageOutcome, RunHeader, RunSummary } from '../../../src/sending/recording.ts';
import { scanMessages } from '../../../src/sending/reading/scan.ts';
import type { MessageSource, SourceRef } from '../../../src/sending/source.ts';
import { naverAccount } from '../../support/accounts.ts';

export const FORMAT = createFormatter('en');

/** 2026-11-21T05:03:22Z */
export const STARTED_MS = 1_795_237_402_000;

export const SOURCE: SourceRef = { uri: 'file:///w/orders.jsonl', name: 'orders.jsonl', format: 'jsonLines', content: 'messages' };

/** A message on a line of its own. */
export function message(index: number, changes: Partial<ReadyMessage> = {}): ReadyMessage {
  const value = changes.value ?? `{"n":${index}}`;
  return {
    index, source: 0, place: { line: index + 1, column: 1 }, key: `k${index}`, isKeyGenerated: false, value,
    bytes: Buffer.byteLength(value), partition: undefined, ...changes,
  };
}

/** Something that cannot be sent. */
export function issue(index: number, reason: MessageIssue['reason'] = { kind: 'valueMissing' }): MessageIssue {
  return { index, source: 0, place: { line: index + 1, column: 3 }, length: 0, reason };
}

/** Readings as they come: in batches. */
export async function* batches<T>(readings: readonly T[], size = 100): AsyncGenerator<readonly T[]> {
  for (let at = 0; at < readings.length; at += size) yield await Promise.resolve(readings.slice(at, at + size));
}

export function jobOf(sources: readonly SourceRef[] = [SOURCE]): SendJob {
  return { target: { accountId: 'n1', topicId: 't1', topicName: 'h4j6l-orders' }, sources, seed: 'seed', nowMs: STARTED_MS, environment: undefined };
}

/** A plan of these readings. */
export async function planOf(readings: readonly Reading[], changes: Partial<Plan> = {}, stage: Stage = 'prod'): Promise<Plan> {
  const { facts } = await scanMessages(batches(readings));
  const job = jobOf();
  const sources = job.sources.map((ref): MessageSource => ({
    ...ref, start: { line: 1, column: 1 }, read: () => batches([]) as AsyncIterable<never>, isUnchanged: () => Promise.resolve(true),
  }));
  return {
    id: 'plan-1', job, sources, facts, account: naverAccount({ lane: { stage, access: 'full' } }),
    limits: { maxValueBytes: 1_048_576, partitions: 3, carries: ['partition'] },
    order: 'parallel', concurrency: 16, ratePerSecond: 0, ...changes,
  };
}

/** How messages ended: `a`cknowledged, `r`efused, `u`nknown, `l`eaving, anything else not sent; a letter for each. */
export function runOf(
  ends: string, changes: Partial<RunHeader> = {}, status: RunStatus = 'ended', { note, summary }: { note?: FailureNote; summary?: Partial<RunSummary> } = {},
): RunState {
  const header: RunHeader = {
    id: 'run-1', startedAtMs: STARTED_MS, job: jobOf(), account: { name: 'acme', stage: 'prod' }, order: 'parallel',
    count: ends.length, total: ends.length, bytes: 1_234, fingerprint: 'f', ...changes,
  };
  const outcomes = new Outcomes(header);
  const kinds: Readonly<Record<string, MessageOutcome['kind']>> = { a: 'acknowledged', r: 'refused', u: 'unknown' };
  Array.from(ends).forEach((end, index) => {
    if (!'arul'.includes(end)) return;
    outcomes.leaving(index, 0, index + 1);
    const kind = kinds[end];
    if (kind !== undefined) outcomes.ended(index, kind, kind === 'acknowledged' ? undefined : note);
  });
  if (status !== 'ended') return { header, status, outcomes };
  const [acknowledged, refused, unknown, notSent] = [outcomes.count('acknowledged'), outcomes.count('refused'), outcomes.count('unknown'), outcomes.count('notSent')];
  return { header, status, outcomes, summary: { endedAtMs: STARTED_MS + 2_000, acknowledged, refused, unknown, notSent, ...summary } };
}
