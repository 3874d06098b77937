import {
  type CodeLens, Disposable, type DocumentLink, EventEmitter, FileSystemError, languages, TabInputText, type TextDocument, type Uri, window, workspace,
} from 'vscode';

import { Disposables } from '../../../host/disposables.ts';
import { ReadOnlyFiles } from '../../../host/readOnlyFiles.ts';
import type { FunctionsDeps } from '../context.ts';
import { FileLenses } from './codeLenses.ts';
import { isRunFolder, readRunPath, runKey, type RunAddress } from './runAddress.ts';
import type { RunWork } from './runWork.ts';
import { runUri } from './showRun.ts';

/** Registers what runs and activations add to editors: their documents, and lenses on local files that are deployed. */
export function registerRuns(deps: FunctionsDeps): Disposable {
  return Disposable.from(new RunDocuments(deps), new FileLenses(deps));
}

/** Activations as documents of the editor that are only read. Light: what draws them loads with the first one. */
class RunDocuments implements Disposable {
  readonly #deps: FunctionsDeps;
  readonly #ending = new Disposables();
  readonly #files: ReadOnlyFiles;
  readonly #lenses = this.#ending.add(new EventEmitter<void>());
  /** Those the editor has read. */
  readonly #read = new Set<string>();
  #loading: Promise<RunWork> | undefined;

  constructor(deps: FunctionsDeps) {
    this.#deps = deps;
    const { runs } = deps;
    this.#files = this.#ending.add(new ReadOnlyFiles({
      isFolder: isRunFolder,
      read: async (uri) => {
        const address = readRunPath(uri.path);
        if (address === undefined) throw FileSystemError.FileNotFound(uri);
        this.#read.add(runKey(address));
        runs.opened(address);
        return (await this.#work()).read(address);
      },
    }));
    const selector = { scheme: runs.scheme };
    this.#ending.add(workspace.registerFileSystemProvider(runs.scheme, this.#files, { isCaseSensitive: true, isReadonly: true }));
    this.#ending.add(languages.registerDocumentLinkProvider(selector, {
      provideDocumentLinks: (document): Promise<DocumentLink[]> => this.#of(document, (work, address) => work.links(address, document)),
    }));
    this.#ending.add(languages.registerCodeLensProvider(selector, {
      onDidChangeCodeLenses: this.#lenses.event,
      provideCodeLenses: (document): Promise<CodeLens[]> => this.#of(document, (work, address) => work.lenses(address, document)),
    }));
    this.#ending.add(runs.onDidChange((address) => this.#changed(address)));
    this.#ending.add(deps.onDidChangeAccounts(() => this.#lenses.fire()));
    this.#ending.add(workspace.onDidCloseTextDocument((document) => void this.#closed(document)));
    this.#ending.add(new Disposable(() => runs.dispose()));
  }

  dispose(): void {
    this.#ending.dispose();
  }

  #changed(address: RunAddress): void {
    if (!this.#read.has(runKey(address))) return;
    this.#files.changed(runUri(address, this.#deps.runs));
    this.#lenses.fire();
  }

  async #closed({ uri }: TextDocument): Promise<void> {
    const address = uri.scheme === this.#deps.runs.scheme ? readRunPath(uri.path) : undefined;
    // Another language closes and opens a document that stays.
    if (address === undefined || hasTab(uri) || !this.#read.delete(runKey(address))) return;
    this.#deps.runs.closed(address);
    (await this.#work()).closed(address);
  }

  async #of<T>({ uri }: TextDocument, work: (work: RunWork, address: RunAddress) => T[]): Promise<T[]> {
    const address = readRunPath(uri.path);
    return address === undefined ? [] : work(await this.#work(), address);
  }

  #work(): Promise<RunWork> {
    this.#loading ??= import('./runWork.ts').then(({ RunWork }) => new RunWork(this.#deps));
    return this.#loading;
  }
}

function hasTab(uri: Uri): boolean {
  const address = uri.toString();
  return window.tabGroups.all.some(({ tabs }) => tabs.some(({ input }) => input instanceof TabInputText && input.uri.toString() === address));
}
