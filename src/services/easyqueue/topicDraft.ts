import type { Formatter } from '../../model/format.ts';
import { shortName } from '../../model/easyQueue.ts';
import type { EasyQueueTopic, NewEasyQueueTopic } from '../../model/easyQueue.ts';
import { parseBytes, parseDuration } from '../../model/units.ts';
import type { CreateDraft } from '../createWizard.ts';
import { PROJECT_QUOTAS } from './limits.ts';

/** What a new topic is asked about, in the order of the questions. */
export const TOPIC_QUESTIONS = ['name', 'partitions', 'retention', 'retentionBytes', 'maxMessage', 'description'] as const;

/** One of {@link TOPIC_QUESTIONS}, and the id of its step. */
export type TopicQuestion = (typeof TOPIC_QUESTIONS)[number];

/** What the wizard knows so far: the answers as they were typed, so that stepping back and a refusal lose nothing. */
export interface TopicDraft extends CreateDraft {
  readonly answers: Record<TopicQuestion, string>;
}

/** How much of the project's quotas is used, and by which names. */
export interface Usage {
  /** Full names. */
  readonly names: ReadonlySet<string>;
  readonly topics: number;
  /** Of all topics; undefined where not all of them are known. */
  readonly partitions: number | undefined;
}

const DEFAULT_PARTITIONS = 3;
const DEFAULT_RETENTION_MS = 7 * 24 * 3_600_000;
const DEFAULT_RETENTION_BYTES = 5 * 1_073_741_824;
const DEFAULT_MESSAGE_BYTES = 262_144;

/** The answers that are proposed: 3 partitions, or as many as the quota leaves; 7 days, 5 GiB, the largest messages there are. */
export function newTopicDraft(format: Formatter, { partitions }: Usage): TopicDraft {
  const free = partitions === undefined ? DEFAULT_PARTITIONS : Math.max(1, PROJECT_QUOTAS.partitions - partitions);
  return {
    answers: {
      name: '',
      partitions: String(Math.min(DEFAULT_PARTITIONS, free)),
      retention: format.duration(DEFAULT_RETENTION_MS),
      retentionBytes: format.bytes(DEFAULT_RETENTION_BYTES),
      maxMessage: format.bytes(DEFAULT_MESSAGE_BYTES),
      description: '',
    },
    isReviewed: false,
    trouble: undefined,
  };
}

/** Counts what a list holds. @param total how many topics there are, where that is known to be more */
export function usageOf(topics: readonly EasyQueueTopic[], total = topics.length): Usage {
  const counts = topics.map(({ partitionCount }) => partitionCount);
  const isComplete = total <= topics.length && counts.every((count) => count !== undefined);
  return {
    names: new Set(topics.map(({ fullName }) => fullName)),
    topics: Math.max(total, topics.length),
    partitions: isComplete ? counts.reduce((sum, count) => sum + count, 0) : undefined,
  };
}

/** The name as typed, without spaces around it and without the app key, which the service puts in front. */
export function readName(text: string, appKey: string): string {
  return shortName(text.trim(), appKey);
}

/** A whole number; NaN where the text is none. */
export function readCount(text: string): number {
  const digits = text.normalize('NFKC').trim();
  return /^\d{1,9}$/.test(digits) ? Number(digits) : Number.NaN;
}

/** Milliseconds; NaN where the text is no time. A plain number is hours. */
export function readRetention(text: string): number {
  return parseDuration(text) ?? Number.NaN;
}

/** Bytes; NaN where the text is no size. A plain number is GiB. */
export function readRetentionBytes(text: string): number {
  return Number(parseBytes(text, 'GiB') ?? Number.NaN);
}

/** Bytes; NaN where the text is no size. A plain number is KiB. */
export function readMaxMessage(text: string): number {
  return Number(parseBytes(text, 'KiB') ?? Number.NaN);
}

/** What the answers come to; each was checked when it was given. */
export function newTopicOf({ answers }: TopicDraft, appKey: string): NewEasyQueueTopic {
  return {
    name: readName(answers.name, appKey),
    ...(answers.description === '' ? {} : { description: answers.description }),
    partitionCount: readCount(answers.partitions),
    retentionMs: readRetention(answers.retention),
    retentionBytes: BigInt(readRetentionBytes(answers.retentionBytes)),
    maxMessageBytes: readMaxMessage(answers.maxMessage),
  };
}
