import { missingPrefix } from '../choices.ts';
import { emptyReply, jsonReply } from '../http.ts';
import type { EmulatorRequest, Reply } from '../http.ts';
import type { JsonObject } from '../json.ts';
import { isoUtc } from '../time.ts';
import { checkDescription, readBody } from './body.ts';
import { refuse } from './errors.ts';
import type { DataStreamState, Topic } from './state.ts';
import { requireCreated, requireTopic } from './topics.ts';

const consumerSpecs = ['SMALL', 'MEDIUM'] as const;
const dateFormats = ['NONE', 'YEAR', 'MONTH', 'DAY', 'HOUR'] as const;
const schemaTypes = ['STRING', 'JSON', 'AVRO', 'PROTOBUF'] as const;

/** What a client sets of a connector (datastream.md §4.1). */
export interface ConnectorSettings {
  readonly description: string | null;
  readonly consumerSpec: (typeof consumerSpecs)[number];
  readonly location: string;
  readonly includeTopicInPath: boolean;
  readonly dateFormat: (typeof dateFormats)[number];
  readonly roleNrn: string;
  /** Minutes. */
  readonly flushInterval: number;
  readonly flushCount: number;
  readonly schemaType: (typeof schemaTypes)[number];
}

/** The connector of a topic: moves its messages to Object Storage. */
export interface Connector {
  readonly id: string;
  readonly name: string;
  readonly groupId: string;
  readonly createdAt: number;
  settings: ConnectorSettings;
  /** Why and since when (ms) it has failed. */
  failure: { readonly message: string; readonly at: number } | undefined;
}

/** Connector operations (datastream.md §4). */
export interface ConnectorOperations {
  readonly get: (request: EmulatorRequest, topicId: string) => Reply;
  readonly create: (request: EmulatorRequest, topicId: string) => Reply;
  readonly update: (request: EmulatorRequest, topicId: string, connectorId: string) => Reply;
  readonly remove: (request: EmulatorRequest, topicId: string, connectorId: string) => Reply;
}

/** The operations over a state; `now` in ms. */
export function connectorOperations(state: DataStreamState, now: () => number): ConnectorOperations {
  function get(request: EmulatorRequest, topicId: string): Reply {
    const topic = requireTopic(state, request, topicId);
    const { connector } = topic;
    // Not documented what a topic without a connector answers (datastream.md §4.3).
    if (connector === undefined) throw refuse(request, 'InvalidConnectorNotFound', 'Invalid connector');
    const { failure } = connector;
    const failed = failure && { failedMessage: failure.message, failedDate: isoUtc(failure.at) };
    return jsonReply(200, { ...show(topic, connector), ...failed });
  }

  function create(request: EmulatorRequest, topicId: string): Reply {
    const topic = requireTopic(state, request, topicId);
    const settings = readSettings(request);
    requireCreated(state, request, topic);
    if (topic.connector !== undefined) throw refuse(request, 'ResourceAlreadyExists', 'The topic has a connector');
    topic.connector = newConnector(state, topic, settings, now());
    return jsonReply(200, show(topic, topic.connector));
  }

  function update(request: EmulatorRequest, topicId: string, connectorId: string): Reply {
    const topic = requireTopic(state, request, topicId);
    const connector = requireConnector(request, topic, connectorId);
    connector.settings = readSettings(request);
    return jsonReply(200, show(topic, connector));
  }

  function remove(request: EmulatorRequest, topicId: string, connectorId: string): Reply {
    const topic = requireTopic(state, request, topicId);
    requireConnector(request, topic, connectorId);
    topic.connector = undefined;
    return emptyReply(200);
  }

  return { get, create, update, remove };
}

/** A running connector; its name and group are made by the service. */
export function newConnector(
  state: DataStreamState,
  topic: Topic,
  settings: ConnectorSettings,
  createdAt: number,
): Connector {
  const id = state.newId();
  const name = `${topic.name}-connector`;
  return { id, name, groupId: `connect-${topic.name}-${id}`, createdAt, settings, failure: undefined };
}

function requireConnector(request: EmulatorRequest, topic: Topic, connectorId: string): Connector {
  const { connector } = topic;
  if (connector?.id === connectorId) return connector;
  throw refuse(request, 'InvalidConnectorNotFound', 'Invalid connector');
}

function readSettings(request: EmulatorRequest): ConnectorSettings {
  const body = readBody(request);
  const description = body.text('description', 'InvalidDescription');
  const consumerSpec = body.requiredWord('consumerSpec', consumerSpecs, 'InvalidConsumerSpec');
  body.requiredWord('exportType', ['OBJECT_STORAGE'], 'InvalidExportType');
  const location = body.requiredText('location', 'InvalidLocation');
  checkLocation(request, location);
  const roleNrn = body.requiredText('roleNrn', 'InvalidRoleNrn');
  if (!/^nrn:PUB:IAM::[^:]*:Role\/.+$/.test(roleNrn)) throw refuse(request, 'InvalidRoleNrn', 'Invalid role');
  return {
    description: description === undefined ? null : checkDescription(request, description),
    consumerSpec,
    location,
    includeTopicInPath: body.requiredFlag('includeTopicInPath'),
    dateFormat: body.requiredWord('dateFormat', dateFormats, 'InvalidDateFormat'),
    roleNrn,
    // Ranges and defaults of the newest pages (datastream.md §0.2).
    flushInterval: body.integer('flushInterval', 1, 10, 'InvalidParameter') ?? 10,
    flushCount: body.integer('flushCount', 5_000, 50_000, 'InvalidParameter') ?? 5_000,
    schemaType: body.word('schemaType', schemaTypes, 'InvalidParameter') ?? 'STRING',
  };
}

/** `s3a://{bucket}/{path}`; Object Storage bucket names are 3 to 63 lower-case characters. */
function checkLocation(request: EmulatorRequest, location: string): void {
  const bucket = /^s3a:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/.*)?$/.exec(location)?.[1];
  if (bucket === undefined) throw refuse(request, 'InvalidLocation', 'Invalid storage location');
  if (bucket.startsWith(missingPrefix)) throw refuse(request, 'InvalidBucketNotFound', 'Invalid bucket');
}

function show(topic: Topic, connector: Connector): JsonObject {
  const { settings } = connector;
  const root = settings.location.replace(/\/+$/, '');
  const withTopic = settings.includeTopicInPath ? `${root}/${topic.name}` : root;
  return {
    id: connector.id,
    topicId: topic.topicId,
    status: connector.failure === undefined ? 'RUNNING' : 'FAILED',
    connectorName: connector.name,
    description: settings.description,
    consumerSpec: settings.consumerSpec,
    exportType: 'OBJECT_STORAGE',
    location: settings.location,
    locationWithTopicName: withTopic,
    objectStorageLocation: withTopic.replace('s3a://', ''),
    includeTopicInPath: settings.includeTopicInPath,
    dateFormat: settings.dateFormat,
    roleNrn: settings.roleNrn,
    groupId: connector.groupId,
    createdDate: isoUtc(connector.createdAt),
    flushInterval: settings.flushInterval,
    flushCount: settings.flushCount,
    schemaType: settings.schemaType,
  };
}
