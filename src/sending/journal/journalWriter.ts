import { close, fdatasync, ftruncate, open, write, writeSync } from 'node:fs';
import { promisify } from 'node:util';

import { FILE_MODE } from './journalFiles.ts';

const openFile = promisify(open);
const writeFile = promisify(write);
const syncFile = promisify(fdatasync);
const truncateFile = promisify(ftruncate);
const closeFile = promisify(close);

/** Bytes go to the disk when there are so many of them, or so long after they were written. */
const SYNC_BYTES = 262_144;
const SYNC_MS = 250;

/** Who waits for company does so for no more turns of the event loop. */
const MAX_TURNS = 4;

/** Writes up to this size are done at once. */
const WRITE_AT_ONCE_BYTES = 16_384;

/** What a writer needs from outside. */
export interface JournalWriterOptions {
  readonly wait: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** Asked before each write; throws where the file is no longer ours, and then it is not touched. */
  readonly check: () => Promise<void> | undefined;
  /** So many bytes were written. */
  readonly onWritten: (bytes: number) => void;
  /** How many that wait for their line are worth a write at the moment: fewer wait a few turns of the event loop for more. 1 if not given. */
  readonly company?: () => number;
  /** An error in the words of whoever waits for {@link JournalWriter.commit}. */
  readonly explain: (error: unknown) => Error;
  /** Has the disk keep what was written to a file; fdatasync where nothing else is given. */
  readonly sync?: (file: number) => Promise<void>;
}

interface Batch {
  readonly written: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/**
 * Appends lines to a file that nobody else writes. What is asked for in one turn of the event loop, or while a write is under way, is
 * written together; the disk is told to keep it from time to time, while writing goes on.
 */
export class JournalWriter {
  readonly #file: number;
  readonly #options: JournalWriterOptions;
  readonly #over = new AbortController();
  /** Bytes that are good. */
  #length: number;
  /** Lines nobody waits for; those that could not be written stay. */
  #notes = '';
  /** Lines somebody waits for. */
  #commits = '';
  #batch: Batch | undefined;
  /** How many wait. */
  #waiting = 0;
  #running: Promise<void> | undefined;
  #syncing: Promise<void> | undefined;
  #unsynced = 0;
  #isSyncDue = false;
  /** Why nothing can be committed. */
  #failure: Error | undefined;
  /** Why the disk may not have kept all of it, which it says only once. */
  #lost: Error | undefined;
  /** Nothing is committed any more. */
  #isClosing = false;
  /** Nothing is written any more. */
  #isClosed = false;

  /** @param length bytes of the file that are good: what is behind them is cut off with the first write */
  private constructor(file: number, length: number, options: JournalWriterOptions) {
    this.#file = file;
    this.#length = length;
    this.#options = options;
  }

  /** Begins a file. @throws NodeJS.ErrnoException, `EEXIST` where there is one already */
  static async create(path: string, options: JournalWriterOptions): Promise<JournalWriter> {
    return new JournalWriter(await openFile(path, 'wx', FILE_MODE), 0, options);
  }

  /** Goes on with a file, behind its first `length` bytes; the others are cut off. @throws NodeJS.ErrnoException */
  static async extend(path: string, length: number, options: JournalWriterOptions): Promise<JournalWriter> {
    const file = await openFile(path, 'r+');
    await truncateFile(file, length);
    return new JournalWriter(file, length, options);
  }

  /** Writes a line, some time soon. One that could not be written is tried once more by {@link close}. */
  append(line: string): void {
    this.#notes += line;
    if (this.#failure === undefined && !this.#isClosed) this.#start();
  }

  /**
   * Writes a line; it stands in the file when this returns.
   * @throws what the options make of the error; then it does not stand there, and nothing can be committed from then on
   */
  commit(line: string): Promise<void> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    if (this.#isClosing) return Promise.reject(this.#options.explain(new Error('The file is closed')));
    this.#commits += line;
    this.#waiting += 1;
    this.#batch ??= newBatch();
    this.#start();
    return this.#batch.written;
  }

  /** Returns when all that was asked for so far is written, if it can be. Never throws. */
  flush(): Promise<void> {
    return this.commit('').catch(() => undefined);
  }

  /** Has the disk keep what was written so far. @throws what the options make of the error, now and whenever it happened before */
  async keep(): Promise<void> {
    await this.#sync();
    if (this.#lost !== undefined) throw this.#lost;
  }

  /**
   * Writes what is left, has the disk keep it, and ends.
   * @throws what the options make of an error, also where the disk did not keep what was written before; it has ended all the same
   */
  async close(): Promise<void> {
    this.#isClosing = true;
    await this.#idle();
    // What did not fit on the disk may do so by now.
    this.#failure = undefined;
    this.#start();
    await this.#idle();
    this.#isClosed = true;
    this.#over.abort();
    await this.#sync();
    await closeFile(this.#file);
    const failure = this.#failureNow() ?? this.#lost;
    if (failure !== undefined) throw failure;
  }

  #failureNow(): Error | undefined {
    return this.#failure;
  }

  /** Returns when nothing is being written; what is asked for in the same turn comes after that. */
  async #idle(): Promise<void> {
    while (this.#running !== undefined) await this.#running;
  }

  #start(): void {
    this.#running ??= this.#run();
  }

  async #run(): Promise<void> {
    for (;;) {
      // Before each write, so that whoever commits again at once keeps nobody else from running.
      await this.#gather();
      if (this.#failure !== undefined || (this.#notes === '' && this.#batch === undefined)) break;
      await this.#writeAll();
    }
    this.#running = undefined;
  }

  /** All answers that came in one turn of the event loop have their lines in one write; few wait a little for company. */
  async #gather(): Promise<void> {
    const { company } = this.#options;
    for (let turn = 0; turn < MAX_TURNS; turn += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      if (this.#waiting >= (company?.() ?? 1)) return;
    }
  }

  async #writeAll(): Promise<void> {
    const notes = this.#notes;
    const batch = this.#batch;
    const bytes = Buffer.from(notes + this.#commits, 'utf8');
    this.#notes = '';
    this.#commits = '';
    this.#batch = undefined;
    this.#waiting = 0;
    let isOurs = false;
    try {
      const checked = this.#options.check();
      if (checked !== undefined) await checked;
      isOurs = true;
      for (let done = 0; done < bytes.length; ) done += await this.#write(bytes, done);
    } catch (error) {
      this.#notes = notes + this.#notes;
      // A rest that cannot be cut off has no end, or says that something left which did not: unknown rather than lost.
      if (isOurs) await truncateFile(this.#file, this.#length).catch(() => undefined);
      this.#fail(error, batch);
      return;
    }
    this.#length += bytes.length;
    batch?.resolve();
    this.#noteUnsynced(bytes.length);
    this.#options.onWritten(bytes.length);
  }

  /** Few bytes go to the file system's own memory faster than another thread could be asked to bring them there. */
  #write(bytes: Buffer, from: number): number | Promise<number> {
    const [length, position] = [bytes.length - from, this.#length + from];
    if (length <= WRITE_AT_ONCE_BYTES) return writeSync(this.#file, bytes, from, length, position);
    return writeFile(this.#file, bytes, from, length, position).then(({ bytesWritten }) => bytesWritten);
  }

  /** Nothing of what failed stays: what somebody waited for does not leave, so it must not stand there as if it had. */
  #fail(error: unknown, batch: Batch | undefined): void {
    const failure = this.#options.explain(error);
    this.#failure = failure;
    batch?.reject(failure);
    this.#commits = '';
    this.#batch?.reject(failure);
    this.#batch = undefined;
  }

  #noteUnsynced(bytes: number): void {
    this.#unsynced += bytes;
    if (this.#unsynced >= SYNC_BYTES) void this.#sync();
    if (this.#isSyncDue) return;
    this.#isSyncDue = true;
    this.#options.wait(SYNC_MS, this.#over.signal).then(
      () => {
        this.#isSyncDue = false;
        void this.#sync();
      },
      // It ended, and syncs by itself.
      () => undefined,
    );
  }

  /** Never throws: what the disk does not keep is a failure of whoever waits, and of each commit from then on. */
  async #sync(): Promise<void> {
    while (this.#syncing !== undefined) await this.#syncing;
    if (this.#unsynced === 0) return;
    this.#unsynced = 0;
    this.#syncing = (this.#options.sync ?? syncFile)(this.#file)
      .catch((error: unknown) => {
        this.#fail(error, undefined);
        this.#lost ??= this.#failure;
      })
      .finally(() => {
        this.#syncing = undefined;
      });
    await this.#syncing;
  }
}

function newBatch(): Batch {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  // Whoever committed hears of it; a promise nobody asked about is no crash.
  promise.catch(() => undefined);
  return { written: promise, resolve: () => resolve(undefined), reject };
}
