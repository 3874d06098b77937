import * as assert from 'node:assert/strict';

import * as vscode from 'vscode';

import { Connection } from '../../src/api/connection.ts';
import { FunctionsClient } from '../../src/api/functions/client.ts';
import { createUndiciTransport } from '../../src/api/undiciTransport.ts';
import { startEmulator } from '../../src/emulator/emulator.ts';
import type { Account } from '../../src/model/account.ts';
import { CancelledError } from '../../src/model/cloudError.ts';
import { createFormatter } from '../../src/model/format.ts';
import type { FunctionsDeps } from '../../src/services/functions/context.ts';
import { registerRuns } from '../../src/services/functions/runs/registerRuns.ts';
import { RunStore } from '../../src/services/functions/runs/runStore.ts';
import { testRegExp } from '../../src/tree/boundedRegExp.ts';
import { NodeMemory, TreeMemory } from '../../src/tree/treeMemory.ts';
import { TreeNode } from '../../src/tree/treeNode.ts';
import { naverAccount } from '../support/accounts.ts';
import { MemoryMemento } from '../support/editorStorage.ts';
import { type Answer, ScriptedPrompts } from '../support/scriptedPrompts.ts';

/** What the running tests started. */
const running: (() => unknown)[] = [];
/** Each test has documents of its own, which the editor does not mistake for those of the last. */
let count = 0;

const BROKEN = "function main(args) {\n  console.log('hello');\n  throw new Error('no');\n}\n";

/** The row of an account. */
export class Root extends TreeNode {
  override readonly kind = 'account';
  readonly #account: Account;

  constructor(account: Account) {
    super(undefined, account.id);
    this.#account = account;
  }

  override get account(): Account {
    return this.#account;
  }

  override face() {
    return { accessibilityLabel: '' };
  }
}

/** Cloud Functions over an emulator, with documents of their own; waiting takes no time. */
export async function startRuns(...answers: readonly Answer[]) {
  count += 1;
  let skipped = 0;
  const now = (): number => Date.now() + skipped;
  const emulator = await startEmulator({ clock: now, timings: { activationGapMs: 30_000 } });
  const { naver } = emulator.credentials;
  const account = naverAccount({ endpoints: naver });
  const accounts = new Map<string, Account>([[account.id, account]]);
  const transport = createUndiciTransport({ dispatcher: (undici) => new undici.Agent() });
  const connection = new Connection(() => account, () => Promise.resolve({ keyId: naver.accessKeyId, secret: naver.secretKey }), {
    transport, now, random: () => 0.5, wait: () => Promise.resolve(), log: { request: () => undefined }, timeoutMs: () => 20_000,
  });
  const client = new FunctionsClient(connection, 'KR');
  const prompts = new ScriptedPrompts(...answers);
  const errors: unknown[] = [];
  const memory = new TreeMemory(new MemoryMemento());
  const never = (): never => assert.fail('not in these tests');
  const scheme = `cloud-streams-run-test${count}`;
  const depsOf = (runs: RunStore): FunctionsDeps => ({
    memory, prompts, now, runs, testRegExp,
    format: createFormatter('en'),
    pageSize: () => 1_000,
    connections: { of: () => Promise.resolve(connection), tryOut: never },
    packages: new NodeMemory(), actions: new NodeMemory(), triggers: new NodeMemory(), triggerDetails: new NodeMemory(),
    activations: new NodeMemory(), activationRanges: new NodeMemory(),
    client: () => Promise.resolve(client),
    account: (id) => accounts.get(id),
    accounts: () => [...accounts.values()],
    onDidChangeAccounts: () => ({ dispose: () => undefined }),
    openDocument: never, openNewMessage: never, changed: never,
    reveal: () => Promise.resolve(),
    say: () => undefined,
    report: (_, error) => errors.push(error),
    log: { error: (_, error) => errors.push(error) },
    state: new MemoryMemento(),
    versionsFolder: '',
    wait: async (ms, signal) => {
      if (signal?.aborted === true) throw new CancelledError();
      // As in the product, others have their turn.
      await new Promise((resolve) => setImmediate(resolve));
      skipped += ms;
    },
    progress: (_, work) => work(new AbortController().signal),
    reading: (_, work) => work(new AbortController().signal),
  });
  const deps = depsOf(new RunStore(scheme));
  let registration = registerRuns(deps);
  running.push(async () => {
    registration.dispose();
    await connection.dispose();
    await transport.close();
    await emulator.close();
    prompts.done();
    assert.deepEqual(errors, []);
  });
  await client.putAction({
    name: 'broken', pkg: '-', description: '', runtime: 'nodejs:22', type: 'basic', parameters: {}, isRawHttp: undefined, hasCustomOptions: undefined, code: BROKEN,
    isBinary: false, main: 'main', imageUri: undefined, components: [], memoryMb: 128, timeoutMs: 10_000, vpc: [{ vpcNo: 1, subnetNo: 2 }],
  });
  const place = { account, region: 'KR', title: 'Cloud Functions · KR' } as const;
  /** Another window, or this one after a reload. */
  const reload = (): FunctionsDeps => {
    registration.dispose();
    const fresh = depsOf(new RunStore(scheme));
    registration = registerRuns(fresh);
    return fresh;
  };
  return { emulator, account, accounts, client, deps, place, reload, target: { place, pkg: '-', name: 'broken' }, scheme, prompts };
}

/** The document in front. */
export function inFront(): vscode.TextDocument {
  const document = vscode.window.activeTextEditor?.document;
  assert.ok(document);
  return document;
}

async function lensesOf({ uri }: vscode.TextDocument): Promise<readonly (vscode.Command | undefined)[]> {
  return (await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri)).map(({ command }) => command);
}

/** Titles of the lenses of a document. */
export async function titlesOf(document: vscode.TextDocument): Promise<readonly string[]> {
  return (await lensesOf(document)).map((command) => command?.title ?? '');
}

/** Ends everything the tests started. */
export async function endRuns(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  for (const end of running.splice(0)) await end();
}
