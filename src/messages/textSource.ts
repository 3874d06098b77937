import type { TextFormat } from '../sending/messageText.ts';

/** A place in a document, as people count: from 1. */
interface Place {
  readonly line: number;
  readonly column: number;
}

/** The text a message is made from, taken when the command started: what is typed afterwards does not change it. */
export interface TextSource {
  readonly text: string;
  readonly format: TextFormat;
  /** Names the document for the memory of targets. */
  readonly documentUri: string;
  /** Whether the document still has no file. */
  readonly isUntitled: boolean;
  /** Where an offset of the text stands in the document. */
  placeOf(offset: number): Place;
  /** Shows and selects a stretch of the text in the editor. The text itself is never touched. */
  reveal(offset: number, length: number): Promise<void>;
  /** The line of the cursor as a text of its own, where it is not blank. */
  readonly cursorLine: { readonly number: number; readonly source: TextSource } | undefined;
}

/** Why there is no text to send. */
export type NoText = 'noDocument' | 'severalSelections';
