import {
  Disposable, EventEmitter, type FileChangeEvent, FileChangeType, FilePermission, type FileStat, FileSystemError, type FileSystemProvider, FileType, type Uri,
} from 'vscode';

/** A file as the editor reads it. */
export interface ReadOnlyFile {
  readonly bytes: Uint8Array;
  /** Milliseconds since the epoch; grows with each change. */
  readonly mtime: number;
}

/** Where {@link ReadOnlyFiles} come from. */
export interface ReadOnlySource {
  /** Whether a path is a folder: the editor asks for those on the way to a file, too. */
  isFolder(path: string): boolean;
  /** @throws FileSystemError `FileNotFound` where the address names no file; anything else that keeps it from being read */
  read(uri: Uri): Promise<ReadOnlyFile>;
}

/**
 * Documents of ours as files of the editor that are only read: unlike a virtual document, such an editor is there again after a reload.
 * Every change is refused, in the editor's own words.
 */
export class ReadOnlyFiles implements FileSystemProvider, Disposable {
  readonly #changes = new EventEmitter<FileChangeEvent[]>();
  readonly #source: ReadOnlySource;
  readonly onDidChangeFile = this.#changes.event;

  constructor(source: ReadOnlySource) {
    this.#source = source;
  }

  dispose(): void {
    this.#changes.dispose();
  }

  /** The file is another one now: the editor reads it again where it is open. */
  changed(uri: Uri): void {
    this.#changes.fire([{ type: FileChangeType.Changed, uri }]);
  }

  async stat(uri: Uri): Promise<FileStat> {
    if (this.#source.isFolder(uri.path)) return { type: FileType.Directory, ctime: 0, mtime: 0, size: 0 };
    const { bytes, mtime } = await this.#source.read(uri);
    return { type: FileType.File, ctime: 0, mtime, size: bytes.length, permissions: FilePermission.Readonly };
  }

  async readFile(uri: Uri): Promise<Uint8Array> {
    return (await this.#source.read(uri)).bytes;
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

  /** Whoever makes a file says when it changed. */
  watch(): Disposable {
    return new Disposable(() => undefined);
  }
}
