import * as assert from 'node:assert/strict';
import * as fs from 'node:fs/promises';
import * as os from 'node:os';
import * as path from 'node:path';

import * as vscode from 'vscode';

import { wait } from '../../src/host/clock.ts';
import { RefusedMarks } from '../../src/messages/report/refusedMarks.ts';
import { ReportWork } from '../../src/messages/report/reportWork.ts';
import { CancelledError } from '../../src/model/cloudError.ts';
import type { RunState } from '../../src/sending/journal/journalStore.ts';
import { Outcomes } from '../../src/sending/journal/outcomes.ts';
import type { Reading } from '../../src/sending/message.ts';
import { batches, FORMAT, jobOf, message, planOf, runOf, SOURCE } from '../unit/messages/reportWorld.ts';
import { type as edit, when } from './documentsFixture.ts';

/** What the running tests started. */
const running: (() => void | Promise<void>)[] = [];

/** What draws the reports, with a plan of readings that come as the test has them. */
async function startWork(all: readonly Reading[], read: (signal: AbortSignal) => AsyncIterable<readonly Reading[]>) {
  const plan = await planOf(all);
  const work = new ReportWork({
    readings: (_, signal) => read(signal),
    again: () => Promise.resolve(undefined),
    readRun: () => Promise.resolve(undefined),
    payloads: () => batches([]),
    account: () => plan.account,
    format: FORMAT,
    now: Date.now,
    wait,
    log: { error: (_, error) => assert.fail(String(error)) },
  }, { plan: () => plan, changed: () => undefined });
  running.push(() => work.dispose());
  return { work, address: { kind: 'plan', id: plan.id } as const };
}

function startMarks(): RefusedMarks {
  const marks = new RefusedMarks(Date.now);
  running.push(() => marks.dispose());
  return marks;
}

/** A new file in a folder of its own. */
async function write(name: string, text: string): Promise<vscode.Uri> {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'marks-'));
  running.push(() => fs.rm(folder, { recursive: true }));
  await fs.writeFile(path.join(folder, name), text);
  return vscode.Uri.file(path.join(folder, name));
}

suite('what draws reports, and marks refused messages', () => {
  teardown(async () => {
    while (vscode.window.tabGroups.all.some(({ tabs }) => tabs.length > 0)) {
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    }
    for (const end of running.splice(0)) await end();
  });

  test('a page that is called off leaves the one that is there', async () => {
    const all = Array.from({ length: 1_100 }, (_, index) => message(index));
    const stop = new AbortController();
    let isSlow = false;
    const { work, address } = await startWork(all, async function* (signal) {
      yield await Promise.resolve(all.slice(0, 600));
      if (isSlow) stop.abort();
      if (signal.aborted) throw new CancelledError();
      yield await Promise.resolve(all.slice(600));
    });
    const text = async (): Promise<string> => new TextDecoder().decode((await work.read(address)).bytes);
    assert.match(await text(), /^## Messages 1–500 of 1,100$/m);
    isSlow = true;
    await assert.rejects(work.turn(address, 1, stop.signal), CancelledError);
    assert.match(await text(), /^## Messages 1–500 of 1,100$/m);
    isSlow = false;
    await work.turn(address, 1, new AbortController().signal);
    assert.match(await text(), /^## Messages 501–1,000 of 1,100$/m);
  });

  test('refused messages are marked at their lines, until the text changes', async () => {
    const marking = startMarks();
    const uri = await write('orders.jsonl', '{"value":1}\n  {"value":2}\n{"value":3}\n');
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, { preview: false });
    const source = { ...SOURCE, uri: uri.toString() };
    const marks = (): readonly string[] => vscode.languages.getDiagnostics(document.uri).map(({ range: { start, end }, message: words, source: from }) => (
      `${start.line}:${start.character}-${end.character} ${from ?? ''}: ${words}`));
    const job = { ...jobOf([source]), nowMs: Date.now() };
    const note = { kind: 'invalid', status: 400, detail: 'No such partition' } as const;
    const marked = async (state: RunState): Promise<void> => {
      await marking.mark(state);
      await when(vscode.languages.onDidChangeDiagnostics, () => marks().length === state.outcomes.count('refused'));
    };
    await marked(runOf('aru', { job }, 'ended', { note }));
    assert.deepEqual(marks(), ['1:2-13 Cloud Streams: Message 2 was refused: HTTP 400 · The service says: No such partition']);
    await marked(runOf('rrr', { job }, 'ended', { note }));
    await marked(runOf('aaa', { job }));
    await marked(runOf('rar', { job }, 'ended', { note }));
    await edit(document, '1', '7');
    await when(vscode.languages.onDidChangeDiagnostics, () => marks().length === 0);
    await marking.mark(runOf('rrr', { job: { ...job, nowMs: job.nowMs - 60_000 } }, 'ended', { note }));
    await marked(runOf('rrr', { job: { ...job, nowMs: Date.now() + 60_000 } }, 'ended', { note }));
    await marking.mark(runOf('rrr', { job: { ...job, nowMs: job.nowMs - 60_000 } }, 'ended', { note }));
    await when(vscode.languages.onDidChangeDiagnostics, () => marks().length === 0);
  });

  test('refused messages of a file that is opened later are marked, unless it was changed meanwhile', async () => {
    const marking = startMarks();
    const same = await write('same.jsonl', '{"value":1}\n{"value":2}\n');
    const other = await write('other.jsonl', '{"value":1}\n{"value":2}\n');
    const nowMs = Date.now() + 1;
    await fs.utimes(other.fsPath, nowMs / 1_000 + 60, nowMs / 1_000 + 60);
    const job = { ...jobOf([same, other].map((uri) => ({ ...SOURCE, uri: uri.toString() }))), nowMs };
    const state = runOf('rr', { job }, 'ended', { note: { kind: 'invalid', status: 400 } });
    const outcomes = new Outcomes(state.header);
    for (const index of [0, 1]) {
      outcomes.leaving(index, index, 2);
      outcomes.ended(index, 'refused', { kind: 'invalid', status: 400 });
    }
    await marking.mark({ ...state, outcomes });
    const marks = (uri: vscode.Uri): readonly number[] => vscode.languages.getDiagnostics(uri).map(({ range }) => range.start.line);
    await vscode.window.showTextDocument(other, { preview: false });
    await vscode.window.showTextDocument(same, { preview: false });
    await when(vscode.languages.onDidChangeDiagnostics, () => marks(same).length > 0);
    assert.deepEqual([marks(same), marks(other)], [[1], []]);
  });
});
