import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';

import * as vscode from 'vscode';

import { COMMANDS, SETTINGS } from '../../src/ids.ts';
import { SendWorld } from './messagesFixture.ts';

suite('runs that did not come to their end', () => {
  let world: SendWorld;

  setup(async () => {
    world = await SendWorld.start();
  });

  teardown(() => world.end());

  const runId = (): string => {
    const [file] = fs.readdirSync(path.join(world.folder, 'journal')).filter((name) => name.includes('run')).toSorted();
    const [line = ''] = fs.readFileSync(path.join(world.folder, 'journal', file ?? ''), 'utf8').split('\n');
    return /"id":"(id-\d+)"/.exec(line)?.[1] ?? '';
  };

  test('are resumed by another window, which sends exactly what is certainly not there: refused or never sent', async () => {
    const settings = vscode.workspace.getConfiguration();
    await settings.update(SETTINGS.concurrency, 1, vscode.ConfigurationTarget.Global);
    try {
      await world.open('1\n2\n3\n4\n5\n', 'lines.jsonl');
      const first = world.window([{ pick: world.topic }]);
      await first.run(COMMANDS.sendDocument);
      world.emulator.faults.inject({ method: 'POST', effect: { kind: 'reply', status: 400, body: '{"status":400,"detail":"no"}' } });
      await first.run(COMMANDS.sendPlan);
      const id = runId();
      assert.equal(world.sends(), 5);
      // As if the window had gone away with one refused, one acknowledged and one under way.
      const folder = path.join(world.folder, 'journal');
      for (const name of fs.readdirSync(folder)) {
        const file = path.join(folder, name);
        const lines = fs.readFileSync(file, 'utf8').split('\n');
        const third = lines.findIndex((line) => line.startsWith('["s",2,'));
        if (third >= 0) fs.writeFileSync(file, `${lines.slice(0, third + 1).join('\n')}\n["s",3`);
      }
      const second = world.window([]);
      await second.run(COMMANDS.sendRest, id);
      assert.equal(world.sends(), 5);
      await Promise.all([second.run(COMMANDS.resumeRun, id), second.run(COMMANDS.resumeRun, id)]);
      assert.deepEqual(world.values(), ['1', '2', '3', '4', '4', '5', '5']);
      assert.equal(world.sends(), 8);
      await assert.rejects(second.run(COMMANDS.resumeRun, id), /ended/);
    } finally {
      await settings.update(SETTINGS.concurrency, undefined, vscode.ConfigurationTarget.Global);
    }
  });

  test('are not repeated where the text is another now', async () => {
    const file = world.write('1\n2\n', 'lines.jsonl');
    world.emulator.faults.inject({ method: 'POST', effect: { kind: 'reply', status: 400, body: '{"status":400,"detail":"no"}' } });
    const { run } = world.window([{ pick: world.topic }]);
    await run(COMMANDS.sendFiles, vscode.Uri.file(file));
    await run(COMMANDS.sendPlan);
    fs.writeFileSync(file, '1\n3\n');
    await run(COMMANDS.sendRest, runId());
    assert.equal(world.sends(), 2);
  });

  test('send the rest again, once; and the unknown after a question', async () => {
    await world.open('1\n2\n3\n4\n', 'lines.jsonl');
    const { run } = world.window([{ pick: world.topic }, { choose: 'Send Again' }]);
    world.emulator.faults.inject({ method: 'POST', effect: { kind: 'reply', status: 400, body: '{"status":400,"detail":"no"}' } });
    world.emulator.faults.inject({ method: 'POST', effect: { kind: 'close', when: 'after' } });
    await run(COMMANDS.sendDocument);
    await run(COMMANDS.sendPlan);
    assert.equal(world.sends(), 4);
    const id = runId();
    await run(COMMANDS.sendRest, id);
    assert.deepEqual(world.values(), ['1', '2', '3', '4']);
    await run(COMMANDS.sendUnknown, id);
    assert.equal(world.stored().length, 5);
  });
});
