import * as l10n from '@vscode/l10n';

import type { Formatter } from '../../model/format.ts';

const HOUR_MS = 3_600_000;
const KIBIBYTE = 1_024;
const GIBIBYTE = 1_073_741_824;

interface Range {
  readonly min: number;
  readonly max: number;
}

/** What a topic's settings may be (easyqueue.md §2.4); times in milliseconds, sizes in bytes. */
export const TOPIC_RANGES = {
  partitionCount: { min: 1, max: 16 },
  retentionMs: { min: HOUR_MS, max: 14 * 24 * HOUR_MS },
  retentionBytes: { min: GIBIBYTE, max: 25 * GIBIBYTE },
  maxMessageBytes: { min: KIBIBYTE, max: 256 * KIBIBYTE },
} as const satisfies Readonly<Record<string, Range>>;

/** Longest name and description, in characters (easyqueue.md §2.3, §2.4). */
export const MAX_LENGTHS = { name: 50, description: 255 } as const;

/** What a project may have in one region; the provider does not raise it (easyqueue.md §2.4). */
export const PROJECT_QUOTAS = { topics: 10, partitions: 64 } as const;

/** What is wrong with a topic's own name, the app key not in front. */
export function nameProblem(name: string): string | undefined {
  if (name === '') return l10n.t('Enter a name.');
  if (!/^[A-Za-z0-9-]+$/.test(name)) return l10n.t('A topic name holds only the letters A to Z, digits and "-".');
  if (name.length > MAX_LENGTHS.name) return l10n.t('A name can have at most {0} characters.', MAX_LENGTHS.name);
  return undefined;
}

/** What is wrong with a description. */
export function descriptionProblem(text: string): string | undefined {
  const { length } = Array.from(text);
  if (length <= MAX_LENGTHS.description) return undefined;
  return l10n.t('A description can have at most {0} characters, this one has {1}.', MAX_LENGTHS.description, length);
}

/**
 * What is wrong with a number of partitions.
 * @param present how many there are already: they can only become more
 */
export function partitionsProblem(count: number, present?: number): string | undefined {
  const { min, max } = TOPIC_RANGES.partitionCount;
  if (present !== undefined && Number.isInteger(count) && count < present) {
    return l10n.t('Partitions can only be added: there are {0} already.', present);
  }
  return isIn(count, TOPIC_RANGES.partitionCount) ? undefined : l10n.t('A topic has {0} to {1} partitions.', min, max);
}

/** What is wrong with a retention time in milliseconds. */
export function retentionProblem(ms: number, format: Formatter): string | undefined {
  const { min, max } = TOPIC_RANGES.retentionMs;
  return isIn(ms, TOPIC_RANGES.retentionMs)
    ? undefined
    : l10n.t('Messages are kept from {0} to {1}.', format.duration(min), format.duration(max));
}

/** What is wrong with the bytes a partition keeps. */
export function retentionBytesProblem(bytes: number, format: Formatter): string | undefined {
  const { min, max } = TOPIC_RANGES.retentionBytes;
  return isIn(bytes, TOPIC_RANGES.retentionBytes)
    ? undefined
    : l10n.t('A partition can keep {0} to {1}.', format.bytes(min), format.bytes(max));
}

/** What is wrong with the bytes of the largest message. */
export function maxMessageProblem(bytes: number, format: Formatter): string | undefined {
  const { min, max } = TOPIC_RANGES.maxMessageBytes;
  return isIn(bytes, TOPIC_RANGES.maxMessageBytes)
    ? undefined
    : l10n.t('The largest message can be {0} to {1}.', format.bytes(min), format.bytes(max));
}

function isIn(value: number, { min, max }: Range): boolean {
  return Number.isSafeInteger(value) && value >= min && value <= max;
}
