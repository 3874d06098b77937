import {
  Disposable, EventEmitter, type FileChangeEvent, FileChangeType, FilePermission, type FileStat, FileSystemError, type FileSystemProvider, FileType, type Uri,
} from 'vscode';

import { type ReportAddress, readReportPath } from './reportUri.ts';
import type { ReportVersion } from './reportWork.ts';

/**
 * Reports as files of the editor that are only read: unlike a virtual document, such an editor is there again after a reload. Light:
 * what draws them loads with the first one.
 */
export class ReportFiles implements FileSystemProvider, Disposable {
  readonly #changes = new EventEmitter<FileChangeEvent[]>();
  readonly #read: (address: ReportAddress) => Promise<ReportVersion>;
  readonly onDidChangeFile = this.#changes.event;

  constructor(read: (address: ReportAddress) => Promise<ReportVersion>) {
    this.#read = read;
  }

  dispose(): void {
    this.#changes.dispose();
  }

  changed(uri: Uri): void {
    this.#changes.fire([{ type: FileChangeType.Changed, uri }]);
  }

  async stat(uri: Uri): Promise<FileStat> {
    // The editor asks for the folders on the way to a file, too.
    if (uri.path.split('/').length < 4) return { type: FileType.Directory, ctime: 0, mtime: 0, size: 0 };
    const { bytes, mtime } = await this.#version(uri);
    return { type: FileType.File, ctime: 0, mtime, size: bytes.length, permissions: FilePermission.Readonly };
  }

  async readFile(uri: Uri): Promise<Uint8Array> {
    return (await this.#version(uri)).bytes;
  }

  readDirectory(): [string, FileType][] {
    return [];
  }

  writeFile(uri: Uri): void {
    throw FileSystemError.NoPermissions(uri);
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

  /** Who draws a report says so. */
  watch(): Disposable {
    return new Disposable(() => undefined);
  }

  async #version(uri: Uri): Promise<ReportVersion> {
    const address = readReportPath(uri.path);
    if (address === undefined) throw FileSystemError.FileNotFound(uri);
    return this.#read(address);
  }
}
