import { randomUUID } from 'node:crypto';
import { homedir, hostname } from 'node:os';
import { join } from 'node:path';

import * as pureL10n from '@vscode/l10n';
import { commands, Disposable, env, l10n } from 'vscode';
import type { ExtensionContext } from 'vscode';

import { AccountStore } from './accounts/accountStore.ts';
import { accountCommands } from './accounts/commands.ts';
import { Connections } from './accounts/connections.ts';
import { Demo } from './accounts/demo.ts';
import { holdsSecret } from './accounts/holdsSecret.ts';
import { ResourceView } from './accounts/resourceView.ts';
import { Unlocks } from './accounts/unlocks.ts';
import type { DataStreamClient } from './api/datastream/client.ts';
import { createUndiciTransport } from './api/undiciTransport.ts';
import { globalCommand } from './commands/command.ts';
import { dashboardCommands } from './commands/dashboardCommands.ts';
import { resourceCommands } from './commands/resourceCommands.ts';
import { accountRemedies, registerCommands } from './commands/runner.ts';
import { treeCommands } from './commands/treeCommands.ts';
import { Documents } from './documents/documents.ts';
import { isAlive } from './host/alive.ts';
import { wait } from './host/clock.ts';
import { dispatcherFactory } from './host/dispatcher.ts';
import { onDidChangeHttpSettings, readHttpSettings } from './host/httpSettings.ts';
import { Log } from './host/log.ts';
import { showInfo, showProblem } from './host/notifications.ts';
import { copyText, openOutside } from './host/outside.ts';
import { readNumber } from './host/settings.ts';
import { createPrompts } from './host/vscodePrompts.ts';
import { COMMANDS, SETTINGS } from './ids.ts';
import { Messages } from './messages/messages.ts';
import type { Account } from './model/account.ts';
import { createFormatter } from './model/format.ts';
import { problemOf } from './model/problem.ts';
import { createServices } from './services/registry.ts';
import { testRegExp } from './tree/boundedRegExp.ts';
import { ClockNotice } from './tree/clockNotice.ts';
import { Pins } from './tree/pins.ts';
import { TreeMemory } from './tree/treeMemory.ts';
import { Dashboards } from './webviews/dashboards.ts';

/** What has to end in its own time: the editor calls `deactivate` without anything in hand. */
let ending: (() => Promise<void>) | undefined;

/** Builds the object graph and registers it. No request leaves and no secret is read before the view is opened. */
export function activate({ extensionUri, globalState, globalStorageUri, secrets, subscriptions, workspaceState }: ExtensionContext): void {
  if (l10n.bundle !== undefined) pureL10n.config({ contents: l10n.bundle });
  const now = Date.now;
  const log = new Log();
  const prompts = createPrompts();
  const format = createFormatter(env.language);
  const clock = new ClockNotice();
  const hide = (...values: readonly string[]): void => log.redactor.register(...values);

  const store = new AccountStore(globalState, secrets, randomUUID, { env: process.env, onSecret: hide });
  const unlocks = new Unlocks({ store, now, wait });
  const demo = new Demo({ store, env: process.env, now, warn: (message) => log.warn(message) });
  const transport = createUndiciTransport({
    dispatcher: dispatcherFactory({ settings: readHttpSettings, env: process.env, onSecret: hide }),
    fallback: fetch,
  });
  const timeoutMs = (): number => readNumber(SETTINGS.requestTimeoutSeconds, { fallback: 30, min: 1, max: 600 }) * 1_000;
  const dataStreamOf = async (accountId: string): Promise<DataStreamClient> => {
    const { DataStreamClient } = await import('./api/datastream/client.ts');
    return new DataStreamClient(await connections.of(accountId));
  };
  const onDidChangeAccounts = (listener: () => void): Disposable => Disposable.from(store.onDidChange(listener), unlocks.onDidChange(listener));
  const messages = new Messages({
    prompts, format, now, wait, log,
    accounts: () => unlocks.list(),
    onDidChangeAccounts,
    clientOf: dataStreamOf,
    targetOf: async ({ accountId, topicName }) => {
      const [client, { dataStreamLimits, dataStreamTarget }] = await Promise.all([dataStreamOf(accountId), import('./services/datastream/messageTarget.ts')]);
      return dataStreamTarget(client, topicName, dataStreamLimits(undefined));
    },
    state: workspaceState,
    newId: randomUUID,
    ticks: () => performance.now(),
    random: Math.random,
    report: (error, account) => report('Sending', error, account),
    journalFolder: join(globalStorageUri.fsPath, 'journal'),
    processId: process.pid,
    hostName: hostname(),
    isAlive,
    env: process.env,
    isSecret: (value) => holdsSecret(value, store, log.redactor),
    copy: copyText,
    curlOfWrite: async (write) => {
      const account = unlocks.get(write.accountId);
      const { curlOfWrite } = await import('./api/curlOfWrite.ts');
      return account === undefined ? undefined : curlOfWrite(write, account);
    },
  });
  const connections = new Connections(
    store,
    {
      transport, now, random: Math.random, wait, log, timeoutMs,
      writes: messages.writes,
      onClockSkew: (skewMs, host) => clock.changed(skewMs, host),
      onRateLimited: (accountId, waitMs) => dashboards.limited(accountId, waitMs),
    },
    (account) => demo.prepare(account),
    (account) => unlocks.effective(account),
  );

  const memory = new TreeMemory(globalState);
  const pageSize = (): number => readNumber(SETTINGS.pageSize, { fallback: 1_000, min: 10, max: 3_000 });
  const services = createServices({
    memory, format, pageSize, testRegExp, connections, prompts, log, now,
    openNewMessage: (target) => messages.openNewMessage(target),
    reveal: (list, isIt) => resources.reveal(list, isIt),
    say: showInfo,
    account: (id) => unlocks.get(id),
    accounts: () => unlocks.list(),
    onDidChangeAccounts,
    openDocument: async (ref, mode, signal) => {
      await documents.open(ref, mode, signal);
    },
    openDashboard: (ref) => dashboards.open(ref),
    report: (what, error, account) => report(what, error, account),
    changed: (refs) => {
      // Nobody waits for the tree to show what was changed.
      for (const ref of refs) void resources.changed(ref);
    },
    state: workspaceState,
    versionsFolder: join(globalStorageUri.fsPath, 'versions'),
    wait,
  });
  const pins = new Pins(globalState);
  const resources = new ResourceView({
    store, unlocks, pins, memory, now,
    services: services.roots,
    find: services.find,
    accountOfDocument: (uri) => documents.accountIdOf(uri),
    logError: (where, error) => log.error(`Loading ${where} failed`, error),
  });
  clock.attach(resources.view);
  const { tree } = resources;
  const documents = new Documents({
    types: services.list.flatMap((service) => service.documents),
    prompts, log, now,
    state: workspaceState,
    account: (id) => unlocks.get(id),
    report: (error, account) => report('Applying', error, account),
    say: showInfo,
  });
  const dashboards = new Dashboards({
    types: services.list.flatMap((service) => service.dashboards),
    extensionUri, onDidChangeAccounts, pins, showProblem, now, wait, log,
    onDidChangeKeys: (listener) => store.onDidChange(({ id, bindingChanged }) => {
      if (bindingChanged) listener(id);
    }),
    account: (id) => unlocks.get(id),
    remedies: (accountId) => accountRemedies(tree.accountRow(accountId)),
    copy: copyText,
    locale: env.language,
    texts: l10n.bundle,
  });

  const report = (what: string, error: unknown, { id, name }: Account): void => {
    const problem = problemOf(error, { accountName: name });
    if (problem === undefined) return;
    log.error(`${what} failed`, error);
    showProblem(problem, accountRemedies(tree.accountRow(id)));
  };

  subscriptions.push(
    log, store, unlocks, messages, resources, documents, dashboards, services.register(),
    // Nobody waits for the tree to show what was applied.
    documents.onDidApply((ref) => void resources.changed(ref)),
    store.onDidChange(({ id, change }) => {
      if (change === 'removed') services.forget(id).catch((error: unknown) => log.error('What was kept of a removed account could not be deleted', error));
    }),
    onDidChangeHttpSettings(() => transport.reset()),
    registerCommands(
      {
        ...accountCommands({
          store, unlocks, demo, prompts, env: process.env, homeDir: homedir(),
          checks: services.list.map((service) => service.check.bind(service)),
          showLog: () => log.show(),
          openProxySettings,
        }),
        ...treeCommands({ tree, memory, prompts, format, testRegExp, showLog: () => log.show() }),
        ...resourceCommands({
          open: async (ref, mode, signal) => {
            await documents.open(ref, mode, signal);
          },
          pins, prompts,
          repaint: (node) => tree.repaint(node),
          copy: copyText,
          openExternal: openOutside,
        }),
        ...dashboardCommands({ open: (ref) => dashboards.open(ref), openBoard: () => dashboards.openBoard() }),
        ...messages.commands,
        ...services.commands,
        [COMMANDS.applyDocument]: globalCommand(() => documents.applyActive()),
      },
      {
        tree, prompts, log, showProblem,
        recentRows: () => resources.recentRows(),
        onUsed: (refs, isChanged) => resources.used(refs, isChanged),
        onChanged: (refs) => resources.reread(refs),
      },
    ),
  );
  ending = async () => {
    // What is under way is written down; tokens are given back while the transport still runs, and to the emulator while that does.
    await messages.end();
    await connections.dispose();
    await Promise.all([transport.close(), demo.dispose()]);
  };
}

/** Gives tokens back, closes connections, stops the emulator. */
export async function deactivate(): Promise<void> {
  await ending?.();
}

function openProxySettings(): void {
  // Nobody waits for the settings to open.
  void commands.executeCommand('workbench.action.openSettings', 'http.proxy');
}
