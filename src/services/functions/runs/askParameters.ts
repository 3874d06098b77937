import { FileType, Position, type TextDocument, Uri, window, workspace, WorkspaceEdit } from 'vscode';

import type { FunctionsDeps } from '../context.ts';
import { chooseParameters, type ParameterPlaces, type ParameterText } from './parameterChoice.ts';
import { newParameterFile, PARAMETER_FILE_ENDING } from './parameterSources.ts';
import type { RunInput } from './runStore.ts';
import type { RunSubject } from './subject.ts';

/** Parameter files of one name that are offered. */
const MAX_FILES = 20;
/** Open documents that are offered. */
const MAX_DOCUMENTS = 8;

/** What asking for parameters needs. */
export type AskParametersDeps = Pick<FunctionsDeps, 'prompts' | 'state' | 'runs'>;

/**
 * Asks what an action is run, or a trigger is fired, with: what was used last, nothing, typed JSON, an open JSON document, or a named set
 * of a `<name>.params.json` in the workspace. Where something came from is remembered in the workspace, what it was in this window alone.
 * @throws CancelledError where the question was closed, or a new file is to be written first; ProblemError where what was chosen holds none
 */
export function askParameters(subject: RunSubject, deps: AskParametersDeps): Promise<RunInput> {
  return chooseParameters(subject, deps, editorPlaces(subject.name));
}

function editorPlaces(name: string): ParameterPlaces {
  return {
    documents: () => {
      const front = window.activeTextEditor?.document;
      const open = [...(front === undefined ? [] : [front]), ...workspace.textDocuments.filter((document) => document !== front)];
      return open.filter(isOffered).slice(0, MAX_DOCUMENTS).map(textOf);
    },
    files: async () => {
      const pattern = `**/${name.replaceAll(/[^\w-]/g, '?')}${PARAMETER_FILE_ENDING}`;
      const found = await workspace.findFiles(pattern, '**/node_modules/**', MAX_FILES);
      const open = workspace.textDocuments.filter(({ isClosed, uri }) => !isClosed && uri.path.endsWith(`/${name}${PARAMETER_FILE_ENDING}`));
      const all = new Map([...found, ...open.map(({ uri }) => uri)].map((uri) => [uri.toString(), uri]));
      const here = folderInFront();
      const rank = (uri: Uri): number => (folderOf(uri) === here ? 0 : uri.path.split('/').length);
      return [...all.values()].toSorted((a, b) => rank(a) - rank(b) || (a.path < b.path ? -1 : 1)).map(fileOf);
    },
    find: async (address) => {
      const uri = Uri.parse(address);
      const open = openDocument(uri);
      if (open !== undefined) return textOf(open);
      return (await isFile(uri)) ? fileOf(uri) : undefined;
    },
    create: () => createFile(name),
  };
}

/** Documents that show something of a cloud are none of the user's; a parameter file's sets are offered one by one. */
function isOffered({ languageId, uri, isClosed }: TextDocument): boolean {
  const isJson = languageId === 'json' || languageId === 'jsonc';
  return isJson && !isClosed && (uri.scheme === 'file' || uri.scheme === 'untitled' || uri.scheme === 'vscode-remote') && !uri.path.endsWith(PARAMETER_FILE_ENDING);
}

function textOf(document: TextDocument): ParameterText {
  const { uri } = document;
  return { uri: uri.toString(), name: workspace.asRelativePath(uri), read: () => Promise.resolve(document.getText()) };
}

/** What is typed into it counts, saved or not. */
function fileOf(uri: Uri): ParameterText {
  return {
    uri: uri.toString(),
    name: workspace.asRelativePath(uri),
    read: async () => openDocument(uri)?.getText() ?? new TextDecoder().decode(await workspace.fs.readFile(uri)),
  };
}

function openDocument(uri: Uri): TextDocument | undefined {
  const address = uri.toString();
  return workspace.textDocuments.find((document) => !document.isClosed && document.uri.toString() === address);
}

/** Opens it unsaved, beside the code in front or in the first folder of the workspace; one that is there already as it is. */
async function createFile(name: string): Promise<void> {
  const folder = folderInFront() ?? workspace.workspaceFolders?.[0]?.uri.toString();
  const file = `${name.replaceAll(/[^\p{L}\p{N}._-]/gu, '_')}${PARAMETER_FILE_ENDING}`;
  const target = folder === undefined ? undefined : Uri.joinPath(Uri.parse(folder), file);
  if (target !== undefined && (await isFile(target))) {
    await window.showTextDocument(target);
    return;
  }
  const uri = target?.with({ scheme: 'untitled' }) ?? Uri.from({ scheme: 'untitled', path: file });
  const document = await workspace.openTextDocument(uri);
  if (document.getText() === '') {
    const edit = new WorkspaceEdit();
    edit.insert(uri, new Position(0, 0), newParameterFile());
    await workspace.applyEdit(edit);
  }
  await window.showTextDocument(document);
}

function folderInFront(): string | undefined {
  const uri = window.activeTextEditor?.document.uri;
  return uri?.scheme === 'file' ? folderOf(uri) : undefined;
}

function folderOf(uri: Uri): string {
  return Uri.joinPath(uri, '..').toString();
}

async function isFile(uri: Uri): Promise<boolean> {
  try {
    return ((await workspace.fs.stat(uri)).type & FileType.File) !== 0;
  } catch {
    return false;
  }
}
