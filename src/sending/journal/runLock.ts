import { open, readFile, utimes } from 'node:fs/promises';
import { join } from 'node:path';

import { codeOf, RunBusyError } from './journalErrors.ts';
import { FILE_MODE, factsOf, hostTag, listJournal, type LockFile, remove } from './journalFiles.ts';

/** What tells whether the holder of a lock still lives. */
export interface LockDeps {
  readonly now: () => number;
  readonly wait: (ms: number, signal?: AbortSignal) => Promise<void>;
  readonly pid: number;
  readonly host: string;
  readonly isAlive: (pid: number) => boolean;
}

/**
 * Who has not given a sign of life for so long is taken for dead: a process of another machine cannot be asked, and the number of a dead
 * one may have been given away.
 */
const LEASE_MS = 10 * 60_000;
const BEAT_MS = 60_000;

/** One with our own number and host name: of a process before us, or of one that lives in another container. The latter beats. */
const TWIN_LEASE_MS = 3 * BEAT_MS;

/**
 * The locks of this process. To take a run is to put down a file of one's own and to look for others: of two who do it at the same time
 * at least one sees the other, and gives way.
 */
export class RunLocks {
  readonly #folder: string;
  readonly #deps: LockDeps;
  readonly #ours = new Set<string>();

  constructor(folder: string, deps: LockDeps) {
    this.#folder = folder;
    this.#deps = deps;
  }

  /** @throws RunBusyError, NodeJS.ErrnoException */
  async take(base: string): Promise<RunLock> {
    const { pid, host } = this.#deps;
    const path = join(this.#folder, `${base}.${pid}.${hostTag(host)}.lock`);
    if (this.#ours.has(path)) throw new RunBusyError();
    this.#ours.add(path);
    // Tells ours from one that a process with the same number put in its place.
    const text = `${JSON.stringify({ pid, host, atMs: this.#deps.now() })}\n`;
    const lock = new RunLock(path, text, this.#deps, () => this.#ours.delete(path));
    try {
      await this.#create(path, text);
      await lock.start();
      const { locks } = await listJournal(this.#folder);
      for (const other of locks.filter((one) => one.base === base && one.path !== path)) {
        if (await this.isHeld(other)) throw new RunBusyError();
        await remove(other.path);
      }
    } catch (error) {
      await lock.release();
      throw error;
    }
    return lock;
  }

  /** Whether somebody is at it. */
  async isHeld(lock: LockFile): Promise<boolean> {
    const { pid, host, isAlive } = this.#deps;
    if (lock.host === hostTag(host)) {
      if (this.#ours.has(lock.path)) return true;
      if (lock.pid === pid) return this.#isFresh(lock.path, TWIN_LEASE_MS);
      if (!isAlive(lock.pid)) return false;
    }
    return this.#isFresh(lock.path, LEASE_MS);
  }

  /** A sign of life from the future is none: the clock went back since. */
  async #isFresh(path: string, leaseMs: number): Promise<boolean> {
    const facts = await factsOf(path);
    return facts !== undefined && Math.abs(this.#deps.now() - facts.changedAtMs) < leaseMs;
  }

  async #create(path: string, text: string): Promise<void> {
    const file = await open(path, 'wx', FILE_MODE).catch(async (error: unknown) => {
      if (codeOf(error) !== 'EEXIST') throw error;
      if (await this.#isFresh(path, TWIN_LEASE_MS)) throw new RunBusyError();
      await remove(path);
      return open(path, 'wx', FILE_MODE).catch(isTwins);
    });
    try {
      await file.writeFile(text);
    } finally {
      await file.close();
    }
  }
}

/** Somebody with our number was faster. */
function isTwins(error: unknown): never {
  throw codeOf(error) === 'EEXIST' ? new RunBusyError() : error;
}

/** A run that is ours. */
export class RunLock {
  readonly #path: string;
  readonly #text: string;
  readonly #deps: Pick<LockDeps, 'now' | 'wait'>;
  readonly #released: () => void;
  readonly #over = new AbortController();
  /** Its file stands there, as far as is known. */
  #isOurs = false;
  #beatAtMs = -Infinity;

  /** @param text what stands in its file */
  constructor(path: string, text: string, deps: Pick<LockDeps, 'now' | 'wait'>, released: () => void) {
    this.#path = path;
    this.#text = text;
    this.#deps = deps;
    this.#released = released;
  }

  /** Its file is there: gives a first sign of life, and more of them from then on. @throws NodeJS.ErrnoException */
  async start(): Promise<void> {
    this.#isOurs = true;
    await this.beat();
    void this.#goOn();
  }

  /**
   * A sign of life, if one is due; nearly free.
   * @throws RunBusyError where the lock was taken away: this process was asleep for so long that it was taken for dead
   */
  beat(): Promise<void> | undefined {
    return Math.abs(this.#deps.now() - this.#beatAtMs) < BEAT_MS ? undefined : this.#beat();
  }

  async #beat(): Promise<void> {
    const now = this.#deps.now();
    this.#beatAtMs = now;
    try {
      if ((await readFile(this.#path, 'utf8')) !== this.#text) throw new RunBusyError();
      await utimes(this.#path, now / 1_000, now / 1_000);
    } catch (error) {
      // One that cannot be written is asked again next time.
      this.#beatAtMs = -Infinity;
      this.#isOurs = codeOf(error) !== 'ENOENT' && !(error instanceof RunBusyError);
      throw this.#isOurs ? error : new RunBusyError();
    }
  }

  async release(): Promise<void> {
    this.#over.abort();
    this.#released();
    // One that cannot be removed is void as soon as this process is gone; one that was taken away is somebody else's.
    if (this.#isOurs) await remove(this.#path).catch(() => undefined);
  }

  /** While nothing is written, too: a service may ask to wait for long. Counts by waiting: the clock may be set meanwhile. */
  async #goOn(): Promise<void> {
    const { wait } = this.#deps;
    const { signal } = this.#over;
    while (this.#isOurs) {
      try {
        await wait(BEAT_MS, signal);
      } catch {
        return;
      }
      if (signal.aborted) return;
      // One that cannot be written is tried again; one that was taken away is seen before the next write.
      await this.#beat().catch(() => undefined);
    }
  }
}
