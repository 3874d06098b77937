import type { SendJob } from '../job.ts';
import type { Answers } from './answers.ts';

/** What the variables of one message are made from. */
export interface Scope {
  readonly job: Pick<SendJob, 'seed' | 'nowMs'>;
  /** Number of the message, from 0. */
  readonly index: number;
  /** Those of the workspace's variables file. */
  readonly variables: ReadonlyMap<string, string>;
  readonly answers: Answers;
  /** Address of the document, which paths of files are relative to. */
  readonly sourceUri: string;
  /** Full name of the topic the messages go to: a document that names another one is for somewhere else. */
  readonly topicName: string;
  /** No text becomes longer than this, in UTF-16 code units: no value that can be sent comes near it, however it is escaped. */
  readonly maxLength: number;
  /** UTF-8 bytes of a value, at most. */
  readonly maxValueBytes: number;
  /** Number of the next random variable in the message. */
  nextDraw(): number;
}
