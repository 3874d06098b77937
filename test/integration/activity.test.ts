import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

import * as vscode from 'vscode';

import { Connection } from '../../src/api/connection.ts';
import { curlOfWrite } from '../../src/api/curlOfWrite.ts';
import { DataStreamClient } from '../../src/api/datastream/client.ts';
import { createUndiciTransport } from '../../src/api/undiciTransport.ts';
import { type Emulator, startEmulator } from '../../src/emulator/emulator.ts';
import { wait } from '../../src/host/clock.ts';
import { Emitter } from '../../src/host/emitter.ts';
import { COMMANDS } from '../../src/ids.ts';
import { Activity } from '../../src/messages/activity/activity.ts';
import { InterruptedBadge } from '../../src/messages/activity/interruptedBadge.ts';
import { createFormatter } from '../../src/model/format.ts';
import { JournalStore } from '../../src/sending/journal/journalStore.ts';
import type { RunHeader } from '../../src/sending/recording.ts';
import { naverAccount } from '../support/accounts.ts';
import { MemoryMemento } from '../support/editorStorage.ts';
import { type Answer, Script } from '../unit/messages/script.ts';
import { when } from './documentsFixture.ts';

const TOPIC = { name: 'h4j6l-new', partitions: 1, retentionMs: 86_400_000 };

suite('the Activity view', () => {
  const ends: (() => Promise<void> | void)[] = [];
  let emulator: Emulator;

  setup(async () => {
    // The view belongs to whoever registered it last, and opening JSON starts the extension.
    await vscode.extensions.getExtension('cloud-streams.cloud-streams')?.activate();
    // What is not seen is not followed: rows are those of the moment they are asked for.
    await vscode.commands.executeCommand('workbench.view.explorer');
    emulator = await startEmulator({ sampleData: 'none', timings: { creatingMs: 0, deletionMs: 0 } });
  });

  teardown(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    for (const end of ends.splice(0).reverse()) await end();
    await emulator.close();
  });

  /** A journal on the disk, an account over the emulator whose changes are written down, and the view. */
  function start(answers: readonly Answer[] = [], isKept = false) {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cloud-streams-journal-'));
    const changes = new Emitter<undefined>();
    const unexpected: unknown[] = [];
    const store = new JournalStore(folder, {
      now: Date.now, wait, pid: process.pid, host: 'here',
      isAlive: (pid) => pid === process.pid,
      keepPayloads: () => isKept,
      maxBytes: () => 1_000_000,
      onChange: () => changes.fire(undefined),
      warn: (_message, error) => unexpected.push(error),
    });
    const { naver } = emulator.credentials;
    const account = naverAccount({
      id: 'n1', name: 'acme', lane: { stage: 'dev', access: 'full' }, endpoints: { dataStream: naver.dataStream, messages: naver.messages },
    });
    const transport = createUndiciTransport({ dispatcher: (undici) => new undici.Agent() });
    const connection = new Connection(() => account, () => Promise.resolve({ keyId: naver.accessKeyId, secret: naver.secretKey }), {
      transport, now: Date.now, random: () => 0.5, wait, log: { request: () => undefined }, timeoutMs: () => 10_000, writes: store.writes,
    });
    const client = new DataStreamClient(connection);
    const prompts = new Script(...answers);
    const copied: string[] = [];
    const activity = new Activity({
      entries: (limit) => store.entries(limit),
      onDidChange: (listener) => changes.event(listener),
      readRun: (runId) => store.readRun(runId),
      clear: () => store.clear(),
      messageOf: () => Promise.resolve(undefined),
      curlOfSend: (_account, topic, message) => Promise.resolve(client.curlOfSend({ topic, key: message.key, value: message.value })),
      curlOfWrite: (write) => Promise.resolve(curlOfWrite(write, account)),
      account: (id) => (id === 'n1' ? account : undefined),
      copy: (text) => {
        copied.push(text);
        return Promise.resolve();
      },
      state: new MemoryMemento(),
      format: createFormatter('en'),
      prompts, wait,
      now: Date.now,
      warn: (_message, error) => unexpected.push(error),
      scheme: 'test-activity',
    });
    ends.push(async () => {
      activity.dispose();
      await connection.dispose();
      await transport.close();
      await store.dispose();
      fs.rmSync(folder, { recursive: true });
      prompts.done();
      assert.deepEqual(unexpected, []);
    });
    return { store, client, activity, prompts, copied };
  }

  async function idsOf({ rows }: Activity): Promise<readonly string[]> {
    const days = (await rows.getChildren()) ?? [];
    const ids: string[] = [];
    for (const day of days) ids.push(...((await rows.getChildren(day)) ?? []));
    return ids;
  }

  async function itemsOf(activity: Activity): Promise<readonly vscode.TreeItem[]> {
    const items: vscode.TreeItem[] = [];
    for (const id of await idsOf(activity)) items.push(await activity.rows.getTreeItem(id));
    return items;
  }

  async function run({ commands }: Activity, id: keyof Activity['commands'], ...args: readonly unknown[]): Promise<void> {
    const command = commands[id];
    assert.ok(command.type !== 'node');
    await (command.type === 'argument' ? command.run(args) : command.run());
  }

  /** Shows the view, so that it follows the journal; returns when it was drawn again. */
  async function drawnAgain({ rows }: Activity, work: () => Promise<unknown>): Promise<void> {
    const drawn = new Promise<void>((resolve) => {
      const listening = rows.onDidChangeTreeData?.(() => {
        listening?.dispose();
        resolve();
      });
    });
    await work();
    await drawn;
  }

  test('what is changed in a cloud appears with its outcome, and opens as a document', async () => {
    const { client, activity, copied } = start();
    const { id } = await client.createTopic(TOPIC);
    await assert.rejects(client.deleteTopic('nothing'));
    await client.deleteTopic(id);

    const items = await itemsOf(activity);
    assert.deepEqual(items.map(({ label, contextValue }) => [label, contextValue]), [
      ['Delete topic h4j6l-new', 'write;curl'], ['Delete topic nothing', 'write;curl'], ['Create topic h4j6l-new', 'write'],
    ]);
    assert.deepEqual(items.map(({ description }) => String(description).split(' · ').slice(0, 3)), [
      ['done', 'acme', 'DEV'], ['refused, HTTP 404', 'acme', 'DEV'], ['done', 'acme', 'DEV'],
    ]);
    assert.match(items[0]?.accessibilityInformation?.label ?? '', /^Change: Delete topic h4j6l-new, done, account acme, /);

    const [deleted, refused, created] = await idsOf(activity);
    await run(activity, COMMANDS.openActivity, refused);
    const document = vscode.window.activeTextEditor?.document ?? assert.fail('nothing was opened');
    assert.equal(document.languageId, 'json');
    const shown = JSON.parse(document.getText()) as Record<string, unknown>;
    assert.deepEqual([shown['what'], shown['httpStatus'], shown['code']], ['Delete topic nothing', 404, 'InvalidTopicNotFound']);
    assert.ok(!document.isDirty);

    await run(activity, COMMANDS.copyActivityCurl, deleted);
    assert.match(copied[0] ?? '', new RegExp(`^method='DELETE'[^]*^target='/api/v1/topics/${id}'`, 'm'));
    await assert.rejects(run(activity, COMMANDS.copyActivityCurl, created), /was not kept/);
  });

  test('bodies that are kept name what was created, and can be copied', async () => {
    const { client, activity, copied } = start([], true);
    await client.createTopic(TOPIC);
    const [item] = await itemsOf(activity);
    assert.equal(item?.label, 'Create topic h4j6l-new');
    const [id] = await idsOf(activity);
    await run(activity, COMMANDS.copyActivityCurl, id);
    assert.ok(copied[0]?.includes(JSON.stringify(TOPIC)));
    await run(activity, COMMANDS.openActivity, id);
    const shown = JSON.parse(vscode.window.activeTextEditor?.document.getText() ?? '') as Record<string, unknown>;
    assert.deepEqual(shown['body'], TOPIC);
  });

  test('follows the journal while it is open', async () => {
    const { client, activity } = start();
    await vscode.commands.executeCommand('cloudStreams.activity.focus');
    assert.deepEqual(await idsOf(activity), []);
    await drawnAgain(activity, () => client.createTopic(TOPIC));
    assert.deepEqual((await itemsOf(activity)).map(({ label }) => label), ['Create topic h4j6l-new']);
  });

  test('filters, and clears all but what is running', async () => {
    const { client, store, activity, prompts } = start([{ type: 'create' }, { choose: 'Clear' }]);
    const writer = await store.begin(header('run-1'));
    await client.createTopic(TOPIC);
    assert.deepEqual((await itemsOf(activity)).map(({ label }) => label).sort(), ['Create topic h4j6l-new', 'h4j6l-orders']);

    await run(activity, COMMANDS.filterActivity);
    assert.deepEqual((await itemsOf(activity)).map(({ label }) => label), ['Create topic h4j6l-new']);
    await run(activity, COMMANDS.clearActivityFilter);
    assert.equal((await idsOf(activity)).length, 2);

    await run(activity, COMMANDS.clearActivity);
    assert.match(prompts.asked.at(-1) ?? '', /^Clear the activity of this machine/);
    const { entries } = await store.entries(10);
    assert.deepEqual(entries.map(({ kind }) => kind), ['run']);

    await writer.finish({ endedAtMs: Date.now(), acknowledged: 0, refused: 0, unknown: 0, notSent: 2, stopped: 'cancelled' });
  });

  test('a badge counts the sends that wait to be resumed', async () => {
    const { store } = start();
    await store.begin(header('run-1'));
    await store.dispose();
    const drawn = new vscode.EventEmitter<void>();
    let shown: vscode.ViewBadge | undefined;
    const view = {
      get badge(): vscode.ViewBadge | undefined {
        return shown;
      },
      set badge(badge: vscode.ViewBadge | undefined) {
        shown = badge;
        drawn.fire();
      },
    };
    const badge = new InterruptedBadge(view, {
      entries: (limit) => store.entries(limit), format: createFormatter('en'), wait: (_, signal) => wait(1, signal), warn: (_, error) => assert.fail(String(error)),
    });
    ends.push(() => badge.dispose());
    await when(drawn.event, () => shown?.value === 1);
    assert.equal(shown?.tooltip, '1 send was interrupted. It can be resumed here.');
    await store.clear();
    badge.changed();
    await when(drawn.event, () => shown === undefined);
  });

  test('a run says how it ended, and opens its result', async () => {
    const { store, activity } = start();
    const writer = await store.begin(header('run-1'));
    await writer.finish({ endedAtMs: Date.now(), acknowledged: 0, refused: 0, unknown: 0, notSent: 2, stopped: 'cancelled' });
    const [item] = await itemsOf(activity);
    assert.deepEqual([item?.label, item?.contextValue], ['h4j6l-orders', 'run;rest;ended;curl']);
    assert.match(String(item?.description), /^0 of 2 · 2 not sent · acme · PROD · \d\d:\d\d$/);
    assert.deepEqual([item?.command?.command, item?.command?.arguments], [COMMANDS.openRun, ['run-1']]);
    assert.deepEqual(await idsOf(activity), ['run-1']);
  });
});

function header(id: string): RunHeader {
  return {
    id, startedAtMs: Date.now(),
    job: {
      target: { accountId: 'n1', topicId: 't1', topicName: 'h4j6l-orders' },
      sources: [{ uri: 'file:///orders.jsonl', name: 'orders.jsonl', format: 'jsonLines', content: 'value' }],
      seed: 's', nowMs: 0, environment: undefined,
    },
    account: { name: 'acme', stage: 'prod' },
    order: 'parallel', count: 2, total: 2, bytes: 10, fingerprint: 'ff',
  };
}
