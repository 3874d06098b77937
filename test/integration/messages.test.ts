import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

import * as vscode from 'vscode';

import { Connection } from '../../src/api/connection.ts';
import { DataStreamClient } from '../../src/api/datastream/client.ts';
import { createUndiciTransport } from '../../src/api/undiciTransport.ts';
import { type Emulator, startEmulator } from '../../src/emulator/emulator.ts';
import { COMMANDS } from '../../src/ids.ts';
import { Messages } from '../../src/messages/messages.ts';
import type { Lane, NaverAccount } from '../../src/model/account.ts';
import { CancelledError, CloudError } from '../../src/model/cloudError.ts';
import { createFormatter } from '../../src/model/format.ts';
import { type Answer, Script } from '../unit/messages/script.ts';

interface Stored {
  readonly partition: number;
  readonly key: string;
  readonly value: string;
}

const OUR_KEYS = new Set(['uuid-1', 'my key']);

suite('sending a message', () => {
  let emulator: Emulator;
  let topic: string;
  let folder: string;

  setup(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cloud-streams-'));
    emulator = await startEmulator();
    topic = emulator.world.dataStream.topics()[0]?.name ?? '';
    await closeEditors();
  });

  teardown(async () => {
    await emulator.close();
    await closeEditors();
    fs.rmSync(folder, { recursive: true });
  });

  /** Without being asked about unsaved texts. */
  async function closeEditors(): Promise<void> {
    while (vscode.window.activeTextEditor !== undefined) {
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    }
  }

  /** Messages that these tests put on the topic, known by their keys. */
  function stored(): readonly Stored[] {
    const partitions = emulator.world.dataStream.byName(topic)?.log.partitions ?? [];
    return partitions
      .flatMap((partition, index) => partition.messages.map(({ key, value }) => ({ partition: index, key, value })))
      .filter(({ key }) => OUR_KEYS.has(key));
  }

  function sends(): number {
    return emulator.log.filter(({ target }) => target === '/api/produce').length;
  }

  /** The product's own commands, over the emulator, with a user who answers by script. */
  function start(answers: readonly Answer[], lane: Lane = { stage: 'dev', access: 'full' }) {
    const { naver } = emulator.credentials;
    const account: NaverAccount = {
      id: 'n1', name: 'acme', provider: 'naver', lane, keyOwner: 'sub', zone: 'public', regions: ['KR'], platform: 'vpc',
      endpoints: { dataStream: naver.dataStream, messages: naver.messages },
    };
    const transport = createUndiciTransport({ dispatcher: (undici) => new undici.Agent() });
    const connection = new Connection(() => account, () => Promise.resolve({ keyId: naver.accessKeyId, secret: naver.secretKey }), {
      transport, now: Date.now, random: () => 0.5, wait: () => Promise.resolve(), log: { request: () => undefined }, timeoutMs: () => 5000,
    });
    const script = new Script(...answers);
    const reported: unknown[] = [];
    const values = new Map<string, unknown>();
    const messages = new Messages({
      accounts: () => [account],
      clientOf: () => Promise.resolve(new DataStreamClient(connection)),
      prompts: script,
      state: { keys: () => [...values.keys()], get: (key: string) => values.get(key) as never, update: (key, value) => Promise.resolve(void values.set(key, value)) },
      format: createFormatter('en'),
      newId: () => 'uuid-1',
      now: Date.now,
      report: (error) => reported.push(error),
    });
    const send = async (): Promise<void> => {
      const command = messages.commands[COMMANDS.sendDocument];
      assert.equal(command.type, 'global');
      await command.run();
      script.done();
    };
    return { send, script, reported, messages };
  }

  async function open(content: string, name = 'message.json'): Promise<vscode.TextEditor> {
    const file = path.join(folder, name);
    fs.writeFileSync(file, content);
    return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(file));
  }

  test('takes the text of an unsaved document byte for byte and leaves the document alone', async () => {
    const content = '{\r\n  "id": 9007199254740993, "id": 1.0,\r\n  "이름": "주문 😀"\r\n}\r\n';
    const editor = await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: 'json', content }));
    const version = editor.document.version;
    await start([{ pick: topic }, 'accept', { type: '1' }]).send();
    assert.deepEqual(stored(), [{ partition: 1, key: 'uuid-1', value: editor.document.getText() }]);
    assert.equal(editor.document.getText(), content);
    assert.equal(editor.document.version, version);
  });

  test('takes what was typed and not yet saved, and saves nothing', async () => {
    const editor = await open('{"a": 1}');
    await editor.edit((edit) => {
      edit.replace(new vscode.Range(0, 6, 0, 7), '2');
    });
    await start([{ pick: topic }, 'accept', 'accept']).send();
    assert.deepEqual(stored().map(({ value }) => value), ['{"a": 2}']);
    assert.equal(fs.readFileSync(editor.document.fileName, 'utf8'), '{"a": 1}');
    assert.ok(editor.document.isDirty);
  });

  test('takes the selection where there is one, and refuses several', async () => {
    const editor = await open('{"a": [1, 2.50]}');
    editor.selection = new vscode.Selection(0, 6, 0, 15);
    await start([{ pick: topic }, { type: 'my key' }, 'accept']).send();
    assert.deepEqual(stored().map(({ key, value }) => [key, value]), [['my key', '[1, 2.50]']]);

    editor.selections = [new vscode.Selection(0, 7, 0, 8), new vscode.Selection(0, 10, 0, 14)];
    await start([]).send();
    assert.equal(sends(), 1);
  });

  test('takes plain text as it is', async () => {
    await open('not { json', 'note.txt');
    await start([{ pick: topic }, 'accept', 'accept']).send();
    assert.deepEqual(stored().map(({ value }) => value), ['not { json']);
  });

  test('goes to the place where JSON is broken', async () => {
    const editor = await open('{\n  "a": 1,\n}');
    await assert.rejects(start([{ choose: 'Go to Problem' }]).send(), CancelledError);
    assert.deepEqual(editor.selection.start, new vscode.Position(2, 0));
    assert.equal(emulator.log.length, 0);
  });

  test('asks before it goes to production', async () => {
    await open('1');
    const { send, script } = start([{ pick: topic }, 'accept', 'accept', { choose: 'Send' }], { stage: 'prod', access: 'send-only' });
    await send();
    assert.equal(script.asked.at(-1), `Send this message to topic "${topic}" of account "acme"?`);
    assert.equal(stored().length, 1);
  });

  test('reports a refusal, and says nothing of the sort when nobody knows', async () => {
    await open('1');
    emulator.faults.inject({ method: 'POST', effect: { kind: 'reply', status: 403, body: '{"error":{"errorCode":"210","message":"Permission Denied"}}' } });
    const refused = start([{ pick: topic }, 'accept', 'accept']);
    await refused.send();
    assert.ok(refused.reported[0] instanceof CloudError);

    emulator.faults.inject({ method: 'POST', effect: { kind: 'close', when: 'after' } });
    const unknown = start([{ pick: topic }, 'accept', 'accept']);
    await unknown.send();
    assert.deepEqual(unknown.reported, []);
    assert.equal(stored().length, 1);
    assert.equal(sends(), 2);
  });

  test('opens a new message for a topic, which is then the first choice', async () => {
    const target = { accountId: 'n1', topicId: emulator.world.dataStream.byName(topic)?.topicId ?? '', topicName: topic };
    const { messages, send, script } = start(['accept', 'accept', 'accept']);
    await messages.openNewMessage(target);
    const document = vscode.window.activeTextEditor?.document;
    assert.ok(document?.isUntitled);
    assert.equal(document.languageId, 'json');
    await send();
    assert.equal(script.rows[0]?.heading, 'Recent');
    assert.deepEqual(stored().map(({ value }) => value), [document.getText()]);

    await closeEditors();
    await messages.openNewMessage({ ...target, topicName: 'h4j6l-other' });
    assert.match(vscode.window.activeTextEditor?.document.getText() ?? '', /A message for h4j6l-other/);
    messages.dispose();
  });
});
