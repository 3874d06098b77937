import type {
  Connector,
  ConnectorSettings,
  DataStreamTopic,
  DataStreamTopicSettings,
  NewDataStreamTopic,
  OutgoingMessage,
} from '../../model/dataStream.ts';
import { nothingSchema, type Operation } from '../operation.ts';
import { path, type Path, type Query } from '../path.ts';
import {
  connectorOrNoneSchema,
  connectorSchema,
  prefixSchema,
  sentSchema,
  topicListSchema,
  topicSchema,
  type SendResult,
} from './schema.ts';

/** How a list of topics is sorted and filtered by the service (datastream.md §3.4). */
export interface DataStreamTopicQuery {
  readonly sortBy?: 'createdDate' | 'topicName';
  readonly descending?: boolean;
  /** Matches names and descriptions. */
  readonly searchText?: string;
}

/** "Get topic list" */
export function listTopics({ sortBy, descending, searchText }: DataStreamTopicQuery): Operation<readonly DataStreamTopic[]> {
  return read(path`/api/v1/topics`, topicListSchema, { sortBy, descending, searchText });
}

/** "Get topic name prefix" */
export function getTopicPrefix(): Operation<string> {
  return read(path`/api/v1/topic-prefix`, prefixSchema);
}

/** "Get topic" */
export function getTopic(topicId: string): Operation<DataStreamTopic> {
  return read(path`/api/v1/topics/${topicId}`, topicSchema);
}

/** "Create topic" */
export function createTopic({ name, description, partitions, retentionMs }: NewDataStreamTopic): Operation<DataStreamTopic> {
  return {
    method: 'POST',
    path: path`/api/v1/topics`,
    body: { name, description, partitions, retentionMs },
    operation: 'write',
    schema: topicSchema,
    retry: 'never',
    // Of a new topic, what exists already is its name; of a connector, the connector.
    means: { ResourceAlreadyExists: 'duplicateName' },
    about: name,
  };
}

/** "Edit topic". The example's `partition` is a slip of the documents (datastream.md §10 no. 1). */
export function updateTopic(
  topicId: string,
  { description, partitions, retentionMs }: DataStreamTopicSettings,
): Operation<DataStreamTopic> {
  return {
    method: 'PUT',
    path: path`/api/v1/topics/${topicId}`,
    body: { description, partitions, retentionMs },
    operation: 'write',
    schema: topicSchema,
    retry: 'never',
  };
}

/** "Delete topic"; answers the bare word `true` (datastream.md §3.8). */
export function deleteTopic(topicId: string): Operation<void> {
  return remove(path`/api/v1/topics/${topicId}`);
}

/** "Get connector": a topic has one or none. */
export function getConnector(topicId: string): Operation<Connector | undefined> {
  return read(path`/api/v1/topics/${topicId}/connectors`, connectorOrNoneSchema);
}

/** "Create connector" */
export function createConnector(topicId: string, settings: ConnectorSettings): Operation<Connector> {
  return {
    method: 'POST',
    path: path`/api/v1/topics/${topicId}/connectors`,
    body: connectorBody(settings),
    operation: 'write',
    schema: connectorSchema,
    retry: 'never',
  };
}

/** "Edit connector"; `/connectors/`, which older pages call `/export/` (datastream.md §10 no. 2). */
export function updateConnector(topicId: string, connectorId: string, settings: ConnectorSettings): Operation<Connector> {
  return {
    method: 'PUT',
    path: path`/api/v1/topics/${topicId}/connectors/${connectorId}`,
    body: connectorBody(settings),
    operation: 'write',
    schema: connectorSchema,
    retry: 'never',
  };
}

/** "Delete connector"; answers `200 OK` with nothing, or with these words (datastream.md §4.3). */
export function deleteConnector(topicId: string, connectorId: string): Operation<void> {
  return remove(path`/api/v1/topics/${topicId}/connectors/${connectorId}`);
}

/** The documented answer is a status and a few words; many are read at a time. */
const MAX_SENT_BYTES = 65_536;

/** "Send message" (datastream.md §5). */
export function sendMessage({ topic, key, value, partition }: OutgoingMessage): Operation<SendResult> {
  return {
    method: 'POST',
    path: path`/api/produce`,
    body: { topic, key, value, partition },
    operation: 'send',
    schema: sentSchema,
    retry: 'never',
    content: [key, value],
    maxBytes: MAX_SENT_BYTES,
  };
}

/** What is not set is not sent: older and newer pages differ in what they know (datastream.md §0.2). */
function connectorBody(settings: ConnectorSettings): unknown {
  const { description, consumerSpec, exportType, location, includeTopicInPath, dateFormat, roleNrn } = settings;
  const { flushIntervalMinutes, flushCount, schemaType } = settings;
  const required = { consumerSpec, exportType, location, includeTopicInPath, dateFormat, roleNrn };
  return { description, ...required, flushInterval: flushIntervalMinutes, flushCount, schemaType };
}

function read<T>(requestPath: Path, schema: Operation<T>['schema'], query: Query = {}): Operation<T> {
  return { method: 'GET', path: requestPath, query, operation: 'read', schema, retry: 'read' };
}

function remove(requestPath: Path): Operation<void> {
  const done = { schema: nothingSchema, takes: 'nothing' } as const;
  return { method: 'DELETE', path: requestPath, operation: 'write', retry: 'never', ...done };
}
