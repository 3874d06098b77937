import type {
  ConsumerGroup,
  EasyQueueTopic,
  EasyQueueTopicSettings,
  MetricsType,
  NewEasyQueueTopic,
  Partition,
  Statistics,
} from '../../model/easyQueue.ts';
import type { Operation } from '../operation.ts';
import { joinPath, path, type Path, type Query } from '../path.ts';
import { koreanTime } from '../time.ts';
import {
  consumerGroupListSchema,
  doneSchema,
  partitionListSchema,
  statisticsSchema,
  topicListSchema,
  topicSchema,
  type TopicPage,
} from './schema.ts';

/** How a list of topics is paged, sorted and filtered by the service. */
export interface EasyQueueTopicQuery {
  /** From 1. */
  readonly page?: number;
  /** 1–3000; the service's default is 50. */
  readonly limit?: number;
  readonly sortKey?: 'TOPIC_NAME' | 'CREATED_AT' | 'UPDATED_AT';
  readonly sortDirection?: 'DESC' | 'ASC';
  /** Part of the name. */
  readonly searchTopicName?: string;
  /** At most 100. */
  readonly topicIdList?: readonly string[];
}

/** What statistics are asked for: between 60 seconds and 30 days, not older than 90 days. */
export interface StatisticsQuery {
  readonly topicName: string;
  readonly metricsType: MetricsType;
  /** Unix milliseconds. */
  readonly startMs: number;
  readonly endMs: number;
}

/** A topic in one app key; its name in the form the path takes. */
export interface TopicAddress {
  readonly appKey: string;
  readonly topicName: string;
}

/** "토픽 목록 조회". `sortKey` is marked required although it has a default (easyqueue.md §3): it is always sent. */
export function listTopics(appKey: string, query: EasyQueueTopicQuery): Operation<TopicPage> {
  const { page, limit, sortKey = 'CREATED_AT', sortDirection, searchTopicName, topicIdList } = query;
  const wire = { sortKey, sortDirection, searchTopicName, topicIdList, page, limit };
  return read(below(appKey, path`/topics`), topicListSchema, wire);
}

/** "토픽 단건 조회" */
export function getTopic(address: TopicAddress): Operation<EasyQueueTopic> {
  return read(topicPath(address), topicSchema);
}

/** "토픽 생성"; the service puts the app key in front of the name (easyqueue.md §2.3). */
export function createTopic(appKey: string, { name, ...settings }: NewEasyQueueTopic): Operation<EasyQueueTopic> {
  return {
    method: 'POST',
    path: below(appKey, path`/topics`),
    body: { topic: { topicName: name, ...settingsBody(settings) } },
    operation: 'write',
    schema: topicSchema,
    retry: 'never',
    about: name,
  };
}

/** "토픽 수정" */
export function updateTopic(address: TopicAddress, settings: EasyQueueTopicSettings): Operation<EasyQueueTopic> {
  return {
    method: 'PUT',
    path: topicPath(address),
    body: { topic: settingsBody(settings) },
    operation: 'write',
    schema: topicSchema,
    retry: 'never',
  };
}

/** "토픽 삭제" */
export function deleteTopic(address: TopicAddress): Operation<void> {
  return { method: 'DELETE', path: topicPath(address), operation: 'write', schema: doneSchema, retry: 'never' };
}

/** "파티션 목록 조회" */
export function listPartitions(address: TopicAddress): Operation<readonly Partition[]> {
  return read(joinPath(topicPath(address), path`/partitions`), partitionListSchema);
}

/** "컨슈머 그룹 목록 조회" */
export function listConsumerGroups(address: TopicAddress): Operation<readonly ConsumerGroup[]> {
  return read(joinPath(topicPath(address), path`/consumer-groups`), consumerGroupListSchema);
}

/** "통계 조회" */
export function getStatistics(
  { appKey, topicName }: TopicAddress,
  { metricsType, startMs, endMs }: Omit<StatisticsQuery, 'topicName'>,
): Operation<Statistics> {
  const range = { startDateTime: koreanTime(startMs), endDateTime: koreanTime(endMs) };
  return read(below(appKey, path`/statistics`), statisticsSchema, { metricsType, topicName, ...range });
}

function settingsBody(settings: EasyQueueTopicSettings): Readonly<Record<string, unknown>> {
  const { description, partitionCount, retentionMs, retentionBytes, maxMessageBytes } = settings;
  return { description, partitionCount, maxRetentionTimeMs: retentionMs, maxRetentionBytes: retentionBytes, maxMessageBytes };
}

function below(appKey: string, rest: Path): Path {
  return joinPath(path`/v1.0/appkeys/${appKey}`, rest);
}

function topicPath({ appKey, topicName }: TopicAddress): Path {
  return below(appKey, path`/topics/${topicName}`);
}

function read<T>(requestPath: Path, schema: Operation<T>['schema'], query: Query = {}): Operation<T> {
  return { method: 'GET', path: requestPath, query, operation: 'read', schema, retry: 'read' };
}
