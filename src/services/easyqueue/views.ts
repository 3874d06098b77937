import type { ConsumerGroup, EasyQueueTopic, Partition } from '../../model/easyQueue.ts';
import { shortName } from '../../model/easyQueue.ts';
import type { Formatter } from '../../model/format.ts';
import { committedOffsetOf, groupLag, memberLag, progressLag } from '../../model/lag.ts';
import { ifKnown } from '../words.ts';

/** All that is known of a topic; 64-bit numbers as `bigint`. */
export function topicView(topic: EasyQueueTopic, appKey: string, format: Formatter): unknown {
  const { fullName, id, status, description, bootstrapServer, partitionCount, messageCount, consumerGroupCount } = topic;
  return {
    name: shortName(fullName, appKey),
    fullName,
    topicId: id,
    status,
    description,
    bootstrapServer,
    partitionCount,
    messageCount,
    consumerGroupCount,
    retentionMs: topic.retentionMs,
    retention: ifKnown(topic.retentionMs, (ms) => format.duration(ms)),
    retentionBytes: topic.retentionBytes,
    retentionPerPartition: ifKnown(topic.retentionBytes, (bytes) => format.bytes(bytes)),
    maxMessageBytes: topic.maxMessageBytes,
    largestMessage: ifKnown(topic.maxMessageBytes, (bytes) => format.bytes(bytes)),
    createdAt: topic.createdAt,
    updatedAt: topic.updatedAt,
  };
}

/** The partitions of a topic in their order. */
export function partitionsView(topicFullName: string, partitions: readonly Partition[]): unknown {
  return {
    topic: topicFullName,
    partitions: partitions
      .toSorted((a, b) => a.partition - b.partition)
      .map(({ partition, startOffset, endOffset, messageCount, replicaCount }) => ({ partition, startOffset, endOffset, messageCount, replicaCount })),
  };
}

/** A consumer group as seen from one topic, with its members and where they stand. */
export function groupView(topicFullName: string, group: ConsumerGroup, appKey: string): unknown {
  return {
    name: shortName(group.groupId, appKey),
    groupId: group.groupId,
    topic: topicFullName,
    state: group.state,
    lag: groupLag(group),
    members: group.members.map((member) => ({
      memberId: member.memberId,
      clientId: member.clientId,
      lag: memberLag(member),
      partitions: member.partitions
        .toSorted((a, b) => a.partition - b.partition)
        .map((progress) => ({
          partition: progress.partition,
          committedOffset: committedOffsetOf(progress),
          endOffset: progress.endOffset,
          lag: progressLag(progress),
        })),
    })),
  };
}
