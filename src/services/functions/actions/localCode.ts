import * as l10n from '@vscode/l10n';

import type { Formatter } from '../../../model/format.ts';
import { runtimeOf } from '../../../model/functionRuntimes.ts';
import { bytesOf, MAX_CODE_BYTES } from '../../../model/functionNames.ts';
import { ProblemError } from '../../../model/problem.ts';
import { isArchive, zipEntries } from './archive.ts';
import type { ArchiveEntry } from './archive.ts';
import type { IgnoreFile } from './folderFiles.ts';

/** A file on this machine, as it stands in its editor or on the disk. */
export interface LocalFile {
  readonly kind: 'file';
  readonly uri: string;
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A folder on this machine, without what its rules leave out. */
export interface LocalFolder {
  readonly kind: 'folder';
  readonly uri: string;
  readonly name: string;
  readonly entries: readonly ArchiveEntry[];
  /** Where the rules stand. */
  readonly ignoredBy: IgnoreFile | undefined;
  /** Files, and folders with all they hold, that the rules left out. */
  readonly leftOut: number;
  /** Links that lead elsewhere, or to folders: they are left out. */
  readonly links: number;
}

/** Code as the service takes it. */
export interface NewCode {
  /** Text, or an archive as Base64. */
  readonly code: string;
  readonly isBinary: boolean;
  /** As it is on this machine: bytes of the text, or of the archive. */
  readonly size: number;
  /** What was read, for people: `resize.js`, `3 files of "resize"`. */
  readonly from: string;
  /** Sentences about it that its user should know. */
  readonly remarks: readonly string[];
}

/** Files that are named where all of them are too large. */
const MOST_NAMED = 5;

/**
 * Code of a file or a folder, as it is sent.
 * @param runtime the kind it is for; undefined where that is not known yet
 * @throws ProblemError where it is no code for it, or too large; says which files are the biggest
 */
export async function codeOf(local: LocalFile | LocalFolder, runtime: string | undefined, format: Formatter): Promise<NewCode> {
  return local.kind === 'file' ? codeOfFile(local, runtime, format) : codeOfFolder(local, runtime, format);
}

function codeOfFile({ name, bytes }: LocalFile, runtime: string | undefined, format: Formatter): NewCode {
  if (bytes.length === 0) throw refused(l10n.t('"{0}" is empty.', name));
  if (isArchive(bytes)) {
    const code = Buffer.from(bytes).toString('base64');
    requireSize(code.length, [{ path: name, bytes }], format);
    return { code, isBinary: true, size: bytes.length, from: name, remarks: [] };
  }
  const text = textOf(bytes);
  if (text === undefined) throw refused(l10n.t('"{0}" is neither text in UTF-8 nor a ZIP or JAR archive.', name));
  const known = runtimeOf(runtime);
  if (known?.takesText === false) throw refused(l10n.t('{0} needs a built archive (.jar, .zip), but "{1}" is text.', known.language, name));
  requireSize(bytesOf(text), [{ path: name, bytes }], format);
  return { code: text, isBinary: false, size: bytesOf(text), from: name, remarks: [] };
}

async function codeOfFolder(folder: LocalFolder, runtime: string | undefined, format: Formatter): Promise<NewCode> {
  const { name, entries } = folder;
  if (entries.length === 0) throw refused(l10n.t('Folder "{0}" holds no file that would be deployed.', name));
  // What is far too large is not packed first.
  const total = entries.reduce((sum, { bytes }) => sum + bytes.length, 0);
  requireSize(total / 20, entries, format);
  const archive = await zipEntries(entries);
  const code = Buffer.from(archive).toString('base64');
  requireSize(code.length, entries, format);
  const count = format.count(entries.length);
  const from = entries.length === 1 ? l10n.t('1 file of "{0}"', name) : l10n.t('{0} files of "{1}"', count, name);
  return { code, isBinary: true, size: archive.length, from, remarks: remarksOf(folder, runtime, format) };
}

function remarksOf({ entries, ignoredBy, leftOut, links }: LocalFolder, runtime: string | undefined, format: Formatter): readonly string[] {
  const paths = entries.map(({ path }) => path);
  const missing = missingEntry(runtime, paths);
  return [
    ...(missing === undefined ? [] : [missing]),
    ...(ignoredBy === undefined || leftOut === 0 ? [] : [leftOut === 1 ? l10n.t('{0} leaves out 1 file or folder.', ignoredBy) : l10n.t('{0} leaves out {1} files and folders.', ignoredBy, format.count(leftOut))]),
    ...(links === 0 ? [] : [links === 1 ? l10n.t('1 link that leads elsewhere is left out.') : l10n.t('{0} links that lead elsewhere are left out.', format.count(links))]),
  ];
}

/** The file an archive is entered by, where it has none (OpenWhisk's rules for archives). */
function missingEntry(runtime: string | undefined, paths: readonly string[]): string | undefined {
  const extension = runtimeOf(runtime)?.extension;
  if (extension === 'js' && !paths.includes('package.json') && !paths.includes('index.js')) {
    return l10n.t('It has neither "package.json" nor "index.js" at its top: Node.js looks for the action there.');
  }
  if (extension === 'py' && !paths.includes('__main__.py')) return l10n.t('It has no "__main__.py" at its top: Python looks for the action there.');
  return undefined;
}

/** @throws ProblemError where it is more than an action can have */
function requireSize(sent: number, files: readonly ArchiveEntry[], format: Formatter): void {
  if (sent <= MAX_CODE_BYTES) return;
  const biggest = files.toSorted((a, b) => b.bytes.length - a.bytes.length).slice(0, MOST_NAMED).map(({ path, bytes }) => `${path} (${format.bytes(bytes.length)})`);
  throw new ProblemError({
    message: l10n.t('The code is too large: at most {0} can be sent. The biggest files: {1}', format.bytes(MAX_CODE_BYTES), biggest.join(', ')),
    hint: l10n.t('Leave out what it does not need: name it in a ".ncloudignore" file.'),
    remedies: [],
  });
}

/** Text in UTF-8 without its mark; undefined where it is none. */
function textOf(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}

function refused(message: string): ProblemError {
  return new ProblemError({ message, remedies: [] });
}
