import { realpath } from 'node:fs/promises';
import { posix, sep } from 'node:path';

import { FileType, l10n, Uri, window, workspace } from 'vscode';

import { CancelledError } from '../../../model/cloudError.ts';
import { ProblemError } from '../../../model/problem.ts';
import type { ArchiveEntry } from './archive.ts';
import { MAX_ENTRIES, MAX_UNPACKED_BYTES } from './archive.ts';
import { folderRules, IGNORE_FILES } from './folderFiles.ts';
import type { FolderRules } from './folderFiles.ts';
import type { LocalFolder } from './localCode.ts';
import type { LocalFiles } from './localFiles.ts';

/** Files through the editor: its dialogs, its documents that are not saved yet, its file systems. */
export function editorFiles(pick: LocalFiles['pick'] = pickInDialog): LocalFiles {
  return {
    pick,
    read: async (address, signal) => {
      const uri = Uri.parse(address, true);
      const open = openText(uri);
      if (open !== undefined) return { kind: 'file', uri: address, name: nameOf(uri), bytes: new TextEncoder().encode(open) };
      try {
        const { type, size } = await workspace.fs.stat(uri);
        if ((type & FileType.Directory) !== 0) return await readFolder(uri, signal);
        if ((type & FileType.File) === 0 || size > MAX_UNPACKED_BYTES) throw tooMuch(nameOf(uri));
        return { kind: 'file', uri: address, name: nameOf(uri), bytes: await workspace.fs.readFile(uri) };
      } catch (error) {
        throw error instanceof CancelledError || error instanceof ProblemError ? error : unreadable(uri, error);
      }
    },
    exists: async (address) => workspace.fs.stat(Uri.parse(address, true)).then(() => true, () => false),
    write: async (address, bytes) => {
      const uri = Uri.parse(address, true);
      try {
        await workspace.fs.createDirectory(Uri.joinPath(uri, '..'));
        await workspace.fs.writeFile(uri, bytes);
      } catch (error) {
        throw new ProblemError({ message: l10n.t('"{0}" could not be written.', workspace.asRelativePath(uri)), remedies: ['showLog'] }, error);
      }
    },
    below: (folder, path) => Uri.joinPath(Uri.parse(folder, true), ...path.split('/')).toString(),
    open: async (address) => {
      await window.showTextDocument(Uri.parse(address, true));
    },
  };
}

async function pickInDialog(what: 'file' | 'folder', title: string, verb: string): Promise<string> {
  const isFolder = what === 'folder';
  const chosen = await window.showOpenDialog({ title, openLabel: verb, canSelectFiles: !isFolder, canSelectFolders: isFolder, canSelectMany: false });
  const [uri] = chosen ?? [];
  if (uri === undefined) throw new CancelledError();
  return uri.toString();
}

/** The text of a document that is not saved, or has no file: what its user sees is what is deployed. */
function openText(uri: Uri): string | undefined {
  const document = workspace.textDocuments.find((one) => !one.isClosed && one.uri.toString() === uri.toString());
  return document?.isDirty === true || document?.isUntitled === true ? document.getText() : undefined;
}

/** What a walk through a folder found so far. */
interface Walk {
  readonly root: Uri;
  readonly rules: FolderRules;
  readonly signal: AbortSignal;
  readonly entries: ArchiveEntry[];
  bytes: number;
  leftOut: number;
  links: number;
}

async function readFolder(root: Uri, signal: AbortSignal): Promise<LocalFolder> {
  const walk: Walk = { root, rules: await rulesOf(root), signal, entries: [], bytes: 0, leftOut: 0, links: 0 };
  await walkInto('', walk);
  const { entries, rules, leftOut, links } = walk;
  return { kind: 'folder', uri: root.toString(), name: nameOf(root), entries, ignoredBy: rules.file, leftOut, links };
}

async function rulesOf(root: Uri): Promise<FolderRules> {
  for (const file of IGNORE_FILES) {
    const uri = Uri.joinPath(root, file);
    const text = openText(uri) ?? (await workspace.fs.readFile(uri).then((bytes) => new TextDecoder().decode(bytes), () => undefined));
    if (text !== undefined) return folderRules(file, text);
  }
  return folderRules(undefined, '');
}

async function walkInto(folder: string, walk: Walk): Promise<void> {
  const { root, rules, signal } = walk;
  const names = await workspace.fs.readDirectory(folder === '' ? root : Uri.joinPath(root, folder));
  for (const [name, type] of names.toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    if (signal.aborted) throw new CancelledError();
    const path = folder === '' ? name : `${folder}/${name}`;
    const isFolder = (type & FileType.Directory) !== 0;
    if (rules.leavesOut(path, isFolder ? 'folder' : 'file')) walk.leftOut += 1;
    // A link to a folder may lead back to where it stands.
    else if ((type & FileType.SymbolicLink) !== 0 && (isFolder || (await leadsOut(Uri.joinPath(root, path), root)))) walk.links += 1;
    else if (isFolder) await walkInto(path, walk);
    // A pipe would wait for whoever writes into it.
    else if ((type & FileType.File) !== 0) await take(path, walk);
  }
}

async function take(path: string, walk: Walk): Promise<void> {
  const { root, entries } = walk;
  const uri = Uri.joinPath(root, path);
  const open = openText(uri);
  // Asked before it is read: one file may be larger than all memory.
  walk.bytes += open === undefined ? (await workspace.fs.stat(uri)).size : open.length;
  if (entries.length >= MAX_ENTRIES || walk.bytes > MAX_UNPACKED_BYTES) throw tooMuch(nameOf(root));
  entries.push({ path, bytes: open === undefined ? await workspace.fs.readFile(uri) : new TextEncoder().encode(open) });
}

function tooMuch(name: string): ProblemError {
  return new ProblemError({
    message: l10n.t('"{0}" holds far more than an action can have.', name),
    hint: l10n.t('Leave out what it does not need: name it in a ".ncloudignore" file.'),
    remedies: [],
  });
}

/** Whether a file is a link to somewhere else than the folder; unknown is yes. */
async function leadsOut(uri: Uri, root: Uri): Promise<boolean> {
  if (uri.scheme !== 'file') return true;
  try {
    return !(await realpath(uri.fsPath)).startsWith(`${await realpath(root.fsPath)}${sep}`);
  } catch {
    return true;
  }
}

function nameOf(uri: Uri): string {
  return posix.basename(uri.path);
}

function unreadable(uri: Uri, cause: unknown): ProblemError {
  return new ProblemError({ message: l10n.t('"{0}" cannot be read.', workspace.asRelativePath(uri)), remedies: ['showLog'] }, cause);
}
