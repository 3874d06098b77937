import * as assert from 'node:assert/strict';

import * as vscode from 'vscode';

import type { ActivationQuery } from '../../src/api/functions/client.ts';
import { CommandRunner } from '../../src/commands/runner.ts';
import { COMMANDS } from '../../src/ids.ts';
import { CancelledError } from '../../src/model/cloudError.ts';
import { ActionNode } from '../../src/services/functions/actionNode.ts';
import { bind, whereOf } from '../../src/services/functions/actions/deployBinding.ts';
import { ActivationNode, ActivationsNode } from '../../src/services/functions/activationNodes.ts';
import { functionsCommands } from '../../src/services/functions/commands.ts';
import { FunctionsNode } from '../../src/services/functions/nodes.ts';
import { askParameters } from '../../src/services/functions/runs/askParameters.ts';
import { FileLenses } from '../../src/services/functions/runs/codeLenses.ts';
import { refreshRun, runAgain, runCode, showActivations } from '../../src/services/functions/runs/lensCommands.ts';
import { openActivation } from '../../src/services/functions/runs/openActivation.ts';
import { readRunPath, runAddress, subjectKey } from '../../src/services/functions/runs/runAddress.ts';
import { runAction } from '../../src/services/functions/runs/runAction.ts';
import { runUri } from '../../src/services/functions/runs/showRun.ts';
import { watchActivations } from '../../src/services/functions/runs/watch.ts';
import { LoadMoreNode } from '../../src/tree/statusNodes.ts';
import type { TreeNode } from '../../src/tree/treeNode.ts';
import { ScriptedPrompts } from '../support/scriptedPrompts.ts';
import { when } from './documentsFixture.ts';
import { endRuns, inFront, Root, startRuns, titlesOf } from './functionsRunsFixture.ts';

suite('runs and activations', () => {
  teardown(endRuns);

  test('a run opens its result, fills in the logs, and leads into the code', async () => {
    const { deps, target, account } = await startRuns();
    await runAction(target, deps, { parameters: { n: 1 }, source: 'typed' });
    const document = inFront();
    assert.equal(document.uri.scheme, deps.runs.scheme);
    assert.match(document.getText(), /^# Failed: the function answered with an error · broken|^# Failed: the function crashed · broken/);
    await when(vscode.workspace.onDidChangeTextDocument, () => document.getText().includes('stdout  hello'));
    await when(vscode.workspace.onDidChangeTextDocument, () => /^Time limit: +10 s$/m.test(document.getText()));
    assert.match(document.getText(), /^Account: +acme$/m);
    assert.deepEqual(await titlesOf(document), ['Run Again', 'Refresh', 'Open Code']);
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>('vscode.executeLinkProvider', document.uri);
    const own = links.filter(({ target: uri }) => uri?.scheme === 'cloud-streams');
    assert.equal(own[0]?.target?.fragment.split(',')[0], 'L3');
    assert.ok(own[0].target.path.endsWith('/broken.js'));
    assert.ok(!document.uri.toString().includes(account.endpoints?.cloudFunctions ?? 'none'));
  });

  test('after a reload the activation is read again from its address', async () => {
    const { deps, target, reload } = await startRuns();
    await runAction(target, deps, { parameters: {}, source: 'none' });
    const { uri } = inFront();
    const address = readRunPath(uri.path);
    assert.ok(address);
    await when(deps.runs.onDidChange, () => deps.runs.get(address)?.state === 'complete');
    const fresh = reload();
    const text = async (): Promise<string> => new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    assert.match(await text(), /stdout {2}hello/);
    await when(fresh.runs.onDidChange, () => fresh.runs.factsOf(subjectKey(target)) !== undefined);
    assert.match(await text(), /^Memory limit: +128 MB$/m);
  });

  test('the document of an activation cannot be written, and one of nothing is not there', async () => {
    const { deps, target } = await startRuns();
    const uri = runUri(runAddress(target, 'f'.repeat(32)), deps.runs);
    await assert.rejects(Promise.resolve(vscode.workspace.fs.writeFile(uri, new Uint8Array())));
    await assert.rejects(Promise.resolve(vscode.workspace.fs.delete(uri)));
    await assert.rejects(Promise.resolve(vscode.workspace.fs.stat(uri.with({ path: '/a/XX/action/-/x/1/f.log' }))));
    const document = await vscode.workspace.openTextDocument(uri);
    assert.match(document.getText(), /^# Not known · broken\n[^]*! The service has no record of this run yet\./);
  });

  test('an activation of an account that is gone says so, and offers nothing', async () => {
    const { deps, target, accounts } = await startRuns();
    accounts.clear();
    const document = await vscode.workspace.openTextDocument(runUri(runAddress(target, 'a'), deps.runs));
    assert.match(document.getText(), /! The account of this activation is not here any more\./);
    assert.deepEqual(await titlesOf(document), []);
    await assert.rejects(runAgain(document.uri.path, deps), /is not here any more/);
  });

  test('"Run Again" runs with the same parameters, and "Refresh" reads again', async () => {
    const { deps, target, emulator } = await startRuns();
    await runAction(target, deps, { parameters: { n: 7 }, source: 'typed' });
    const first = inFront();
    await runAgain(first.uri.path, deps);
    const second = inFront();
    assert.notEqual(second.uri.path, first.uri.path);
    const address = readRunPath(second.uri.path);
    assert.ok(address);
    assert.deepEqual(deps.runs.inputOf(address), { parameters: { n: 7 }, source: 'typed' });
    await when(deps.runs.onDidChange, () => deps.runs.get(address)?.state === 'complete');
    const before = emulator.log.length;
    await refreshRun(second.uri.path, deps);
    assert.ok(emulator.log.length > before);
    for (const nothing of ['', '/x', 'text']) await refreshRun(nothing, deps);
  });

  test('a lens that is clicked twice runs once, whichever it is', async () => {
    const { deps, target, client, account } = await startRuns();
    await runAction(target, deps, { parameters: {}, source: 'typed' });
    const { path } = inFront().uri;
    const table = functionsCommands(deps);
    const lens = { accountId: account.id, region: 'KR', pkg: target.pkg, name: target.name };
    const code = { accountId: account.id, kind: 'cloudFunctions.code', keys: ['KR', target.pkg, target.name], name: target.name };
    const file = vscode.Uri.file('/a.js');
    for (const [id, about] of [
      [COMMANDS.runAgain, path], [COMMANDS.runAgain, undefined], [COMMANDS.runCode, lens], [COMMANDS.runCode, code], [COMMANDS.undoCode, code],
      [COMMANDS.deployCode, file], [COMMANDS.deployFile, file], [COMMANDS.refreshRun, path],
    ] as const) {
      const command = table[id];
      assert.ok(command.type === 'argument' && command.key !== undefined);
      const key = command.key([about]);
      assert.ok(key !== undefined && key !== '' && key === command.key([about]), id);
      for (const other of ['x', { ...lens, name: 'other' }, vscode.Uri.file('/b.js')]) assert.notEqual(command.key([other]), key);
    }
    const runner = new CommandRunner({
      tree: { rows: () => assert.fail(), busy: () => assert.fail(), refresh: () => Promise.resolve(), accountRow: () => undefined, accountRows: () => [] } as never,
      prompts: deps.prompts, log: { info: () => undefined, error: (_, error) => assert.fail(String(error)) }, showProblem: ({ message }) => assert.fail(message),
    });
    const before = (await client.listActionActivations('-', 'broken')).totalCount ?? 0;
    await Promise.all([path, path, undefined].map((about) => runner.run(COMMANDS.runAgain, table[COMMANDS.runAgain], [about])));
    assert.equal((await client.listActionActivations('-', 'broken')).totalCount, before + 1);
  });

  test('rows of activations: pages, the time they are of, and the document they open', async () => {
    const { deps, target, client, place } = await startRuns();
    await client.runAction(target, {}, 60_000);
    const packages = new FunctionsNode(new Root(place.account), place, deps);
    const action = await packages.readAction('-', 'broken', new AbortController().signal);
    assert.ok(action instanceof ActionNode);
    assert.deepEqual([action.flags, action.isLocal, action.target.pkg], [['canRun', 'code'], true, '-']);
    const [list] = await action.children();
    assert.ok(list instanceof ActivationsNode);
    const rows = await list.children(new AbortController().signal);
    const [row] = rows;
    assert.ok(row instanceof ActivationNode && rows.length === 1);
    assert.equal(list.face().description, 'last month · 1');
    assert.match(String(row.face().description), /^Failed: .+ · /);
    assert.equal(row.face().command?.command, COMMANDS.openActivation);
    assert.match(row.details().value, /Open the row/);
    await openActivation(row, deps);
    const document = inFront();
    await when(vscode.workspace.onDidChangeTextDocument, () => document.getText().includes('stdout  hello'));
    assert.match(row.details().value, /KST/);
    deps.activationRanges.set(list.id, { from: { sinceMs: 0 }, untilMs: 1 });
    assert.deepEqual(await list.children(new AbortController().signal), []);
    assert.equal(list.emptyText(), 'No activation in this time.');
  });

  test('more activations than a page: "Load more", and as many again after a refresh', async () => {
    const { deps, client, place, emulator } = await startRuns();
    const [first] = (await client.listActions('order-tools')).filter(({ name }) => name === 'validate-order');
    assert.ok(first);
    const list = new ActivationsNode(new Root(place.account), { place, pkg: 'order-tools', name: first.name }, deps);
    const { totalCount = 0 } = await client.listActionActivations('order-tools', first.name);
    const pages = Math.ceil(totalCount / 100);
    const signal = new AbortController().signal;
    let rows = await list.children(signal);
    assert.equal(rows.at(-1) instanceof LoadMoreNode, pages > 1);
    for (let page = 1; page < pages; page += 1) rows = await list.loadMore(signal);
    assert.equal(rows.length, totalCount);
    const before = emulator.log.length;
    assert.equal((await list.children(signal)).length, totalCount);
    assert.equal(emulator.log.length - before, pages);
  });

  test('all activations can be loaded where the service gives fewer rows than asked for', async () => {
    const { deps, place, client } = await startRuns();
    const all = Array.from({ length: 150 }, (_, n) => ({ activationId: n.toString(16).padStart(32, '0'), durationMs: 1, status: 'success' }));
    const few = Object.assign(Object.create(client) as typeof client, {
      listActionActivations: (_pkg: string, _name: string, { pageNo = 1, pageSize = 20 }: ActivationQuery = {}) => {
        const size = Math.min(pageSize, 20);
        return Promise.resolve({ activations: all.slice((pageNo - 1) * size, pageNo * size), totalCount: all.length });
      },
    });
    const list = new ActivationsNode(new Root(place.account), { place, pkg: '-', name: 'broken' }, { ...deps, client: () => Promise.resolve(few) });
    const { signal } = new AbortController();
    const names = (rows: readonly TreeNode[]): readonly string[] => rows.flatMap((row) => (row instanceof ActivationNode ? [row.activation.activationId] : []));
    const first = await list.children(signal);
    assert.equal(names(first).length, 100);
    assert.ok(first.at(-1) instanceof LoadMoreNode);
    const wanted = all.map(({ activationId }) => activationId);
    assert.deepEqual(names(await list.loadMore(signal)), wanted);
    assert.deepEqual(names(await list.children(signal)), wanted);
  });

  test('parameters of the open JSON document, saved or not', async () => {
    const { deps, target } = await startRuns();
    const document = await vscode.workspace.openTextDocument({ language: 'json', content: '{"id": 9007199254740993}' });
    await vscode.window.showTextDocument(document);
    const name = vscode.workspace.asRelativePath(document.uri);
    const prompts = new ScriptedPrompts({ pick: name });
    const { parameters, source } = await askParameters(target, { ...deps, prompts });
    assert.deepEqual([parameters, source], [{ id: 9007199254740993n }, name]);
    await assert.rejects(askParameters(target, { ...deps, prompts: new ScriptedPrompts({ pick: 'New Parameter File…' }) }), CancelledError);
    assert.match(inFront().getText(), /"example"/);
    assert.ok(inFront().isUntitled && inFront().uri.path.endsWith('broken.params.json'));
    const again = new ScriptedPrompts({ pick: 'example' });
    assert.deepEqual((await askParameters(target, { ...deps, prompts: again })).parameters, { name: 'value' });
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  test('lenses on a file that is deployed, and what they run', async () => {
    const { deps, target, client } = await startRuns({ pick: 'Without Parameters' }, { cancel: true });
    const lenses = new FileLenses(deps);
    const uri = vscode.Uri.file('/somewhere/broken.js');
    assert.deepEqual(await lenses.provideCodeLenses({ uri }), []);
    const binding = { accountId: 'n1', region: 'KR', pkg: '-', name: 'broken', seen: undefined } as const;
    await bind(uri, { ...binding, where: 'elsewhere' }, deps.state);
    assert.deepEqual(await lenses.provideCodeLenses({ uri }), [], 'an account that is pointed elsewhere has another action of the name');
    await bind(uri, { ...binding, where: whereOf(target.place.account, 'KR') }, deps.state);
    const commands = (await lenses.provideCodeLenses({ uri })).map(({ command }) => command);
    assert.deepEqual(commands.map((command) => command?.title), ['Run broken · acme · DEV', 'Deploy', 'Activations']);
    await runCode(commands[0]?.arguments?.[0], deps);
    assert.equal((await client.listActionActivations('-', target.name)).totalCount, 1);
    await assert.rejects(showActivations(commands[2]?.arguments?.[0], deps), CancelledError);
    for (const nothing of [undefined, null, 'x', {}, { accountId: 'n1', region: 'XX', pkg: '-', name: 'broken' }]) await runCode(nothing, deps);
    await assert.rejects(runCode({ accountId: 'gone', region: 'KR', pkg: '-', name: 'broken' }, deps), /is not here any more/);
    lenses.dispose();
  });

  test('one terminal watches an action; closed, it is over', async () => {
    const { deps, target } = await startRuns();
    const terminals = (): readonly vscode.Terminal[] => vscode.window.terminals.filter(({ name }) => name === 'Activations of broken · acme');
    const opened = when(vscode.window.onDidOpenTerminal, () => terminals().length > 0);
    await watchActivations(target, deps);
    await opened;
    await watchActivations(target, deps);
    assert.equal(terminals().length, 1);
    const closed = when(vscode.window.onDidCloseTerminal, () => terminals().length === 0);
    terminals()[0]?.dispose();
    await closed;
  });
});
