import type { ReadyMessage } from './message.ts';

/** What a target takes, known without a request. */
export interface TargetLimits {
  /** Largest value in UTF-8 bytes. */
  readonly maxValueBytes: number;
  /** Partitions of the topic; `undefined` where that is not known. */
  readonly partitions: number | undefined;
  /** What of a Kafka message it has a place for, beside key and value. */
  readonly carries: readonly ('partition' | 'headers' | 'timestamp' | 'nullValue')[];
}

/**
 * Where messages go: one topic, reached in one way. Data Stream over REST is one; a Kafka producer would be another. It sends one
 * message once: whether a failed one may be sent again is for the engine to say.
 */
export interface MessageTarget {
  readonly limits: TargetLimits;
  /**
   * Puts one message on the topic. It is there for certain when this returns.
   * @throws CloudError, whose `mayHaveArrived` says whether it may be there all the same
   * @throws CancelledError
   */
  send(message: Pick<ReadyMessage, 'key' | 'value' | 'partition'>, signal: AbortSignal): Promise<void>;
  /** A bash script that sends the message; it reads the keys from the environment. */
  curl(message: Pick<ReadyMessage, 'key' | 'value' | 'partition'>): string;
}
