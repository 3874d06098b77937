import type { MessageIssue, Place } from './message.ts';

/** What a plan says of all messages together. */
export interface PlanFacts {
  /** Messages that can be sent. */
  readonly count: number;
  /** Everything that was read: messages that can be sent and what cannot. */
  readonly total: number;
  readonly issueCount: number;
  /** The first of what cannot be sent; never more than a thousand. */
  readonly issues: readonly MessageIssue[];
  /** UTF-8 bytes of all values. */
  readonly bytes: number;
  /** The largest value, `undefined` without messages. */
  readonly largest: { readonly bytes: number; readonly source: number; readonly place: Place } | undefined;
  /** Messages whose key was made up. */
  readonly generatedKeys: number;
  /** Different keys the documents give; `undefined` where there are too many to be counted. */
  readonly distinctKeys: number | undefined;
  /** Messages for each partition they name. */
  readonly partitions: ReadonlyMap<number, number>;
  /** Messages that leave the partition to the service. */
  readonly unassigned: number;
  /** SHA-256 in hex over key, partition and value of all messages in their order. */
  readonly fingerprint: string;
  /**
   * The same on the way there: 16 bytes in base64url for each thousand of what was read, or for 8 MiB of it, and for the rest at the end. Each stands
   * for everything up to there, so that a sender sees that a text has changed before anything of the change leaves.
   */
  readonly checks: readonly string[];
}
