import { randomUUID } from 'node:crypto';
import { homedir } from 'node:os';

import * as pureL10n from '@vscode/l10n';
import { commands, env, l10n } from 'vscode';
import type { ExtensionContext } from 'vscode';

import { AccountStore } from './accounts/accountStore.ts';
import { accountCommands } from './accounts/commands.ts';
import { Connections } from './accounts/connections.ts';
import { Demo } from './accounts/demo.ts';
import { ResourceView } from './accounts/resourceView.ts';
import { createUndiciTransport } from './api/undiciTransport.ts';
import { accountRemedies, registerCommands } from './commands/runner.ts';
import { treeCommands } from './commands/treeCommands.ts';
import { wait } from './host/clock.ts';
import { dispatcherFactory } from './host/dispatcher.ts';
import { onDidChangeHttpSettings, readHttpSettings } from './host/httpSettings.ts';
import { Log } from './host/log.ts';
import { showProblem } from './host/notifications.ts';
import { readNumber } from './host/settings.ts';
import { createPrompts } from './host/vscodePrompts.ts';
import { SETTINGS } from './ids.ts';
import { Messages } from './messages/messages.ts';
import type { Account } from './model/account.ts';
import { createFormatter } from './model/format.ts';
import { problemOf } from './model/problem.ts';
import { createServices } from './services/registry.ts';
import { testRegExp } from './tree/boundedRegExp.ts';
import { ClockNotice } from './tree/clockNotice.ts';
import { TreeMemory } from './tree/treeMemory.ts';

/** What has to end in its own time: the editor calls `deactivate` without anything in hand. */
let ending: (() => Promise<void>) | undefined;

/** Builds the object graph and registers it. No request leaves and no secret is read before the view is opened. */
export function activate({ globalState, secrets, subscriptions, workspaceState }: ExtensionContext): void {
  if (l10n.bundle !== undefined) pureL10n.config({ contents: l10n.bundle });
  const now = Date.now;
  const log = new Log();
  const prompts = createPrompts();
  const format = createFormatter(env.language);
  const clock = new ClockNotice();
  const hide = (...values: readonly string[]): void => log.redactor.register(...values);

  const store = new AccountStore(globalState, secrets, randomUUID, { env: process.env, onSecret: hide });
  const demo = new Demo({ store, env: process.env, now, warn: (message) => log.warn(message) });
  const transport = createUndiciTransport({
    dispatcher: dispatcherFactory({ settings: readHttpSettings, env: process.env, onSecret: hide }),
    fallback: fetch,
  });
  const timeoutMs = (): number => readNumber(SETTINGS.requestTimeoutSeconds, { fallback: 30, min: 1, max: 600 }) * 1_000;
  const connections = new Connections(
    store,
    { transport, now, random: Math.random, wait, log, timeoutMs, onClockSkew: (skewMs, host) => clock.changed(skewMs, host) },
    (account) => demo.prepare(account),
  );

  const messages = new Messages({
    accounts: () => store.list(),
    clientOf: async (accountId) => {
      const { DataStreamClient } = await import('./api/datastream/client.ts');
      return new DataStreamClient(await connections.of(accountId));
    },
    prompts,
    state: workspaceState,
    format,
    newId: randomUUID,
    now,
    report: (error, account) => reportProblem(error, account),
  });

  const memory = new TreeMemory(globalState);
  const pageSize = (): number => readNumber(SETTINGS.pageSize, { fallback: 1_000, min: 10, max: 3_000 });
  const services = createServices({
    memory, format, pageSize, testRegExp, connections, now,
    openNewMessage: (target) => messages.openNewMessage(target),
  });
  const resources = new ResourceView({
    store, memory, now,
    services: (account, parent) => services.list.flatMap((service) => service.roots(account, parent)),
    prepare: (account) => demo.prepare(account),
    logError: (where, error) => log.error(`Loading ${where} failed`, error),
  });
  clock.attach(resources.view);
  const { tree } = resources;

  const reportProblem = (error: unknown, { id, name }: Account): void => {
    const problem = problemOf(error, { accountName: name });
    if (problem === undefined) return;
    log.error('Sending failed', error);
    showProblem(problem, accountRemedies(tree.accountRow(id)));
  };

  subscriptions.push(
    log, store, messages, resources,
    onDidChangeHttpSettings(() => transport.reset()),
    registerCommands(
      {
        ...accountCommands({
          store, demo, prompts, env: process.env, homeDir: homedir(),
          checks: services.list.map((service) => service.check.bind(service)),
          showLog: () => log.show(),
          openProxySettings,
        }),
        ...treeCommands({ tree, memory, prompts, format, testRegExp, showLog: () => log.show() }),
        ...messages.commands,
        ...services.commands,
      },
      { tree, prompts, log, showProblem },
    ),
  );
  ending = async () => {
    // Tokens are given back while the transport still runs, and to the emulator while that does.
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
