import { realpath } from 'node:fs/promises';

import { FileType, Uri, workspace } from 'vscode';

import { VARIABLES_FILE } from '../../ids.ts';
import type { Formatter } from '../../model/format.ts';
import { isWithin } from './includedFiles.ts';
import { isToolFile } from './toolFiles.ts';

/** Files that hold messages. */
const MESSAGE_FILE = /\.(?:json|jsonl|ndjson)$/i;

/** More files than this are no choice somebody made. */
const MAX_FILES = 10_000;

/** The files a choice in the Explorer comes to. */
export interface FoundFiles {
  /** In natural order, each once. */
  readonly files: readonly Uri[];
  /** Whether there are more than are looked at. */
  readonly isCut: boolean;
}

/** Below folders, these hold nothing that somebody wrote to be sent: dependencies, what tools keep, and what is hidden. */
const LEFT_OUT = /^(?:\.|node_modules$)/;

/**
 * The message files among some files, and below some folders. A file that was chosen itself counts whatever it is called and wherever it
 * leads; below a folder, what is hidden, what belongs to tools, and links out of the folder are left out.
 */
export async function findFiles(chosen: readonly Uri[], format: Formatter, signal: AbortSignal): Promise<FoundFiles> {
  const found = new Map<string, Uri>();
  for (const uri of chosen) await collect(uri, found, signal);
  const files = [...found.values()].toSorted((a, b) => format.compare(a.path, b.path));
  return { files: files.slice(0, MAX_FILES), isCut: files.length > MAX_FILES };
}

async function collect(uri: Uri, found: Map<string, Uri>, signal: AbortSignal): Promise<void> {
  const type = await typeOf(uri);
  if ((type & FileType.Directory) !== 0) await collectBelow(uri, uri, found, signal);
  else if ((type & FileType.File) !== 0 && MESSAGE_FILE.test(uri.path)) found.set(uri.toString(), uri);
}

async function collectBelow(folder: Uri, chosen: Uri, found: Map<string, Uri>, signal: AbortSignal): Promise<void> {
  for (const [name, type] of await workspace.fs.readDirectory(folder)) {
    if (signal.aborted || found.size > MAX_FILES) return;
    if (LEFT_OUT.test(name)) continue;
    const uri = Uri.joinPath(folder, name);
    // A link to a folder may lead back to where it stands.
    if (type === FileType.Directory) await collectBelow(uri, chosen, found, signal);
    else if ((type & FileType.File) !== 0 && holdsMessages(uri, name) && !(await leadsOut(uri, type, chosen))) found.set(uri.toString(), uri);
  }
}

function holdsMessages(uri: Uri, name: string): boolean {
  return MESSAGE_FILE.test(name) && !isToolFile(name) && workspace.asRelativePath(uri, false) !== VARIABLES_FILE;
}

/** Whether a file is a link to somewhere else than the folder that was chosen; unknown is yes. */
async function leadsOut(uri: Uri, type: FileType, chosen: Uri): Promise<boolean> {
  if ((type & FileType.SymbolicLink) === 0) return false;
  if (uri.scheme !== 'file') return true;
  try {
    return !isWithin(await realpath(uri.fsPath), await realpath(chosen.fsPath));
  } catch {
    return true;
  }
}

/** `Unknown` where there is nothing: whoever can run the command may name anything. */
async function typeOf(uri: Uri): Promise<FileType> {
  try {
    return (await workspace.fs.stat(uri)).type;
  } catch {
    return FileType.Unknown;
  }
}
