/** A Data Stream topic (datastream.md §3.1). Whatever the service left out is `undefined`. */
export interface DataStreamTopic {
  readonly id: string;
  /** Full name with the account's prefix. */
  readonly name: string;
  readonly description: string | undefined;
  readonly partitions: number | undefined;
  readonly retentionMs: number | undefined;
  /** `CREATING`, `CREATED`, `PENDING_DELETION`, `DELETE_ERROR`, `DELETED`, `UNKNOWN`, or a word of the future. */
  readonly status: string | undefined;
  /** Kafka endpoint `host:port`; empty while the topic is being created. */
  readonly tcpEndpoint: string | undefined;
  readonly isPinned: boolean | undefined;
  /** ISO 8601, as the service wrote it. */
  readonly createdAt: string | undefined;
  readonly updatedAt: string | undefined;
}

/** What can be changed of a topic; a change replaces all of it (datastream.md §3.7). */
export interface DataStreamTopicSettings {
  readonly description: string;
  /** 1–16; can only grow. */
  readonly partitions: number;
  /** One hour to 15 days. */
  readonly retentionMs: number;
}

/** A topic to be created (datastream.md §3.3). */
export interface NewDataStreamTopic extends Omit<DataStreamTopicSettings, 'description'> {
  /** Full name with the account's prefix; cannot be changed later. */
  readonly name: string;
  readonly description?: string | undefined;
}

/** Whether a topic is going or gone: its name is about to be free, and nothing can be done with it (datastream.md §3.2). */
export function isLeaving({ status }: Pick<DataStreamTopic, 'status'>): boolean {
  return status === 'PENDING_DELETION' || status === 'DELETED';
}

/** The connector of a topic: moves its messages to Object Storage (datastream.md §4.2). */
export interface Connector {
  readonly id: string;
  readonly topicId: string | undefined;
  readonly name: string | undefined;
  /** `RUNNING`, `FAILED`, or a word of the future. */
  readonly status: string | undefined;
  readonly description: string | undefined;
  readonly consumerSpec: string | undefined;
  readonly exportType: string | undefined;
  readonly location: string | undefined;
  readonly locationWithTopicName: string | undefined;
  readonly objectStorageLocation: string | undefined;
  readonly includeTopicInPath: boolean | undefined;
  readonly dateFormat: string | undefined;
  readonly roleNrn: string | undefined;
  readonly groupId: string | undefined;
  readonly createdAt: string | undefined;
  readonly failedMessage: string | undefined;
  readonly failedAt: string | undefined;
  readonly flushIntervalMinutes: number | undefined;
  readonly flushCount: number | undefined;
  readonly schemaType: string | undefined;
}

/** What is set of a connector; a change replaces all of it (datastream.md §4.1). What is left out is not sent. */
export interface ConnectorSettings {
  readonly description?: string | undefined;
  /** `SMALL` or `MEDIUM`. */
  readonly consumerSpec: string;
  /** `OBJECT_STORAGE` is the only one. */
  readonly exportType: string;
  /** `s3a://{bucket}/{path}` */
  readonly location: string;
  readonly includeTopicInPath: boolean;
  /** `NONE`, `YEAR`, `MONTH`, `DAY` or `HOUR`. */
  readonly dateFormat: string;
  readonly roleNrn: string;
  readonly flushIntervalMinutes?: number | undefined;
  /** Messages a file. */
  readonly flushCount?: number | undefined;
  /** `STRING`, `JSON`, `AVRO` or `PROTOBUF`. */
  readonly schemaType?: string | undefined;
}

/** One message for `POST /api/produce` (datastream.md §5). */
export interface OutgoingMessage {
  /** Full topic name with the prefix. */
  readonly topic: string;
  readonly key: string;
  readonly value: string;
  readonly partition?: number;
}

/** Topics an account may have (datastream.md §8.1). */
export const MAX_DATA_STREAM_TOPICS = 3;

/**
 * Largest message that is sent, in UTF-8 bytes of the value. The documents say "1 MB" without saying which; this is the
 * larger reading (datastream.md §5), so nothing the service would take is refused here.
 */
export const MAX_DATA_STREAM_VALUE_BYTES = 1_048_576;
