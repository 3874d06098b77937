import { type CodeLens, type InlayHint, type TextDocument, FileSystemError, Position, Uri } from 'vscode';

import { Disposables } from '../host/disposables.ts';
import { withoutLinks } from '../host/notifications.ts';
import { CloudError, isGone } from '../model/cloudError.ts';
import { problemOf } from '../model/problem.ts';
import { accountOf, Applier } from './applier.ts';
import { Drafts, type Version } from './drafts.ts';
import { documentText, readDocument } from './documentText.ts';
import type { DocumentPlaces, DocumentsOptions, Located } from './fileSystem.ts';
import { Marks, otherLens, ownerLens, unitHints } from './marks.ts';
import { rawText, viewText } from './readText.ts';
import { type Loaded, loadedOf, Shelf } from './shelf.ts';
import { fileError } from './shownError.ts';

/** In UTF-16 code units: what is checked while it is typed. */
const MAX_CHECKED = 1024 * 1024;

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
    const edit = await type.edit();
    if (document.isClosed) return;
    if (isLong(document)) {
      this.#marks.clear(document.uri);
      return;
    }
    const reading = readDocument(edit, document.getText(), this.shelf.base(document.uri.toString()));
    // What is no JSON is marked by the editor's own JSON support.
    this.#marks.mark(document.uri, document.getText(), reading.isBroken ? [] : reading.findings);
  }

  /** Numbers in the user's units. */
  async hints(document: TextDocument): Promise<readonly InlayHint[]> {
    const { mode, type } = this.#places.locate(document.uri);
    // What can only be read says it in its own words.
    const edit = mode === 'edit' || mode === 'remote' ? await type.edit?.() : undefined;
    return edit === undefined || edit.text === 'whole' || isLong(document) ? [] : unitHints(document.getText(), edit.fields);
  }

  /** Whose a document is, for two accounts may have topics of one name, and what can be done with it. */
  lenses({ uri, isDirty }: TextDocument): readonly CodeLens[] {
    const { mode, ref, type } = this.#places.locate(uri);
    const account = this.#options.account(ref.accountId);
    if (account === undefined) return [];
    const owner = ownerLens(account, mode === 'edit' && isDirty ? 'dirty' : 'clean', type.verb?.());
    return mode === 'edit' ? [owner, ...(type.lenses?.(ref) ?? []).map(otherLens)] : [owner];
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
        const { values, identity } = await edit.read(ref, signal);
        return loadedOf(edit, documentText(edit, values), { values, identity });
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

/** Whether a text is too long to be read at each keystroke; said without putting its lines together. */
function isLong(document: TextDocument): boolean {
  return document.offsetAt(new Position(document.lineCount, 0)) > MAX_CHECKED;
}
