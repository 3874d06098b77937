import type { LocalFile, LocalFolder } from './localCode.ts';

/** Files on this machine, as the editor reaches them. Addresses are the texts of URIs. */
export interface LocalFiles {
  /** Asks for a file or a folder. @param verb of its button @throws CancelledError */
  pick(what: 'file' | 'folder', title: string, verb: string): Promise<string>;
  /**
   * A file as it stands in its editor, saved or not, or else on the disk; or a folder without what its rules leave out.
   * @throws ProblemError where it cannot be read; CancelledError where the signal ended it
   */
  read(uri: string, signal: AbortSignal): Promise<LocalFile | LocalFolder>;
  /** Whether something has this address. */
  exists(uri: string): Promise<boolean>;
  /** Writes a file, and the folders above it. @throws ProblemError */
  write(uri: string, bytes: Uint8Array): Promise<void>;
  /** Address of a path below a folder. */
  below(folder: string, path: string): string;
  /** Shows a file in an editor. */
  open(uri: string): Promise<void>;
}
