/** An EasyQueue topic (easyqueue seed, "토픽 목록 조회"). Whatever the service left out is `undefined`. */
export interface EasyQueueTopic {
  readonly id: string | undefined;
  /** Full Kafka name `{appKey}.{name}`, as the service returned it. */
  readonly fullName: string;
  readonly description: string | undefined;
  readonly bootstrapServer: string | undefined;
  readonly partitionCount: number | undefined;
  readonly retentionMs: number | undefined;
  /** Bytes a partition keeps at most. */
  readonly retentionBytes: bigint | undefined;
  readonly maxMessageBytes: number | undefined;
  readonly messageCount: bigint | undefined;
  readonly consumerGroupCount: number | undefined;
  readonly createdAt: string | undefined;
  readonly updatedAt: string | undefined;
  /** `ACTIVE`, `ERROR`, `WARNING`, `DELETING`, or a word of the future. */
  readonly status: string | undefined;
}

/** What can be changed of a topic; a change replaces all of it (easyqueue seed, "토픽 수정"). */
export interface EasyQueueTopicSettings {
  readonly description?: string | undefined;
  /** 1–16; can only grow. */
  readonly partitionCount: number;
  /** One hour to 14 days. */
  readonly retentionMs: number;
  /** Bytes a partition keeps at most: 1 to 25 GiB. */
  readonly retentionBytes: bigint;
  /** 1 to 256 KiB. */
  readonly maxMessageBytes: number;
}

/** A topic to be created. */
export interface NewEasyQueueTopic extends EasyQueueTopicSettings {
  /** Without the app key, which the service puts in front; cannot be changed later. */
  readonly name: string;
}

/** Whether a topic is being deleted: its name is about to be free. */
export function isLeaving({ status }: Pick<EasyQueueTopic, 'status'>): boolean {
  return status === 'DELETING';
}

/** A topic's or group's own name: without the `{appKey}.` prefix, where it has it (easyqueue.md §2.3). */
export function shortName(fullName: string, appKey: string): string {
  const prefix = `${appKey}.`;
  return fullName.startsWith(prefix) && fullName.length > prefix.length ? fullName.slice(prefix.length) : fullName;
}

/** One partition of a topic. */
export interface Partition {
  readonly partition: number;
  readonly replicaCount: number | undefined;
  readonly startOffset: bigint | undefined;
  readonly endOffset: bigint | undefined;
  readonly messageCount: bigint | undefined;
}

/** Where one member of a consumer group stands in one partition. */
export interface PartitionProgress {
  readonly partition: number;
  /** EasyQueue's `currentOffset`; `undefined` while nothing is committed. */
  readonly committedOffset: bigint | undefined;
  readonly endOffset: bigint | undefined;
  readonly lag: bigint | undefined;
}

/** One client of a consumer group. */
export interface GroupMember {
  readonly memberId: string;
  readonly clientId: string | undefined;
  readonly partitions: readonly PartitionProgress[];
}

/** A consumer group as seen from one topic. */
export interface ConsumerGroup {
  readonly groupId: string;
  /** `Stable`, `Dead`, `Empty`, `Assigning`, `Reconciling`, `PreparingRebalance`, `CompletingRebalance`, `Unknown`, or a word of the future. */
  readonly state: string | undefined;
  readonly totalLag: bigint | undefined;
  readonly members: readonly GroupMember[];
}

/** The metrics EasyQueue keeps for 90 days. */
export type MetricsType = 'BYTE_IN_RATE' | 'BYTE_OUT_RATE' | 'MESSAGE_COUNT' | 'CONSUMER_LAG' | 'LOG_SIZE_PER_PARTITION';

/** One line of a statistics chart. */
interface Series {
  /** E.g. `topic`, `consumergroup`, `partition`, `broker`. */
  readonly labels: Readonly<Record<string, string>>;
  /** `timestamp` in epoch seconds. */
  readonly values: readonly { readonly timestamp: number; readonly value: number }[];
}

/** What the statistics API answered. */
export interface Statistics {
  readonly metricsType: string;
  /** Seconds between two values, chosen by the server from the range asked for. */
  readonly stepSeconds: number | undefined;
  readonly series: readonly Series[];
}
