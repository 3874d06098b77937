import { createHash } from 'node:crypto';
import { open, readdir, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';

import { codeOf } from './journalErrors.ts';

/** Only the user reads what is in the journal. */
export const FILE_MODE = 0o600;
export const FOLDER_MODE = 0o700;

/** A file of the journal: one run, or the resource writes of one process. */
export interface JournalFile {
  readonly kind: 'run' | 'writes';
  /** Without its extension: what its locks begin with. */
  readonly base: string;
  readonly path: string;
  /** When it was begun; names sort by it. */
  readonly atMs: number;
  /** The run's id as file names have it; of resource writes, the process that writes them. */
  readonly owner: string;
}

/** A claim on a run, as its file name tells it: nothing has to be read to know who holds a run. */
export interface LockFile {
  readonly path: string;
  readonly base: string;
  readonly pid: number;
  /** The machine, as {@link hostTag} tells it. */
  readonly host: string;
}

const EXTENSION = '.jsonl';
const STAMP_DIGITS = 15;
const FILE = /^(run|writes)-(\d{15})-([a-z0-9.-]+)\.jsonl$/;
const LOCK = /^(run-\d{15}-[a-z0-9-]+)\.(\d{1,10})\.([0-9a-f]{12})\.lock$/;

/** A name without extension that sorts by time and cannot leave the folder, whatever the id holds. */
export function baseOf(kind: JournalFile['kind'], atMs: number, owner: string): string {
  return `${kind}-${String(Math.max(0, Math.trunc(atMs))).padStart(STAMP_DIGITS, '0')}-${owner}`;
}

/** An id as a part of a file name; odd ones, and those that differ in case alone, by their hash. */
export function safeId(id: string): string {
  return /^[a-z0-9-]{1,64}$/.test(id) ? id : `x${createHash('sha256').update(id).digest('hex').slice(0, 40)}`;
}

/** A host name as a part of a file name. */
export function hostTag(host: string): string {
  return createHash('sha256').update(host).digest('hex').slice(0, 12);
}

/** Who writes a file of resource writes. */
export function processTag(pid: number, host: string): string {
  return `${pid}.${hostTag(host)}`;
}

export function pathOf(folder: string, base: string): string {
  return join(folder, `${base}${EXTENSION}`);
}

/** What is in the folder of a journal, the oldest file first; what is not ours is left out. @throws NodeJS.ErrnoException */
export async function listJournal(folder: string): Promise<{ readonly files: readonly JournalFile[]; readonly locks: readonly LockFile[] }> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  });
  const files: JournalFile[] = [];
  const locks: LockFile[] = [];
  for (const name of names.toSorted()) {
    const [, kind, stamp, owner = ''] = FILE.exec(name) ?? [];
    if (kind === 'run' || kind === 'writes') {
      files.push({ kind, base: name.slice(0, -EXTENSION.length), path: join(folder, name), atMs: Number(stamp), owner });
      continue;
    }
    const [, base, pid, host] = LOCK.exec(name) ?? [];
    if (base !== undefined && host !== undefined) locks.push({ path: join(folder, name), base, pid: Number(pid), host });
  }
  return { files, locks };
}

/** Size and last change of a file; undefined where it is gone. */
export async function factsOf(path: string): Promise<{ readonly size: number; readonly changedAtMs: number } | undefined> {
  try {
    const { size, mtimeMs } = await stat(path);
    return { size, changedAtMs: mtimeMs };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Removes a file that may be gone already. */
export async function remove(path: string): Promise<void> {
  await unlink(path).catch((error: unknown) => {
    if (codeOf(error) !== 'ENOENT') throw error;
  });
}

/** Lets a new file outlive a power failure, where the system can. */
export async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    await handle.sync().finally(() => handle.close());
  } catch {
    // Not every system opens folders; the file itself is on the disk.
  }
}
