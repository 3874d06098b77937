import type { Place } from './message.ts';

/** What a text claims to be: one JSON value, one JSON value a line, or anything. */
export type TextFormat = 'json' | 'jsonLines' | 'text';

/**
 * What the values of a text are: `messages` have `key`, `value` and `partition`; `value` is the text as it stands, one message for a
 * document and one for each line of JSON Lines; `elements` are those of a JSON array, a message each.
 */
export type SourceContent = 'messages' | 'value' | 'elements';

/** Names a text that messages are read from, so that it can be read again later. Never holds the text. */
export interface SourceRef {
  /** The editor's address of the document or file. */
  readonly uri: string;
  /** What people call it: its path in the workspace, or its name. */
  readonly name: string;
  readonly format: TextFormat;
  readonly content: SourceContent;
  /** The part that is sent, where it is not all of it. */
  readonly range?: { readonly start: Place; readonly end: Place };
  /** Only this message of it, from 0: the one whose lens was pressed. */
  readonly only?: number;
}

/** A text that messages are read from. */
export interface MessageSource extends SourceRef {
  /** Where the text begins in its document: places of messages count from there. */
  readonly start: Place;
  /**
   * The text in order, in pieces of any length, without a byte order mark; each call reads it from the start.
   * @throws SourceError where it cannot be read
   * @throws CancelledError
   */
  read(signal: AbortSignal): AsyncIterable<string>;
  /** Whether it is still what it was when it was opened. */
  isUnchanged(): Promise<boolean>;
}

/** Why a source cannot be read. */
export class SourceError extends Error {
  override readonly name = 'SourceError';
  readonly reason: { readonly kind: 'notUtf8' } | { readonly kind: 'unreadable'; readonly detail: string } | { readonly kind: 'documentTooLarge' };

  constructor(reason: SourceError['reason']) {
    super(reason.kind);
    this.reason = reason;
  }
}

/** What is read is no longer what the plan was made from. Nothing of the difference was passed on. */
export class SourceChangedError extends Error {
  override readonly name = 'SourceChangedError';

  constructor() {
    super('The texts are no longer what the plan was made from');
  }
}
