import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';

import * as vscode from 'vscode';

import { COMMANDS, type CommandId } from '../../src/ids.ts';
import type { Lane } from '../../src/model/account.ts';
import { CancelledError, CloudError } from '../../src/model/cloudError.ts';
import type { Answer } from '../unit/messages/script.ts';
import { closeEditors, SendWorld } from './messagesFixture.ts';

const PROD: Lane = { stage: 'prod', access: 'send-only' };

suite('sending a document', () => {
  let world: SendWorld;

  setup(async () => {
    world = await SendWorld.start();
  });

  teardown(() => world.end());

  const send = (answers: readonly Answer[], id: CommandId = COMMANDS.sendDocument): Promise<void> => world.window(answers).run(id);

  test('takes the text of an unsaved document byte for byte and leaves the document alone', async () => {
    const content = '{\r\n  "id": 9007199254740993, "id": 1.0,\r\n  "이름": "주문 😀"\r\n}\r\n';
    const editor = await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: 'json', content }));
    const version = editor.document.version;
    await send([{ pick: world.topic }, { type: 'my key' }, { type: '1' }]);
    assert.deepEqual(world.stored(), [{ partition: 1, key: 'my key', value: editor.document.getText() }]);
    assert.equal(editor.document.getText(), content);
    assert.equal(editor.document.version, version);
  });

  test('takes what was typed and not yet saved, and saves nothing', async () => {
    const editor = await world.open('{"a": 1}');
    await editor.edit((edit) => {
      edit.replace(new vscode.Range(0, 6, 0, 7), '2');
    });
    await send([{ pick: world.topic }, 'accept', 'accept']);
    assert.deepEqual(world.values(), ['{"a": 2}']);
    assert.equal(fs.readFileSync(editor.document.fileName, 'utf8'), '{"a": 1}');
    assert.ok(editor.document.isDirty);
  });

  test('takes the selection where there is one, and refuses several', async () => {
    const editor = await world.open('{"a": [1, 2.50]}');
    editor.selection = new vscode.Selection(0, 6, 0, 15);
    await send([{ choose: 'Send as One Message' }, { pick: world.topic }, 'accept', 'accept']);
    assert.deepEqual(world.values(), ['[1, 2.50]']);

    editor.selections = [new vscode.Selection(0, 7, 0, 8), new vscode.Selection(0, 10, 0, 14)];
    await send([]);
    assert.equal(world.sends(), 1);
  });

  test('takes plain text as it is', async () => {
    await world.open('not { json', 'note.txt');
    await send([{ pick: world.topic }, 'accept', 'accept']);
    assert.deepEqual(world.values(), ['not { json']);
  });

  test('goes to the place where JSON is broken, before any question, or sends it as text', async () => {
    const editor = await world.open('{\n  "a": 1,\n}');
    await assert.rejects(send([{ choose: 'Go to Problem' }]), CancelledError);
    assert.deepEqual(editor.selection.start, new vscode.Position(2, 0));
    assert.equal(world.emulator.log.length, 0);
    editor.selection = new vscode.Selection(0, 0, 0, 0);
    await send([{ choose: 'Send as Text' }, { pick: world.topic }, 'accept', 'accept']);
    assert.deepEqual(world.values(), ['{\n  "a": 1,\n}']);
  });

  test('reports a refusal, and says nothing of the sort when nobody knows', async () => {
    await world.open('1');
    world.emulator.faults.inject({ method: 'POST', effect: { kind: 'reply', status: 403, body: '{"error":{"errorCode":"210","message":"Permission Denied"}}' } });
    await send([{ pick: world.topic }, 'accept', 'accept']);
    assert.ok(world.reported[0] instanceof CloudError);

    world.emulator.faults.inject({ method: 'POST', effect: { kind: 'close', when: 'after' } });
    await send([{ pick: world.topic }, 'accept', 'accept']);
    assert.equal(world.reported.length, 1);
    assert.equal(world.stored().length, 1);
    assert.equal(world.sends(), 2);
  });

  test('goes without a question where it went before, and asks again only where that is wanted', async () => {
    await world.open('{"a": 1}');
    const { run, script } = world.window([{ pick: world.topic }, 'accept', 'accept']);
    await run(COMMANDS.send);
    assert.equal(script.asked.length, 3);
    await run(COMMANDS.send);
    assert.equal(world.stored().length, 2);
    // Another window of the same workspace.
    await send([], COMMANDS.send);
    assert.equal(world.stored().length, 3);
  });

  test('is refused before any question where the account is locked meanwhile', async () => {
    await world.open('{"a": 1}');
    await send([{ pick: world.topic }, 'accept', 'accept']);
    const locked = world.window([], { lane: { stage: 'prod', access: 'read-only' } });
    await locked.run(COMMANDS.send);
    assert.deepEqual(locked.script.asked, []);
    assert.equal(world.stored().length, 1);
  });

  test('is shown before it goes to production, and goes after one more question', async () => {
    await world.open('{"a": 1}');
    const { run, script, scheme } = world.window([{ pick: world.topic }, { type: 'k' }, { type: '0' }, { choose: 'Send' }], { lane: PROD });
    await run(COMMANDS.sendDocument);
    assert.equal(vscode.window.activeTextEditor?.document.uri.scheme, scheme);
    assert.equal(world.sends(), 0);
    await run(COMMANDS.sendPlan);
    assert.equal(script.asked.at(-1), `Send this message to topic "${world.topic}" of account "acme"?`);
    assert.deepEqual(world.stored(), [{ partition: 0, key: 'k', value: '{"a": 1}' }]);
  });

  test('opens a new message for a topic, which is where it goes then', async () => {
    const target = { accountId: 'n1', topicId: world.emulator.world.dataStream.byName(world.topic)?.topicId ?? '', topicName: world.topic };
    const { messages, run } = world.window();
    await messages.openNewMessage(target);
    const document = vscode.window.activeTextEditor?.document;
    assert.ok(document?.isUntitled);
    assert.equal(document.languageId, 'json');
    await run(COMMANDS.send);
    assert.deepEqual(world.values(), [document.getText()]);
    await closeEditors();
    await messages.openNewMessage({ ...target, topicName: 'h4j6l-other' });
    assert.match(vscode.window.activeTextEditor?.document.getText() ?? '', /A message for h4j6l-other/);
  });

  test('takes anything for an argument', async () => {
    const { run } = world.window();
    for (const id of [COMMANDS.sendOne, COMMANDS.sendPlan, COMMANDS.renewPlan, COMMANDS.sendRest, COMMANDS.sendUnknown, COMMANDS.openRun]) {
      for (const args of [[], [null], [{}, 1], ['nothing'], [vscode.Uri.file('/nowhere'), -1], ['file:///nowhere', 0]]) {
        await run(id, ...args).catch((error: unknown) => assert.ok(error instanceof Error && error.name !== 'TypeError', String(error)));
      }
    }
    assert.equal(world.sends(), 0);
  });
});
