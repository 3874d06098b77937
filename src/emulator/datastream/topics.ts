import { jsonReply, queryValue } from '../http.ts';
import type { EmulatorRequest, Reply } from '../http.ts';
import type { JsonObject } from '../json.ts';
import { dayMs, isoUtc } from '../time.ts';
import type { Timings } from '../timings.ts';
import { checkDescription, readBody } from './body.ts';
import { refuse } from './errors.ts';
import type { DataStreamState, Topic } from './state.ts';

/** Topic operations of Data Stream (datastream.md §3). */
export interface TopicOperations {
  readonly prefix: () => Reply;
  readonly list: (request: EmulatorRequest) => Reply;
  readonly create: (request: EmulatorRequest) => Reply;
  readonly get: (request: EmulatorRequest, topicId: string) => Reply;
  readonly update: (request: EmulatorRequest, topicId: string) => Reply;
  readonly remove: (request: EmulatorRequest, topicId: string) => Reply;
}

/** Topics of an account (datastream.md §8.1). */
const topicQuota = 3;

/** One hour to 15 days, in ms (datastream.md §3.3). */
const minRetentionMs = 3_600_000;
const maxRetentionMs = 15 * dayMs;

/** The operations over a state; `now` in ms. */
export function topicOperations(state: DataStreamState, now: () => number, timings: Timings): TopicOperations {
  function list(request: EmulatorRequest): Reply {
    const sortBy = queryWord(request, 'sortBy', ['createdDate', 'topicName'], 'createdDate');
    const isDescending = queryWord(request, 'descending', ['true', 'false'], 'true') === 'true';
    const search = queryValue(request, 'searchText') ?? '';
    const found = state
      .topics()
      .filter(({ name, description }) => name.includes(search) || description.includes(search))
      .toSorted((left, right) =>
        sortBy === 'topicName' ? compareNames(left, right) : left.createdAt - right.createdAt,
      );
    const ordered = isDescending ? found.toReversed() : found;
    return jsonReply(200, { list: ordered.map((topic) => ({ ...base(topic), pinned: topic.pinned })) });
  }

  function create(request: EmulatorRequest): Reply {
    const body = readBody(request);
    const name = body.requiredText('name', 'InvalidName');
    const description = checkDescription(request, body.text('description', 'InvalidDescription') ?? '');
    const partitions = body.integer('partitions', 1, 16, 'InvalidPartition') ?? 1;
    const retentionMs = body.integer('retentionMs', minRetentionMs, maxRetentionMs, 'InvalidRetention') ?? dayMs;
    checkName(request, name);
    if (state.byName(name) !== undefined) throw refuse(request, 'DuplicateName', 'The name already exists');
    if (state.topics().length >= topicQuota) throw refuse(request, 'LimitExceeded', 'Limit exceeded: 3 topics');
    const createdAt = now();
    const { creatingMs } = timings;
    return show(state.add({ name, description, partitions, retentionMs, createdAt, creatingMs }));
  }

  function update(request: EmulatorRequest, topicId: string): Reply {
    const topic = requireTopic(state, request, topicId);
    const body = readBody(request);
    const description = checkDescription(request, body.requiredText('description', 'InvalidDescription'));
    const partitions = body.requiredInteger('partitions', 1, 16, 'InvalidPartition');
    const retentionMs = body.requiredInteger('retentionMs', minRetentionMs, maxRetentionMs, 'InvalidRetention');
    requireCreated(state, request, topic);
    if (partitions < topic.log.partitions.length) {
      throw refuse(request, 'InvalidPartition', 'Partitions can only be added');
    }
    topic.description = description;
    topic.retentionMs = retentionMs;
    topic.updatedAt = now();
    topic.log.growTo(partitions, topic.updatedAt);
    return show(topic);
  }

  function remove(request: EmulatorRequest, topicId: string): Reply {
    const topic = requireTopic(state, request, topicId);
    requireCreated(state, request, topic);
    // Not documented; `DeleteFailure` is the plausible code (datastream.md §3.8).
    if (topic.connector !== undefined) throw refuse(request, 'DeleteFailure', 'The topic has a connector');
    topic.goneAt = now() + timings.deletionMs;
    return jsonReply(200, true);
  }

  function checkName(request: EmulatorRequest, name: string): void {
    if (!/^[a-z0-9-]{1,200}$/.test(name)) throw refuse(request, 'InvalidName', 'Invalid name');
    if (!name.startsWith(state.prefix) || name.length === state.prefix.length) {
      throw refuse(request, 'InvalidName', `The name must begin with ${state.prefix}`);
    }
  }

  function show(topic: Topic): Reply {
    return jsonReply(200, { ...base(topic), updatedDate: isoUtc(topic.updatedAt) });
  }

  function base(topic: Topic): JsonObject {
    const status = state.statusOf(topic);
    return {
      topicId: topic.topicId,
      topicName: topic.name,
      description: topic.description,
      partitions: topic.log.partitions.length,
      retentionMs: topic.retentionMs,
      status,
      tcpEndpoint: status === 'CREATING' ? '' : topic.tcpEndpoint,
      createdDate: isoUtc(topic.createdAt),
    };
  }

  return {
    prefix: () => jsonReply(200, { prefix: state.prefix }),
    list,
    create,
    get: (request, topicId) => show(requireTopic(state, request, topicId)),
    update,
    remove,
  };
}

/** The topic of a path. @throws Refusal InvalidTopicNotFound */
export function requireTopic(state: DataStreamState, request: EmulatorRequest, topicId: string): Topic {
  const topic = state.byId(topicId);
  if (topic === undefined) throw refuse(request, 'InvalidTopicNotFound', 'Invalid topic');
  return topic;
}

/** Only a topic that is `CREATED` can be changed. @throws Refusal InvalidState */
export function requireCreated(state: DataStreamState, request: EmulatorRequest, topic: Topic): void {
  const status = state.statusOf(topic);
  if (status !== 'CREATED') throw refuse(request, 'InvalidState', `The topic is ${status}`);
}

function queryWord<T extends string>(request: EmulatorRequest, name: string, words: readonly T[], fallback: T): T {
  const given = queryValue(request, name);
  if (given === undefined) return fallback;
  const found = words.find((word) => word === given);
  if (found === undefined) throw refuse(request, 'InvalidParameter', `${name} must be one of ${words.join(', ')}`);
  return found;
}

function compareNames(left: Topic, right: Topic): number {
  return left.name < right.name ? -1 : 1;
}
