import * as assert from 'node:assert/strict';
import * as fs from 'node:fs/promises';
import * as os from 'node:os';
import * as path from 'node:path';

import * as vscode from 'vscode';

import type { ArgumentCommand } from '../../src/commands/command.ts';
import { wait } from '../../src/host/clock.ts';
import { COMMANDS } from '../../src/ids.ts';
import type { Plan } from '../../src/messages/plan.ts';
import type { ReportsOptions } from '../../src/messages/report/reportOptions.ts';
import { Reports } from '../../src/messages/report/reports.ts';
import type { Account } from '../../src/model/account.ts';
import type { RunState } from '../../src/sending/journal/journalStore.ts';
import type { Reading } from '../../src/sending/message.ts';
import type { SourceRef } from '../../src/sending/source.ts';
import { batches, FORMAT, issue, jobOf, message, planOf, runOf, SOURCE } from '../unit/messages/reportWorld.ts';
import { when } from './documentsFixture.ts';

const changedText = vscode.workspace.onDidChangeTextDocument;

/** What the running tests started. */
const running: (() => void | Promise<void>)[] = [];
/** Each test has documents of its own, which the editor does not mistake for those of the last. */
let count = 0;

/** Reports over a journal of these runs, and plans of these readings. */
function startReports(options: Partial<ReportsOptions> = {}) {
  count += 1;
  const scheme = `cloud-streams-send-test${count}`;
  const readings = new Map<string, readonly Reading[]>();
  const runs = new Map<string, RunState>();
  const accounts = new Map<string, Account>();
  const errors: unknown[] = [];
  const reports = new Reports({
    readings: ({ id }) => batches(readings.get(id) ?? []),
    again: () => Promise.resolve(undefined),
    readRun: (id) => Promise.resolve(runs.get(id)),
    payloads: () => batches([]),
    account: (id) => accounts.get(id),
    format: FORMAT,
    now: Date.now,
    wait: (ms, signal) => wait(Math.min(ms, 1), signal),
    log: { error: (_, error) => errors.push(error) },
    scheme,
    ...options,
  });
  running.push(() => {
    reports.dispose();
    assert.deepEqual(errors, []);
  });
  /** Shows a plan of these readings, and gives the document in front. */
  const plan = async (all: readonly Reading[], changes: Partial<Plan> = {}): Promise<vscode.TextDocument> => {
    const made = await planOf(all, changes);
    readings.set(made.id, all);
    accounts.set(made.account.id, made.account);
    await reports.showPlan(made);
    return inFront();
  };
  const run = (id: keyof typeof reports.commands, ...args: readonly unknown[]) => (reports.commands[id] as ArgumentCommand).run(args);
  return { reports, plan, run, runs, accounts, scheme };
}

function inFront(): vscode.TextDocument {
  const document = vscode.window.activeTextEditor?.document;
  assert.ok(document);
  return document;
}

async function lensesOf(document: vscode.TextDocument): Promise<readonly vscode.CodeLens[]> {
  return vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri);
}

async function titlesOf(document: vscode.TextDocument): Promise<readonly string[]> {
  return (await lensesOf(document)).map(({ range, command }) => `${range.start.line === 0 ? '' : 'last: '}${command?.title ?? ''}`);
}

/** Follows a lens as a click does. */
async function follow(document: vscode.TextDocument, title: string, run: ReturnType<typeof startReports>['run']): Promise<void> {
  const lens = (await lensesOf(document)).find(({ command }) => command?.title === title);
  assert.ok(lens?.command, title);
  await run(lens.command.command as Parameters<typeof run>[0], ...(lens.command.arguments as unknown[]));
}

async function linksOf(document: vscode.TextDocument): Promise<readonly (readonly [string, string])[]> {
  const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>('vscode.executeLinkProvider', document.uri);
  return links.map(({ range, target }) => [document.getText(range), String(target)]);
}

/** A file with these lines, open in an editor, and its reference. */
async function openSource(text: string, name = 'orders.jsonl'): Promise<{ document: vscode.TextDocument; source: SourceRef; folder: string }> {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'report-'));
  running.push(() => fs.rm(folder, { recursive: true }));
  await fs.writeFile(path.join(folder, name), text);
  const document = await vscode.workspace.openTextDocument(vscode.Uri.file(path.join(folder, name)));
  await vscode.window.showTextDocument(document, { preview: false });
  return { document, source: { ...SOURCE, uri: document.uri.toString(), name }, folder };
}

suite('reports of sends', () => {
  teardown(async () => {
    while (vscode.window.tabGroups.all.some(({ tabs }) => tabs.length > 0)) {
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    }
    for (const end of running.splice(0)) await end();
  });

  test('a plan is a document that is only read, with each body as it goes out', async () => {
    const { plan } = startReports();
    const value = '{"n": 9007199254740993}\u0000\r\n한 \u{1F600} \u202Eabc\t';
    const document = await plan([message(0, { value }), issue(1)]);
    assert.match(document.getText(), /^# Plan: send 1 message to h4j6l-orders · acme · PROD\n/);
    assert.ok(document.getText().includes('│ {"n": 9007199254740993}␀␍\n│ 한 \u{1F600} \u202Eabc\t\n'));
    assert.equal(vscode.workspace.fs.isWritableFileSystem(document.uri.scheme), false);
    await assert.rejects(Promise.resolve(vscode.workspace.fs.writeFile(document.uri, new Uint8Array())));
    await assert.rejects(Promise.resolve(vscode.workspace.fs.delete(document.uri)));
    assert.deepEqual(await titlesOf(document), ['Send 1 Message to PROD', 'Plan Again']);
  });

  test('each message leads to its line', async () => {
    const { source, document: text } = await openSource('{}\n{"value": 1}\n');
    const { plan } = startReports();
    const evil = ['command:workbench.action.quit', 'COMMAND:workbench.action.quit', 'https://example.com/x', 'vscode://file/x'];
    const job = jobOf([source, ...evil.map((uri) => ({ ...source, uri, name: 'evil' }))]);
    const document = await plan([message(1), ...evil.map((_, n) => message(2, { source: n + 1 }))], { job });
    const links = await linksOf(document);
    // The head names the source and its largest message; the other sources' addresses do something, so nothing leads there.
    assert.deepEqual(links, [['orders.jsonl', `${source.uri}#L1%2C1`], ['orders.jsonl:2', `${source.uri}#L2%2C1`], ['orders.jsonl:2', `${source.uri}#L2%2C1`]]);
    await vscode.commands.executeCommand('vscode.open', vscode.Uri.parse(links[1]?.[1] ?? '', true));
    assert.equal(vscode.window.activeTextEditor?.document, text);
    assert.equal(vscode.window.activeTextEditor.selection.active.line, 1);
  });

  test('pages are turned by lenses, at both ends', async () => {
    const { plan, run } = startReports();
    const document = await plan(Array.from({ length: 1_100 }, (_, index) => message(index)));
    assert.deepEqual(await titlesOf(document), ['Send 1,100 Messages to PROD', 'Plan Again', 'Next Page', 'Last Page', 'last: Next Page', 'last: Last Page']);
    await follow(document, 'Next Page', run);
    await when(changedText, () => document.getText().includes('## Messages 501–1,000 of 1,100'));
    await follow(document, 'Next Page', run);
    await when(changedText, () => document.getText().includes('## Messages 1,001–1,100 of 1,100'));
    assert.deepEqual((await titlesOf(document)).slice(2), ['First Page', 'Previous Page', 'last: First Page', 'last: Previous Page']);
    await follow(document, 'First Page', run);
    await when(changedText, () => document.getText().includes('## Messages 1–500 of 1,100'));
    await run(COMMANDS.turnPage, 'plan no-such', 1);
    await run(COMMANDS.turnPage, 'plan plan-1', 'evil');
    assert.ok(document.getText().includes('## Messages 1–500 of 1,100'));
  });

  test('what an account can do is asked anew', async () => {
    const { plan, accounts, reports } = startReports();
    const document = await plan([message(0)], { id: 'plan-2' });
    const account = accounts.get('n1');
    assert.ok(account);
    accounts.set('n1', { ...account, lane: { stage: 'prod', access: 'read-only' } });
    reports.accountsChanged();
    await when(changedText, () => /^Access: +Read-only\./m.test(document.getText()));
    assert.deepEqual(await titlesOf(document), ['Plan Again']);
    accounts.set('n1', { ...account, name: 'acme-2', lane: { stage: 'dev', access: 'full' } });
    reports.accountsChanged();
    await when(changedText, () => document.getText().startsWith('# Plan: send 1 message to h4j6l-orders · acme-2 · DEV\n'));
    assert.deepEqual(await titlesOf(document), ['Send 1 Message to DEV', 'Plan Again']);
  });

  test('a plan is forgotten when it is closed or dropped, and an editor that is left says so', async () => {
    const { plan, reports, scheme } = startReports();
    const document = await plan([message(0)]);
    assert.ok(reports.plan('plan-1'));
    await reports.dropPlan('plan-1');
    assert.equal(reports.plan('plan-1'), undefined);
    assert.equal(vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).length, 0);
    const left = await vscode.workspace.openTextDocument(vscode.Uri.from({ scheme, path: '/plan/another/h4j6l-orders.send-plan' }));
    assert.match(left.getText(), /^# This plan is gone\n/);
    assert.deepEqual(await titlesOf(left), []);
    assert.notEqual(document.uri.toString(), left.uri.toString());
    const gone = await vscode.workspace.openTextDocument(vscode.Uri.from({ scheme, path: '/run/another/h4j6l-orders.send-result' }));
    assert.match(gone.getText(), /^# This result is gone\n/);
    await assert.rejects(Promise.resolve(vscode.workspace.openTextDocument(vscode.Uri.from({ scheme, path: '/other/x/y.send-plan' }))));
  });

  test('a plan with the id of another takes its place', async () => {
    const { plan } = startReports();
    const document = await plan([message(0)]);
    assert.equal(await plan([message(0), message(1)]), document);
    await when(changedText, () => document.getText().startsWith('# Plan: send 2 messages'));
  });

  test('a result follows its run, and is sorted', async () => {
    const { reports, runs, run } = startReports();
    runs.set('run-1', runOf('aalr--', {}, 'running'));
    await reports.showResult('run-1');
    const document = inFront();
    assert.match(document.getText(), /^# Sending: 2 of 6 acknowledged so far/);
    assert.deepEqual(await titlesOf(document), ['Export as JSON Lines…', 'Sort by Line']);
    for (const ends of ['aaarl-', 'aaarul', 'aaarua']) {
      runs.set('run-1', runOf(ends, {}, 'running'));
      reports.changed('run-1');
    }
    runs.set('run-1', runOf('aaarua'));
    reports.changed('run-1');
    await when(changedText, () => document.getText().startsWith('# Result: 4 of 6 acknowledged'));
    runs.set('run-1', { ...runOf('aaarua') });
    await follow(document, 'Sort by Line', run);
    await when(changedText, () => document.getText().includes('## Messages 1–6 of 6'));
    assert.equal((await titlesOf(document)).at(-1), 'Sort by Outcome');
    await run(COMMANDS.sortRun, 'run run-1', 'evil');
    await run(COMMANDS.sortRun);
    assert.ok(document.getText().includes('## Messages 1–6 of 6'));
  });

  test('a result opens without the plan, and again after everything was closed', async () => {
    const { reports, runs } = startReports();
    runs.set('run-1', runOf('ar'));
    await reports.showResult('run-1', { preserveFocus: true });
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    runs.set('run-1', runOf('aa'));
    await reports.showResult('run-1');
    const document = inFront();
    await when(changedText, () => document.getText().startsWith('# Result: 2 of 2'));
  });

  test('an editor that was open before a restart is brought up to date, and can do all it could', async () => {
    const before = startReports();
    before.runs.set('run-1', runOf('aru'));
    await before.reports.showResult('run-1');
    const document = inFront();
    await before.run(COMMANDS.sortRun, 'run run-1', 'line');
    await when(changedText, () => document.getText().includes('## Messages 1–3 of 3'));
    before.reports.dispose();
    const after = startReports({ scheme: before.scheme });
    after.runs.set('run-1', runOf('aru'));
    await titlesOf(document);
    await when(changedText, () => document.getText().includes('## Refused: 1'));
    assert.deepEqual(await titlesOf(document), ['Export as JSON Lines…', 'Sort by Line']);
    assert.equal((await linksOf(document)).length, 3);
    await follow(document, 'Sort by Line', after.run);
    await when(changedText, () => document.getText().includes('## Messages 1–3 of 3'));
  });

  test('a result is written to a file as JSON Lines, whole or not at all', async () => {
    const { folder, source } = await openSource('{}\n');
    const target = vscode.Uri.file(path.join(folder, 'out.jsonl'));
    const asked: string[] = [];
    let readings: (() => AsyncIterable<readonly Reading[]>) | undefined = () => batches([message(0), message(1)]);
    const { run, runs } = startReports({
      again: () => Promise.resolve(readings?.()),
      askWhere: (name) => {
        asked.push(name);
        return Promise.resolve(target);
      },
    });
    runs.set('run-1', runOf('ar', { job: jobOf([source]) }));
    await run(COMMANDS.exportRun, 'run-1');
    const lines = async (): Promise<readonly unknown[]> => (await fs.readFile(target.fsPath, 'utf8')).trimEnd().split('\n').map((line) => JSON.parse(line) as unknown);
    assert.deepEqual(await lines(), [
      { number: 1, source: 'orders.jsonl', line: 1, outcome: 'acknowledged', key: 'k0', value: '{"n":0}' },
      { number: 2, source: 'orders.jsonl', line: 2, outcome: 'refused', key: 'k1', value: '{"n":1}' },
    ]);
    assert.deepEqual(asked, ['h4j6l-orders-2026-11-21T05-03-22.result.jsonl']);
    readings = () => (async function* () {
      yield await Promise.resolve([message(0)]);
      throw new RangeError('the disk is gone');
    })();
    await assert.rejects(Promise.resolve(run(COMMANDS.exportRun, 'run-1')), RangeError);
    assert.equal((await lines()).length, 2);
    readings = undefined;
    await run(COMMANDS.exportRun, 'run-1');
    assert.deepEqual((await lines())[0], { number: 1, source: 'orders.jsonl', line: 1, outcome: 'acknowledged' });
    assert.deepEqual((await fs.readdir(folder)).toSorted(), ['orders.jsonl', 'out.jsonl']);
  });
});
