import * as l10n from '@vscode/l10n';
import { FileSystemError, FileType, Range, type TextDocument, Uri, workspace } from 'vscode';

import type { Place } from '../../sending/message.ts';
import { type MessageSource, SourceError, type SourceRef } from '../../sending/source.ts';
import { decodeText, fileSource, START, textSource, unreadableSource } from './fileSource.ts';
import { openDocument } from './openDocuments.ts';

/**
 * Opens a text to read messages from: as it stands in the editor where it is not saved there, else from its file. It never throws:
 * what is not there fails when it is read.
 */
export async function openSource(ref: SourceRef): Promise<MessageSource> {
  const uri = Uri.parse(ref.uri);
  const document = openDocument(uri);
  if (document !== undefined && (document.isDirty || document.isUntitled || ref.range !== undefined)) return documentSource(ref, document);
  if (ref.range !== undefined) return rangeOfFile(ref, ref.range, uri);
  return uri.scheme === 'file' ? fileSource(ref, uri.fsPath) : providedSource(ref, uri);
}

/** The text of a document as it is now; of a part of it where the name says so. */
function documentSource(ref: SourceRef, document: TextDocument): MessageSource {
  const range = ref.range === undefined ? undefined : document.validateRange(rangeOf(ref.range));
  return textSource(ref, document.getText(range), ref.range?.start ?? START);
}

/** Places as the editor counts: from 0. */
function rangeOf({ start, end }: { readonly start: Place; readonly end: Place }): Range {
  return new Range(start.line - 1, start.column - 1, end.line - 1, end.column - 1);
}

async function rangeOfFile(ref: SourceRef, { start }: { readonly start: Place }, uri: Uri): Promise<MessageSource> {
  // A document without a file that was closed would be made anew, and be empty.
  if (uri.scheme === 'untitled') return unreadableSource(ref, { kind: 'unreadable', detail: l10n.t('It is no longer there.') });
  try {
    const document = await workspace.openTextDocument(uri);
    return textSource(ref, document.getText(document.validateRange(rangeOf(ref.range ?? { start, end: start }))), start);
  } catch (error) {
    return unreadableSource(ref, reasonOf(error));
  }
}

/** A file that is not on this machine, or a document of another extension. */
async function providedSource(ref: SourceRef, uri: Uri): Promise<MessageSource> {
  try {
    const stamp = await stampOf(uri);
    const text = decodeText(await workspace.fs.readFile(uri));
    return { ...textSource(ref, text), isUnchanged: async () => (await stampOf(uri).catch(() => undefined)) === stamp };
  } catch (error) {
    return unreadableSource(ref, reasonOf(error));
  }
}

async function stampOf(uri: Uri): Promise<string> {
  const { mtime, size, type } = await workspace.fs.stat(uri);
  if ((type & FileType.Directory) !== 0) throw FileSystemError.FileIsADirectory(uri);
  return `${mtime} ${size}`;
}

function reasonOf(error: unknown): SourceError['reason'] {
  if (error instanceof SourceError) return error.reason;
  const isGone = error instanceof FileSystemError && error.code === 'FileNotFound';
  return { kind: 'unreadable', detail: isGone ? l10n.t('It is no longer there.') : l10n.t('It cannot be read.') };
}
