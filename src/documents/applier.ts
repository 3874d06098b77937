import { commands, FileSystemError, l10n, type TextDocument, type Uri } from 'vscode';

import { withPatience } from '../host/patience.ts';
import type { Account } from '../model/account.ts';
import { CancelledError, CloudError } from '../model/cloudError.ts';
import { ProblemError, problemOf } from '../model/problem.ts';
import type { ResourceRef } from '../model/resource.ts';
import { documentText, readDocument } from './documentText.ts';
import type { EditableType } from './documentType.ts';
import type { Version } from './drafts.ts';
import { decodeText } from './encoding.ts';
import type { DocumentPlaces, DocumentsOptions, Located } from './fileSystem.ts';
import type { Marks } from './marks.ts';
import { isSame } from './merge.ts';
import { withinSentence } from './planText.ts';
import { type SaveOutcome, saveDocument } from './saveFlow.ts';
import { SaveProblem } from './saveProblem.ts';
import { type Loaded, loadedOf, type Shelf } from './shelf.ts';
import { fileError, shownError } from './shownError.ts';
import { asInEditor, isSameButSpace } from './wholeText.ts';

/** A document that can be changed. */
interface Editing {
  readonly uri: Uri;
  readonly located: Located;
  readonly edit: EditableType;
  readonly account: Account;
}

/** A text that was applied, and is now to be saved. */
interface Approved {
  readonly text: string;
  /** What it was made from, and of which thing. */
  readonly base: Version['values'];
  readonly identity: string | undefined;
  readonly outcome: Exclude<SaveOutcome, { readonly kind: 'compared' }>;
}

/** Brings what was written in documents into the cloud. */
export class Applier {
  readonly #options: DocumentsOptions;
  readonly #places: DocumentPlaces;
  readonly #shelf: Shelf;
  readonly #marks: Marks;
  /** Documents that are being applied, until they are saved. */
  readonly #applying = new Set<string>();
  /** Documents that are being asked about or sent: each ends, and never fails, when that did. */
  readonly #asking = new Map<string, Promise<void>>();
  /** What is saved next was applied already. */
  readonly #approved = new Map<string, Approved>();

  constructor(options: DocumentsOptions, places: DocumentPlaces, shelf: Shelf, marks: Marks) {
    this.#options = options;
    this.#places = places;
    this.#shelf = shelf;
    this.#marks = marks;
  }

  /**
   * Applies a document and saves it then, so that the editor's own "Failed to save" never shows. While it is being applied already, nothing
   * happens; neither where it can only be read.
   * @throws ProblemError where it was not applied, with remedies
   * @throws CancelledError where the user closed a question, or wants to compare first
   */
  async apply(document: TextDocument): Promise<void> {
    const { uri } = document;
    const key = uri.toString();
    if (this.#places.locate(uri).mode !== 'edit' || this.#applying.has(key) || this.#asking.has(key)) return;
    this.#applying.add(key);
    try {
      await this.#approve(document);
      if (this.#approved.has(key) && !document.isClosed) await document.save();
    } finally {
      this.#applying.delete(key);
      this.#approved.delete(key);
    }
  }

  /** Saves a text, and applies it before where that was not done yet. @throws FileSystemError with what the user reads, where it was not applied */
  async save(uri: Uri, content: Uint8Array, document: TextDocument | undefined): Promise<void> {
    const key = uri.toString();
    const text = decodeText(content) ?? document?.getText();
    if (text === undefined) throw FileSystemError.NoPermissions(uri);
    // Applied by the command at the same time: that may answer this too.
    await this.#asking.get(key);
    try {
      const editing = await this.#editing(uri);
      const approved = (await this.#takeApproved(editing, text)) ?? (await this.#ask(editing, text));
      if (approved === undefined) throw shownError(l10n.t('Nothing was sent. Compare, then save again.'));
      const { base, now } = settled({ ...approved, text }, editing.edit);
      this.#shelf.saved(key, text, base, now);
    } catch (error) {
      const account = this.#options.account(this.#places.locate(uri).ref.accountId);
      // The buttons of what can be mended at once are not on the editor's own notification.
      if (account !== undefined && error instanceof CloudError && error.kind === 'locked') this.#options.report(error, account);
      throw fileError(error, account, this.#options.log);
    }
  }

  /** Applies the text of a document as it stands, and keeps that for the save that follows. */
  async #approve(document: TextDocument): Promise<void> {
    const editing = await this.#editing(document.uri);
    const key = document.uri.toString();
    const approved = await this.#ask(editing, document.getText()).catch((error: unknown) => {
      throw told(error, editing.account);
    });
    if (approved === undefined) throw new CancelledError();
    if (document.getText() === approved.text) {
      this.#approved.set(key, approved);
      return;
    }
    const { base, now } = settled(approved, editing.edit);
    await this.#shelf.outran(key, approved.text, base, now);
  }

  /** What was applied for the text that is saved now. Where the editor made another of it meanwhile, that is what this one was made from. */
  async #takeApproved({ uri, edit }: Editing, text: string): Promise<Approved | undefined> {
    const key = uri.toString();
    const approved = this.#approved.get(key);
    this.#approved.delete(key);
    if (approved === undefined || approved.text === text || approved.outcome.kind === 'taken' || isLaidOut(approved, text, edit)) return approved;
    const { base, now } = settled(approved, edit);
    await this.#shelf.outran(key, approved.text, base, now);
    return undefined;
  }

  /** Asks, sends, and says what was done; undefined where the user wants to compare first. Marks what is wrong. */
  async #ask(editing: Editing, text: string): Promise<Approved | undefined> {
    const key = editing.uri.toString();
    const asking = this.#apply(editing, text);
    this.#asking.set(key, asking.then(() => undefined, () => undefined));
    try {
      return await asking;
    } catch (error) {
      if (error instanceof SaveProblem && error.findings.length > 0) this.#marks.mark(editing.uri, text, error.findings);
      throw error;
    } finally {
      this.#asking.delete(key);
    }
  }

  async #apply(editing: Editing, text: string): Promise<Approved | undefined> {
    const { uri, located: { ref, type }, edit, account } = editing;
    const shown = this.#shelf.shown(uri.toString());
    const { values: base, identity } = shown ?? { values: undefined, identity: undefined };
    this.#marks.clear(uri);
    const outcome = await saveDocument({
      edit, ref, title: type.title(ref), verb: type.verb?.(), account, text: asApplied(text, shown, edit), base, baseIdentity: identity, waiting: withPatience,
    }, this.#options.prompts);
    this.#tell(editing, outcome);
    if (outcome.kind !== 'compared') return { text, base, identity, outcome };
    this.#compare(uri, { ref, type });
    return undefined;
  }

  #compare(uri: Uri, { ref, type }: Pick<Located, 'ref' | 'type'>): void {
    const remote = this.#places.uriOf({ ref, mode: 'remote' }, type);
    const title = l10n.t('{0}: in the cloud ↔ yours', type.title(ref));
    // Nobody waits for an editor to open. One that is open already is read again.
    void this.#shelf.refresh(remote.toString()).then(() => commands.executeCommand('vscode.diff', remote, uri, title));
  }

  #tell({ located: { ref, type } }: Editing, outcome: SaveOutcome): void {
    const { say } = this.#options;
    const title = type.title(ref);
    if (outcome.kind === 'same') say(l10n.t('{0} has these values already: nothing was sent.', title));
    if (outcome.kind !== 'applied') return;
    say(outcome.isUnanswered ? l10n.t('No answer came, but the change of {0} was made.', withinSentence(title)) : l10n.t('{0} was changed.', title));
    this.#places.applied(type.rowOf?.(ref) ?? ref);
  }

  async #editing(uri: Uri): Promise<Editing> {
    const located = this.#places.locate(uri);
    const edit = located.mode === 'edit' ? await located.type.edit?.() : undefined;
    if (edit === undefined) throw FileSystemError.NoPermissions(uri);
    return { uri, located, edit, account: accountOf(located.ref, this.#options) };
  }
}

/** What is to be compared with a text that was applied from now on, and what is in the cloud. */
function settled({ text, base, identity, outcome }: Approved, edit: EditableType): { readonly base: Version['values']; readonly now: Loaded } {
  if (outcome.kind === 'unchanged') return { base, now: loadedOf(edit, text, { values: base, identity }) };
  const now = loadedOf(edit, documentText(edit, outcome.values), { values: outcome.values, identity: outcome.identity });
  if (outcome.kind !== 'taken') return { base: outcome.text, now };
  return { base: outcome.identity === identity ? base : undefined, now };
}

/** Whether a text is one that was applied, laid out anew by the editor while it saves it ("Format on Save", a final newline): what it says counts. */
function isLaidOut({ text: applied, base }: Approved, text: string, edit: EditableType): boolean {
  if (edit.text === 'whole') return isSameButSpace(applied, text);
  const [before, now] = [applied, text].map((one) => readDocument(edit, one, base).values);
  return before !== undefined && now !== undefined && isSame(before, now);
}

/** A whole text that stands as it was saved says what was applied, however the editor laid it out then. */
function asApplied(text: string, shown: Version | undefined, edit: EditableType): string {
  if (edit.text !== 'whole' || shown?.values === undefined || asInEditor(shown.text) !== asInEditor(text)) return text;
  const applied = documentText(edit, shown.values);
  return isSameButSpace(applied, text) ? applied : text;
}

/** The account of a resource. @throws ProblemError where it was removed */
export function accountOf({ accountId }: ResourceRef, { account }: Pick<DocumentsOptions, 'account'>): Account {
  const found = account(accountId);
  if (found === undefined) throw new ProblemError({ message: l10n.t('The account was removed meanwhile.'), remedies: [] }, undefined, accountId);
  return found;
}

/** In the words of the user's account. What is no problem of a cloud stays what it is. */
function told(error: unknown, { id, name }: Account): unknown {
  const problem = error instanceof CloudError ? problemOf(error, { accountName: name }) : undefined;
  return problem === undefined ? error : new ProblemError(problem, error, id);
}
