import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

import * as vscode from 'vscode';

import { Connection } from '../../src/api/connection.ts';
import { DataStreamClient } from '../../src/api/datastream/client.ts';
import { createUndiciTransport } from '../../src/api/undiciTransport.ts';
import { type Emulator, startEmulator } from '../../src/emulator/emulator.ts';
import { wait } from '../../src/host/clock.ts';
import { Emitter } from '../../src/host/emitter.ts';
import type { CommandId } from '../../src/ids.ts';
import { Messages } from '../../src/messages/messages.ts';
import type { Lane, NaverAccount } from '../../src/model/account.ts';
import { createFormatter } from '../../src/model/format.ts';
import { dataStreamLimits, dataStreamTarget } from '../../src/services/datastream/messageTarget.ts';
import { naverAccount } from '../support/accounts.ts';
import { MemoryMemento } from '../support/editorStorage.ts';
import { type Answer, Script } from '../unit/messages/script.ts';

/** A message as it is on the topic. */
export interface Stored {
  readonly partition: number;
  readonly key: string;
  readonly value: string;
}

/** How a test differs from the usual. */
export interface SendSetting {
  readonly lane?: Lane;
  readonly env?: Readonly<Record<string, string>>;
}

/** An emulator, a folder for files and a journal, and the product's own commands over them, with a user who answers by script. */
export class SendWorld {
  readonly emulator: Emulator;
  readonly topic: string;
  readonly folder: string;
  readonly state = new MemoryMemento();
  readonly reported: unknown[] = [];
  readonly logged: unknown[] = [];
  readonly copied: string[] = [];
  /** Each window has its own. */
  readonly #windows: { readonly messages: Messages; readonly script: Script }[] = [];
  readonly #before = new Set<string>();
  #ids = 0;
  #isEnding = false;
  #processes = 0;

  private constructor(emulator: Emulator) {
    this.emulator = emulator;
    this.folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cloud-streams-'));
    this.topic = emulator.world.dataStream.topics()[0]?.name ?? '';
    for (const { key, value } of this.#all()) this.#before.add(`${key} ${value}`);
  }

  static async start(): Promise<SendWorld> {
    // Demo producers stand still with the clock.
    const startedAt = Date.now();
    const emulator = await startEmulator({ clock: () => startedAt, keptMessages: 1_000 });
    await closeEditors();
    return new SendWorld(emulator);
  }

  async end(): Promise<void> {
    // Marks of a run that nobody waits for may come after the last window.
    this.#isEnding = true;
    for (const { messages } of this.#windows) {
      await messages.end();
      messages.dispose();
    }
    await this.emulator.close();
    await closeEditors();
    fs.rmSync(this.folder, { recursive: true });
    for (const { script } of this.#windows) script.done();
    assert.deepEqual(this.logged, []);
  }

  /** What was put on the topic by a test. */
  stored(): readonly Stored[] {
    return this.#all().filter(({ key, value }) => !this.#before.has(`${key} ${value}`));
  }

  values(): readonly string[] {
    return this.stored().map(({ value }) => value).toSorted();
  }

  /** Requests that sent something. */
  sends(): number {
    return this.emulator.log.filter(({ target }) => target === '/api/produce').length;
  }

  account(lane: Lane = { stage: 'dev', access: 'full' }): NaverAccount {
    const { naver } = this.emulator.credentials;
    return naverAccount({ lane, endpoints: { dataStream: naver.dataStream, messages: naver.messages } });
  }

  /** A window of the extension. */
  window(answers: readonly Answer[] = [], { lane, env = {} }: SendSetting = {}) {
    const { naver } = this.emulator.credentials;
    let account = this.account(lane);
    const changes = new Emitter<undefined>();
    const connection = new Connection(() => account, () => Promise.resolve({ keyId: naver.accessKeyId, secret: naver.secretKey }), {
      transport: createUndiciTransport({ dispatcher: (undici) => new undici.Agent() }),
      now: Date.now, random: () => 0.5, wait, log: { request: () => undefined }, timeoutMs: () => 5_000,
    });
    const client = new DataStreamClient(connection);
    const script = new Script(...answers);
    const scheme = `cloud-streams-send-${String(this.#processes += 1)}`;
    const messages = new Messages({
      accounts: () => [account],
      onDidChangeAccounts: changes.event,
      clientOf: () => Promise.resolve(client),
      targetOf: ({ topicName }) => Promise.resolve(dataStreamTarget(client, topicName, dataStreamLimits(undefined))),
      prompts: script,
      state: this.state,
      format: createFormatter('en'),
      newId: () => `id-${String(this.#ids += 1)}`,
      now: Date.now,
      ticks: () => performance.now(),
      wait,
      random: () => 0.5,
      report: (error) => this.reported.push(error),
      log: { info: () => undefined, warn: () => undefined, error: (_, error) => this.#log(error) },
      journalFolder: path.join(this.folder, 'journal'),
      processId: process.pid,
      hostName: 'test',
      isAlive: () => false,
      env,
      isSecret: (value) => Promise.resolve(value.includes('canary')),
      copy: (text) => Promise.resolve(void this.copied.push(text)),
      curlOfWrite: () => Promise.resolve(undefined),
      reportScheme: scheme,
    });
    this.#windows.push({ messages, script });
    const run = async (id: CommandId, ...args: readonly unknown[]): Promise<void> => {
      const command = (messages.commands as Readonly<Record<string, (typeof messages.commands)[keyof typeof messages.commands]>>)[id];
      assert.ok(command !== undefined && command.type !== 'node', id);
      await (command.type === 'argument' ? command.run(args) : command.run());
    };
    const setLane = (changed: Lane): void => {
      account = this.account(changed);
      changes.fire(undefined);
    };
    const setEndpoint = (origin: string): void => {
      account = { ...account, endpoints: { ...account.endpoints, messages: origin } };
      changes.fire(undefined);
    };
    return { messages, run, script, scheme, setLane, setEndpoint };
  }

  /** Opens a new file. */
  async open(content: string, name = 'message.json'): Promise<vscode.TextEditor> {
    return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(this.write(content, name)));
  }

  /** Writes a file, and returns its path. */
  write(content: string, name: string): string {
    const file = path.join(this.folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, content);
    return file;
  }

  #log(error: unknown): void {
    if (!this.#isEnding) this.logged.push(error);
  }

  #all(): readonly Stored[] {
    const partitions = this.emulator.world.dataStream.byName(this.topic)?.log.partitions ?? [];
    return partitions.flatMap((partition, index) => partition.messages.map(({ key, value }) => ({ partition: index, key, value })));
  }
}

/** Without being asked about unsaved texts. */
export async function closeEditors(): Promise<void> {
  while (vscode.window.activeTextEditor !== undefined) {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
}

/** Titles of the lenses of a document, with their line. */
export async function lensesOf(uri: vscode.Uri): Promise<readonly (readonly [line: number, title: string])[]> {
  const lenses = await vscode.commands.executeCommand<readonly vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, 100);
  return lenses.map(({ range, command }) => [range.start.line, command?.title ?? '']);
}
