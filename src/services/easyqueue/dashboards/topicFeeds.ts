import type { EasyQueueTopic } from '../../../model/easyQueue.ts';
import { toCsv } from '../../../model/csv.ts';
import { cameSince, offsetBars, shares } from '../../../model/offsets.ts';
import type { PartitionRow, TopicFacts } from '../../../protocol/easyQueue.ts';
import type { Feed } from '../../../webviews/dashboardType.ts';
import { ifKnown } from '../../words.ts';
import { topicStatusLook } from '../status.ts';
import type { DashboardPlace } from './place.ts';
import type { DashboardReads, PartitionsRead } from './reads.ts';
import { topicTone } from './words.ts';

/** The head of a topic's page. */
export function topicFeed(place: DashboardPlace, reads: DashboardReads): Feed<EasyQueueTopic> {
  const age = reads.ages();
  return {
    part: 'topic',
    key: `${place.key}/topic`,
    accountId: place.accountId,
    read: (signal) => reads.topic(place, signal, age()),
    show: (topic) => topicFacts(topic),
    csv: (topic) => factsCsv(topic),
  };
}

/** The partitions of a topic as offset bars. */
export function partitionsFeed(place: DashboardPlace, reads: DashboardReads): Feed<PartitionsRead> {
  const age = reads.ages();
  return {
    part: 'partitions',
    key: `${place.key}/partitions`,
    accountId: place.accountId,
    read: (signal) => reads.partitions(place, signal, age()),
    show: (value) => partitionRows(value),
    csv: ({ partitions }) =>
      toCsv(
        ['partition', 'startOffset', 'endOffset', 'messageCount', 'replicaCount'],
        partitions.map(({ partition, startOffset, endOffset, messageCount, replicaCount }) => [partition, startOffset, endOffset, messageCount, replicaCount]),
      ),
  };
}

function topicFacts(topic: EasyQueueTopic): TopicFacts {
  const { status, description, partitionCount, consumerGroupCount, retentionMs, maxMessageBytes, bootstrapServer, createdAt, updatedAt } = topic;
  return {
    status,
    statusWords: topicStatusLook(status).words,
    tone: topicTone(status),
    description,
    partitionCount,
    messageCount: ifKnown(topic.messageCount, String),
    consumerGroupCount,
    retentionMs,
    retentionBytes: ifKnown(topic.retentionBytes, String),
    maxMessageBytes,
    bootstrapServer,
    createdAt,
    updatedAt,
  };
}

/** One line under the service's own names (easyqueue seed, "토픽 단건 조회"). */
function factsCsv(topic: EasyQueueTopic): string {
  const row = {
    topicName: topic.fullName,
    topicId: topic.id,
    topicStatus: topic.status,
    description: topic.description,
    partitionCount: topic.partitionCount,
    totalMessageCount: topic.messageCount,
    consumerGroupCount: topic.consumerGroupCount,
    maxRetentionTimeMs: topic.retentionMs,
    maxRetentionBytes: topic.retentionBytes,
    maxMessageBytes: topic.maxMessageBytes,
    bootstrapServer: topic.bootstrapServer,
    createdAt: topic.createdAt,
    updatedAt: topic.updatedAt,
  };
  return toCsv(Object.keys(row), [Object.values(row)]);
}

function partitionRows({ partitions, before }: PartitionsRead): readonly PartitionRow[] {
  const bars = offsetBars(partitions);
  const parts = shares(partitions);
  const came = cameSince(before, partitions);
  return partitions.map(({ partition, startOffset, endOffset, messageCount, replicaCount }, index) => ({
    partition,
    startOffset: ifKnown(startOffset, String),
    endOffset: ifKnown(endOffset, String),
    messageCount: ifKnown(messageCount, String),
    replicaCount,
    bar: bars[index],
    share: parts[index],
    came: ifKnown(came[index], String),
  }));
}
