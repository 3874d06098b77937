import { DataStreamClient } from '../../../src/api/datastream/client.ts';
import type { Connection } from '../../../src/api/connection.ts';
import type { DocumentField, DocumentType, DocumentValue, EditableType, Snapshot } from '../../../src/documents/documentType.ts';
import { createFormatter } from '../../../src/model/format.ts';
import type { CloudError } from '../../../src/model/cloudError.ts';
import type { DataStreamTopic } from '../../../src/model/dataStream.ts';
import type { ResourceRef } from '../../../src/model/resource.ts';

const format = createFormatter('en');

/** A whole number in a range; `more` may object to one in it. */
function whole(name: string, low: number, high: number, more: (value: number, opened: unknown) => string | undefined = () => undefined) {
  return (value: DocumentValue, opened: unknown): string | undefined =>
    typeof value === 'number' && Number.isInteger(value) && value >= low && value <= high
      ? more(value, opened)
      : `${name} is a whole number from ${low} to ${high}`;
}

export const TOPIC_FIELDS: readonly DocumentField[] = [
  { name: 'description', label: () => 'Description', check: (value) => (typeof value === 'string' ? undefined : 'description is a text') },
  {
    name: 'partitions',
    label: () => 'Partitions',
    check: whole('partitions', 1, 16, (value, opened) =>
      typeof opened === 'number' && value < opened ? `Partitions can only be added: ${opened} now` : undefined),
  },
  {
    name: 'retentionMs',
    label: () => 'Retention',
    words: (value) => (typeof value === 'number' ? format.duration(value) : undefined),
    check: whole('retentionMs', 3_600_000, 1_296_000_000),
    loses: (from, to) => (Number(to) < Number(from) ? `Only ${Number(to)} ms are kept.` : undefined),
  },
];

/** Topics of Data Stream as documents, for tests of what is above any one service. */
export function topicDocument(connection: Connection): DocumentType {
  const client = new DataStreamClient(connection);
  return {
    kind: 'dataStream.topic',
    ending: '.datastream-topic.json',
    title: ({ name }) => `Topic "${name}"`,
    view: (ref, signal) => client.getTopic(idOf(ref), signal),
    raw: (ref, signal) => client.rawTopic(idOf(ref), signal),
    edit: () => Promise.resolve(topicEditing(connection)),
  };
}

/** How they are changed. */
export function topicEditing(connection: Connection): EditableType {
  const client = new DataStreamClient(connection);
  return {
    fields: TOPIC_FIELDS,
    read: async (ref, signal) => snapshot(await client.getTopic(idOf(ref), signal)),
    update: async (ref, _remote, { description, partitions, retentionMs }, signal) =>
      snapshot(await client.updateTopic(idOf(ref), {
        description: typeof description === 'string' ? description : '', partitions: Number(partitions), retentionMs: Number(retentionMs),
      }, signal)),
    fieldOf: ({ details: { reason } }: CloudError) => (reason === 'partitions' ? 'partitions' : undefined),
  };
}

function idOf({ keys }: ResourceRef): string {
  return keys[0] ?? '';
}

function snapshot(topic: DataStreamTopic): Snapshot {
  const { description, partitions, retentionMs } = topic;
  return { values: { description: description ?? '', partitions: partitions ?? 1, retentionMs: retentionMs ?? 0 }, state: topic };
}
