import * as assert from 'node:assert/strict';

import * as vscode from 'vscode';

import { Connection } from '../../src/api/connection.ts';
import { createUndiciTransport } from '../../src/api/undiciTransport.ts';
import { Documents } from '../../src/documents/documents.ts';
import { startEmulator } from '../../src/emulator/emulator.ts';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { COMMANDS } from '../../src/ids.ts';
import type { Lane, NaverAccount } from '../../src/model/account.ts';
import type { ResourceRef } from '../../src/model/resource.ts';
import { MemoryMemento } from '../support/editorStorage.ts';
import { type Answer, ScriptedPrompts } from '../support/scriptedPrompts.ts';
import { codeCloud, codeDocument } from '../unit/documents/codeDocument.ts';
import { topicDocument } from '../unit/documents/topicDocument.ts';

export const DAY = 86_400_000;

/** What the running tests started. */
const running: (() => Promise<void>)[] = [];
/** Each test has documents of its own, which the editor does not mistake for those of the last. */
let count = 0;

/** Documents over an emulator of their own, with one topic that keeps messages for a day; over another window's where it is given. */
export async function startDocuments(lane: Lane = { stage: 'prod', access: 'full' }, shared?: Emulator) {
  const emulator = shared ?? await startEmulator();
  const [topic] = emulator.world.dataStream.topics();
  assert.ok(topic);
  if (shared === undefined) topic.retentionMs = DAY;
  const { naver } = emulator.credentials;
  const account: NaverAccount = {
    id: 'n1', name: 'acme', provider: 'naver', lane, keyOwner: 'sub', zone: 'public', regions: ['KR'], platform: 'vpc', endpoints: naver,
  };
  const transport = createUndiciTransport({ dispatcher: (undici) => new undici.Agent() });
  const connection = new Connection(() => account, () => Promise.resolve({ keyId: naver.accessKeyId, secret: naver.secretKey }), {
    transport, now: Date.now, random: () => 0.5, wait: () => Promise.resolve(), log: { request: () => undefined }, timeoutMs: () => 5000,
  });
  const type = topicDocument(connection);
  const cloud = codeCloud('function main() {}\n');
  const code = codeDocument(cloud, COMMANDS.showLog);
  const [said, reported, logged, applied]: [string[], unknown[], string[], ResourceRef[]] = [[], [], [], []];
  let script = new ScriptedPrompts();
  const meanwhile: (() => Promise<void>)[] = [];
  count += 1;
  const scheme = `cloud-streams-test${count}`;
  const state = new MemoryMemento();
  const start = (): Documents => new Documents({
    types: [type, code],
    prompts: {
      pick: (options) => script.pick(options), pickMany: (options) => script.pickMany(options), input: (options) => script.input(options),
      confirm: async (options) => {
        await script.confirm(options);
        await meanwhile.shift()?.();
      }, choose: (options) => script.choose(options), at: (place) => script.at(place),
    },
    state,
    account: (id) => (id === account.id ? account : undefined),
    report: (error) => reported.push(error),
    say: (message) => said.push(message),
    log: { error: (message, error) => logged.push(`${message} ${String(error)}`) },
    now: Date.now,
    scheme,
  });
  let documents = start();
  documents.onDidApply((changed) => applied.push(changed));
  /** As after a restart of the editor: what was open is open, and nothing is known but what was kept. */
  const restart = (): void => {
    documents.dispose();
    documents = start();
  };
  running.push(async () => {
    documents.dispose();
    await connection.dispose();
    await transport.close();
    if (shared === undefined) await emulator.close();
  });
  const ref: ResourceRef = { accountId: account.id, kind: type.kind, keys: [topic.topicId], name: topic.name };
  const codeRef: ResourceRef = { accountId: account.id, kind: code.kind, keys: ['resize', 'js'], name: 'resize' };
  /** Saves as the user does, who answers so; whether it was saved. */
  const save = async (document: vscode.TextDocument, ...answers: readonly Answer[]): Promise<boolean> => {
    script = new ScriptedPrompts(...answers);
    const isSaved = await document.save();
    script.done();
    return isSaved;
  };
  /** Does something when the next plan is confirmed. */
  const answerWith = (work: () => Promise<void>): void => {
    meanwhile.push(work);
  };
  /** Applies the document in front as its command does, and answers so; what it failed with. */
  const apply = async (...answers: readonly Answer[]): Promise<unknown> => {
    script = new ScriptedPrompts(...answers);
    const error: unknown = await documents.applyActive().then(() => undefined, (reason: unknown) => reason);
    script.done();
    return error;
  };
  /** What a program gets that writes to a document: the words the user would read. */
  const refusalOf = async (document: vscode.TextDocument, ...answers: readonly Answer[]): Promise<string> => {
    script = new ScriptedPrompts(...answers);
    const writing = vscode.workspace.fs.writeFile(document.uri, new TextEncoder().encode(document.getText()));
    const error: unknown = await writing.then(() => assert.fail('was saved'), (reason: unknown) => reason);
    script.done();
    return error instanceof Error ? error.message : String(error);
  };
  const puts = (): number => emulator.log.filter(({ method }) => method === 'PUT').length;
  return { emulator, topic, cloud, documents, ref, codeRef, save, apply, answerWith, refusalOf, puts, restart, said, reported, logged, applied };
}

/** Ends everything the tests started. */
export async function endDocuments(): Promise<void> {
  // Without being asked about unsaved texts.
  while (vscode.window.tabGroups.all.some(({ tabs }) => tabs.length > 0)) {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
  await Promise.all(running.splice(0).map((end) => end()));
}

/** Replaces a part of a document, as by typing. */
export async function type(document: vscode.TextDocument, from: string, to: string): Promise<void> {
  const at = document.getText().indexOf(from);
  assert.ok(at >= 0, `no ${from} in ${document.getText()}`);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(document.positionAt(at), document.positionAt(at + from.length)), to);
  assert.ok(await vscode.workspace.applyEdit(edit));
}

/** Waits until something holds, looking again whenever the event comes. */
export async function when<T>(event: vscode.Event<T>, holds: () => boolean): Promise<void> {
  await new Promise<void>((resolve) => {
    const look = (): void => {
      if (!holds()) return;
      subscription.dispose();
      resolve();
    };
    const subscription = event(look);
    look();
  });
}
