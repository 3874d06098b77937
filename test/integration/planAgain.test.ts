import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';

import * as vscode from 'vscode';

import { COMMANDS } from '../../src/ids.ts';
import { when } from './documentsFixture.ts';
import { SendWorld } from './messagesFixture.ts';

const changedText = vscode.workspace.onDidChangeTextDocument;

suite('plans that are made again', () => {
  let world: SendWorld;

  setup(async () => {
    world = await SendWorld.start();
  });

  teardown(() => world.end());

  const inFront = (): vscode.TextDocument => vscode.window.activeTextEditor?.document ?? assert.fail();

  test('a run that ended is planned from what its files hold now, and nothing leaves before "Send"', async () => {
    const file = world.write('1\n2\n', 'lines.jsonl');
    const { run } = world.window([{ pick: world.topic }]);
    await run(COMMANDS.sendFiles, vscode.Uri.file(file));
    await run(COMMANDS.sendPlan);
    assert.deepEqual(world.values(), ['1', '2']);
    const [journal = ''] = fs.readdirSync(path.join(world.folder, 'journal')).filter((name) => name.includes('run'));
    const id = /"id":"(id-\d+)"/.exec(fs.readFileSync(path.join(world.folder, 'journal', journal), 'utf8'))?.[1];
    fs.writeFileSync(file, '3\n4\n5\n');
    await run(COMMANDS.planRun, id);
    assert.match(inFront().getText(), /^# Plan: send 3 messages to /);
    assert.deepEqual(world.values(), ['1', '2']);
    await run(COMMANDS.sendPlan);
    assert.deepEqual(world.values(), ['1', '2', '3', '4', '5']);
    await assert.rejects(run(COMMANDS.planRun, 'id-none'), /journal/);
  });

  test('a plan of an account that leads to another host meanwhile says so, and is not sent', async () => {
    await world.open('1\n2\n', 'lines.jsonl');
    const { run, setEndpoint } = world.window([{ pick: world.topic }]);
    await run(COMMANDS.sendDocument);
    const document = inFront();
    assert.match(document.getText(), /^Custom endpoint: +http:/m);
    setEndpoint('http://127.0.0.1:1');
    await when(changedText, () => /^! The account has another endpoint or zone/m.test(document.getText()));
    await run(COMMANDS.sendPlan);
    assert.equal(world.sends(), 0);
    setEndpoint(world.emulator.credentials.naver.messages);
    await when(changedText, () => !/^! The account/m.test(document.getText()));
    await run(COMMANDS.sendPlan);
    assert.deepEqual(world.values(), ['1', '2']);
  });
});
