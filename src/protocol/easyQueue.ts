import type { Drain } from '../model/drain.ts';
import type { Tone, Whole } from './whole.ts';

export type { Drain };

/** The head of a topic's page (easyqueue seed, "토픽 단건 조회"). */
export interface TopicFacts {
  readonly status: string | undefined;
  /** What the status means, in the user's language. */
  readonly statusWords: string | undefined;
  readonly tone: Tone;
  readonly description: string | undefined;
  readonly partitionCount: number | undefined;
  readonly messageCount: Whole | undefined;
  readonly consumerGroupCount: number | undefined;
  readonly retentionMs: number | undefined;
  readonly retentionBytes: Whole | undefined;
  readonly maxMessageBytes: number | undefined;
  readonly bootstrapServer: string | undefined;
  readonly createdAt: string | undefined;
  readonly updatedAt: string | undefined;
}

/** A partition as an offset bar. */
export interface PartitionRow {
  readonly partition: number;
  readonly startOffset: Whole | undefined;
  readonly endOffset: Whole | undefined;
  readonly messageCount: Whole | undefined;
  readonly replicaCount: number | undefined;
  /** Where the bar begins and ends on the scale common to all partitions, 0 to 1; undefined where its offsets are not known. */
  readonly bar: { readonly from: number; readonly to: number } | undefined;
  /** Of all messages of the topic, 0 to 1. */
  readonly share: number | undefined;
  /** Messages that came since the sample before; undefined for the first. */
  readonly came: Whole | undefined;
}

/** Where a group stands in one partition. */
export interface PartitionLag {
  readonly partition: number;
  readonly committedOffset: Whole | undefined;
  readonly endOffset: Whole | undefined;
  /** Undefined while nothing is committed. */
  readonly lag: Whole | undefined;
  /** Messages a second that came and were read, between two samples. */
  readonly produceRate: number | undefined;
  readonly consumeRate: number | undefined;
  readonly drain: Drain;
  /** Whether it holds much more of the lag than the others. */
  readonly isSkewed: boolean;
}

/** A consumer group in a list. */
export interface GroupRow {
  readonly groupId: string;
  /** Without the app key. */
  readonly name: string;
  readonly state: string | undefined;
  /** What the state means and what to do, in the user's language. */
  readonly stateWords: string | undefined;
  readonly tone: Tone;
  readonly totalLag: Whole | undefined;
  readonly trend: 'grows' | 'shrinks' | 'stays' | undefined;
  readonly memberCount: number;
  readonly produceRate: number | undefined;
  readonly consumeRate: number | undefined;
  readonly drain: Drain;
  readonly partitions: readonly PartitionLag[];
}

/** A member of a group. */
export interface MemberRow {
  readonly memberId: string;
  readonly clientId: string | undefined;
  readonly lag: Whole | undefined;
  readonly partitions: readonly PartitionLag[];
}

/** A state the group was in, as seen while this window was open. */
export interface SeenState {
  readonly state: string;
  readonly words: string | undefined;
  readonly tone: Tone;
  /** When it was first seen so, Unix milliseconds. */
  readonly sinceMs: number;
}

/** A consumer group's page. */
export interface GroupDetail {
  readonly group: GroupRow;
  readonly members: readonly MemberRow[];
  /** Oldest first. */
  readonly states: readonly SeenState[];
}
