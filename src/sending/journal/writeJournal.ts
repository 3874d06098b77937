import { closeSync, constants, existsSync, fdatasync, mkdirSync, openSync, writeSync } from 'node:fs';

import type { ResourceWrite, ResourceWriteEnd, WriteLog } from '../../model/resourceWrite.ts';
import { codeOf } from './journalErrors.ts';
import { baseOf, FILE_MODE, FOLDER_MODE, pathOf, processTag } from './journalFiles.ts';
import { eachLine, readLines } from './journalLines.ts';
import { isCount, isOneOf, isRecord, readJsonLine } from './journalRead.ts';

/** A file that is larger gets no further write; its size is bounded so that a list of the newest ones reads little. */
const MAX_FILE_BYTES = 1_048_576;

/** A longer body is not kept: it is the code of an action, and stands in the cloud. */
const MAX_BODY_LENGTH = 1_048_576;

/** What a {@link WriteJournal} needs from outside. */
export interface WriteJournalDeps {
  readonly now: () => number;
  readonly pid: number;
  readonly host: string;
  readonly keepPayloads: () => boolean;
  readonly onChange: () => void;
  readonly warn: (message: string, error: unknown) => void;
}

/** A write that was read back; without `end` where no answer was written down. */
export interface WrittenWrite {
  readonly id: string;
  readonly write: ResourceWrite;
  readonly end?: ResourceWriteEnd;
}

/**
 * What this process changed in clouds: method, address, account, length and hash of the body and what came of it; the body itself only
 * where the user has set that payloads are kept. Never a header. There are few of them, each waits for a person: they are written at once,
 * so that the line stands there before the request leaves.
 */
export class WriteJournal implements WriteLog {
  readonly #folder: string;
  readonly #deps: WriteJournalDeps;
  readonly #syncs = new Set<Promise<void>>();
  /** The file new writes go to, and how much is in it. */
  #base: string | undefined;
  #bytes = 0;
  /** A line was not written to its end. */
  #isTorn = false;
  #count = 0;
  /** Files whose writes are under way. */
  readonly #underWay = new Map<string, number>();

  constructor(folder: string, deps: WriteJournalDeps) {
    this.#folder = folder;
    this.#deps = deps;
  }

  leaving(write: ResourceWrite): (end: ResourceWriteEnd) => void {
    const number = this.#count;
    this.#count += 1;
    const base = this.#current();
    const { body, ...rest } = this.#deps.keepPayloads() ? write : { ...withoutBody(write), body: undefined };
    const kept = body === undefined || body.length > MAX_BODY_LENGTH ? rest : { ...rest, body };
    const isWritten = this.#append(base, `["w",${number},${JSON.stringify(kept)}]\n`, constants.O_CREAT);
    if (isWritten) this.#underWay.set(base, (this.#underWay.get(base) ?? 0) + 1);
    this.#deps.onChange();
    return (end) => {
      if (!isWritten) return;
      this.#underWay.set(base, (this.#underWay.get(base) ?? 0) - 1);
      this.#append(base, `["x",${number},${JSON.stringify(end)}]\n`, 0);
      this.#deps.onChange();
    };
  }

  /** Whether the end of a write is still to come into this file. */
  isUnderWay(base: string): boolean {
    return (this.#underWay.get(base) ?? 0) > 0;
  }

  /** Returns when the disk keeps all of it. */
  async flush(): Promise<void> {
    await Promise.all(this.#syncs);
  }

  #current(): string {
    if (this.#base !== undefined && this.#bytes < MAX_FILE_BYTES) return this.#base;
    const { now, pid, host } = this.#deps;
    let atMs = now();
    // A number of a process comes again, and a clock may stand still.
    while (existsSync(pathOf(this.#folder, baseOf('writes', atMs, processTag(pid, host))))) atMs += 1;
    this.#base = baseOf('writes', atMs, processTag(pid, host));
    this.#bytes = 0;
    return this.#base;
  }

  /** A request is not held back because it cannot be written down: it is the user's, and the log says so. */
  #append(base: string, line: string, create: number): boolean {
    const path = pathOf(this.#folder, base);
    try {
      if (create !== 0) mkdirSync(this.#folder, { recursive: true, mode: FOLDER_MODE });
      const handle = openSync(path, constants.O_WRONLY | constants.O_APPEND | create, FILE_MODE);
      try {
        const bytes = Buffer.from(this.#isTorn ? `\n${line}` : line, 'utf8');
        this.#isTorn = true;
        for (let done = 0; done < bytes.length; ) done += writeSync(handle, bytes, done);
        this.#isTorn = false;
        this.#bytes += bytes.length;
      } finally {
        this.#sync(handle);
      }
      return true;
    } catch (error) {
      // An end whose beginning was cleared has no place.
      if (create !== 0 || codeOf(error) !== 'ENOENT') this.#deps.warn('A change was not written to the journal', error);
      return false;
    }
  }

  /** Off the way of the request. */
  #sync(handle: number): void {
    const synced = new Promise<void>((resolve) => {
      fdatasync(handle, () => {
        closeSync(handle);
        resolve();
      });
    });
    this.#syncs.add(synced);
    void synced.then(() => this.#syncs.delete(synced));
  }
}

/** A body is made when it is asked for; one that is not kept is not. */
function withoutBody({ atMs, accountId, accountName, method, origin, target, name, bytes, hash }: ResourceWrite): Omit<ResourceWrite, 'body'> {
  return { atMs, accountId, accountName, method, origin, target, ...(name === undefined ? {} : { name }), bytes, hash };
}

/** The writes in a file, the oldest first. @throws NodeJS.ErrnoException */
export async function readWrites(path: string, base: string): Promise<readonly WrittenWrite[]> {
  const found = new Map<number, WrittenWrite>();
  for await (const { bytes } of readLines(path)) {
    for (const line of eachLine(bytes)) {
      const parsed = readJsonLine(line.toString('utf8'));
      if (!Array.isArray(parsed)) continue;
      const [kind, number, value] = parsed as readonly unknown[];
      if (!isCount(number) || !isRecord(value)) continue;
      const known = found.get(number);
      if (kind === 'w' && isWrite(value)) found.set(number, { id: `${base}-${number}`, write: { ...value, hash: value.hash, body: value.body } });
      else if (kind === 'x' && known !== undefined && isEnd(value)) found.set(number, { ...known, end: value });
    }
  }
  return [...found.values()];
}

function isWrite(value: Readonly<Record<string, unknown>>): value is Readonly<Record<string, unknown>> & ResourceWrite {
  const texts = ['accountId', 'accountName', 'method', 'origin', 'target'].every((name) => typeof value[name] === 'string');
  const isText = (text: unknown): boolean => text === undefined || typeof text === 'string';
  return texts && isCount(value['atMs']) && isCount(value['bytes']) && ['name', 'hash', 'body'].every((name) => isText(value[name]));
}

function isEnd(value: Readonly<Record<string, unknown>>): value is Readonly<Record<string, unknown>> & ResourceWriteEnd {
  if (value['kind'] === 'done') return isCount(value['status']);
  return isOneOf(value['kind'], ['refused', 'unknown']) && typeof value['error'] === 'string';
}
