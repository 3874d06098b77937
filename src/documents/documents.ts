import { type Disposable, EventEmitter, languages, type TextDocument, TextDocumentSaveReason, type TextEditor, type Uri, window, workspace } from 'vscode';

import { Disposables } from '../host/disposables.ts';
import { Emitter } from '../host/emitter.ts';
import { RESOURCE_SCHEME } from '../ids.ts';
import { CloudError } from '../model/cloudError.ts';
import type { ResourceRef } from '../model/resource.ts';
import type { DocumentWork } from './documentWork.ts';
import { type DocumentsOptions, ResourceFiles } from './fileSystem.ts';
import { schemaName } from './resourceUri.ts';

/** Resources as documents of the editor: changed and applied by saving, or looked at. */
export class Documents implements Disposable {
  readonly #options: DocumentsOptions;
  readonly #scheme: string;
  readonly #files: ResourceFiles;
  readonly #ending = new Disposables();
  readonly #applied = new Emitter<ResourceRef>();
  readonly #lenses = this.#ending.add(new EventEmitter<void>());
  readonly #dirty = new Set<string>();
  /** Documents that were on the screen once, and those that are now. */
  readonly #seen = new Set<string>();
  #visible: ReadonlySet<string> = new Set();
  #loading: Promise<DocumentWork> | undefined;

  /** A resource was changed through a document. */
  readonly onDidApply = this.#applied.event;

  constructor(options: DocumentsOptions) {
    this.#options = options;
    this.#scheme = options.scheme ?? RESOURCE_SCHEME;
    this.#files = this.#ending.add(new ResourceFiles({ types: options.types, scheme: this.#scheme }, () => this.#work()));
    this.#ending.add(workspace.registerFileSystemProvider(this.#scheme, this.#files, { isCaseSensitive: true }));
    this.#ending.add(languages.registerInlayHintsProvider({ scheme: this.#scheme }, {
      provideInlayHints: async (document) => (this.#isOurs(document.uri) ? [...(await (await this.#work()).hints(document))] : []),
    }));
    this.#ending.add(languages.registerCodeLensProvider({ scheme: this.#scheme }, {
      onDidChangeCodeLenses: this.#lenses.event,
      provideCodeLenses: async (document) => (this.#isOurs(document.uri) ? [...(await this.#work()).lenses(document)] : []),
    }));
    this.#listen();
  }

  dispose(): void {
    this.#applied.dispose();
    this.#ending.dispose();
  }

  /**
   * Opens a resource as a document, and shows what is in the cloud now where nothing in it is unsaved.
   * @throws CloudError where it cannot be read; CancelledError where the signal ended it
   */
  async open(ref: ResourceRef, mode: 'edit' | 'view' | 'raw', signal?: AbortSignal): Promise<TextDocument> {
    const type = this.#options.types.find(({ kind }) => kind === ref.kind);
    if (type === undefined || (mode === 'edit' && type.edit === undefined)) throw new CloudError('notFound', { mayHaveArrived: false });
    const uri = this.#files.uriOf({ ref, mode }, type);
    // Read before the editor opens, so that what fails is told like any other command's failure.
    await (await this.#work()).shelf.open(uri.toString(), signal);
    const document = await workspace.openTextDocument(uri);
    await window.showTextDocument(document, { preview: mode !== 'edit' });
    return document;
  }

  /** Applies the document in front; nothing where it is none of ours. @throws like {@link apply} */
  async applyActive(): Promise<void> {
    const document = window.activeTextEditor?.document;
    if (document !== undefined && this.#isOurs(document.uri)) await this.apply(document);
  }

  /**
   * Asks, sends the change, and saves the document.
   * @throws ProblemError where it was not applied; CancelledError where a question was closed: it stays unsaved
   */
  async apply(document: TextDocument): Promise<void> {
    await (await this.#work()).applier.apply(document);
  }

  /** The account of one of our documents, without a request; undefined for any other. */
  accountIdOf(uri: Uri): string | undefined {
    return uri.scheme === this.#scheme ? this.#files.addressOf(uri)?.ref.accountId : undefined;
  }

  #work(): Promise<DocumentWork> {
    this.#loading ??= this.#load();
    return this.#loading;
  }

  async #load(): Promise<DocumentWork> {
    const { DocumentWork } = await import('./documentWork.ts');
    const files = this.#files;
    return this.#ending.add(new DocumentWork(this.#options, {
      uriOf: (address, type) => files.uriOf(address, type),
      locate: (uri) => files.locate(uri),
      stateOf: (uri) => files.stateOf(uri),
      changed: (uri, change) => files.changed(uri, change),
      applied: (ref) => this.#applied.fire(ref),
    }));
  }

  #listen(): void {
    const add = (disposable: Disposable): Disposable => this.#ending.add(disposable);
    add(workspace.onWillSaveTextDocument(({ document: { uri }, reason }) => {
      if (this.#isOurs(uri)) this.#files.willSave(uri, reason === TextDocumentSaveReason.Manual ? 'user' : 'editor');
    }));
    add(workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (this.#isOurs(document.uri)) this.#do(() => this.#changed(document, contentChanges.length > 0));
    }));
    add(workspace.onDidOpenTextDocument((document) => {
      if (this.#isOurs(document.uri)) this.#do(() => this.#opened(document));
    }));
    add(workspace.onDidCloseTextDocument((document) => {
      if (this.#isOurs(document.uri)) this.#do(() => this.#closed(document));
    }));
    add(window.onDidChangeVisibleTextEditors((editors) => this.#shown(editors)));
    add(window.onDidChangeWindowState(({ focused }) => {
      if (focused) this.#refresh([...this.#visible]);
    }));
    for (const document of workspace.textDocuments) {
      if (this.#isOurs(document.uri)) this.#do(() => this.#opened(document));
    }
  }

  /** Whether it is a resource's; the JSON schemas have the same scheme. */
  #isOurs({ scheme, path }: Uri): boolean {
    return scheme === this.#scheme && schemaName(path) === undefined;
  }

  async #opened(document: TextDocument): Promise<void> {
    const uri = document.uri.toString();
    const work = await this.#work();
    if (document.isDirty) this.#dirty.add(uri);
    else await work.shelf.opened(uri);
    await work.check(document);
  }

  async #changed(document: TextDocument, isText: boolean): Promise<void> {
    const uri = document.uri.toString();
    const { isDirty, version } = document;
    const wasDirty = this.#dirty.has(uri);
    if (isDirty) this.#dirty.add(uri);
    else this.#dirty.delete(uri);
    if (isDirty !== wasDirty) this.#lenses.fire();
    // Puts the lines of the whole document together: not at each keystroke.
    const text = isDirty ? undefined : document.getText();
    const work = await this.#work();
    if (text !== undefined) work.shelf.showed(uri, text);
    if (isDirty && !wasDirty) await work.shelf.dirtied(uri);
    if (!isDirty && wasDirty) await work.shelf.cleaned(uri);
    // What was typed meanwhile has an event of its own.
    if (isText && document.version === version) await work.check(document);
  }

  async #closed(document: TextDocument): Promise<void> {
    const uri = document.uri.toString();
    // Another language closes and opens a document that stays.
    if (this.#files.stateOf(uri) !== 'closed') return;
    this.#dirty.delete(uri);
    this.#seen.delete(uri);
    const work = await this.#work();
    work.closed(document.uri);
    await work.shelf.closed(uri);
  }

  #shown(editors: readonly TextEditor[]): void {
    const ours = editors.map(({ document }) => document.uri).filter((uri) => this.#isOurs(uri)).map(String);
    this.#refresh(ours.filter((uri) => this.#seen.has(uri) && !this.#visible.has(uri)));
    for (const uri of ours) this.#seen.add(uri);
    this.#visible = new Set(ours);
  }

  /** Looks for what was changed elsewhere, without keeping anyone waiting. */
  #refresh(uris: readonly string[]): void {
    for (const uri of uris) this.#do(async () => (await this.#work()).shelf.refresh(uri));
  }

  #do(work: () => Promise<void>): void {
    // An event has nobody who could be told.
    work().catch((error: unknown) => this.#options.log.error('A document could not be followed', error));
  }
}
