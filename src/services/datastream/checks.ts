import * as l10n from '@vscode/l10n';

import type { Formatter } from '../../model/format.ts';

/** Longest description of a topic or a connector, in characters (datastream.md §3.3, §4.1). */
export const MAX_DESCRIPTION_LENGTH = 200;
/** Partitions of a topic (datastream.md §8.1). */
export const MAX_PARTITIONS = 16;
/** One hour (datastream.md §3.3). */
export const MIN_RETENTION_MS = 3_600_000;
/** Fifteen days (datastream.md §3.3). */
export const MAX_RETENTION_MS = 1_296_000_000;
/** One day (datastream.md §3.3). */
export const DEFAULT_RETENTION_MS = 86_400_000;
/** Minutes after which a connector starts a new file (datastream.md §4.1). */
export const MAX_FLUSH_MINUTES = 10;

/** What became of a text somebody typed: the value to keep, or why it cannot be used. */
export type Read<T> = { readonly value: T } | { readonly problem: string };

/** What is wrong with a number of partitions; undefined where nothing is. `before`: how many there are. */
export function partitionsProblem(value: number, before = 1): string | undefined {
  if (!Number.isInteger(value)) return l10n.t('Enter a whole number.');
  if (value < before && before > 1) return l10n.t('Partitions can only be added: there are {0} already.', before);
  // Where there are more than the documents allow, the limit was raised, nobody knows how far.
  const isTooMany = value > MAX_PARTITIONS && before <= MAX_PARTITIONS;
  return value < 1 || isTooMany ? l10n.t('A topic has {0} to {1} partitions.', 1, MAX_PARTITIONS) : undefined;
}

/** What is wrong with a retention in milliseconds; undefined where nothing is. */
export function retentionProblem(value: number, format: Formatter): string | undefined {
  if (!Number.isInteger(value)) return l10n.t('Enter a whole number.');
  if (value >= MIN_RETENTION_MS && value <= MAX_RETENTION_MS) return undefined;
  return l10n.t('Messages are kept from {0} to {1}.', format.duration(MIN_RETENTION_MS), format.duration(MAX_RETENTION_MS));
}

/** What is wrong with a description; undefined where nothing is. */
export function descriptionProblem(text: string): string | undefined {
  const length = Array.from(text).length;
  return length > MAX_DESCRIPTION_LENGTH
    ? l10n.t('A description can have at most {0} characters, this one has {1}.', MAX_DESCRIPTION_LENGTH, length)
    : undefined;
}

/** Where a connector writes to, as the service takes it: `s3a://bucket/path`. The scheme may be left out. */
export function readLocation(text: string): Read<string> {
  const typed = text.trim();
  const place = typed.replace(/^s3a?:\/\//i, '').replace(/\/+$/, '');
  if (place === '') return { problem: l10n.t('Enter a bucket, and a path where there is one: {0}', 's3a://bucket/path') };
  if (place.includes('://')) return { problem: l10n.t('A location is in Object Storage: {0}', 's3a://bucket/path') };
  if (/\p{Cc}|\p{Zl}|\p{Zp}/u.test(place) || !/^[^\s/]+(\/[^/]+)*$/u.test(place)) {
    return { problem: l10n.t('A location is a bucket and folders, each after one "/": {0}', 's3a://bucket/path') };
  }
  return { value: `s3a://${place}` };
}

/** The NRN of a role, as Sub Account shows it (datastream.md §4.1). */
export function readRole(text: string): Read<string> {
  const value = text.trim();
  if (value === '') return { problem: l10n.t('Enter the NRN of the role.') };
  if (/\s/u.test(value)) return { problem: l10n.t('An NRN cannot hold spaces or line breaks. Copy it again.') };
  if (!/^nrn:/i.test(value)) return { problem: l10n.t('An NRN starts with "nrn:". Copy it from the details of the role.') };
  return { value };
}

/** What is wrong with the minutes after which a connector starts a new file; undefined where nothing is. */
export function flushMinutesProblem(value: number): string | undefined {
  return Number.isInteger(value) && value >= 1 && value <= MAX_FLUSH_MINUTES
    ? undefined
    : l10n.t('Enter a whole number from {0} to {1}.', 1, MAX_FLUSH_MINUTES);
}

/** What is wrong with a number of messages a file; undefined where nothing is. */
export function flushCountProblem(value: number): string | undefined {
  return Number.isSafeInteger(value) && value >= 1 ? undefined : l10n.t('Enter a whole number from {0} up.', 1);
}
