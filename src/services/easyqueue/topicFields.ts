import * as l10n from '@vscode/l10n';

import type { DocumentField, DocumentValue, DocumentValues } from '../../documents/documentType.ts';
import { CloudError } from '../../model/cloudError.ts';
import type { CloudErrorReason } from '../../model/cloudError.ts';
import type { EasyQueueTopic, EasyQueueTopicSettings } from '../../model/easyQueue.ts';
import type { Formatter } from '../../model/format.ts';
import { partitionsLoss, retentionBytesLoss, retentionLoss } from '../losses.ts';
import { descriptionProblem, maxMessageProblem, partitionsProblem, retentionBytesProblem, retentionProblem } from './limits.ts';

/** The fields of a topic that can be changed, under the service's names (easyqueue seed, "토픽 수정"). */
export function topicFields(format: Formatter): readonly DocumentField[] {
  return [
    {
      name: 'description',
      label: () => l10n.t('Description'),
      check: (value) => (typeof value === 'string' ? descriptionProblem(value) : l10n.t('Enter a text in quotation marks.')),
      isOptional: true,
    },
    {
      ...numberField('partitionCount', (count, opened) => partitionsProblem(count, opened)),
      label: () => l10n.t('Partitions'),
      loses: partitionsLoss,
    },
    {
      ...numberField('maxRetentionTimeMs', (ms) => retentionProblem(ms, format), (ms) => format.duration(ms)),
      label: () => l10n.t('Retention'),
      loses: (from, to) => retentionLoss(from, to, format),
    },
    {
      ...numberField('maxRetentionBytes', (bytes) => retentionBytesProblem(bytes, format), (bytes) => format.bytes(bytes)),
      label: () => l10n.t('Retention per partition'),
      loses: (from, to) => retentionBytesLoss(from, to, format),
    },
    {
      ...numberField('maxMessageBytes', (bytes) => maxMessageProblem(bytes, format), (bytes) => format.bytes(bytes)),
      label: () => l10n.t('Largest message'),
    },
  ];
}

/** A number may stay what it was: the documents' own samples have one that is out of their range (easyqueue.md §2.4, 1,048,576). */
function numberField(
  name: string, problem: (value: number, opened: number | undefined) => string | undefined, words?: (value: number) => string,
): Omit<DocumentField, 'label' | 'loses'> {
  return {
    name,
    check: (value, opened) => {
      if (typeof value !== 'number' || !Number.isSafeInteger(value)) return l10n.t('Enter a whole number.');
      return value === opened ? undefined : problem(value, typeof opened === 'number' ? opened : undefined);
    },
    ...(words === undefined ? {} : { words: (value) => (typeof value === 'number' ? words(value) : undefined) }),
  };
}

/** The values of a topic; what the service left out is left out. */
export function topicValues(topic: EasyQueueTopic): DocumentValues {
  const { description = '', partitionCount, retentionMs, retentionBytes, maxMessageBytes } = topic;
  const values: Readonly<Record<string, DocumentValue | undefined>> = {
    description,
    partitionCount,
    maxRetentionTimeMs: retentionMs,
    maxRetentionBytes: retentionBytes === undefined ? undefined : Number(retentionBytes),
    maxMessageBytes,
  };
  return Object.fromEntries(Object.entries(values).filter((entry): entry is [string, DocumentValue] => entry[1] !== undefined));
}

/**
 * What a change sends: it replaces everything, so what the document does not hold is taken from the topic as it is.
 * @throws CloudError `invalid` where neither tells a value that the service needs
 */
export function topicSettings(values: DocumentValues, topic: EasyQueueTopic): EasyQueueTopicSettings {
  const { description } = values;
  const bytes = number(values, 'maxRetentionBytes') ?? topic.retentionBytes;
  return {
    ...(typeof description === 'string' ? { description } : {}),
    partitionCount: needed(number(values, 'partitionCount') ?? topic.partitionCount, 'partitionCount'),
    retentionMs: needed(number(values, 'maxRetentionTimeMs') ?? topic.retentionMs, 'maxRetentionTimeMs'),
    // What was not touched goes back with every digit it came with.
    retentionBytes: Number(bytes) === Number(topic.retentionBytes)
      ? needed(topic.retentionBytes, 'maxRetentionBytes')
      : BigInt(needed(bytes, 'maxRetentionBytes')),
    maxMessageBytes: needed(number(values, 'maxMessageBytes') ?? topic.maxMessageBytes, 'maxMessageBytes'),
  };
}

function number(values: DocumentValues, name: string): number | undefined {
  const value = values[name];
  return typeof value === 'number' ? value : undefined;
}

function needed<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new CloudError('invalid', { reason: 'parameter', operation: 'write', detail: name, mayHaveArrived: false });
  return value;
}

/** The field a refusal is about. */
export function topicFieldOf({ details: { reason } }: CloudError): string | undefined {
  return reason === undefined ? undefined : FIELDS[reason];
}

const FIELDS: Readonly<Partial<Record<CloudErrorReason, string>>> = {
  description: 'description',
  partitions: 'partitionCount',
  topicPartitionQuota: 'partitionCount',
  projectPartitionQuota: 'partitionCount',
  retention: 'maxRetentionTimeMs',
};
