import { Uri, window, workspace } from 'vscode';

import { openDocument } from './sources/openDocuments.ts';
import { type NoText, takeActiveText, takeText, type TakenText } from './sources/takeText.ts';

/** An address in what a command was given: from a lens, a menu, or whoever wrote it. */
function uriOf(given: unknown): Uri | undefined {
  if (given instanceof Uri) return given;
  if (typeof given !== 'string' || given === '') return undefined;
  try {
    return Uri.parse(given, true);
  } catch {
    return undefined;
  }
}

/** The addresses among what the Explorer gives: all that are selected where the clicked one is among them. */
export function urisOf([clicked, selected]: readonly unknown[]): readonly Uri[] {
  const all = Array.isArray(selected) ? selected.filter((item) => item instanceof Uri) : [];
  if (!(clicked instanceof Uri)) return all;
  return all.some((uri) => uri.toString() === clicked.toString()) ? all : [clicked];
}

/** The number of a message, from 0. */
export function indexOf(given: unknown): number | undefined {
  return typeof given === 'number' && Number.isSafeInteger(given) && given >= 0 ? given : undefined;
}

/** The id of a plan or a run. */
export function idOf(given: unknown): string | undefined {
  return typeof given === 'string' && given !== '' ? given : undefined;
}

/**
 * The text a command is about, as it stands before anything is waited for where its document is open: that of a lens is all of its
 * document; else the selection counts. What is given and is no address means no document: another one that is in front would be a mistake.
 */
export async function takenFor(given: unknown): Promise<TakenText | NoText> {
  const uri = uriOf(given);
  const active = window.activeTextEditor?.document.uri.toString();
  if (uri === undefined && given !== undefined && given !== null) return 'noDocument';
  if (uri === undefined || (given instanceof Uri && uri.toString() === active)) return takeActiveText();
  const document = openDocument(uri);
  if (document !== undefined) return takeText(document);
  try {
    return takeText(await workspace.openTextDocument(uri));
  } catch {
    return (await sizeOf(uri)) > MAX_DOCUMENT_BYTES ? 'documentTooLarge' : 'noDocument';
  }
}

/** The editor gives no larger document to an extension. */
const MAX_DOCUMENT_BYTES = 50 * 1_048_576;

/** 0 where there is no file. */
async function sizeOf(uri: Uri): Promise<number> {
  try {
    return (await workspace.fs.stat(uri)).size;
  } catch {
    return 0;
  }
}
