import type { CloudErrorKind } from '../../model/cloudError.ts';
import type { Stage } from '../../model/account.ts';
import type { SendJob } from '../job.ts';
import type { FailureNote, IndexRange, RunHeader, RunSummary, StopReason } from '../recording.ts';
import { readTarget } from '../target.ts';

/**
 * What stands in a journal is not trusted to be ours, nor of this version: each of these gives what it says, or undefined where it is
 * something else.
 */

/** More would be no run: its numbers are kept in 32 bits. */
const MAX_TOTAL = 2 ** 32;

export function readHeader(value: unknown): RunHeader | undefined {
  if (!isRecord(value)) return undefined;
  const { id, startedAtMs, account, order, count, total, bytes, fingerprint, only, repeats } = value;
  const job = readJob(value['job']);
  const numbers = [startedAtMs, count, total, bytes].every((number) => isCount(number));
  if (job === undefined || typeof id !== 'string' || !numbers || Number(total) > MAX_TOTAL || typeof fingerprint !== 'string') return undefined;
  if (!isRecord(account) || typeof account['name'] !== 'string' || !isOneOf(account['stage'], ['dev', 'staging', 'prod'])) return undefined;
  if (!isOneOf(order, ['parallel', 'perKey'])) return undefined;
  if (only !== undefined && !isRanges(only, Number(total))) return undefined;
  if (repeats !== undefined && !(isRecord(repeats) && typeof repeats['runId'] === 'string' && isOneOf(repeats['what'], ['rest', 'unknown']))) {
    return undefined;
  }
  return { ...(value as unknown as RunHeader), account: { name: account['name'], stage: account['stage'] as Stage } };
}

function readJob(value: unknown): SendJob | undefined {
  if (!isRecord(value)) return undefined;
  const { target, sources, seed, nowMs, environment } = value;
  if (readTarget(target) === undefined || !Array.isArray(sources) || !sources.every(isSource)) return undefined;
  if (typeof seed !== 'string' || typeof nowMs !== 'number') return undefined;
  return environment === undefined || typeof environment === 'string' ? (value as unknown as SendJob) : undefined;
}

function isSource(value: unknown): boolean {
  if (!isRecord(value) || typeof value['uri'] !== 'string' || typeof value['name'] !== 'string') return false;
  const { range, only } = value;
  if (only !== undefined && !isCount(only)) return false;
  if (range !== undefined && !(isRecord(range) && isPlace(range['start']) && isPlace(range['end']))) return false;
  return isOneOf(value['format'], ['json', 'jsonLines', 'text']) && isOneOf(value['content'], ['messages', 'value', 'elements']);
}

/** From 1, as people count. */
function isPlace(value: unknown): boolean {
  return isRecord(value) && [value['line'], value['column']].every((number) => isCount(number) && number > 0);
}

export function readSummary(value: unknown): RunSummary | undefined {
  if (!isRecord(value)) return undefined;
  const { endedAtMs, acknowledged, refused, unknown, notSent } = value;
  if (!isCount(endedAtMs) || !isCount(acknowledged) || !isCount(refused) || !isCount(unknown) || !isCount(notSent)) return undefined;
  const stopped = readStop(value['stopped']);
  return { endedAtMs, acknowledged, refused, unknown, notSent, ...(stopped === undefined ? {} : { stopped }) };
}

function readStop(value: unknown): StopReason | undefined {
  return value === 'cancelled' ? value : readNote(value);
}

export function readNote(value: unknown): FailureNote | undefined {
  if (!isRecord(value) || !isOneOf(value['kind'], KINDS)) return undefined;
  const { kind, status, code, detail, at } = value;
  return {
    kind,
    ...(at === 'journal' || at === 'source' ? { at } : {}),
    ...(typeof status === 'number' ? { status } : {}),
    ...(typeof code === 'string' ? { code } : {}),
    ...(typeof detail === 'string' ? { detail } : {}),
  } as FailureNote;
}

const KIND_TABLE: Readonly<Record<CloudErrorKind | 'cancelled', true>> = {
  unauthorized: true,
  forbidden: true,
  locked: true,
  notFound: true,
  conflict: true,
  invalid: true,
  quotaExceeded: true,
  rateLimited: true,
  unavailable: true,
  timeout: true,
  network: true,
  unexpectedResponse: true,
  cancelled: true,
};
const KINDS = Object.keys(KIND_TABLE);

/** The value of a line, where it is JSON. */
export function readJsonLine(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

export function isOneOf(value: unknown, words: readonly string[]): boolean {
  return typeof value === 'string' && words.includes(value);
}

/** Ranges below `total`, the smallest first, none within another. */
function isRanges(value: unknown, total: number): value is readonly IndexRange[] {
  if (!Array.isArray(value)) return false;
  let least = 0;
  for (const range of value as readonly unknown[]) {
    if (!Array.isArray(range) || range.length !== 2) return false;
    const [from, end] = range as readonly unknown[];
    if (!isCount(from) || !isCount(end) || from < least || from >= end || end > total) return false;
    least = end;
  }
  return true;
}
