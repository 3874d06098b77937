import * as z from 'zod/mini';

import type { ConsumerGroup, EasyQueueTopic, Partition, Statistics } from '../../model/easyQueue.ts';
import { name, optionalBigInt, optionalInteger, optionalNumber, optionalRecord, optionalText, ordinal, rows } from '../wire.ts';

/** Without the envelope nothing says that it worked: the failure table has already seen `isSuccessful: false`. */
const header = z.object({ isSuccessful: z.union([z.literal(true), z.literal('true')]) });

const topicRow = z.pipe(
  z.object({
    topicId: optionalText,
    topicName: name,
    description: optionalText,
    bootstrapServer: optionalText,
    partitionCount: optionalInteger,
    maxRetentionTimeMs: optionalInteger,
    maxRetentionBytes: optionalBigInt,
    maxMessageBytes: optionalInteger,
    totalMessageCount: optionalBigInt,
    consumerGroupCount: optionalInteger,
    createdAt: optionalText,
    updatedAt: optionalText,
    topicStatus: optionalText,
  }),
  z.transform(
    (wire): EasyQueueTopic => ({
      id: wire.topicId,
      fullName: wire.topicName,
      description: wire.description,
      bootstrapServer: wire.bootstrapServer,
      partitionCount: wire.partitionCount,
      retentionMs: wire.maxRetentionTimeMs,
      retentionBytes: wire.maxRetentionBytes,
      maxMessageBytes: wire.maxMessageBytes,
      messageCount: wire.totalMessageCount,
      consumerGroupCount: wire.consumerGroupCount,
      createdAt: wire.createdAt,
      updatedAt: wire.updatedAt,
      status: wire.topicStatus,
    }),
  ),
);

/** One page of topics. */
export interface TopicPage {
  readonly topics: readonly EasyQueueTopic[];
  /** Over all pages. */
  readonly totalCount: number | undefined;
}

/** "토픽 목록 조회" */
export const topicListSchema: z.ZodMiniType<TopicPage> = z.pipe(
  z.object({ header, totalCount: optionalInteger, topicList: rows(topicRow) }),
  z.transform((wire): TopicPage => ({ topics: wire.topicList, totalCount: wire.totalCount })),
);

/** "토픽 단건 조회" */
export const topicSchema: z.ZodMiniType<EasyQueueTopic> = z.pipe(
  z.object({ header, topic: topicRow }),
  z.transform(({ topic }) => topic),
);

/** "토픽 삭제": the envelope alone. */
export const doneSchema: z.ZodMiniType<void> = z.pipe(
  z.object({ header }),
  z.transform(() => undefined),
);

/** "파티션 목록 조회" */
export const partitionListSchema: z.ZodMiniType<readonly Partition[]> = z.pipe(
  z.object({
    header,
    partitionList: rows(
      z.object({
        partition: ordinal,
        replicaCount: optionalInteger,
        startOffset: optionalBigInt,
        endOffset: optionalBigInt,
        messageCount: optionalBigInt,
      }),
    ),
  }),
  z.transform((wire): readonly Partition[] =>
    wire.partitionList.map(({ partition, replicaCount, startOffset, endOffset, messageCount }) => ({
      partition,
      replicaCount,
      startOffset,
      endOffset,
      messageCount,
    })),
  ),
);

const memberRow = z.object({
  memberId: name,
  clientId: optionalText,
  partitionList: rows(
    z.object({
      partition: ordinal,
      currentOffset: optionalBigInt,
      endOffset: optionalBigInt,
      lag: optionalBigInt,
    }),
  ),
});

/** "컨슈머 그룹 목록 조회" */
export const consumerGroupListSchema: z.ZodMiniType<readonly ConsumerGroup[]> = z.pipe(
  z.object({
    header,
    consumerGroupList: rows(
      z.object({ groupId: name, groupState: optionalText, totalLag: optionalBigInt, memberList: rows(memberRow) }),
    ),
  }),
  z.transform((wire): readonly ConsumerGroup[] =>
    wire.consumerGroupList.map((group) => ({
      groupId: group.groupId,
      state: group.groupState,
      totalLag: group.totalLag,
      members: group.memberList.map((member) => ({
        memberId: member.memberId,
        clientId: member.clientId,
        partitions: member.partitionList.map(({ partition, currentOffset, endOffset, lag }) => ({
          partition,
          committedOffset: committed(currentOffset),
          endOffset,
          lag,
        })),
      })),
    })),
  ),
);

/** Kafka's own sign for "nothing committed" is −1; the documents do not say what EasyQueue sends. */
function committed(offset: bigint | undefined): bigint | undefined {
  return offset === undefined || offset < 0n ? undefined : offset;
}

/** "통계 조회"; a value that is no number (`null`, `"NaN"`) is a gap. */
export const statisticsSchema: z.ZodMiniType<Statistics> = z.pipe(
  z.object({
    header,
    metricsType: optionalText,
    step: optionalInteger,
    data: rows(
      z.object({
        labels: optionalRecord,
        values: rows(z.object({ timestamp: ordinal, value: z.catch(optionalNumber, undefined) })),
      }),
    ),
  }),
  z.transform(
    (wire): Statistics => ({
      metricsType: wire.metricsType ?? '',
      stepSeconds: wire.step,
      series: wire.data.map(({ labels, values }) => ({
        labels: Object.fromEntries(Object.entries(labels ?? {}).map(([key, value]) => [key, String(value)])),
        values: values.flatMap(({ timestamp, value }) => (value === undefined ? [] : [{ timestamp, value }])),
      })),
    }),
  ),
);
