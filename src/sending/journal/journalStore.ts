import { mkdir } from 'node:fs/promises';

import type { WriteLog } from '../../model/resourceWrite.ts';
import type { ActivityEntry, JournalDeps, RunState, RunWriter } from './journal.ts';
import { codeOf, journalError, RunOverError } from './journalErrors.ts';
import { baseOf, FOLDER_MODE, type JournalFile, listJournal, type LockFile, pathOf, remove, safeId, syncFolder } from './journalFiles.ts';
import { foldRun, keptMessages } from './journalFold.ts';
import { JournalIndex, type Listed } from './journalIndex.ts';
import { makeRoom } from './journalRoom.ts';
import type { ReadyMessage } from '../message.ts';
import type { IndexRange, RunHeader } from '../recording.ts';
import { RunJournal, type RunJournalDeps } from './runJournal.ts';
import { type RunLock, RunLocks } from './runLock.ts';
import { WriteJournal } from './writeJournal.ts';

export type { ActivityEntry, JournalDeps, RunState, RunStatus, RunWriter } from './journal.ts';

/** Room is looked for again after so many bytes. */
const ROOM_EVERY_BYTES = 4_194_304;

/** A run that was interrupted since is likely to be resumed: it does not go because another one grows. */
const YOUNG_MS = 24 * 60 * 60_000;

/**
 * What was sent from this machine and what became of it: a folder with a file for each run, and for the resource writes of each process.
 * Several windows share it. What stands in a file is told in `journalFormat.ts`.
 */
export class JournalStore {
  readonly #folder: string;
  readonly #deps: JournalDeps;
  readonly #locks: RunLocks;
  readonly #index: JournalIndex;
  readonly #writes: WriteJournal;
  /** Runs of this window, by their base name. */
  readonly #live = new Map<string, RunJournal>();
  #grown = 0;
  #room: Promise<void> = Promise.resolve();

  /** @param folder made when it is first written to */
  constructor(folder: string, deps: JournalDeps) {
    this.#folder = folder;
    this.#deps = deps;
    this.#locks = new RunLocks(folder, deps);
    this.#writes = new WriteJournal(folder, deps);
    this.#index = new JournalIndex({
      isHeld: (lock) => this.#locks.isHeld(lock),
      liveCounts: (base) => this.#live.get(base)?.counts(),
      isUnderWay: (file) => this.#writes.isUnderWay(file.base),
      isAlive: (pid) => pid !== deps.pid && deps.isAlive(pid),
      host: deps.host,
      onUnreadable: (error) => deps.warn('A file of the journal cannot be read', error),
    });
  }

  /** Where resource writes are written down. Its calls write to the file before they return. */
  get writes(): WriteLog {
    return this.#writes;
  }

  /**
   * Begins the journal of a run; its first line is on the disk when this returns.
   * @throws JournalError where it cannot be written: then nothing may be sent
   */
  async begin(header: RunHeader): Promise<RunWriter> {
    const base = baseOf('run', header.startedAtMs, safeId(header.id));
    return this.#writing(async () => {
      await mkdir(this.#folder, { recursive: true, mode: FOLDER_MODE });
      await this.#makeRoom(Infinity);
      const lock = await this.#locks.take(base);
      return this.#open(base, lock, (deps) => RunJournal.begin(pathOf(this.#folder, base), header, lock, deps));
    });
  }

  /**
   * Goes on with a run whose window went away; what was leaving then is unknown from now on.
   * @throws RunBusyError where it has not gone away, or another window was first
   * @throws RunOverError where there is nothing to go on with
   * @throws JournalError
   */
  async resume(runId: string): Promise<{ readonly state: RunState; readonly writer: RunWriter }> {
    const file = await this.#find(runId);
    if (file === undefined) throw new RunOverError('gone');
    return this.#writing(async () => {
      const lock = await this.#locks.take(file.base);
      try {
        const fold = await foldRun(file.path).catch(ifGone);
        if (fold === undefined) throw new RunOverError('gone');
        if (fold.summary !== undefined) throw new RunOverError('ended');
        fold.outcomes.interrupted();
        const writer = await this.#open(file.base, lock, (deps) => RunJournal.resume(file.path, fold, lock, deps));
        return { state: { header: fold.header, status: 'running', outcomes: fold.outcomes }, writer };
      } catch (error) {
        await lock.release();
        throw error;
      }
    });
  }

  /** All that is known of a run now; undefined where it is not in the journal. @throws NodeJS.ErrnoException where it cannot be read */
  async readRun(runId: string): Promise<RunState | undefined> {
    const file = await this.#find(runId);
    if (file === undefined) return undefined;
    await this.#live.get(file.base)?.flush();
    // Asked first: a run that ends meanwhile says so itself.
    const isHeld = await this.#isHeld(file, file.locks);
    const fold = await foldRun(file.path).catch(ifGone);
    if (fold === undefined) return undefined;
    const { header, outcomes, summary } = fold;
    if (summary !== undefined) return { header, status: 'ended', outcomes, summary };
    if (isHeld) return { header, status: 'running', outcomes };
    outcomes.interrupted();
    return { header, status: 'interrupted', outcomes };
  }

  /** The messages of a run that are in `only`, as they left; none where they were not kept. @throws NodeJS.ErrnoException */
  async *payloads(runId: string, only: readonly IndexRange[]): AsyncGenerator<readonly ReadyMessage[], void> {
    const file = await this.#find(runId);
    if (file === undefined) return;
    await this.#live.get(file.base)?.flush();
    yield* keptMessages(file.path, only);
  }

  /** The newest runs and resource writes, the newest first. @throws NodeJS.ErrnoException where the folder cannot be read */
  async entries(limit: number): Promise<{ readonly entries: readonly ActivityEntry[]; readonly hasMore: boolean }> {
    return this.#index.newest(await listJournal(this.#folder), limit);
  }

  /** Removes everything but what is under way, here and in other windows. @throws JournalError */
  async clear(): Promise<void> {
    await this.#writing(async () => {
      const listed = await listJournal(this.#folder);
      for (const file of listed.files) await this.#removeIdle(file, listed);
    });
    this.#deps.onChange();
  }

  /** Ends: what runs is interrupted, and all of it is on the disk. */
  async dispose(): Promise<void> {
    const closings = [...this.#live.values()].map((run) => run.close());
    for (const closed of await Promise.allSettled([...closings, this.#writes.flush(), this.#room])) {
      if (closed.status === 'rejected') this.#deps.warn('The journal was not written to its end', closed.reason);
    }
  }

  async #open(base: string, lock: RunLock, start: (deps: RunJournalDeps) => Promise<RunJournal>): Promise<RunWriter> {
    try {
      const run = await start({
        now: this.#deps.now,
        wait: this.#deps.wait,
        folder: this.#folder,
        keepsPayloads: this.#deps.keepPayloads(),
        onWritten: (bytes) => this.#noteGrowth(base, bytes),
        onClosed: () => {
          this.#live.delete(base);
          this.#deps.onChange();
        },
      });
      this.#live.set(base, run);
      await syncFolder(this.#folder);
      this.#deps.onChange();
      return run;
    } catch (error) {
      await lock.release();
      throw error;
    }
  }

  async #find(runId: string): Promise<(JournalFile & { readonly locks: readonly LockFile[] }) | undefined> {
    const { files, locks } = await listJournal(this.#folder);
    const owner = safeId(runId);
    const file = files.findLast((one) => one.kind === 'run' && one.owner === owner);
    return file === undefined ? undefined : { ...file, locks };
  }

  async #isHeld({ base }: JournalFile, locks: readonly LockFile[]): Promise<boolean> {
    for (const lock of locks) if (lock.base === base && (await this.#locks.isHeld(lock))) return true;
    return false;
  }

  /** True where it is gone. */
  async #removeIdle(file: JournalFile, { locks }: Listed): Promise<boolean> {
    if (file.kind === 'writes') {
      if (await this.#index.isUnderWay(file)) return false;
      await remove(file.path);
      return true;
    }
    if (await this.#isHeld(file, locks)) return false;
    // Taken, so that no window resumes it at this moment.
    const lock = await this.#locks.take(file.base);
    await remove(file.path).finally(() => lock.release());
    return true;
  }

  #noteGrowth(base: string, bytes: number): void {
    this.#grown += bytes;
    if (this.#grown < ROOM_EVERY_BYTES) return;
    this.#room = this.#makeRoom(this.#deps.now() - YOUNG_MS, base);
  }

  /**
   * The bound is a wish: a journal that is larger than it should be is no reason not to send.
   * @param grown the run that needs the room: it stays, though it may have ended meanwhile
   */
  async #makeRoom(spareSinceMs: number, grown?: string): Promise<void> {
    this.#grown = 0;
    try {
      const listed = await listJournal(this.#folder);
      const hasRemoved = await makeRoom(listed.files, this.#deps.maxBytes(), {
        spareSinceMs,
        isEnded: (file) => this.#index.isEnded(file),
        remove: async (file) => file.base !== grown && (await this.#removeIdle(file, listed)),
        onLost: ({ base }) => this.#deps.warn('The journal has no room for a run that could have been resumed', base),
      });
      if (hasRemoved) this.#deps.onChange();
    } catch (error) {
      this.#deps.warn('Old runs were not removed from the journal', error);
    }
  }

  async #writing<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw journalError(error, this.#folder);
    }
  }
}

function ifGone(error: unknown): undefined {
  if (codeOf(error) !== 'ENOENT') throw error;
  return undefined;
}
