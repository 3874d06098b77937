import type { ActivityEntry, RunCounts } from './journal.ts';
import { headerIn } from './journalFormat.ts';
import { factsOf, hostTag, type JournalFile, type listJournal, type LockFile } from './journalFiles.ts';
import { foldRun } from './journalFold.ts';
import { firstLine, lastLine } from './journalLines.ts';
import { readHeader, readJsonLine, readSummary } from './journalRead.ts';
import type { RunHeader, RunSummary } from '../recording.ts';
import { readWrites } from './writeJournal.ts';

/** What is in the folder. */
export type Listed = Awaited<ReturnType<typeof listJournal>>;

/** What a {@link JournalIndex} needs from outside. */
export interface JournalIndexDeps {
  readonly isHeld: (lock: LockFile) => Promise<boolean>;
  /** Of a run of this window. */
  readonly liveCounts: (base: string) => RunCounts | undefined;
  /** Whether this window still writes to a file of resource writes. */
  readonly isUnderWay: (file: JournalFile) => boolean;
  /** Whether another process lives. */
  readonly isAlive: (pid: number) => boolean;
  readonly host: string;
  /** A file cannot be read; told once. */
  readonly onUnreadable: (error: unknown) => void;
}

type RunEntry = Extract<ActivityEntry, { readonly kind: 'run' }>;
type WriteEntry = Extract<ActivityEntry, { readonly kind: 'write' }>;

/** What was read of a file when it had this size. */
interface Cached {
  readonly size: number;
  readonly run?: { readonly header: RunHeader; readonly summary: RunSummary | undefined } | undefined;
  /** Of a run without its last line; what is leaving counts as unknown. */
  counts?: RunCounts;
  readonly writes?: readonly WriteEntry[];
}

/** Finds the newest entries of a journal by reading as little of it as can be: names, first lines and last lines, each once. */
export class JournalIndex {
  readonly #deps: JournalIndexDeps;
  readonly #cache = new Map<string, Cached>();
  /** Files that were told of. */
  readonly #unreadable = new Set<string>();

  constructor(deps: JournalIndexDeps) {
    this.#deps = deps;
  }

  /** @throws NodeJS.ErrnoException */
  async newest({ files, locks }: Listed, limit: number): Promise<{ readonly entries: readonly ActivityEntry[]; readonly hasMore: boolean }> {
    const names = new Set(files.map(({ base }) => base));
    for (const base of this.#cache.keys()) if (!names.has(base)) this.#cache.delete(base);
    const found: ActivityEntry[] = [];
    for (const { file, untilMs } of await byLastEntry(files)) {
      // What is left has nothing that is newer than this.
      if (found.length > limit && found.filter((entry) => timeOf(entry) >= untilMs).length > limit) break;
      found.push(...(await this.#entriesIn(file, locks)));
    }
    found.sort((a, b) => timeOf(b) - timeOf(a));
    return { entries: found.slice(0, limit), hasMore: found.length > limit };
  }

  /** Whether nothing more is to come into a file, and nothing could be gone on with. */
  async isEnded(file: JournalFile): Promise<boolean> {
    if (file.kind === 'writes') return !(await this.isUnderWay(file));
    return (await this.#read(file))?.run?.summary !== undefined;
  }

  /** Whether somebody waits for the answer to a resource write. */
  async isUnderWay(file: JournalFile): Promise<boolean> {
    if (this.#deps.isUnderWay(file)) return true;
    const [pid, host] = file.owner.split('.');
    if (host !== hostTag(this.#deps.host) || !this.#deps.isAlive(Number(pid))) return false;
    return (await this.#writes(file)).some(({ end }) => end === undefined);
  }

  /** One file that cannot be read hides no other. */
  async #entriesIn(file: JournalFile, locks: readonly LockFile[]): Promise<readonly ActivityEntry[]> {
    try {
      return file.kind === 'writes' ? await this.#writes(file) : await this.#run(file, locks);
    } catch (error) {
      if (!this.#unreadable.has(file.base)) this.#deps.onUnreadable(error);
      this.#unreadable.add(file.base);
      return [];
    }
  }

  async #run(file: JournalFile, locks: readonly LockFile[]): Promise<readonly RunEntry[]> {
    const live = this.#deps.liveCounts(file.base);
    const isRunning = live !== undefined || (await this.#isHeld(file, locks));
    const cached = await this.#read(file);
    if (cached?.run === undefined) return [];
    const { header, summary } = cached.run;
    if (summary !== undefined) {
      const { acknowledged, refused, unknown, notSent } = summary;
      return [{ kind: 'run', header, status: 'ended', counts: { acknowledged, refused, unknown, notSent }, summary }];
    }
    if (live !== undefined) return [{ kind: 'run', header, status: 'running', counts: live }];
    cached.counts ??= await countsOf(file);
    return [{ kind: 'run', header, status: isRunning ? 'running' : 'interrupted', counts: cached.counts }];
  }

  async #isHeld({ base }: JournalFile, locks: readonly LockFile[]): Promise<boolean> {
    for (const lock of locks) if (lock.base === base && (await this.#deps.isHeld(lock))) return true;
    return false;
  }

  async #writes(file: JournalFile): Promise<readonly WriteEntry[]> {
    const facts = await factsOf(file.path);
    if (facts === undefined) return [];
    const cached = this.#cache.get(file.base);
    if (cached?.size === facts.size && cached.writes !== undefined) return cached.writes;
    const writes = (await readWrites(file.path, file.base)).map((write) => ({ kind: 'write', ...write }) as const);
    this.#cache.set(file.base, { size: facts.size, writes });
    return writes;
  }

  /** First and last line of a run, read again where it grew. */
  async #read(file: JournalFile): Promise<Cached | undefined> {
    const facts = await factsOf(file.path);
    if (facts === undefined) return undefined;
    const cached = this.#cache.get(file.base);
    if (cached?.size === facts.size) return cached;
    const header = cached?.run?.header ?? readHeader(headerIn(readJsonLine((await firstLine(file.path)) ?? '')));
    const last = readJsonLine((await lastLine(file.path, facts.size)) ?? '');
    const summary = Array.isArray(last) && last[0] === 'end' ? readSummary(last[1]) : undefined;
    const read: Cached = { size: facts.size, run: header === undefined ? undefined : { header, summary } };
    this.#cache.set(file.base, read);
    return read;
  }
}

/** Runs stand where they began; resource writes are newer than the name of their file, but never than its last change. */
async function byLastEntry(files: readonly JournalFile[]): Promise<readonly { readonly file: JournalFile; readonly untilMs: number }[]> {
  const dated = await Promise.all(
    files.map(async (file) => ({
      file,
      untilMs: file.kind === 'run' ? file.atMs : Math.max(file.atMs, (await factsOf(file.path))?.changedAtMs ?? 0),
    })),
  );
  return dated.toSorted((a, b) => b.untilMs - a.untilMs);
}

function timeOf(entry: ActivityEntry): number {
  return entry.kind === 'run' ? entry.header.startedAtMs : entry.write.atMs;
}

async function countsOf(file: JournalFile): Promise<RunCounts> {
  const fold = await foldRun(file.path);
  fold?.outcomes.interrupted();
  const count = (state: 'acknowledged' | 'refused' | 'unknown' | 'notSent'): number => fold?.outcomes.count(state) ?? 0;
  return { acknowledged: count('acknowledged'), refused: count('refused'), unknown: count('unknown'), notSent: count('notSent') };
}
