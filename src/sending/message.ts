import type { JsonProblemCode } from './reading/jsonProblem.ts';

/** A place in a text, as people count: both from 1, columns in UTF-16 code units. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** One message as it goes out: its variables are resolved. */
export interface ReadyMessage {
  /** Its number among everything that was read for a run, from 0; what cannot be sent has a number, too. */
  readonly index: number;
  /** Number of its source in the run, from 0. */
  readonly source: number;
  /** Where it begins. */
  readonly place: Place;
  readonly key: string;
  /** True where the document gives no key, and one was made up. */
  readonly isKeyGenerated: boolean;
  readonly value: string;
  /** Length of the value in UTF-8. */
  readonly bytes: number;
  /** From 0; `undefined` where the service chooses. */
  readonly partition: number | undefined;
}

/** What is in the way of a message, with all that its words need. */
export type IssueReason =
  | { readonly kind: 'notJson'; readonly code: JsonProblemCode }
  /** There is nothing to send at all. */
  | { readonly kind: 'empty' }
  | { readonly kind: 'tooLarge'; readonly bytes: number; readonly maxBytes: number }
  /** Half of a surrogate pair: UTF-8 cannot carry it. */
  | { readonly kind: 'notUnicode' }
  /** A file that is no UTF-8. */
  | { readonly kind: 'notUtf8' }
  /** A file that cannot be read, or changed while it was. */
  | { readonly kind: 'unreadable'; readonly detail: string }
  /** A JSON document beyond what one text can hold; JSON Lines have no such bound. */
  | { readonly kind: 'documentTooLarge' }
  /** Where a message is expected: an object with `value`. */
  | { readonly kind: 'notAMessage' }
  | { readonly kind: 'valueMissing' }
  /** Kafka's tombstone, which the target cannot carry. */
  | { readonly kind: 'valueNull' }
  | { readonly kind: 'keyNotText' }
  | { readonly kind: 'partitionNotNumber' }
  /** `last` is the topic's highest partition. */
  | { readonly kind: 'noSuchPartition'; readonly partition: number; readonly last: number }
  /** Kafka knows it, but this target has no place for it (`headers`, `timestamp`). */
  | { readonly kind: 'fieldNotCarried'; readonly field: string }
  | { readonly kind: 'unknownField'; readonly field: string }
  | { readonly kind: 'duplicateField'; readonly field: string }
  | { readonly kind: 'topicNotText' }
  | { readonly kind: 'messagesNotAList' }
  /** The document names another topic than the one it is sent to. */
  | { readonly kind: 'otherTopic'; readonly topic: string; readonly target: string }
  /** `known` are names it may have been meant to be, the likeliest first. */
  | { readonly kind: 'unknownVariable'; readonly name: string; readonly known: readonly string[] }
  /** A variable with arguments it does not take; `usage` is how it is written. */
  | { readonly kind: 'badVariable'; readonly text: string; readonly usage: string }
  /** `{{` without `}}`. */
  | { readonly kind: 'variableNotClosed' }
  | { readonly kind: 'envNotSet'; readonly name: string }
  /** The user did not let the document read the environment. */
  | { readonly kind: 'envNotAllowed'; readonly name: string }
  /** It holds a key of an account, which never goes into a message. */
  | { readonly kind: 'envIsSecret'; readonly name: string }
  | { readonly kind: 'fileNotFound'; readonly path: string }
  /** Outside of the workspace, or of the folder of the document. */
  | { readonly kind: 'fileOutside'; readonly path: string };

/** Something that was read and cannot be sent. */
export interface MessageIssue {
  readonly index: number;
  readonly source: number;
  /** What it is about, which may be in the middle of the message. */
  readonly place: Place;
  /** UTF-16 code units on that line; 0 where nothing but the place is known. */
  readonly length: number;
  readonly reason: IssueReason;
}

/** What reading gives for each message. */
export type Reading = ReadyMessage | MessageIssue;

/** Whether something that was read cannot be sent. */
export function isIssue(reading: Reading): reading is MessageIssue {
  return 'reason' in reading;
}
