import { queryValue } from '../http.ts';
import type { EmulatorRequest, Reply } from '../http.ts';
import { isObject, tryParse } from '../json.ts';
import type { JsonObject } from '../json.ts';
import { isoKorean } from '../time.ts';
import { badParameter, refuse, success } from './codes.ts';
import type { EasyQueueState, Topic, TopicSettings } from './state.ts';

/** Topic operations of EasyQueue (seed "Topic API"). */
export interface TopicOperations {
  readonly list: (request: EmulatorRequest) => Reply;
  readonly create: (request: EmulatorRequest) => Reply;
  readonly get: (name: string) => Reply;
  readonly update: (request: EmulatorRequest, name: string) => Reply;
  readonly remove: (name: string) => Reply;
  readonly partitions: (name: string) => Reply;
}

const sortKeys = ['TOPIC_NAME', 'CREATED_AT', 'UPDATED_AT'] as const;
type SortKey = (typeof sortKeys)[number];

/** The operations over a state; `now` in ms. */
export function topicOperations(state: EasyQueueState, now: () => number): TopicOperations {
  const sorted = new Map<SortKey, { readonly version: number; readonly topics: readonly Topic[] }>();

  function inOrder(key: SortKey): readonly Topic[] {
    const all = state.topics();
    const kept = sorted.get(key);
    if (kept?.version === state.version) return kept.topics;
    const topics = all.toSorted(comparisons[key]);
    sorted.set(key, { version: state.version, topics });
    return topics;
  }

  function list(request: EmulatorRequest): Reply {
    const key = choice(request, 'sortKey', sortKeys, 'CREATED_AT');
    const direction = choice(request, 'sortDirection', ['DESC', 'ASC'], 'DESC');
    const page = integer(request, 'page', 1, Number.MAX_SAFE_INTEGER, 1);
    const limit = integer(request, 'limit', 1, 3000, 50);
    const ids = idList(request);
    const search = queryValue(request, 'searchTopicName') ?? '';
    let found = inOrder(key);
    if (ids !== undefined) found = found.filter((topic) => ids.has(topic.topicId));
    // Partial match, easyqueue.md §2.3; the shown name carries the app key.
    if (search !== '') found = found.filter((topic) => `${state.appKey}.${topic.name}`.includes(search));
    const first = (page - 1) * limit;
    const last = found.length - first;
    // Sorted ascending; descending reads from the end.
    const slice =
      direction === 'ASC'
        ? found.slice(first, first + limit)
        : found.slice(Math.max(0, last - limit), Math.max(0, last));
    const ordered = direction === 'ASC' ? slice : slice.toReversed();
    return success({ totalCount: found.length, topicList: ordered.map(show) });
  }

  function create(request: EmulatorRequest): Reply {
    const body = topicBody(request);
    const name = body['topicName'];
    if (typeof name !== 'string' || !/^[A-Za-z0-9-]{1,50}$/.test(name)) throw badParameter('topic.topicName');
    return success({ topic: show(state.create(name, readSettings(body))) });
  }

  function update(request: EmulatorRequest, name: string): Reply {
    const topic = state.get(name);
    state.update(topic, readSettings(topicBody(request)));
    return success({ topic: show(topic) });
  }

  function remove(name: string): Reply {
    state.remove(state.get(name));
    return success();
  }

  function partitions(name: string): Reply {
    const topic = state.get(name);
    const at = now();
    const partitionList = topic.log.partitions.map((partition, index) => {
      const startOffset = partition.startOffset(at, topic.settings.maxRetentionTimeMs);
      const endOffset = partition.endOffset(at);
      return { partition: index, replicaCount: 3, startOffset, endOffset, messageCount: endOffset - startOffset };
    });
    return success({ partitionList });
  }

  function show(topic: Topic): JsonObject {
    return {
      topicId: topic.topicId,
      topicName: `${state.appKey}.${topic.name}`,
      description: topic.settings.description,
      bootstrapServer: 'kr1-demo-bootstrap-easyqueue.nhncloudservice.com:30000',
      partitionCount: topic.settings.partitionCount,
      maxRetentionTimeMs: topic.settings.maxRetentionTimeMs,
      maxRetentionBytes: topic.settings.maxRetentionBytes,
      maxMessageBytes: topic.settings.maxMessageBytes,
      totalMessageCount: topic.log.messageCount(now(), topic.settings.maxRetentionTimeMs),
      consumerGroupCount: state.groupsOf(topic).length,
      createdAt: isoKorean(topic.createdAt),
      updatedAt: isoKorean(topic.updatedAt),
      topicStatus: topic.status,
    };
  }

  return { list, create, get: (name) => success({ topic: show(state.get(name)) }), update, remove, partitions };
}

const comparisons: Readonly<Record<SortKey, (left: Topic, right: Topic) => number>> = {
  TOPIC_NAME: byName,
  CREATED_AT: (left, right) => left.createdAt - right.createdAt || byName(left, right),
  UPDATED_AT: (left, right) => left.updatedAt - right.updatedAt || byName(left, right),
};

function byName(left: Topic, right: Topic): number {
  return left.name < right.name ? -1 : Number(left.name > right.name);
}

function topicBody(request: EmulatorRequest): Readonly<Record<string, unknown>> {
  const body = tryParse(request.body.toString('utf8'));
  if (!isObject(body)) throw badParameter('body');
  const topic = body['topic'];
  if (!isObject(topic)) throw badParameter('topic');
  return topic;
}

/** Ranges of easyqueue.md §2.4. */
function readSettings(body: Readonly<Record<string, unknown>>): TopicSettings {
  const description = body['description'] ?? '';
  if (typeof description !== 'string' || Array.from(description).length > 255) throw badParameter('topic.description');
  const partitionCount = bodyInteger(body, 'partitionCount', 1, Number.MAX_SAFE_INTEGER);
  if (partitionCount > 16) throw refuse(4000401);
  return {
    description,
    partitionCount,
    maxRetentionTimeMs: bodyInteger(body, 'maxRetentionTimeMs', 3_600_000, 1_209_600_000),
    maxRetentionBytes: bodyInteger(body, 'maxRetentionBytes', 1_073_741_824, 26_843_545_600),
    maxMessageBytes: bodyInteger(body, 'maxMessageBytes', 1_024, 262_144),
  };
}

function bodyInteger(body: Readonly<Record<string, unknown>>, name: string, low: number, high: number): number {
  const value = body[name];
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < low || value > high) {
    throw badParameter(`topic.${name}`);
  }
  return value;
}

function choice<T extends string>(request: EmulatorRequest, name: string, values: readonly T[], fallback: T): T {
  const given = queryValue(request, name);
  if (given === undefined) return fallback;
  const value = values.find((candidate) => candidate === given);
  if (value === undefined) throw badParameter(name);
  return value;
}

function integer(request: EmulatorRequest, name: string, low: number, high: number, fallback: number): number {
  const given = queryValue(request, name);
  if (given === undefined) return fallback;
  const value = Number(given);
  if (!/^\d{1,16}$/.test(given) || !Number.isSafeInteger(value) || value < low || value > high)
    throw badParameter(name);
  return value;
}

/** A list in a query: the name repeated, or one value with commas. */
function idList(request: EmulatorRequest): ReadonlySet<string> | undefined {
  const values = request.query.getAll('topicIdList').flatMap((value) => value.split(','));
  if (values.length > 100) throw badParameter('topicIdList');
  return values.length === 0 ? undefined : new Set(values);
}
