import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';

import { FunctionsClient } from '../../../src/api/functions/client.ts';
import { startEmulator } from '../../../src/emulator/emulator.ts';
import type { Account, NaverAccount } from '../../../src/model/account.ts';
import { CancelledError } from '../../../src/model/cloudError.ts';
import { createFormatter } from '../../../src/model/format.ts';
import { problemOf, problemText } from '../../../src/model/problem.ts';
import type { ResourceRef } from '../../../src/model/resource.ts';
import type { LocalFile, LocalFolder } from '../../../src/services/functions/actions/localCode.ts';
import type { LocalFiles } from '../../../src/services/functions/actions/localFiles.ts';
import { RunStore } from '../../../src/services/functions/runs/runStore.ts';
import { connect, naver } from '../api/support.ts';
import { MemoryMemento } from '../../support/editorStorage.ts';
import { ScriptedPrompts } from '../../support/scriptedPrompts.ts';
import type { Answer } from '../../support/scriptedPrompts.ts';

/** Files in memory, and a user who chooses by script in dialogs; an address that is missing closes the dialog. */
export class MemoryFiles implements LocalFiles {
  readonly files = new Map<string, Uint8Array>();
  readonly opened: string[] = [];
  readonly picks: string[];

  constructor(files: Readonly<Record<string, string | Uint8Array>> = {}, ...picks: readonly string[]) {
    for (const [path, content] of Object.entries(files)) this.files.set(path, typeof content === 'string' ? new TextEncoder().encode(content) : content);
    this.picks = [...picks];
  }

  pick(): Promise<string> {
    const chosen = this.picks.shift();
    return chosen === undefined || chosen === '' ? Promise.reject(new CancelledError()) : Promise.resolve(chosen);
  }

  read(uri: string): Promise<LocalFile | LocalFolder> {
    const name = uri.split('/').at(-1) ?? '';
    const bytes = this.files.get(uri);
    if (bytes !== undefined) return Promise.resolve({ kind: 'file', uri, name, bytes });
    const below = [...this.files].filter(([path]) => path.startsWith(`${uri}/`));
    const entries = below.map(([path, content]) => ({ path: path.slice(uri.length + 1), bytes: content }));
    return Promise.resolve({ kind: 'folder', uri, name, entries, ignoredBy: undefined, leftOut: 0, links: 0 });
  }

  exists(uri: string): Promise<boolean> {
    return Promise.resolve(this.files.has(uri));
  }

  write(uri: string, bytes: Uint8Array): Promise<void> {
    this.files.set(uri, bytes);
    return Promise.resolve();
  }

  below(folder: string, path: string): string {
    return `${folder}/${path}`;
  }

  open(uri: string): Promise<void> {
    this.opened.push(uri);
    return Promise.resolve();
  }

  text(uri: string): string {
    return new TextDecoder().decode(this.files.get(uri));
  }
}

/** How a world differs from the usual. */
export interface ActionsSetting extends Partial<Pick<NaverAccount, 'zone' | 'platform' | 'lane'>> {
  readonly files?: MemoryFiles;
  readonly runs?: 'real' | 'echo';
  /** More accounts of the tree. */
  readonly others?: (account: NaverAccount) => readonly NaverAccount[];
}

/** Cloud Functions of its own with its samples, and a user who answers by script. */
export async function actionsWorld(t: TestContext, answers: readonly Answer[] = [], { files = new MemoryFiles(), runs = 'echo', others, ...changes }: ActionsSetting = {}) {
  const emulator = await startEmulator({ runs });
  t.after(() => emulator.close());
  const versionsFolder = await mkdtemp(join(tmpdir(), 'versions-'));
  t.after(() => rm(versionsFolder, { recursive: true, force: true }));
  const { naver: keys } = emulator.credentials;
  const account: NaverAccount = naver(keys.cloudFunctions, changes);
  const accounts = [account, ...(others?.(account) ?? [])];
  const clients = new Map(accounts.map((one) => [one.id, new FunctionsClient(connect(t, one, { keyId: keys.accessKeyId, secret: keys.secretKey }).connection, 'KR')]));
  const clientOf = (id: string): FunctionsClient => {
    const client = clients.get(id);
    if (client === undefined) throw new Error(`no account ${id}`);
    return client;
  };
  const prompts = new ScriptedPrompts(...answers);
  const said: string[] = [];
  const titles: string[] = [];
  const opened: ResourceRef[] = [];
  const changed: ResourceRef[] = [];
  const reports: { what: string; text: string }[] = [];
  const logged: unknown[] = [];
  const cancelling = new AbortController();
  const deps = {
    prompts,
    files,
    versionsFolder,
    state: new MemoryMemento(),
    runs: new RunStore(),
    client: (id: string) => Promise.resolve(clientOf(id)),
    account: (id: string): Account | undefined => accounts.find((one) => one.id === id),
    accounts: (): readonly Account[] => accounts,
    format: createFormatter('en'),
    now: () => emulator.world.now(),
    say: (message: string): void => void said.push(message),
    log: { error: (_: string, error?: unknown): void => void logged.push(error) },
    report: (what: string, error: unknown, of: Account): void => {
      const problem = problemOf(error, { accountName: of.name });
      reports.push({ what, text: problem === undefined ? '' : problemText(problem) });
    },
    openDocument: (ref: ResourceRef): Promise<void> => {
      opened.push(ref);
      return Promise.resolve();
    },
    changed: (refs: readonly ResourceRef[]): void => void changed.push(...refs),
    reading: <T>(_: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> => work(new AbortController().signal),
    progress: <T>(title: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> => {
      titles.push(title);
      return work(cancelling.signal);
    },
  };
  const place = { account, region: 'KR', title: 'Cloud Functions · KR' } as const;
  /** What the cloud was asked to change, in order. */
  const writes = (): readonly string[] => emulator.log
    .filter(({ method }) => method !== 'GET')
    .map(({ method, target }) => `${method} ${target.replace(/^(\/ncf)?\/api\/v2\//, '').replace(/[?&]platform=\w+/, '').replace('&', '?')}`);
  return { emulator, account, client: clientOf(account.id), clientOf, place, deps, prompts, files, said, titles, opened, changed, reports, logged, writes, cancelling };
}

/** Has an action answered as services may that do not tell its type there. @param answer what it was answered with */
export function hideType(emulator: Awaited<ReturnType<typeof startEmulator>>, answer: string): void {
  const { content } = JSON.parse(answer) as { readonly content: Readonly<Record<string, unknown>> };
  const told = Object.entries(content).filter(([key]) => !['type', 'raw-http', 'custom-options'].includes(key));
  emulator.faults.inject({
    method: 'GET', path: new RegExp(`/actions/${String(content['name'])}\\?`), times: 9,
    effect: { kind: 'reply', status: 200, body: JSON.stringify({ content: Object.fromEntries(told) }), headers: { 'content-type': 'application/json' } },
  });
}
