import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { functionsPlace } from '../../../api/functions/hosts.ts';
import type { Account, FunctionsRegion } from '../../../model/account.ts';
import type { ActionDetail, ActionName } from '../../../model/functions.ts';

/** What of an action its earlier versions keep: what runs, and how it is entered. No parameters: they may hold secrets. */
export type KeptExec = Pick<ActionDetail, 'runtime' | 'main' | 'isBinary' | 'code' | 'imageUri' | 'components'>;

/** What a version keeps, and of which action where the service told its resource id: one may be deleted, and another get its name. */
export interface KeptAction extends KeptExec {
  readonly resourceId?: string | undefined;
}

/** Whose versions: an action of an account in a region. */
export interface VersionsOf extends ActionName {
  readonly place: { readonly account: Account; readonly region: FunctionsRegion };
}

/** An earlier version of an action, on this machine. */
export interface Version {
  readonly file: string;
  /** When it was replaced, Unix milliseconds. */
  readonly keptAtMs: number;
  readonly bytes: number;
}

/** Versions of one action. */
const MAX_VERSIONS = 10;
/** All versions of all actions but the newest of each, which the others make room for. */
const MAX_BYTES = 64 * 1024 * 1024;
/** The newest version of each action. */
const MAX_NEWEST_BYTES = 256 * 1024 * 1024;
/** A file nobody finished within this time is left from a window that ended. */
const STALE_MS = 3_600_000;

const NAME = /^(\d{13,16})-([0-9a-f]{32})\.json$/;

/**
 * Earlier versions of actions, as files that only the user can read: `{account}/{action}/{time}-{content}.json`, each name a hash.
 * Several windows may keep and read at a time: a file is written beside and renamed, and one that another window took away is none.
 */
export class Versions {
  readonly #folder: string;
  readonly #now: () => number;

  /** @param now milliseconds since the epoch */
  constructor(folder: string, now: () => number) {
    this.#folder = folder;
    this.#now = now;
  }

  /**
   * Keeps what an action runs before it is replaced. What was kept of it already moves to the front.
   * @throws an error of the file system where it could not be kept
   */
  async keep(of: VersionsOf, detail: KeptAction): Promise<void> {
    const folder = this.#folderOf(of);
    const text = JSON.stringify({ ...execOf(detail), resourceId: detail.resourceId });
    const content = hash(text);
    const before = await filesIn(folder);
    const keptAtMs = Math.max(this.#now(), (before[0]?.keptAtMs ?? 0) + 1);
    const file = join(folder, `${String(keptAtMs).padStart(13, '0')}-${content}.json`);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const unfinished = `${file}.${String(process.pid)}.new`;
    await writeFile(unfinished, text, { mode: 0o600 });
    await rename(unfinished, file).catch(async (error: unknown) => {
      // Kept twice at the same moment: one of them renamed it.
      if ((await sizeOf(file)) === undefined) throw error;
    });
    const same = before.filter((version) => version.content === content);
    await Promise.all(same.map((version) => rm(version.file, { force: true })));
    await this.#trim(folder, file);
  }

  /** Its versions, the newest first. */
  async list(of: VersionsOf): Promise<readonly Version[]> {
    return (await filesIn(this.#folderOf(of))).map(({ file, keptAtMs, bytes }) => ({ file, keptAtMs, bytes }));
  }

  /** What a version keeps; undefined where it is not there any more, or damaged. */
  async read({ file }: Version): Promise<KeptAction | undefined> {
    const text = await readFile(file, 'utf8').catch(() => undefined);
    return text !== undefined && NAME.exec(fileName(file))?.[2] === hash(text) ? readExec(text) : undefined;
  }

  /** Deletes all versions of an account's actions. */
  async purge(accountId: string): Promise<void> {
    await rm(this.#accountFolder(accountId), { recursive: true, force: true });
  }

  /** An account may be pointed at another zone or platform, where the name is another action's; only Korea's public zone has two platforms. */
  #folderOf({ place: { account, region }, pkg, name }: VersionsOf): string {
    const where = account.provider === 'naver' ? [account.zone, functionsPlace(account, region).platform] : [];
    return join(this.#accountFolder(account.id), hash(JSON.stringify([...where, region, pkg, name])));
  }

  #accountFolder(accountId: string): string {
    return join(this.#folder, hash(accountId));
  }

  /** @param added stays */
  async #trim(folder: string, added: string): Promise<void> {
    const own = (await filesIn(folder)).slice(MAX_VERSIONS);
    await Promise.all(own.map(({ file }) => rm(file, { force: true })));
    const actions = await this.#filesOfActions();
    const newest = within(actions.flatMap((files) => files.slice(0, 1)).filter(({ file }) => file !== added), MAX_NEWEST_BYTES);
    const others = within(actions.flatMap((files) => files.slice(1)), MAX_BYTES - newest.bytes - ((await sizeOf(added)) ?? 0));
    await Promise.all([...newest.tooMuch, ...others.tooMuch].map(({ file }) => rm(file, { force: true })));
  }

  /** Of each action, the newest first. */
  async #filesOfActions(): Promise<readonly (readonly KeptFile[])[]> {
    const accounts = await namesIn(this.#folder);
    const folders = await Promise.all(accounts.map(async (account) => (await namesIn(join(this.#folder, account))).map((action) => join(this.#folder, account, action))));
    return Promise.all(folders.flat().map(async (folder) => {
      await this.#removeUnfinished(folder);
      return filesIn(folder);
    }));
  }

  /** What a window that ended in the middle left behind. */
  async #removeUnfinished(folder: string): Promise<void> {
    for (const name of await namesIn(folder)) {
      const keptAtMs = Number(/^(\d+)-[0-9a-f]+\.json\.\d+\.new$/.exec(name)?.[1] ?? Number.NaN);
      if (keptAtMs < this.#now() - STALE_MS) await rm(join(folder, name), { force: true });
    }
  }
}

/** What there is no room for: the newest stay, and one that is too large takes nothing of the room of older ones. */
function within(files: readonly KeptFile[], maxBytes: number): { readonly bytes: number; readonly tooMuch: readonly KeptFile[] } {
  let bytes = 0;
  const tooMuch = files.toSorted((a, b) => b.keptAtMs - a.keptAtMs).filter((file) => {
    if (bytes + file.bytes > maxBytes) return true;
    bytes += file.bytes;
    return false;
  });
  return { bytes, tooMuch };
}

/** Whether two run the same. */
export function isSameExec(a: KeptExec, b: KeptExec): boolean {
  return JSON.stringify(execOf(a)) === JSON.stringify(execOf(b));
}

/** What of an action is kept, in this order: it is compared as text. */
export function execOf({ runtime, main, isBinary, code, imageUri, components }: KeptExec): KeptExec {
  return { runtime, main, isBinary, code, imageUri, components };
}

interface KeptFile extends Version {
  readonly content: string;
}

/** The newest first. A folder that is not there holds none, and a file another window took away is none. */
async function filesIn(folder: string): Promise<readonly KeptFile[]> {
  const files = await Promise.all((await namesIn(folder)).map(async (name): Promise<readonly KeptFile[]> => {
    const [, time, content] = NAME.exec(name) ?? [];
    const file = join(folder, name);
    const bytes = content === undefined ? undefined : await sizeOf(file);
    return content === undefined || bytes === undefined ? [] : [{ file, keptAtMs: Number(time), bytes, content }];
  }));
  return files.flat().toSorted((a, b) => b.keptAtMs - a.keptAtMs);
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => []);
}

async function sizeOf(file: string): Promise<number | undefined> {
  return stat(file).then(({ size }) => size, () => undefined);
}

function fileName(file: string): string {
  return file.split(/[\\/]/).at(-1) ?? '';
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

function readExec(text: string): KeptAction | undefined {
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null) return undefined;
  const of: Readonly<Record<string, unknown>> = { ...value };
  const [runtime, main, code, imageUri] = [of['runtime'], of['main'], of['code'], of['imageUri']].map((one) => (typeof one === 'string' ? one : undefined));
  const { isBinary, components, resourceId } = of;
  return {
    runtime, main, code, imageUri,
    isBinary: typeof isBinary === 'boolean' ? isBinary : undefined,
    components: Array.isArray(components) ? components.filter((one) => typeof one === 'string') : [],
    ...(typeof resourceId === 'string' ? { resourceId } : {}),
  };
}
