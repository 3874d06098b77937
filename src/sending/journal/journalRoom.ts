import { factsOf, type JournalFile } from './journalFiles.ts';

/** What tells which file may go. */
export interface RoomDeps {
  /** Runs that were begun since and could be resumed stay, whatever the bound. */
  readonly spareSinceMs: number;
  /** Whether nothing more is to come into a file, and nothing could be gone on with. */
  readonly isEnded: (file: JournalFile) => Promise<boolean>;
  /** Gives false where a file cannot go. */
  readonly remove: (file: JournalFile) => Promise<boolean>;
  /** A run that could have been resumed is gone. */
  readonly onLost: (file: JournalFile) => void;
}

/**
 * Removes the oldest files until all together are no larger than `maxBytes`: those that have ended first, then runs that could be resumed.
 * What is under way stays. True where anything was removed.
 * @throws NodeJS.ErrnoException
 */
export async function makeRoom(files: readonly JournalFile[], maxBytes: number, { spareSinceMs, isEnded, remove, onLost }: RoomDeps): Promise<boolean> {
  const sizes = new Map<JournalFile, number>();
  for (const file of files) sizes.set(file, (await factsOf(file.path))?.size ?? 0);
  let excess = [...sizes.values()].reduce((sum, size) => sum + size, 0) - maxBytes;
  let hasRemoved = false;
  const unfinished: JournalFile[] = [];
  const take = async (file: JournalFile): Promise<boolean> => {
    if (!(await remove(file))) return false;
    excess -= sizes.get(file) ?? 0;
    hasRemoved = true;
    return true;
  };
  for (const file of files) {
    if (excess <= 0) return hasRemoved;
    if (await isEnded(file)) await take(file);
    else unfinished.push(file);
  }
  for (const file of unfinished) {
    if (excess <= 0 || file.atMs >= spareSinceMs) return hasRemoved;
    if ((await take(file)) && file.kind === 'run') onLost(file);
  }
  return hasRemoved;
}
