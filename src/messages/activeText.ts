import { Range, Selection, type TextDocument, type TextEditor, TextEditorRevealType, window } from 'vscode';

import type { TextFormat } from '../sending/messageText.ts';
import type { NoText, TextSource } from './textSource.ts';

const FORMATS: ReadonlyMap<string, TextFormat> = new Map([
  ['json', 'json'],
  ['jsonc', 'json'],
  ['jsonl', 'jsonLines'],
]);

/**
 * The text of the active editor: its selection if there is one, else the whole document, saved or not, with the line
 * endings it has.
 */
export function readActiveText(): TextSource | NoText {
  const editor = window.activeTextEditor;
  if (editor === undefined) return 'noDocument';
  const [selection, ...others] = editor.selections.filter((candidate) => !candidate.isEmpty);
  if (others.length > 0) return 'severalSelections';
  const format = FORMATS.get(editor.document.languageId) ?? 'text';
  if (selection !== undefined) return sourceOf(editor, selection, format);
  return sourceOf(editor, wholeOf(editor.document), format);
}

function wholeOf(document: TextDocument): Range {
  return document.validateRange(new Range(0, 0, document.lineCount, 0));
}

function sourceOf(editor: TextEditor, range: Range, format: TextFormat): TextSource {
  const { document } = editor;
  const start = document.offsetAt(range.start);
  const line = document.lineAt(editor.selection.active.line);
  return {
    text: document.getText(range),
    format,
    documentUri: document.uri.toString(),
    isUntitled: document.isUntitled,
    placeOf(offset) {
      const position = document.positionAt(start + offset);
      return { line: position.line + 1, column: position.character + 1 };
    },
    async reveal(offset, length) {
      const found = new Range(document.positionAt(start + offset), document.positionAt(start + offset + length));
      const { viewColumn } = editor;
      const shown = await window.showTextDocument(document, viewColumn === undefined ? {} : { viewColumn });
      shown.selection = new Selection(found.start, found.end);
      shown.revealRange(found, TextEditorRevealType.InCenterIfOutsideViewport);
    },
    get cursorLine() {
      if (line.isEmptyOrWhitespace) return undefined;
      return { number: line.lineNumber + 1, source: sourceOf(editor, line.range, 'json') };
    },
  };
}
