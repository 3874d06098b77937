import { type Disposable, FileSystemError, type Uri } from 'vscode';

import { fileError } from '../../../documents/shownError.ts';
import type { ReadOnlyFile } from '../../../host/readOnlyFiles.ts';
import { isGone } from '../../../model/cloudError.ts';
import type { ArchiveEntry } from '../actions/archive.ts';
import type { FunctionsDeps } from '../context.ts';
import { type ArchiveAddress, readArchivePath } from './archiveAddress.ts';
import { archiveEntries } from './archiveEntries.ts';

/** The editor asks for a file's size and then for its text, both at once: they come from one request, and a deploy after it is seen. */
const KEPT_MS = 2000;

interface Unpacked {
  readonly id: string;
  readonly readMs: number;
  readonly entries: Promise<readonly ArchiveEntry[]>;
}

/** Reads files of actions' archives. What it unpacked, which may be large, is gone a moment later. */
export class ArchiveReader implements Disposable {
  readonly #deps: FunctionsDeps;
  readonly #ending = new AbortController();
  #last: Unpacked | undefined;

  constructor(deps: FunctionsDeps) {
    this.#deps = deps;
  }

  dispose(): void {
    this.#ending.abort();
    this.#last = undefined;
  }

  /** @throws FileSystemError with what the user reads, where there is no such file or it cannot be read */
  async read(uri: Uri): Promise<ReadOnlyFile> {
    const address = readArchivePath(uri.path);
    const account = address === undefined ? undefined : this.#deps.account(address.accountId);
    if (address === undefined || account === undefined) throw FileSystemError.FileNotFound(uri);
    const { entries, readMs } = this.#unpacked(address);
    try {
      const entry = (await entries).find(({ path }) => path === address.path);
      if (entry === undefined) throw FileSystemError.FileNotFound(uri);
      return { bytes: entry.bytes, mtime: readMs };
    } catch (error) {
      this.#last = undefined;
      throw isGone(error) ? FileSystemError.FileNotFound(uri) : fileError(error, account, this.#deps.log);
    }
  }

  #unpacked(address: ArchiveAddress): Unpacked {
    const { accountId, region, pkg, name } = address;
    const id = JSON.stringify([accountId, region, pkg, name]);
    const now = this.#deps.now();
    if (this.#last?.id === id && now - this.#last.readMs < KEPT_MS) return this.#last;
    const unpacked: Unpacked = { id, readMs: now, entries: this.#read(address) };
    this.#last = unpacked;
    void this.#dropLater(unpacked);
    return unpacked;
  }

  /** Ends when it is dropped, or with the reader; never fails. */
  async #dropLater(unpacked: Unpacked): Promise<void> {
    await unpacked.entries.catch(() => undefined);
    await this.#deps.wait(KEPT_MS, this.#ending.signal).catch(() => undefined);
    if (this.#last === unpacked) this.#last = undefined;
  }

  async #read({ accountId, region, pkg, name }: ArchiveAddress): Promise<readonly ArchiveEntry[]> {
    const detail = await (await this.#deps.client(accountId, region)).getAction(pkg, name);
    // What was an archive may be text now: then the file is not there any more.
    return detail.isBinary === true ? archiveEntries(detail) : [];
  }
}
