import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';

import * as vscode from 'vscode';

import { COMMANDS, SETTINGS } from '../../src/ids.ts';
import type { Lane } from '../../src/model/account.ts';
import type { Script } from '../unit/messages/script.ts';
import { closeEditors, SendWorld } from './messagesFixture.ts';

const PROD: Lane = { stage: 'prod', access: 'send-only' };
const REFUSED = { method: 'POST', effect: { kind: 'reply', status: 400, body: '{"status":400,"detail":"no"}' } } as const;

suite('what is sent is what was meant', () => {
  let world: SendWorld;

  setup(async () => {
    world = await SendWorld.start();
  });

  teardown(() => world.end());

  const activeId = (): string => vscode.window.activeTextEditor?.document.uri.path.split('/')[2] ?? '';

  /** Ids of the runs in the journal, the oldest first. */
  function runIds(): readonly string[] {
    const folder = path.join(world.folder, 'journal');
    const files = fs.existsSync(folder) ? fs.readdirSync(folder).filter((name) => name.includes('run') && !name.includes('lock')).toSorted() : [];
    return files.map((file) => /"id":"(id-\d+)"/.exec(fs.readFileSync(path.join(folder, file), 'utf8'))?.[1] ?? '');
  }

  /** What the user is warned of. */
  async function warningsWhile(work: () => Promise<void>): Promise<string> {
    const said: string[] = [];
    const editorWindow = vscode.window as { showWarningMessage: unknown };
    const original = editorWindow.showWarningMessage;
    editorWindow.showWarningMessage = (message: string) => {
      said.push(message);
      return Promise.resolve(undefined);
    };
    try {
      await work();
    } finally {
      editorWindow.showWarningMessage = original;
    }
    return said.join('\n');
  }

  /** Does something while a question is open. */
  function whileAsked(script: Script, what: () => void): void {
    const confirm = script.confirm.bind(script);
    let isDone = false;
    script.confirm = (options) => {
      if (!isDone) what();
      isDone = true;
      return confirm(options);
    };
  }

  test('a selected message of a document is a message, and goes where the document says', async () => {
    const other = world.emulator.world.dataStream.topics()[1]?.name ?? '';
    const editor = await world.open(`{"topic": "${world.topic}", "messages": [\n{"key": "a", "value": "first"},\n{"value": "second"}\n]}`, 'some.json');
    const { run } = world.window([{ pick: other }]);
    await run(COMMANDS.changeTarget, editor.document.uri.toString());
    editor.selection = new vscode.Selection(1, 0, 1, 30);
    await run(COMMANDS.send);
    assert.deepEqual(world.stored().map(({ key, value }) => [key, value]), [['a', 'first']]);
  });

  test('elements stay elements where one is left, and an empty array is nothing to send', async () => {
    const editor = await world.open('[{"n":1},{"n":2}]', 'list.json');
    const { run } = world.window([{ choose: 'Send 2 Messages' }, { pick: world.topic }]);
    await run(COMMANDS.send);
    await run(COMMANDS.sendPlan);
    const becomes = async (text: string): Promise<void> => {
      const shown = await vscode.window.showTextDocument(editor.document);
      await shown.edit((edit) => edit.replace(new vscode.Range(0, 0, 0, 100), text));
    };
    await becomes('[{"n":3}]');
    await run(COMMANDS.send);
    assert.deepEqual(world.values(), ['{"n":1}', '{"n":2}', '{"n":3}']);
    await becomes('[]');
    await run(COMMANDS.send);
    assert.equal(world.sends(), 3);
    await world.open('[]', 'never.json');
    await world.window([{ pick: world.topic }]).run(COMMANDS.send);
    assert.equal(world.sends(), 3);
  });

  test('the answer about arrays holds for each of several files, however many elements it has', async () => {
    for (const [name, text] of [['a', '[{"n":1},{"n":2}]'], ['b', '[{"n":3}]'], ['c', '[{"n":5},{"n":6}]']] as const) world.write(text, `in/${name}.json`);
    const { run } = world.window([{ choose: 'Send Elements' }, { pick: world.topic }]);
    const folder = vscode.Uri.file(path.join(world.folder, 'in'));
    await run(COMMANDS.sendFiles, folder, [folder]);
    await run(COMMANDS.sendPlan);
    assert.deepEqual(world.values(), ['{"n":1}', '{"n":2}', '{"n":3}', '{"n":5}', '{"n":6}']);
  });

  test('a folder gives the messages in it, and nothing of tools, of what is hidden, or from elsewhere', async () => {
    world.write('{"a":1}', 'in/a.json');
    world.write('{"token":"x"}', 'in/.vscode/cloud-streams.variables.json');
    for (const name of ['package.json', 'tsconfig.json', '.hidden.json', 'node_modules/x/data.json']) world.write('{"tool":true}', `in/${name}`);
    fs.symlinkSync(world.write('{"outside":true}', 'out/o.json'), path.join(world.folder, 'in/out.json'));
    fs.symlinkSync(world.write('{"b":2}', 'in/deep/b.txt'), path.join(world.folder, 'in/b.json'));
    const { run } = world.window([{ pick: world.topic }]);
    const folder = vscode.Uri.file(path.join(world.folder, 'in'));
    await run(COMMANDS.sendFiles, folder, [folder]);
    await run(COMMANDS.sendPlan);
    assert.deepEqual(world.values(), ['{"a":1}', '{"b":2}']);
  });

  test('a rest is sent once: a second plan of it asks, and one message of many is not "Send Again"', async () => {
    await world.open('1\n2\n3\n4\n5\n', 'lines.jsonl');
    const { run, script } = world.window([{ pick: world.topic }, { choose: 'Send Again' }]);
    for (let i = 0; i < 3; i += 1) world.emulator.faults.inject(REFUSED);
    await run(COMMANDS.sendDocument);
    await run(COMMANDS.sendPlan);
    const [id] = runIds();
    const plans: string[] = [];
    for (let i = 0; i < 2; i += 1) {
      await run(COMMANDS.sendRest, id);
      plans.push(activeId());
    }
    assert.equal(script.asked.length, 1);
    await run(COMMANDS.sendPlan, plans[0]);
    assert.equal(world.stored().length, 5);
    await run(COMMANDS.sendPlan, plans[1]);
    assert.equal(script.asked.at(-1), 'These messages were sent again already. Send them once more?');
    assert.equal(world.stored().length, 8);
  });

  test('"Send Again" is not offered for one message of several', async () => {
    const settings = vscode.workspace.getConfiguration();
    const [editorWindow, offered] = [vscode.window as { showInformationMessage: unknown }, [] as string[]];
    const original = editorWindow.showInformationMessage;
    editorWindow.showInformationMessage = (_: string, ...items: readonly string[]) => {
      offered.push(...items);
      return Promise.resolve(undefined);
    };
    await settings.update(SETTINGS.planAbove, 100, vscode.ConfigurationTarget.Global);
    try {
      await world.open('1\n2\n', 'lines.jsonl');
      const { run } = world.window([{ pick: world.topic }, { pick: world.topic }, 'accept', 'accept']);
      world.emulator.faults.inject(REFUSED);
      await run(COMMANDS.sendDocument);
      await run(COMMANDS.sendRest, runIds()[0]);
      assert.equal(world.stored().length, 2);
      assert.ok(!offered.includes('Send Again'), offered.join());
      await world.open('{"a":1}');
      await run(COMMANDS.sendDocument);
      assert.ok(offered.includes('Send Again'));
    } finally {
      editorWindow.showInformationMessage = original;
      await settings.update(SETTINGS.planAbove, undefined, vscode.ConfigurationTarget.Global);
    }
  });

  test('a file that is written while it is sent ends its run before anything of that leaves', async () => {
    const lines = (word: string): string => Array.from({ length: 40_000 }, (_, i) => `{"${word}":${i},"pad":"${'x'.repeat(60)}"}`).join('\n');
    const file = world.write(lines('planned'), 'in/long.jsonl');
    const { run } = world.window([{ pick: world.topic }]);
    await run(COMMANDS.sendFiles, vscode.Uri.file(file));
    const said = await warningsWhile(async () => {
      const sending = run(COMMANDS.sendPlan);
      while (world.sends() === 0) await new Promise((resolve) => setImmediate(resolve));
      fs.writeFileSync(file, lines('changed'));
      await sending;
    });
    assert.ok(world.sends() < 40_000);
    assert.deepEqual(world.values().filter((value) => !value.startsWith('{"planned"')), []);
    assert.match(said, /long\.jsonl changed while it was being sent/);
  });

  test('what changes while a question is open counts: the file, and the stage of the account', async () => {
    const file = world.write('1\nno\n2\n', 'in/lines.jsonl');
    const changed = world.window([{ pick: world.topic }, { choose: 'Send 2 Messages' }]);
    await changed.run(COMMANDS.sendFiles, vscode.Uri.file(file));
    whileAsked(changed.script, () => fs.writeFileSync(file, '3\nno\n4\n'));
    await changed.run(COMMANDS.sendPlan);
    assert.equal(world.sends(), 0);
    const raised = world.window([{ pick: world.topic }, { choose: 'Send 2 Messages' }, { choose: 'Send 2 Messages' }]);
    await raised.run(COMMANDS.sendFiles, vscode.Uri.file(file));
    whileAsked(raised.script, () => raised.setLane(PROD));
    await raised.run(COMMANDS.sendPlan);
    assert.deepEqual(world.values(), ['3', '4']);
  });

  test('a plan that is made anew while the old one is sent does not come back', async () => {
    const file = world.write('1\n2\n3\n', 'lines.jsonl');
    const { run, scheme } = world.window([{ pick: world.topic }]);
    await run(COMMANDS.sendFiles, vscode.Uri.file(file));
    const id = activeId();
    // The topic is looked up for the new plan; the old one has left by then.
    world.emulator.faults.inject({ method: 'GET', effect: { kind: 'delay', ms: 300 } });
    await Promise.allSettled([run(COMMANDS.renewPlan, id), run(COMMANDS.sendPlan, id)]);
    assert.equal(world.sends(), 3);
    assert.notEqual(vscode.window.activeTextEditor?.document.uri.scheme, scheme);
    await run(COMMANDS.sendPlan, id);
    assert.equal(world.sends(), 3);
  });

  test('a topic that is gone is not planned, and neither is an environment', async () => {
    const { document } = await world.open('{"a": 1}');
    const { run, scheme } = world.window([{ pick: world.topic }]);
    await run(COMMANDS.changeTarget, document.uri.toString());
    const { dataStream } = world.emulator.world;
    const topicId = dataStream.byName(world.topic)?.topicId ?? '';
    await world.state.update('cloudStreams.message.environment', 'gone');
    await run(COMMANDS.plan);
    assert.notEqual(vscode.window.activeTextEditor?.document.uri.scheme, scheme);
    await world.state.update('cloudStreams.message.environment', undefined);
    const stored = world.state.values.get('cloudStreams.message.targets') ?? '';
    await world.state.update('cloudStreams.message.targets', JSON.parse(stored.replaceAll(topicId, 'none').replaceAll(world.topic, 'h4j6l-gone')));
    await run(COMMANDS.plan);
    assert.notEqual(vscode.window.activeTextEditor?.document.uri.scheme, scheme);
  });

  test('an address that is none is no document, whatever is in front', async () => {
    const { document } = await world.open('{"a": 1}');
    const { run } = world.window([{ pick: world.topic }]);
    await run(COMMANDS.changeTarget, document.uri.toString());
    for (const given of ['garbage', '', 5, {}]) await run(COMMANDS.send, given);
    assert.equal(world.sends(), 0);
  });

  test('a document the editor keeps to itself is said to be too large, and where else it can be sent', async () => {
    const file = world.write('', 'large.jsonl');
    fs.truncateSync(file, 51 * 1_048_576);
    const { run } = world.window();
    const said = await warningsWhile(() => run(COMMANDS.send, vscode.Uri.file(file)));
    assert.match(said, /so large a document.*Send Files to Topic/);
  });

  test('a document keeps its target when it gets a file', async () => {
    const topicId = world.emulator.world.dataStream.byName(world.topic)?.topicId ?? '';
    const { messages, run } = world.window();
    await messages.openNewMessage({ accountId: 'n1', topicId, topicName: world.topic });
    const text = vscode.window.activeTextEditor?.document.getText() ?? '';
    const uri = vscode.Uri.file(path.join(world.folder, 'saved.json'));
    // The editor's own "Save As" does the same, and asks for the name first.
    fs.writeFileSync(uri.fsPath, '');
    const saved = await vscode.workspace.openTextDocument(uri);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(uri, new vscode.Position(0, 0), text);
    await vscode.workspace.applyEdit(edit);
    await saved.save();
    await closeEditors();
    await vscode.window.showTextDocument(saved);
    await run(COMMANDS.send);
    assert.equal(world.stored().length, 1);
  });
});
