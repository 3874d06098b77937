import * as l10n from '@vscode/l10n';

import type { Formatter } from '../../model/format.ts';
import { parseDuration } from '../../model/units.ts';
import { DEFAULT_RETENTION_MS, flushCountProblem, flushMinutesProblem, MIN_RETENTION_MS, partitionsProblem, retentionProblem } from './checks.ts';
import type { Read } from './checks.ts';

/** Longest topic name with its prefix, in characters (datastream.md §3.3). */
const MAX_NAME_LENGTH = 200;

/**
 * The full name of a new topic. The prefix may be typed or not.
 * @param taken full names that are there already
 */
export function readTopicName(text: string, prefix: string, taken: readonly string[]): Read<string> {
  const typed = text.trim();
  const own = typed.startsWith(prefix) ? typed.slice(prefix.length) : typed;
  if (own === '') return { problem: l10n.t('Enter a name.') };
  if (!/^[a-z0-9-]+$/.test(own)) return { problem: l10n.t('A name holds only lower-case letters, digits and "-".') };
  const name = prefix + own;
  if (name.length > MAX_NAME_LENGTH) return { problem: l10n.t('A name can have at most {0} characters; with the prefix this one has {1}.', MAX_NAME_LENGTH, name.length) };
  if (taken.includes(name)) return { problem: l10n.t('Topic "{0}" exists already.', name) };
  return { value: name };
}

/** Partitions of a new topic. */
export function readPartitions(text: string): Read<number> {
  const typed = plain(text);
  const value = /^\d{1,4}$/.test(typed) ? Number(typed) : undefined;
  const problem = value === undefined ? l10n.t('Enter a whole number.') : partitionsProblem(value);
  return value === undefined || problem !== undefined ? { problem: problem ?? '' } : { value };
}

/** How long messages are kept, in milliseconds. */
export function readRetention(text: string, format: Formatter): Read<number> {
  const value = parseDuration(text);
  if (value === undefined) return { problem: l10n.t('Enter a time such as {0} or {1}.', format.duration(7 * DEFAULT_RETENTION_MS), format.duration(36 * MIN_RETENTION_MS)) };
  const problem = retentionProblem(value, format);
  return problem === undefined ? { value } : { problem };
}

/** Minutes; an empty text leaves them to the service. */
export function readFlushMinutes(text: string): Read<number | undefined> {
  const typed = plain(text);
  if (typed === '') return { value: undefined };
  const value = /^\d{1,4}$/.test(typed) ? Number(typed) : Number.NaN;
  const problem = flushMinutesProblem(value);
  return problem === undefined ? { value } : { problem };
}

/** Messages a file; an empty text leaves them to the service. The documents tell different ranges, so none is checked (datastream.md §0.2). */
export function readFlushCount(text: string): Read<number | undefined> {
  const typed = plain(text).replaceAll(',', '');
  if (typed === '') return { value: undefined };
  const value = /^\d{1,9}$/.test(typed) ? Number(typed) : Number.NaN;
  const problem = flushCountProblem(value);
  return problem === undefined ? { value } : { problem };
}

/** Digits as wide as a letter of Korean or Japanese are digits. */
function plain(text: string): string {
  return text.normalize('NFKC').trim();
}

/** What stands below an input: why a text cannot be used; undefined where it can. */
export function problemNote(read: Read<unknown>): { readonly severity: 'error'; readonly message: string } | undefined {
  return 'problem' in read ? { severity: 'error', message: read.problem } : undefined;
}

/** The value of a text that passed its check. */
export function valueOf<T>(read: Read<T>, otherwise: T): T {
  return 'value' in read ? read.value : otherwise;
}
