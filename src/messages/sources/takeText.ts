import { posix } from 'node:path';

import { type Range, TabInputText, type TextDocument, window } from 'vscode';

import type { Place } from '../../sending/message.ts';
import { nameOf } from './openDocuments.ts';
import type { BoundDocument } from '../targets/targetMemory.ts';

/** The text of a document, taken when a command started: what is typed afterwards does not change it. */
export interface TakenText extends BoundDocument {
  /** What people call the document. */
  readonly name: string;
  /** Name of its file. */
  readonly fileName: string;
  readonly languageId: string;
  /** Counts the changes of the document. */
  readonly version: number;
  readonly text: string;
  /** The part that was selected, where it is not all of it. */
  readonly range?: { readonly start: Place; readonly end: Place };
  /** All of the document where a part of it was selected: it may say what its parts are, and where they go. */
  readonly whole?: string;
}

/** Why there is no text to send. */
export type NoText = 'noDocument' | 'severalSelections' | 'documentTooLarge';

/**
 * The text of the active editor: its selection if there is one, else the whole document, saved or not, with the line
 * endings it has.
 */
export function takeActiveText(): TakenText | NoText {
  const editor = window.activeTextEditor;
  // The editor shows a text it tells extensions nothing of: it is larger than those are given.
  if (editor === undefined) return window.tabGroups.activeTabGroup.activeTab?.input instanceof TabInputText ? 'documentTooLarge' : 'noDocument';
  const [selection, ...others] = editor.selections.filter((candidate) => !candidate.isEmpty);
  if (others.length > 0) return 'severalSelections';
  return takeText(editor.document, selection);
}

/** The text of a document, or of a part of it. */
export function takeText(document: TextDocument, range?: Range): TakenText {
  const { uri, isUntitled, languageId, version } = document;
  const whole = { uri: uri.toString(), isUntitled, name: nameOf(uri), fileName: posix.basename(uri.path), languageId, version };
  if (range === undefined) return { ...whole, text: document.getText() };
  return { ...whole, text: document.getText(range), whole: document.getText(), range: { start: placeOf(range.start), end: placeOf(range.end) } };
}

/** A place as people count: from 1. */
function placeOf({ line, character }: { readonly line: number; readonly character: number }): Place {
  return { line: line + 1, column: character + 1 };
}
