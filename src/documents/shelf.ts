import { CancelledError } from '../model/cloudError.ts';
import { isSame } from './merge.ts';
import type { Drafts, Version } from './drafts.ts';
import type { DocumentValues, EditableType } from './documentType.ts';
import { asInEditor } from './wholeText.ts';

/** What the editor has of a document. */
export type EditorState = 'closed' | 'clean' | 'dirty';

/** What is in the cloud for a document. */
export type Loaded = Omit<Version, 'mtime'>;

/** What the shelf needs from outside. */
export interface ShelfDeps {
  readonly drafts: Drafts;
  /** @throws CancelledError where the signal ended it */
  readonly load: (uri: string, signal?: AbortSignal) => Promise<Loaded>;
  readonly stateOf: (uri: string) => EditorState;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Tells the editor to read a document again, or that it is gone. */
  readonly changed: (uri: string, change: 'changed' | 'deleted') => void;
  /** Whether an error says that the thing is gone. */
  readonly isGone: (error: unknown) => boolean;
  readonly logError: (message: string, error: unknown) => void;
}

interface Entry {
  /** What the editor was given: what an unsaved text is compared with. */
  shown: Version;
  /** What it is given when it asks next. */
  latest: Version;
  /** What it was given before, until it is seen to have taken what it was given last. */
  previous: Version | undefined;
  isGiven: boolean;
  isGone: boolean;
  /** The next time it becomes clean is the end of a save. */
  isSaved: boolean;
}

/**
 * The texts of all documents as the editor was given them. What an unsaved text was made from stays as it is, whoever reads
 * meanwhile ("Compare with Saved" does), and survives a restart; what is clean or closed follows the cloud.
 */
export class Shelf {
  readonly #deps: ShelfDeps;
  readonly #entries = new Map<string, Entry>();
  readonly #loading = new Map<string, Promise<Entry>>();

  constructor(deps: ShelfDeps) {
    this.#deps = deps;
  }

  /**
   * Reads what a document is about to be opened with. One that is open without unsaved changes gets what is in the cloud now; one with
   * unsaved changes stays as it is.
   * @throws CloudError where it cannot be read; CancelledError where it was called off
   */
  async open(uri: string, signal?: AbortSignal): Promise<void> {
    if (this.#deps.stateOf(uri) === 'clean' && this.#entries.has(uri)) await this.#renew(uri, signal);
    else await this.#current(uri, signal);
    if (signal?.aborted === true) throw new CancelledError();
  }

  /** What a document would be read as now. @throws CloudError where it cannot be read */
  async stat(uri: string): Promise<Version> {
    const entry = await this.#current(uri);
    return this.#deps.stateOf(uri) === 'dirty' ? entry.shown : entry.latest;
  }

  /** Gives a document to the editor. @throws CloudError where it cannot be read */
  async read(uri: string): Promise<Version> {
    const entry = await this.#current(uri);
    entry.isGiven = true;
    if (this.#deps.stateOf(uri) !== 'dirty' && entry.shown !== entry.latest) {
      entry.previous = entry.shown;
      entry.shown = entry.latest;
    }
    return entry.shown;
  }

  /** The values a text was made from; undefined where they are not known. */
  base(uri: string): DocumentValues | undefined {
    return this.shown(uri)?.values;
  }

  /** What the editor was given of a document, or saved last; undefined where that is not known. */
  shown(uri: string): Version | undefined {
    return (this.#entries.get(uri) ?? this.#adopt(uri))?.shown;
  }

  /**
   * The text was saved.
   * @param base what the text is to be compared with from now on, until the editor reads `now`
   * @param now what is in the cloud
   */
  saved(uri: string, text: string, base: DocumentValues | undefined, now: Loaded): void {
    const state = this.#deps.stateOf(uri);
    if (state === 'closed') {
      this.#entries.delete(uri);
      return;
    }
    const mtime = this.#after(this.#entries.get(uri)?.latest.mtime ?? 0);
    this.#entries.set(uri, { ...entryOf({ ...now, text, values: base, mtime }, now), isSaved: state === 'dirty' });
  }

  /** The same, where the editor's text went on meanwhile: it stays unsaved. */
  async outran(uri: string, text: string, base: DocumentValues | undefined, now: Loaded): Promise<void> {
    const mtime = this.#entries.get(uri)?.shown.mtime;
    if (mtime === undefined || this.#deps.stateOf(uri) !== 'dirty') return;
    // A later time would be a change on disk for the editor.
    const entry = entryOf({ ...now, text, values: base, mtime }, now);
    this.#entries.set(uri, entry);
    await this.#deps.drafts.keep(uri, entry.shown);
  }

  /** The editor opened a document without unsaved changes: there is no draft of it any more. */
  async opened(uri: string): Promise<void> {
    if (this.#deps.drafts.get(uri) === undefined) return;
    await this.#deps.drafts.forget(uri);
    await this.refresh(uri);
  }

  /** The editor has unsaved changes of a document. */
  async dirtied(uri: string): Promise<void> {
    const entry = this.#entries.get(uri);
    if (entry === undefined) return;
    if (entry.previous !== undefined) entry.shown = entry.previous;
    entry.previous = undefined;
    if (entry.shown.values !== undefined) await this.#deps.drafts.keep(uri, entry.shown);
  }

  /** The editor's text of a document without unsaved changes is this. */
  showed(uri: string, text: string): void {
    const entry = this.#entries.get(uri);
    if (entry !== undefined && (entry.shown.text === text || asInEditor(entry.shown.text) === text)) entry.previous = undefined;
  }

  /** Unsaved changes were saved, or given up. */
  async cleaned(uri: string): Promise<void> {
    const entry = this.#entries.get(uri);
    await this.#deps.drafts.forget(uri);
    if (entry?.isSaved !== true) {
      await this.refresh(uri);
      return;
    }
    entry.isSaved = false;
    if (entry.shown !== entry.latest) this.#deps.changed(uri, 'changed');
  }

  async closed(uri: string): Promise<void> {
    this.#entries.delete(uri);
    await this.#deps.drafts.forget(uri);
  }

  /** Looks into the cloud for a document that is open without unsaved changes; what fails shows when it is saved or read. */
  async refresh(uri: string): Promise<void> {
    if (this.#deps.stateOf(uri) !== 'clean') return;
    try {
      await this.#renew(uri);
    } catch (error) {
      if (!this.#deps.isGone(error)) this.#deps.logError('A document could not be read again', error);
    }
  }

  /** Reads a document again and tells the editor what became of it. @throws what reading throws */
  async #renew(uri: string, signal?: AbortSignal): Promise<void> {
    const wasGone = this.#entries.get(uri)?.isGone === true;
    try {
      const { shown, latest } = await this.#fetch(uri, signal);
      if (shown !== latest || wasGone) this.#deps.changed(uri, 'changed');
    } catch (error) {
      const entry = this.#entries.get(uri);
      if (this.#deps.isGone(error) && entry !== undefined) {
        entry.isGone = true;
        this.#deps.changed(uri, 'deleted');
      }
      throw error;
    }
  }

  async #current(uri: string, signal?: AbortSignal): Promise<Entry> {
    const state = this.#deps.stateOf(uri);
    const entry = this.#entries.get(uri) ?? this.#adopt(uri);
    const isHeld = state !== 'closed' || entry?.isGiven === false || this.#deps.drafts.get(uri) !== undefined;
    if (entry !== undefined && isHeld && !(entry.isGone && state !== 'dirty')) return entry;
    const fetched = await this.#fetch(uri, signal);
    if (entry === undefined && state === 'dirty') {
      // What an unsaved text was made from is lost: what is there now is not that.
      fetched.shown = { ...fetched.shown, values: undefined };
    }
    return fetched;
  }

  /** What an unsaved text of the last session was made from. */
  #adopt(uri: string): Entry | undefined {
    if (this.#deps.stateOf(uri) === 'clean') return undefined;
    const draft = this.#deps.drafts.get(uri);
    if (draft === undefined) return undefined;
    const entry: Entry = { shown: draft, latest: draft, previous: undefined, isGiven: true, isGone: false, isSaved: false };
    this.#entries.set(uri, entry);
    return entry;
  }

  async #fetch(uri: string, signal?: AbortSignal): Promise<Entry> {
    const running = this.#loading.get(uri);
    if (running !== undefined) {
      try {
        return await running;
      } catch (error) {
        if (!(error instanceof CancelledError) || signal?.aborted === true) throw error;
        // Called off by whoever began it.
        return this.#fetch(uri, signal);
      }
    }
    const loading = this.#load(uri, signal).finally(() => this.#loading.delete(uri));
    this.#loading.set(uri, loading);
    return loading;
  }

  async #load(uri: string, signal: AbortSignal | undefined): Promise<Entry> {
    const loaded = await this.#deps.load(uri, signal);
    const entry = this.#entries.get(uri);
    if (entry === undefined) {
      const version = { ...loaded, mtime: this.#deps.now() };
      const made: Entry = { shown: version, latest: version, previous: undefined, isGiven: false, isGone: false, isSaved: false };
      this.#entries.set(uri, made);
      return made;
    }
    entry.isGone = false;
    entry.isGiven &&= this.#deps.stateOf(uri) !== 'closed';
    if (!isAsLoaded(entry.latest, loaded)) {
      entry.latest = isAsLoaded(entry.shown, loaded) ? entry.shown : { ...loaded, mtime: this.#after(entry.latest.mtime) };
    }
    return entry;
  }

  #after(mtime: number): number {
    return Math.max(this.#deps.now(), mtime + 1);
  }
}

/** A text, and what it says of which thing. */
export function loadedOf(
  { isPrivate }: Pick<EditableType, 'isPrivate'>, text: string, { values, identity }: { readonly values: DocumentValues | undefined; readonly identity: string | undefined },
): Loaded {
  return { text, values, ...(identity === undefined ? {} : { identity }), ...(isPrivate === undefined ? {} : { isPrivate }) };
}

/** What the editor has, and what it is given next, after a change. */
function entryOf(shown: Version, now: Loaded): Entry {
  const isRead = shown.values !== undefined && now.values !== undefined && isSame(shown.values, now.values);
  const latest = isRead ? shown : { ...now, mtime: shown.mtime + 1 };
  return { shown, latest, previous: undefined, isGiven: true, isGone: false, isSaved: false };
}

/** A text that was saved may be spaced as the user likes: what it says counts. */
function isAsLoaded({ text, values, identity }: Version, loaded: Loaded): boolean {
  if (identity !== loaded.identity) return false;
  return values === undefined || loaded.values === undefined ? text === loaded.text : isSame(values, loaded.values);
}
