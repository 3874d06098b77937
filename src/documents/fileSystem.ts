import {
  Disposable, EventEmitter, type FileChangeEvent, FileChangeType, FilePermission, FileSystemError, type FileStat, type FileSystemProvider, FileType, l10n,
  type Memento, Uri, env, workspace,
} from 'vscode';

import type { Prompts } from '../host/prompts.ts';
import type { Account } from '../model/account.ts';
import { CloudError } from '../model/cloudError.ts';
import type { ResourceRef } from '../model/resource.ts';
import type { DocumentType } from './documentType.ts';
import type { DocumentWork } from './documentWork.ts';
import { encodeText } from './encoding.ts';
import { type DocumentAddress, documentPath, endingOf, isFolder, readDocumentPath, schemaName } from './resourceUri.ts';
import type { EditorState } from './shelf.ts';
import { shownError } from './shownError.ts';

/** What documents need from the rest of the house. */
export interface DocumentsOptions {
  /** What can be opened, of all services. */
  readonly types: readonly DocumentType[];
  readonly prompts: Prompts;
  /** State of the workspace: keeps what unsaved documents were made from. */
  readonly state: Memento;
  /** An account as it is now, an unlock in force included. */
  readonly account: (id: string) => Account | undefined;
  /** Shows what failed, with remedies. */
  readonly report: (error: unknown, account: Account) => void;
  /** Says what was done, in a notification that goes by itself. */
  readonly say: (message: string) => void;
  readonly log: { readonly error: (message: string, error?: unknown) => void };
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Scheme of the documents; another than the product's where both run in one window. */
  readonly scheme?: string;
}

/** An address of ours, and what it leads to. */
export interface Located extends DocumentAddress {
  readonly type: DocumentType;
}

/** Where documents are, and what the editor has of them. */
export interface DocumentPlaces {
  /** @throws CloudError `notFound` where there is no such document */
  uriOf(address: DocumentAddress, type: DocumentType): Uri;
  /** @throws FileSystemError where the address is none of ours */
  locate(uri: Uri): Located;
  stateOf(uri: string): EditorState;
  changed(uri: string, change: 'changed' | 'deleted'): void;
  /** A resource was changed. */
  applied(ref: ResourceRef): void;
}

/** Resources as files of the editor. Light: what works on them loads with the first file. */
export class ResourceFiles implements FileSystemProvider, Disposable {
  readonly #changes = new EventEmitter<FileChangeEvent[]>();
  readonly #work: () => Promise<DocumentWork>;
  readonly #options: Pick<DocumentsOptions, 'types'> & { readonly scheme: string };
  readonly #savedByItself = new Set<string>();
  readonly onDidChangeFile = this.#changes.event;

  constructor(options: Pick<DocumentsOptions, 'types'> & { readonly scheme: string }, work: () => Promise<DocumentWork>) {
    this.#options = options;
    this.#work = work;
  }

  /** @throws CloudError `notFound` where there is no such document */
  uriOf(address: DocumentAddress, type: DocumentType): Uri {
    const ending = endingOf(type, address.ref);
    if (ending === undefined) throw new CloudError('notFound', { mayHaveArrived: false });
    return Uri.from({ scheme: this.#options.scheme, path: documentPath(address, ending) });
  }

  /** What an address of ours leads to; undefined for any other. */
  addressOf({ path }: Uri): Located | undefined {
    const typeOf = (kind: string | undefined): DocumentType | undefined => this.#options.types.find((type) => type.kind === kind);
    const address = readDocumentPath(path, (kind, keys) => {
      const type = typeOf(kind);
      return type === undefined ? undefined : endingOf(type, { keys });
    });
    const type = typeOf(address?.ref.kind);
    return address === undefined || type === undefined ? undefined : { ...address, type };
  }

  locate(uri: Uri): Located {
    const located = this.addressOf(uri);
    if (located === undefined) throw FileSystemError.FileNotFound(uri);
    return located;
  }

  stateOf(uri: string): EditorState {
    const document = workspace.textDocuments.find((candidate) => candidate.uri.toString() === uri);
    return document === undefined ? 'closed' : document.isDirty ? 'dirty' : 'clean';
  }

  changed(uri: string, change: 'changed' | 'deleted'): void {
    this.#changes.fire([{ type: change === 'deleted' ? FileChangeType.Deleted : FileChangeType.Changed, uri: Uri.parse(uri) }]);
  }

  /** Who starts the next save of a document: the user, or the editor by itself. */
  willSave(uri: Uri, by: 'user' | 'editor'): void {
    if (by === 'editor') this.#savedByItself.add(uri.toString());
    else this.#savedByItself.delete(uri.toString());
  }

  async stat(uri: Uri): Promise<FileStat> {
    if (this.#isFolder(uri)) return { type: FileType.Directory, ctime: 0, mtime: 0, size: 0 };
    const schema = await readSchema(uri);
    if (schema !== undefined) return { type: FileType.File, ctime: 0, mtime: 0, size: schema.length, permissions: FilePermission.Readonly };
    const { mode } = this.locate(uri);
    const { text, mtime } = await (await this.#work()).stat(uri);
    const file = { type: FileType.File, ctime: 0, mtime, size: encodeText(text).length };
    return mode === 'edit' ? file : { ...file, permissions: FilePermission.Readonly };
  }

  async readFile(uri: Uri): Promise<Uint8Array> {
    const schema = await readSchema(uri);
    if (schema !== undefined) return schema;
    this.locate(uri);
    return encodeText((await (await this.#work()).read(uri)).text);
  }

  async writeFile(uri: Uri, content: Uint8Array): Promise<void> {
    if (this.locate(uri).mode !== 'edit') throw FileSystemError.NoPermissions(uri);
    if (this.#savedByItself.delete(uri.toString())) {
      throw shownError(l10n.t('A change of the cloud is applied only when you save it yourself. Nothing was sent.'));
    }
    const document = workspace.textDocuments.find((candidate) => candidate.uri.toString() === uri.toString());
    await (await this.#work()).applier.save(uri, content, document);
  }

  readDirectory(): [string, FileType][] {
    return [];
  }

  createDirectory(uri: Uri): void {
    throw FileSystemError.NoPermissions(uri);
  }

  delete(uri: Uri): void {
    throw FileSystemError.NoPermissions(uri);
  }

  rename(uri: Uri): void {
    throw FileSystemError.NoPermissions(uri);
  }

  #isFolder(uri: Uri): boolean {
    return this.addressOf(uri) === undefined && isFolder(uri.path, this.#options.types.map(({ kind }) => kind));
  }

  /** What changes elsewhere is looked for when a document is shown. */
  watch(): Disposable {
    return new Disposable(() => undefined);
  }

  dispose(): void {
    this.#changes.dispose();
  }
}

/** The JSON schema at an address, in the language of the editor; undefined where it is that of a resource. */
async function readSchema(uri: Uri): Promise<Uint8Array | undefined> {
  const name = schemaName(uri.path);
  if (name === undefined) return undefined;
  const { schemaText } = await import('./schemas.ts');
  const text = schemaText(name, env.language);
  if (text === undefined) throw FileSystemError.FileNotFound(uri);
  return encodeText(text);
}
