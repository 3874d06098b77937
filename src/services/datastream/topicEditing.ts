import * as l10n from '@vscode/l10n';

import type { DocumentField, DocumentValue, DocumentValues, EditableType, Snapshot } from '../../documents/documentType.ts';
import type { DataStreamTopic } from '../../model/dataStream.ts';
import type { Formatter } from '../../model/format.ts';
import { partitionsLoss, retentionLoss } from '../losses.ts';
import { DEFAULT_RETENTION_MS, descriptionProblem, partitionsProblem, retentionProblem } from './checks.ts';
import type { DocumentContext } from './documents.ts';
import { known, numberIn, textIn, topicIdOf } from './documentValues.ts';
import { topicFieldOf } from './refusals.ts';

/** How a topic is changed: its description, its partitions and its retention (datastream.md §3.7). */
export function topicEditing({ client, format }: DocumentContext): EditableType {
  return {
    fields: topicFields(format),
    read: async (ref, signal) => snapshotOf(await (await client(ref.accountId)).getTopic(topicIdOf(ref), signal)),
    update: async (ref, { values: remote }, values, signal) => snapshotOf(await (await client(ref.accountId)).updateTopic(topicIdOf(ref), {
      description: textIn(values, 'description') ?? textIn(remote, 'description') ?? '',
      partitions: numberIn(values, 'partitions') ?? numberIn(remote, 'partitions') ?? 1,
      retentionMs: numberIn(values, 'retentionMs') ?? numberIn(remote, 'retentionMs') ?? DEFAULT_RETENTION_MS,
    }, signal)),
    fieldOf: (error) => {
      const field = topicFieldOf(error);
      return field === 'retention' ? 'retentionMs' : field;
    },
  };
}

function snapshotOf(topic: DataStreamTopic): Snapshot {
  const { description = '', partitions, retentionMs } = topic;
  const values: DocumentValues = { description, ...known('partitions', partitions), ...known('retentionMs', retentionMs) };
  return { values, state: topic };
}

function topicFields(format: Formatter): readonly DocumentField[] {
  return [
    {
      name: 'description',
      label: () => l10n.t('Description'),
      check: (value) => (typeof value === 'string' ? descriptionProblem(value) : l10n.t('Enter a text in quotation marks.')),
    },
    {
      name: 'partitions',
      label: () => l10n.t('Partitions'),
      check: (value, opened) => {
        if (typeof value !== 'number') return l10n.t('Enter a whole number.');
        return value === opened ? undefined : partitionsProblem(value, typeof opened === 'number' ? opened : 1);
      },
      loses: partitionsLoss,
    },
    {
      name: 'retentionMs',
      label: () => l10n.t('Retention'),
      words: (value: DocumentValue) => (typeof value === 'number' ? format.duration(value) : undefined),
      check: (value, opened) => {
        if (typeof value !== 'number') return l10n.t('Enter a whole number.');
        return value === opened ? undefined : retentionProblem(value, format);
      },
      loses: (from, to) => retentionLoss(from, to, format),
    },
  ];
}
