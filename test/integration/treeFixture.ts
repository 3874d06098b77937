import * as assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Memento } from 'vscode';

import { Connection } from '../../src/api/connection.ts';
import { createUndiciTransport } from '../../src/api/undiciTransport.ts';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { startEmulator } from '../../src/emulator/emulator.ts';
import { wait } from '../../src/host/clock.ts';
import type { Account, AccountSecrets, Lane } from '../../src/model/account.ts';
import type { Prompts } from '../../src/host/prompts.ts';
import { CancelledError } from '../../src/model/cloudError.ts';
import { createFormatter } from '../../src/model/format.ts';
import type { SendTarget } from '../../src/sending/target.ts';
import { createServices } from '../../src/services/registry.ts';
import { AccountNode } from '../../src/tree/accountNode.ts';
import { testRegExp } from '../../src/tree/boundedRegExp.ts';
import { ResourceTree } from '../../src/tree/resourceTree.ts';
import { TreeMemory } from '../../src/tree/treeMemory.ts';
import type { TreeNode } from '../../src/tree/treeNode.ts';
import { MemoryMemento } from '../support/editorStorage.ts';
import { ScriptedPrompts } from '../support/scriptedPrompts.ts';

/** Global state that lives as long as a test. */
class State implements Memento {
  readonly #values = new Map<string, unknown>();

  keys(): readonly string[] {
    return [...this.#values.keys()];
  }

  get<T>(key: string, otherwise?: T): T | undefined {
    return this.#values.has(key) ? (this.#values.get(key) as T) : otherwise;
  }

  update(key: string, value: unknown): Promise<void> {
    this.#values.set(key, value);
    return Promise.resolve();
  }
}

/** How a test's world differs from the usual. */
export interface Setting {
  readonly pageSize?: number;
  readonly extraTopics?: number;
  readonly nhn?: Partial<{ keyId: string; secret: string; appKey: string; stage: Lane['stage']; access: Lane['access'] }>;
  /** Of both accounts. */
  readonly lane?: Partial<Lane>;
  /** Answers what the services' commands ask; without it every question fails. */
  readonly prompts?: Prompts;
  readonly onDidChange?: (node: TreeNode | TreeNode[] | undefined) => void;
}

/** What the running tests started. */
const running: (() => Promise<void>)[] = [];

/** The tree over an emulator of its own, with the two demo accounts. */
export async function setUp({ pageSize = 1000, extraTopics = 0, nhn = {}, lane = {}, prompts = new ScriptedPrompts(), onDidChange }: Setting = {}) {
  const emulator = await startEmulator({ extraTopics, timings: { creatingMs: 1500 } });
  const transport = createUndiciTransport({ dispatcher: (undici) => new undici.Agent() });
  const entries = accounts(emulator, nhn, { stage: 'dev', access: 'full', ...lane });
  const connections = new Map(entries.map(({ account, secrets }) => [account.id, connect(account, secrets)]));
  function connect(account: Account, secrets: AccountSecrets): Connection {
    return new Connection(() => account, () => Promise.resolve(secrets), {
      transport,
      now: Date.now,
      random: () => 0.5,
      wait,
      log: { request: () => undefined },
      timeoutMs: () => 20_000,
    });
  }
  const format = createFormatter('en');
  const memory = new TreeMemory(new State());
  const opened: SendTarget[] = [];
  const said: string[] = [];
  /** Labels of the rows that were selected after a command. */
  const revealed: string[] = [];
  const versionsFolder = mkdtempSync(join(tmpdir(), 'cloud-streams-versions-'));
  const services = createServices({
    log: { error: () => undefined },
    memory,
    format,
    pageSize: () => pageSize,
    testRegExp,
    now: Date.now,
    prompts,
    say: (message) => said.push(message),
    reveal: async (list, isIt) => {
      await tree.refresh(list);
      const row = (await tree.rows(list)).find(isIt);
      if (row !== undefined) revealed.push(textOf(row));
    },
    openNewMessage: (target) => {
      opened.push(target);
      return Promise.resolve();
    },
    account: (id) => entries.find(({ account }) => account.id === id)?.account,
    accounts: () => entries.map(({ account }) => account),
    onDidChangeAccounts: () => ({ dispose: () => undefined }),
    openDocument: () => Promise.resolve(),
    openDashboard: () => Promise.resolve(),
    report: (_what, error) => unexpected.push(error),
    changed: () => undefined,
    state: new MemoryMemento(),
    versionsFolder,
    pickLocal: () => Promise.reject(new CancelledError()),
    wait,
    connections: {
      of: (id) => {
        const connection = connections.get(id);
        assert.ok(connection);
        return Promise.resolve(connection);
      },
      tryOut: (account, secrets) => Promise.resolve(connect(account, secrets)),
    },
  });
  const unexpected: unknown[] = [];
  const tree = new ResourceTree({
    roots: () =>
      entries.map(({ account }) => new AccountNode(account, services.roots)),
    logError: (_, error) => unexpected.push(error),
    wait,
    now: Date.now,
  });
  if (onDidChange !== undefined) tree.onDidChangeTreeData(onDidChange);
  running.push(async () => {
    tree.dispose();
    await transport.close();
    await emulator.close();
    rmSync(versionsFolder, { recursive: true, force: true });
  });
  return { emulator, tree, memory, services, entries, unexpected, opened, said, revealed };
}

function accounts(
  emulator: Emulator, nhn: NonNullable<Setting['nhn']>, lane: Lane,
): readonly { account: Account; secrets: AccountSecrets }[] {
  const { credentials } = emulator;
  return [
    {
      account: {
        id: 'naver-id',
        name: 'acme',
        provider: 'naver',
        lane,
        keyOwner: 'sub',
        zone: 'public',
        regions: ['KR'],
        platform: 'vpc',
        endpoints: credentials.naver,
      },
      secrets: { keyId: credentials.naver.accessKeyId, secret: credentials.naver.secretKey },
    },
    {
      account: {
        id: 'nhn-id',
        name: 'shop',
        provider: 'nhn',
        lane: { stage: nhn.stage ?? lane.stage, access: nhn.access ?? lane.access },
        appKeys: [{ appKey: nhn.appKey ?? credentials.nhn.appKey, label: 'shop', region: 'KR1' }],
        endpoints: { token: credentials.nhn.token, easyQueue: credentials.nhn.easyQueue },
      },
      secrets: { keyId: nhn.keyId ?? credentials.nhn.userAccessKeyId, secret: nhn.secret ?? credentials.nhn.secretAccessKey },
    },
  ];
}

/** Goes down the tree by labels, waiting for the rows of each step. */
export async function find(tree: ResourceTree, ...labels: readonly string[]): Promise<TreeNode> {
  let at: TreeNode | undefined;
  for (const label of labels) {
    const rows = await tree.rows(at);
    const next = rows.find((row) => textOf(row) === label);
    assert.ok(next, `No "${label}" among ${rows.map(textOf).join(', ')}`);
    at = next;
  }
  assert.ok(at);
  return at;
}

/** The label of a row. */
export function textOf(node: TreeNode): string {
  const { label } = node.face();
  return typeof label === 'string' ? label : (label?.label ?? '');
}

/** The labels below a row. */
export async function labels(tree: ResourceTree, node: TreeNode): Promise<readonly string[]> {
  return (await tree.rows(node)).map(textOf);
}

/** The description of a row as the editor gets it. */
export function described(tree: ResourceTree, node: TreeNode): string {
  const { description } = tree.getTreeItem(node);
  return typeof description === 'string' ? description : '';
}

/** The row of the demo project. */
export const EASY_QUEUE = 'EasyQueue · KR1 · shop';

/** Ends everything the tests started. */
export async function endAll(): Promise<void> {
  await Promise.all(running.splice(0).map((end) => end()));
}
