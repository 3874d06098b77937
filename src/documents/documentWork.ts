import { type CodeLens, type InlayHint, type TextDocument, FileSystemError, Uri } from 'vscode';

import { Disposables } from '../host/disposables.ts';
import { withoutLinks } from '../host/notifications.ts';
import { CloudError, isGone } from '../model/cloudError.ts';
import { problemOf } from '../model/problem.ts';
import { accountOf, Applier } from './applier.ts';
import { Drafts, type Version } from './drafts.ts';
import { editText, readEditText } from './editText.ts';
import type { DocumentPlaces, DocumentsOptions, Located } from './fileSystem.ts';
import { Marks, ownerLens, unitHints } from './marks.ts';
import { rawText, viewText } from './readText.ts';
import { type Loaded, Shelf } from './shelf.ts';
import { fileError } from './shownError.ts';

/** Everything about documents that is only needed when there is one. */
export class DocumentWork extends Disposables {
  readonly shelf: Shelf;
  readonly applier: Applier;
  readonly #options: DocumentsOptions;
  readonly #places: DocumentPlaces;
  readonly #marks = this.add(new Marks());

  constructor(options: DocumentsOptions, places: DocumentPlaces) {
    super();
    this.#options = options;
    this.#places = places;
    this.shelf = new Shelf({
      drafts: new Drafts(options.state),
      load: (uri, signal) => this.#load(places.locate(Uri.parse(uri)), signal),
      stateOf: (uri) => places.stateOf(uri),
      now: options.now,
      changed: (uri, change) => places.changed(uri, change),
      isGone,
      logError: (message, error) => options.log.error(message, error),
    });
    this.applier = new Applier(options, places, this.shelf, this.#marks);
  }

  async stat(uri: Uri): Promise<Version> {
    return this.#shown(uri, () => this.shelf.stat(uri.toString()));
  }

  async read(uri: Uri): Promise<Version> {
    return this.#shown(uri, () => this.shelf.read(uri.toString()));
  }

  /** Marks what is wrong in a text while it is typed; nothing is asked of the cloud. */
  async check(document: TextDocument): Promise<void> {
    const { mode, type } = this.#places.locate(document.uri);
    if (mode !== 'edit' || type.edit === undefined) return;
    const { fields } = await type.edit();
    if (document.isClosed) return;
    const reading = readEditText(document.getText(), fields, this.shelf.base(document.uri.toString()));
    // What is no JSON is marked by the editor's own JSON support.
    this.#marks.mark(document.uri, document.getText(), reading.isBroken ? [] : reading.findings);
  }

  /** Numbers in the user's units. */
  async hints(document: TextDocument): Promise<readonly InlayHint[]> {
    const { mode, type } = this.#places.locate(document.uri);
    // What can only be read says it in its own words.
    const edit = mode === 'edit' || mode === 'remote' ? await type.edit?.() : undefined;
    return unitHints(document.getText(), edit?.fields ?? []);
  }

  /** Whose a document is: two accounts may have topics of one name. */
  lenses({ uri, isDirty }: TextDocument): readonly CodeLens[] {
    const { mode, ref } = this.#places.locate(uri);
    const account = this.#options.account(ref.accountId);
    return account === undefined ? [] : [ownerLens(account, mode === 'edit' && isDirty ? 'dirty' : 'clean')];
  }

  closed(uri: Uri): void {
    this.#marks.clear(uri);
  }

  async #load({ mode, ref, type }: Located, signal: AbortSignal | undefined): Promise<Loaded> {
    accountOf(ref, this.#options);
    switch (mode) {
      case 'view':
        return { text: viewText(await type.view(ref, signal)), values: undefined };
      case 'raw':
        return { text: rawText(await type.raw(ref, signal)), values: undefined };
      case 'edit':
      case 'remote': {
        const edit = await type.edit?.();
        if (edit === undefined) throw new CloudError('notFound');
        const { values } = await edit.read(ref, signal);
        return { text: editText(edit.fields, values), values };
      }
    }
  }

  async #shown<T>(uri: Uri, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (isGone(error)) throw FileSystemError.FileNotFound(withoutLinks(problemOf(error)?.message ?? uri.toString()));
      throw fileError(error, this.#options.account(this.#places.locate(uri).ref.accountId), this.#options.log);
    }
  }
}
