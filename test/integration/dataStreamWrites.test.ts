import * as assert from 'node:assert/strict';

import { EventEmitter } from 'vscode';

import type { NodeCommand } from '../../src/commands/command.ts';
import { wait } from '../../src/host/clock.ts';
import { COMMANDS } from '../../src/ids.ts';
import type { CommandId } from '../../src/ids.ts';
import { CloudError } from '../../src/model/cloudError.ts';
import type { ResourceRef } from '../../src/model/resource.ts';
import { DataStreamTopicNode } from '../../src/services/datastream/nodes.ts';
import { AutoRefresh } from '../../src/tree/autoRefresh.ts';
import type { TreeNode } from '../../src/tree/treeNode.ts';
import { ScriptedPrompts } from '../support/scriptedPrompts.ts';
import type { Answer } from '../support/scriptedPrompts.ts';
import { described, endAll, find, labels, setUp } from './treeFixture.ts';
import type { Setting } from './treeFixture.ts';

const WRITES = [COMMANDS.createDataStreamTopic, COMMANDS.deleteDataStreamTopic, COMMANDS.createConnector, COMMANDS.deleteConnector] as const;
const CREATE: readonly Answer[] = [{ type: 'clicks' }, { type: '2' }, { type: '1 d' }, { type: '' }, { pick: 'Create' }];

suite('changing topics and connectors of Data Stream', () => {
  teardown(() => endAll());

  async function start(answers: readonly Answer[], setting: Setting = {}) {
    const prompts = new ScriptedPrompts(...answers);
    const world = await setUp({ ...setting, prompts });
    /** What the rows said meanwhile, and after how many questions. */
    const busy: string[] = [];
    const { services, tree, emulator } = world;
    const table: Readonly<Partial<Record<CommandId, unknown>>> = services.commands;
    const run = async (id: CommandId, ...nodes: readonly TreeNode[]): Promise<void> => {
      const command = table[id] as NodeCommand;
      assert.ok(nodes.every((node) => command.matches(node)), 'a row the command is not for');
      const context = { signal: new AbortController().signal, busy: (text: string) => busy.push(`${text} after ${String(prompts.asked.length)}`) };
      const [first] = nodes;
      assert.ok(first);
      if (command.runAll === undefined) await command.run(first, context);
      else await command.runAll(nodes, context);
    };
    const list = await find(tree, 'acme', 'Data Stream');
    const writes = (): readonly string[] => emulator.log.filter(({ method }) => method !== 'GET').map(({ operation }) => operation);
    return { ...world, prompts, run, list, writes, busy };
  }

  test('a new topic is shown and followed until it is ready, with automatic refresh off', async () => {
    const { run, list, tree, revealed, prompts } = await start(CREATE);
    await tree.getChildren(list);
    await run(COMMANDS.createDataStreamTopic, list);
    prompts.done();
    assert.deepEqual(revealed, ['h4j6l-clicks']);
    const topic = await find(tree, 'acme', 'Data Stream', 'h4j6l-clicks');
    assert.match(described(tree, topic), /^CREATING… · 2 partitions · 1 d$/u);
    // The row is open while its topic is being created.
    await tree.getChildren(topic);

    const refresh = new AutoRefresh({
      tree, isWatched: () => true, onDidChange: new EventEmitter().event, intervalMs: () => 0, wait: (ms, signal) => wait(Math.min(ms, 100), signal), now: Date.now,
    });
    try {
      await new Promise<void>((resolve) => {
        const subscription = tree.onDidLoad((node) => {
          if (node.kind !== 'dataStream.topic') return;
          void labels(tree, node).then((rows) => {
            if (rows.length < 2) return;
            subscription.dispose();
            resolve();
          });
        });
      });
    } finally {
      refresh.dispose();
    }
    assert.equal(described(tree, await find(tree, 'acme', 'Data Stream', 'h4j6l-clicks')), '2 partitions · 1 d');
    assert.match(described(tree, await find(tree, 'acme', 'Data Stream', 'h4j6l-clicks', 'Kafka endpoint')), /:\d+$/u);
  });

  test('a connector is created below its topic, with the roles seen so far offered, and deleted again', async () => {
    const { run, tree, revealed, emulator, prompts } = await start([
      { pick: 'SMALL' }, { pick: 'Another location…' }, { type: 'logs' }, { pick: 'With a folder for the topic' }, { pick: 'No folders by date' },
      { pick: 'nrn:PUB:IAM::2874651:Role/5f1c7a30-36d4-11f0-a3f1-246e966ebeb4' }, { pick: 'STRING' }, { type: '' }, { pick: 'Create' },
      { press: 'Delete' },
    ]);
    const { dataStream, now } = emulator.world;
    dataStream.add({ name: 'h4j6l-clicks', description: '', partitions: 1, retentionMs: 3_600_000, createdAt: now(), creatingMs: 0 });
    await tree.refresh();
    await labels(tree, await find(tree, 'acme', 'Data Stream', 'h4j6l-orders'));
    const topic = await find(tree, 'acme', 'Data Stream', 'h4j6l-clicks');
    assert.match((await labels(tree, topic))[0] ?? '', /^No connector\. .*Create Connector…/);
    await run(COMMANDS.createConnector, topic);
    assert.deepEqual(revealed, ['Connector']);
    const connector = await find(tree, 'acme', 'Data Stream', 'h4j6l-clicks', 'Connector');
    assert.match(described(tree, connector), /^RUNNING → s3a:\/\/logs/u);
    await run(COMMANDS.deleteConnector, connector);
    prompts.done();
    assert.match((await labels(tree, await find(tree, 'acme', 'Data Stream', 'h4j6l-clicks')))[0] ?? '', /^No connector\./);
  });

  test('several topics are deleted at once and followed while they go', async () => {
    const { run, tree, list, prompts, busy } = await start([{ press: 'Delete' }, { type: '2' }], { lane: { stage: 'prod' } });
    const topics = await Promise.all(['h4j6l-orders', 'h4j6l-audit'].map((name) => find(tree, 'acme', 'Data Stream', name)));
    await run(COMMANDS.deleteDataStreamTopic, ...topics);
    prompts.done();
    assert.deepEqual(busy, ['Deleting… after 2']);
    const rows = await tree.rows(list);
    assert.deepEqual(rows.map((row) => described(tree, row).split(' ')[0]), ['PENDING_DELETION…', 'PENDING_DELETION…']);
    assert.ok(tree.stateOf(list).isSettling);
  });

  test('a locked account is told so before the first question, and nothing leaves', async () => {
    const { run, list, tree, writes } = await start([], { lane: { access: 'read-only' } });
    const topic = await find(tree, 'acme', 'Data Stream', 'h4j6l-orders');
    const connector = await find(tree, 'acme', 'Data Stream', 'h4j6l-orders', 'Connector');
    for (const id of WRITES) {
      const node = { [COMMANDS.createDataStreamTopic]: list, [COMMANDS.deleteConnector]: connector, [COMMANDS.deleteDataStreamTopic]: topic, [COMMANDS.createConnector]: topic }[id];
      await assert.rejects(run(id, node), (error) => error instanceof CloudError && error.kind === 'locked', id);
    }
    assert.deepEqual(writes(), []);
  });

  test('a topic that has a connector, or is not ready, is told so before the first question', async () => {
    const { run, tree, emulator } = await start([]);
    const { dataStream, now } = emulator.world;
    dataStream.add({ name: 'h4j6l-new', description: '', partitions: 1, retentionMs: 3_600_000, createdAt: now(), creatingMs: 60_000 });
    await tree.refresh();
    for (const [name, reason] of [['h4j6l-orders', 'connectorExists'], ['h4j6l-new', 'state']] as const) {
      const topic = await find(tree, 'acme', 'Data Stream', name);
      await assert.rejects(run(COMMANDS.createConnector, topic), (error) => error instanceof CloudError && error.details.reason === reason);
    }
  });

  test('rows stand for something that can be opened, copied and found again', async () => {
    const { tree, services, entries } = await start([]);
    const root = await find(tree, 'acme');
    const account = entries[0]?.account;
    assert.ok(account);
    for (const place of [['h4j6l-orders'], ['h4j6l-orders', 'Connector']]) {
      const row = await find(tree, 'acme', 'Data Stream', ...place);
      const { resource } = row;
      assert.ok(resource);
      assert.equal(resource.opens, 'edit');
      assert.match(await resource.curl?.() ?? '', /^#!/);
      assert.ok(services.list[0]?.documents.some(({ kind }) => kind === resource.ref.kind));
      const again: TreeNode | undefined = await services.list[0]?.find(resource.ref, account, root, new AbortController().signal);
      assert.equal(again?.id, row.id);
      assert.deepEqual(again.resource?.ref, resource.ref);
    }
    const topic = await find(tree, 'acme', 'Data Stream', 'h4j6l-orders');
    assert.ok(topic instanceof DataStreamTopicNode);
    assert.deepEqual(topic.resource.kafka, { mechanism: 'PLAIN', bootstrapServers: topic.topic.tcpEndpoint, topic: 'h4j6l-orders' });
    const endpoint = await find(tree, 'acme', 'Data Stream', 'h4j6l-orders', 'Kafka endpoint');
    const { ref, kafka } = topic.resource;
    assert.deepEqual(endpoint.resource, { ref, kafka, endpoint: topic.topic.tcpEndpoint });
    const other: ResourceRef = { accountId: account.id, kind: 'easyQueue.topic', keys: [], name: 'x' };
    assert.equal(await services.list[0]?.find(other, account, root, new AbortController().signal), undefined);
    const gone: ResourceRef = { ...topic.resource.ref, keys: ['gone'] };
    await assert.rejects(async () => services.list[0]?.find(gone, account, root, new AbortController().signal), (error) => error instanceof CloudError && error.kind === 'notFound');
  });

  test('an empty list names the command that fills it', async () => {
    const { tree, emulator, list } = await start([]);
    for (const topic of emulator.world.dataStream.topics()) topic.goneAt = 0;
    await tree.refresh(list);
    assert.deepEqual(await labels(tree, list), ['No topic yet. Create the first one with "Create Topic…".']);
  });
});
