import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';

import * as vscode from 'vscode';

import { COMMANDS, type CommandId, SETTINGS } from '../../src/ids.ts';
import type { Lane } from '../../src/model/account.ts';
import { CancelledError } from '../../src/model/cloudError.ts';
import type { Answer } from '../unit/messages/script.ts';
import { lensesOf, SendWorld } from './messagesFixture.ts';

const PROD: Lane = { stage: 'prod', access: 'send-only' };

suite('messages of documents and files', () => {
  let world: SendWorld;

  setup(async () => {
    world = await SendWorld.start();
  });

  teardown(() => world.end());

  /** Runs a command that ends in a plan, and sends that. */
  async function sendPlanned(answers: readonly Answer[], id: CommandId, ...args: readonly unknown[]): Promise<void> {
    const { run, scheme } = world.window(answers);
    await run(id, ...args);
    assert.equal(vscode.window.activeTextEditor?.document.uri.scheme, scheme);
    assert.equal(world.sends(), 0);
    await Promise.all([run(COMMANDS.sendPlan), run(COMMANDS.sendPlan)]);
  }

  test('an envelope says where its messages go; they are planned, and sent once however often somebody clicks', async () => {
    await world.open(`{"topic": "${world.topic}", "messages": [{"key": "a", "value": {"n": 1.0}}, {"value": "{{counter}}", "partition": 2}]}`, 'some.messages.json');
    await sendPlanned([], COMMANDS.send);
    assert.deepEqual(world.values(), ['2', '{"n": 1.0}']);
    assert.deepEqual(world.stored().find(({ value }) => value === '2')?.partition, 2);
  });

  test('one message of a document is sent by its own lens', async () => {
    const { document } = await world.open(`{\n  "topic": "${world.topic}",\n  "messages": [\n    {"value": "first"},\n    {"value": "second"}\n  ]\n}`, 'some.messages.json');
    const { run } = world.window();
    const lenses = await lensesOf(document.uri);
    // The extension itself runs beside the one of the test.
    assert.deepEqual([...new Set(lenses.filter(([, title]) => title === 'Send This Message').map(([line]) => line))].toSorted(), [3, 4]);
    assert.ok(lenses.some(([line, title]) => line === 0 && title === `Send to ${world.topic}`));
    await run(COMMANDS.sendOne, document.uri.toString(), 1);
    assert.deepEqual(world.values(), ['second']);
  });

  test('a bare array is asked about once, and the answer stays with the document', async () => {
    await world.open('[1, 2.50]');
    await sendPlanned([{ choose: 'Send 2 Messages' }, { pick: world.topic }], COMMANDS.send);
    assert.deepEqual(world.values(), ['1', '2.50']);
    await world.open('[1, 2.50]');
    const { run } = world.window();
    await run(COMMANDS.plan);
    assert.equal(world.sends(), 2);
  });

  test('what cannot be sent is in the plan, and the others leave after a question', async () => {
    await world.open('{"a": 1}\nnot json\n{"b": 2}\n', 'lines.jsonl');
    await sendPlanned([{ pick: world.topic }, { choose: 'Send 2 Messages' }], COMMANDS.sendDocument);
    assert.deepEqual(world.values(), ['{"a": 1}', '{"b": 2}']);
  });

  test('files and folders go in natural order, the saved and the unsaved, and nothing else in them', async () => {
    world.write('{"n": 10}', 'in/10.json');
    world.write('{"n": 2}', 'in/2.json');
    world.write('{"n": 21}\n{"n": 22}\n', 'in/deep/1.ndjson');
    world.write('no message', 'in/note.txt');
    const open = await vscode.workspace.openTextDocument(world.write('{"n": 1}', 'in/1.json'));
    const edit = new vscode.WorkspaceEdit();
    edit.replace(open.uri, new vscode.Range(0, 6, 0, 7), '0');
    await vscode.workspace.applyEdit(edit);
    const folder = vscode.Uri.file(path.join(world.folder, 'in'));
    const plan = world.window([{ pick: world.topic }]);
    await plan.run(COMMANDS.sendFiles, folder, [folder]);
    const text = vscode.window.activeTextEditor?.document.getText() ?? '';
    const places = ['{"n": 0}', '{"n": 2}', '{"n": 10}', '{"n": 21}', '{"n": 22}'].map((value) => text.indexOf(value));
    assert.ok(!places.includes(-1), text);
    assert.deepEqual(places, places.toSorted((a, b) => a - b));
    await plan.run(COMMANDS.sendPlan);
    assert.deepEqual(world.values(), ['{"n": 0}', '{"n": 10}', '{"n": 21}', '{"n": 22}', '{"n": 2}'].toSorted());
    await vscode.window.showTextDocument(open);
  });

  test('a file that changed after its plan is not sent', async () => {
    const file = world.write('{"n": 1}\n{"n": 2}\n', 'in/1.jsonl');
    const { run } = world.window([{ pick: world.topic }]);
    await run(COMMANDS.sendFiles, vscode.Uri.file(file));
    fs.writeFileSync(file, '{"n": 3}\n');
    await run(COMMANDS.sendPlan);
    assert.equal(world.sends(), 0);
    await run(COMMANDS.renewPlan);
    await run(COMMANDS.sendPlan);
    assert.deepEqual(world.values(), ['{"n": 3}']);
  });

  test('variables come from the environment, but no key of an account', async () => {
    await world.open('{"home": "{{env:HOME}}"}');
    await world.window([{ pick: world.topic }, 'accept', 'accept'], { env: { HOME: '/home/acme' } }).run(COMMANDS.send);
    assert.deepEqual(world.values(), ['{"home": "/home/acme"}']);
    const secret = world.window([{ choose: 'Go to Problem' }], { env: { HOME: 'canary' } });
    await assert.rejects(secret.run(COMMANDS.send), CancelledError);
    assert.equal(world.sends(), 1);
  });

  test('variables have the values of the environment that was chosen, or none', async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder !== undefined);
    const file = path.join(folder.uri.fsPath, '.vscode', 'cloud-streams.variables.json');
    const before = fs.existsSync(file) ? fs.readFileSync(file) : undefined;
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, '{"$shared": {"shop": "main"}, "dev": {"who": "tester"}, "prod": {"who": "customer"}}');
    try {
      await world.open('{"who": "{{who}} of {{shop}}"}');
      const { run, script } = world.window([{ pick: 'prod' }, { pick: world.topic }, 'accept', 'accept', { pick: 'No environment' }, { choose: 'Go to Problem' }]);
      await run(COMMANDS.chooseEnvironment);
      await run(COMMANDS.send);
      assert.deepEqual(world.values(), ['{"who": "customer of main"}']);
      await run(COMMANDS.chooseEnvironment);
      await assert.rejects(run(COMMANDS.send), CancelledError);
      assert.match(script.asked.at(-1) ?? '', /^Line 1, column \d+: .*who/);
      fs.writeFileSync(file, '{"dev": 5}');
      await run(COMMANDS.send);
      assert.equal(world.sends(), 1);
    } finally {
      if (before === undefined) fs.rmSync(file);
      else fs.writeFileSync(file, before);
    }
  });

  test('a document that is clicked twice goes once; what was changed goes again', async () => {
    const editor = await world.open('{"n": 1}');
    const { run } = world.window([{ pick: world.topic }]);
    const uri = editor.document.uri.toString();
    await run(COMMANDS.changeTarget, uri);
    await Promise.all([run(COMMANDS.send, uri), run(COMMANDS.send, uri)]);
    assert.equal(world.sends(), 1);
    await editor.edit((edit) => edit.replace(new vscode.Range(0, 6, 0, 7), '2'));
    await run(COMMANDS.send, uri);
    assert.deepEqual(world.values(), ['{"n": 1}', '{"n": 2}']);
  });

  test('a lens says where a document goes, of whom, and follows what changes', async () => {
    const { document } = await world.open('{"a": 1}');
    const { run, setLane } = world.window([{ pick: world.topic }]);
    const own = async (): Promise<readonly string[]> => (await lensesOf(document.uri)).map(([, title]) => title).filter((title) => title.includes(' · '));
    assert.deepEqual(await own(), []);
    await run(COMMANDS.changeTarget, document.uri.toString());
    assert.deepEqual(await own(), [`Send to ${world.topic} · acme · DEV`]);
    setLane(PROD);
    assert.deepEqual(await own(), [`Send to ${world.topic} · acme · PROD`]);
    assert.equal(world.sends(), 0);
  });

  test('lenses show where a document says it holds messages, on all JSON where that is wanted, or nowhere', async () => {
    const settings = vscode.workspace.getConfiguration();
    const shown = async (name: string, content: string): Promise<readonly string[]> => {
      const { document } = await world.open(content, name);
      return [...new Set((await lensesOf(document.uri)).map(([, title]) => title))].filter((title) => /^(?:Send|Plan|Change)/.test(title));
    };
    world.window();
    const usual = ['Send to Topic…', 'Plan'];
    try {
      assert.deepEqual(await shown('a.message.json', '{"value": 1}'), usual);
      assert.deepEqual(await shown('a.json', '{"$schema": "cloud-streams:///schema/message.json", "value": 1}'), usual);
      assert.deepEqual(await shown('b.json', '{"value": 1}'), []);
      await settings.update(SETTINGS.codeLens, 'always', vscode.ConfigurationTarget.Global);
      assert.deepEqual(await shown('b.json', '{"value": 1}'), usual);
      for (const name of ['package.json', 'tsconfig.json', '.vscode/settings.json']) assert.deepEqual(await shown(name, '{"messages": []}'), []);
      await settings.update(SETTINGS.codeLens, 'never', vscode.ConfigurationTarget.Global);
      assert.deepEqual(await shown('a.message.json', '{"value": 1}'), []);
    } finally {
      await settings.update(SETTINGS.codeLens, undefined, vscode.ConfigurationTarget.Global);
    }
  });
});
