import { posix } from 'node:path';

import { type Memento, Uri, workspace } from 'vscode';

import { VARIABLES_FILE } from '../../ids.ts';
import { readVariablesFile } from '../../sending/variables/variablesFile.ts';
import type { EnvironmentAccess } from './environmentAccess.ts';
import { decodeText } from './fileSource.ts';
import { includedFile } from './includedFiles.ts';
import { openDocument } from './openDocuments.ts';
import { type FileAnswer, keptInputs, type ReadInputs } from './readInputs.ts';

const STATE_KEY = 'cloudStreams.message.environment';

/** A workspace's variables file, as it stands in the editor or on the disk. */
export interface VariablesFile {
  readonly uri: Uri;
  readonly reading: ReturnType<typeof readVariablesFile>;
}

/** The environment of the variables file that was chosen for this workspace; `undefined` for none. */
export function chosenEnvironment(state: Memento): string | undefined {
  const stored: unknown = state.get(STATE_KEY);
  return typeof stored === 'string' ? stored : undefined;
}

/** Chooses an environment for this workspace, or none. */
export async function chooseEnvironment(state: Memento, environment: string | undefined): Promise<void> {
  await state.update(STATE_KEY, environment);
}

/** The variables file that counts for a document: that of its workspace folder, or of the first. `undefined` where there is none. */
export async function variablesFileFor(documentUri: Uri | undefined): Promise<VariablesFile | undefined> {
  const folder = (documentUri && workspace.getWorkspaceFolder(documentUri)) ?? workspace.workspaceFolders?.[0];
  if (folder === undefined) return undefined;
  const uri = Uri.joinPath(folder.uri, VARIABLES_FILE);
  const text = await textOf(uri);
  return text === undefined ? undefined : { uri, reading: readVariablesFile(text) };
}

/** All that messages of a document take from elsewhere, each asked once. */
export function inputsOf(variables: ReadonlyMap<string, string>, access: EnvironmentAccess): ReadInputs {
  return keptInputs({
    variables,
    env: (name) => access.read(name),
    file: (path, sourceUri) => readIncluded(path, Uri.parse(sourceUri)),
  });
}

async function readIncluded(path: string, document: Uri): Promise<FileAnswer> {
  const root = workspace.getWorkspaceFolder(document)?.uri ?? (document.scheme === 'untitled' ? workspace.workspaceFolders?.[0]?.uri : undefined);
  // A document without a file is nowhere: its paths count from the workspace's folder.
  const folder = document.scheme === 'untitled' ? root : Uri.joinPath(document, '..');
  if (folder === undefined) return { issue: 'fileNotFound' };
  if (folder.scheme === 'file') return includedFile(path, folder.fsPath, (root ?? folder).fsPath);
  return readProvided(path, folder, root ?? folder);
}

/** From a file system of another extension, which has no links to follow. */
async function readProvided(path: string, folder: Uri, root: Uri): Promise<FileAnswer> {
  const wanted = posix.resolve(folder.path, path);
  const base = root.path.endsWith('/') ? root.path : `${root.path}/`;
  if (!wanted.startsWith(base)) return { issue: 'fileOutside' };
  try {
    const uri = folder.with({ path: wanted });
    const { size } = await workspace.fs.stat(uri);
    return size > MAX_PROVIDED_BYTES ? { issue: 'fileNotFound' } : { text: decodeText(await workspace.fs.readFile(uri)) };
  } catch {
    return { issue: 'fileNotFound' };
  }
}

/** No message is larger. */
const MAX_PROVIDED_BYTES = 1_048_576;

async function textOf(uri: Uri): Promise<string | undefined> {
  const document = openDocument(uri);
  if (document !== undefined) return document.getText();
  try {
    return decodeText(await workspace.fs.readFile(uri));
  } catch {
    return undefined;
  }
}
