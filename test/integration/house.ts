import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Disposable, extensions, Uri, ViewColumn, window } from 'vscode';
import type { WebviewPanel } from 'vscode';

import { accountCommands } from '../../src/accounts/commands.ts';
import { AccountTree } from '../../src/accounts/accountTree.ts';
import { Connections } from '../../src/accounts/connections.ts';
import { Demo } from '../../src/accounts/demo.ts';
import { holdsSecret } from '../../src/accounts/holdsSecret.ts';
import { Unlocks } from '../../src/accounts/unlocks.ts';
import type { DataStreamClient } from '../../src/api/datastream/client.ts';
import { createUndiciTransport } from '../../src/api/undiciTransport.ts';
import type { Transport } from '../../src/api/transport.ts';
import { dashboardCommands } from '../../src/commands/dashboardCommands.ts';
import { accountRemedies, CommandRunner } from '../../src/commands/runner.ts';
import { resourceCommands } from '../../src/commands/resourceCommands.ts';
import { treeCommands } from '../../src/commands/treeCommands.ts';
import type { EmulatorOptions } from '../../src/emulator/emulator.ts';
import { startEmulator } from '../../src/emulator/emulator.ts';
import { wait } from '../../src/host/clock.ts';
import type { RemedyHandlers } from '../../src/host/notifications.ts';
import type { Prompts } from '../../src/host/prompts.ts';
import { Redactor } from '../../src/host/redactor.ts';
import { Messages } from '../../src/messages/messages.ts';
import type { Account, Lane } from '../../src/model/account.ts';
import { CloudError } from '../../src/model/cloudError.ts';
import { createFormatter } from '../../src/model/format.ts';
import type { Problem } from '../../src/model/problem.ts';
import type { ResourceRef } from '../../src/model/resource.ts';
import { dataStreamLimits, dataStreamTarget } from '../../src/services/datastream/messageTarget.ts';
import { createServices } from '../../src/services/registry.ts';
import { testRegExp } from '../../src/tree/boundedRegExp.ts';
import { Pins } from '../../src/tree/pins.ts';
import { TreeMemory } from '../../src/tree/treeMemory.ts';
import type { TreeNode } from '../../src/tree/treeNode.ts';
import { Dashboards } from '../../src/webviews/dashboards.ts';
import { memoryStore, naverAccount, nhnAccount } from '../support/accounts.ts';
import { MemoryMemento } from '../support/editorStorage.ts';

/** How a house differs from the usual. */
export interface HouseOptions {
  readonly prompts: Prompts;
  readonly lane?: Lane;
  readonly emulator?: EmulatorOptions;
  /** Milliseconds since the epoch, for unlocks. */
  readonly now?: () => number;
  /** What `open` does; nothing without it. */
  readonly open?: (ref: ResourceRef, mode: 'edit' | 'view' | 'raw') => Promise<void>;
  /** Makes the tabs of dashboards; the editor's own without it. */
  readonly createPanel?: (viewType: string, title: string) => WebviewPanel;
}

/** What the running tests started. */
const running: (() => Promise<void>)[] = [];

/** Everything the extension registers, without a window: two accounts over an emulator, the whole command table, the runner. */
export async function setUpHouse({ prompts, lane = { stage: 'dev', access: 'full' }, emulator: options = {}, now = Date.now, open, createPanel = createInEditor }: HouseOptions) {
  const emulator = await startEmulator({ timings: { creatingMs: 0, deletionMs: 0 }, ...options });
  const { credentials } = emulator;
  const entries = [
    {
      account: naverAccount({ id: 'naver-id', name: 'acme', lane, endpoints: credentials.naver }) as Account,
      secrets: { keyId: credentials.naver.accessKeyId, secret: credentials.naver.secretKey },
    },
    {
      account: nhnAccount({
        id: 'nhn-id', name: 'shop', lane,
        appKeys: [{ appKey: credentials.nhn.appKey, label: 'shop', region: 'KR1' }],
        endpoints: { token: credentials.nhn.token, easyQueue: credentials.nhn.easyQueue },
      }) as Account,
      secrets: { keyId: credentials.nhn.userAccessKeyId, secret: credentials.nhn.secretAccessKey },
    },
  ];
  const redactor = new Redactor();
  const { store, state } = memoryStore({ onSecret: (...values) => redactor.register(...values) });
  for (const { account, secrets } of entries) await store.add(account, secrets);

  const format = createFormatter('en');
  const memory = new TreeMemory(state);
  const pins = new Pins(state);
  const demo = new Demo({ store, env: {}, now: Date.now, warn: () => undefined });
  const unlocks = new Unlocks({ store, now, wait });
  const problems: { problem: Problem; remedies: RemedyHandlers }[] = [];
  const errors: unknown[] = [];
  const said: string[] = [];
  const opened: { ref: ResourceRef; mode: string }[] = [];
  const copied: { text: string; what: string }[] = [];
  const addresses: string[] = [];
  const saved: { name: string; bytes: Uint8Array }[] = [];
  const warned: string[] = [];
  const dataStreamOf = async (accountId: string): Promise<DataStreamClient> => {
    const { DataStreamClient } = await import('../../src/api/datastream/client.ts');
    return new DataStreamClient(await connections.of(accountId));
  };
  const journalFolder = mkdtempSync(join(tmpdir(), 'cloud-streams-journal-'));
  /** What is chosen wherever a file is asked for, in a folder of its own. */
  const localFile = join(mkdtempSync(join(journalFolder, 'local-')), 'index.js');
  writeFileSync(localFile, 'exports.main = () => ({ local: true });\n');
  const messages = new Messages({
    prompts, format, wait,
    accounts: () => unlocks.list(),
    onDidChangeAccounts: (listener) => unlocks.onDidChange(listener),
    clientOf: dataStreamOf,
    targetOf: async ({ accountId, topicName }) => dataStreamTarget(await dataStreamOf(accountId), topicName, dataStreamLimits(undefined)),
    state: new MemoryMemento(),
    newId: randomUUID,
    now: Date.now,
    ticks: () => performance.now(),
    random: () => 0.5,
    report: (error) => errors.push(error),
    log: { info: () => undefined, warn: () => undefined, error: (_, error) => errors.push(error) },
    journalFolder,
    processId: process.pid,
    hostName: 'test',
    isAlive: () => true,
    curlOfWrite: () => Promise.resolve(undefined),
    env: {},
    isSecret: (value) => holdsSecret(value, store, redactor),
    copy: (text, what) => {
      copied.push({ text, what });
      return Promise.resolve();
    },
    reportScheme: `cloud-streams-send-${running.length}`,
  });
  const transport = onLoopback(createUndiciTransport({ dispatcher: (undici) => new undici.Agent() }));
  const connections = new Connections(
    store,
    {
      transport, now: Date.now, random: () => 0.5, wait,
      log: { request: () => undefined },
      timeoutMs: () => 20_000,
      writes: messages.writes,
      onRateLimited: (accountId, waitMs) => dashboards.limited(accountId, waitMs),
    },
    (account) => demo.prepare(account),
    (account) => unlocks.effective(account),
  );
  const services = createServices({
    log: { error: () => undefined },
    memory, format, testRegExp, connections, prompts,
    pageSize: () => 1_000,
    now: Date.now,
    say: (message) => said.push(message),
    reveal: (list) => tree.refresh(list),
    openNewMessage: (target) => messages.openNewMessage(target),
    account: (id) => unlocks.get(id),
    accounts: () => unlocks.list(),
    onDidChangeAccounts: (listener) => unlocks.onDidChange(listener),
    openDocument: async (ref, mode) => {
      opened.push({ ref, mode });
      await open?.(ref, mode);
    },
    openDashboard: (ref) => dashboards.open(ref),
    report: (_what, error) => errors.push(error),
    changed: (refs) => {
      for (const ref of refs) void accounts.changed(ref);
    },
    state: new MemoryMemento(),
    versionsFolder: join(journalFolder, 'versions'),
    wait,
    pickLocal: (what) => Promise.resolve(Uri.file(what === 'file' ? localFile : join(localFile, '..')).toString()),
  });
  const accounts = new AccountTree({
    store, unlocks, memory, pins, now,
    services: services.roots,
    find: services.find,
    logError: (_, error) => errors.push(error),
  });
  const { tree } = accounts;
  const dashboards = new Dashboards({
    types: services.list.flatMap((service) => service.dashboards),
    // The pages of the extension that runs beside the test.
    extensionUri: extensions.all.find(({ packageJSON }) => (packageJSON as { readonly name?: unknown }).name === 'cloud-streams')?.extensionUri ?? Uri.file(journalFolder),
    pins, now, wait, createPanel,
    viewType: `cloudStreamsTest.dashboard${running.length}`,
    onDidChangeAccounts: (listener) => Disposable.from(store.onDidChange(listener), unlocks.onDidChange(listener)),
    onDidChangeKeys: (listener) => store.onDidChange(({ id, bindingChanged }) => {
      if (bindingChanged) listener(id);
    }),
    account: (id) => unlocks.get(id),
    remedies: (accountId) => accountRemedies(tree.accountRow(accountId)),
    showProblem: (problem, remedies) => problems.push({ problem, remedies }),
    log: { warn: (message) => warned.push(message), error: (_, error) => errors.push(error) },
    copy: (text, what) => {
      copied.push({ text, what });
      return Promise.resolve();
    },
    saveFile: (name, bytes) => {
      saved.push({ name, bytes });
      return Promise.resolve(name);
    },
    locale: 'en',
    texts: undefined,
  });
  const table = {
    ...accountCommands({
      store, unlocks, demo, prompts, env: {}, homeDir: '/nowhere',
      checks: services.list.map((service) => service.check.bind(service)),
      showLog: () => undefined,
      openProxySettings: () => undefined,
    }),
    ...treeCommands({ tree, memory, prompts, format, testRegExp, showLog: () => undefined }),
    ...resourceCommands({
      prompts, pins,
      open: async (ref, mode) => {
        opened.push({ ref, mode });
        await open?.(ref, mode);
      },
      repaint: (node) => tree.repaint(node),
      copy: (text, what) => {
        copied.push({ text, what });
        return Promise.resolve();
      },
      openExternal: (address) => {
        addresses.push(address);
        return Promise.resolve();
      },
    }),
    ...dashboardCommands({ open: (ref) => dashboards.open(ref), openBoard: () => dashboards.openBoard() }),
    ...messages.commands,
    ...services.commands,
  };
  const runner = new CommandRunner({
    tree, prompts,
    log: { info: () => undefined, error: (_, error) => errors.push(error) },
    showProblem: (problem, remedies) => problems.push({ problem, remedies }),
    recentRows: () => accounts.recentRows(),
    onUsed: (refs, isChanged) => accounts.used(refs, isChanged),
    onChanged: (refs) => accounts.reread(refs),
  });
  running.push(async () => {
    dashboards.dispose();
    accounts.dispose();
    unlocks.dispose();
    messages.dispose();
    await messages.end();
    await connections.dispose();
    await transport.close();
    await demo.dispose();
    await emulator.close();
    rmSync(journalFolder, { recursive: true, force: true });
  });
  const run = (id: keyof typeof table, ...rows: readonly [] | readonly [row: TreeNode, selected?: readonly TreeNode[]]): Promise<void> =>
    runner.run(id, table[id], rows);
  return { emulator, entries, store, state, memory, pins, unlocks, accounts, tree, services, dashboards, table, runner, run, problems, errors, said, opened, copied, saved, warned, addresses };
}

/** Ends everything the tests started. */
export async function endHouses(): Promise<void> {
  await Promise.all(running.splice(0).map((end) => end()));
}

function createInEditor(viewType: string, title: string): WebviewPanel {
  return window.createWebviewPanel(viewType, title, ViewColumn.Active);
}

/** No test speaks to a cloud, whatever account somebody makes up in it. */
function onLoopback(transport: Transport): Transport {
  return {
    send: (request) => (new URL(request.origin).hostname === '127.0.0.1'
      ? transport.send(request)
      : Promise.reject(new CloudError('network', { reason: 'proxy', mayHaveArrived: false }))),
    close: () => transport.close(),
  };
}
