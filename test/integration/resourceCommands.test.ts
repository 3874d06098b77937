import * as assert from 'node:assert/strict';

import { nodeCommand, nodesCommand } from '../../src/commands/command.ts';
import type { Command } from '../../src/commands/command.ts';
import { CommandRunner } from '../../src/commands/runner.ts';
import { COMMANDS, NODE_FLAGS } from '../../src/ids.ts';
import type { NodeKind } from '../../src/ids.ts';
import { CloudError } from '../../src/model/cloudError.ts';
import type { Problem } from '../../src/model/problem.ts';
import { StatusNode } from '../../src/tree/statusNodes.ts';
import { TreeNode } from '../../src/tree/treeNode.ts';
import { ScriptedPrompts } from '../support/scriptedPrompts.ts';
import type { Answer } from '../support/scriptedPrompts.ts';
import { endHouses, setUpHouse } from './house.ts';
import { described, EASY_QUEUE, endAll, find, setUp, textOf } from './treeFixture.ts';
import type { Setting } from './treeFixture.ts';

suite('commands on resources', () => {
  teardown(async () => {
    await endAll();
    await endHouses();
  });

  test('menus follow from what a row stands for, and from the lane', async () => {
    const { tree } = await setUpHouse({ prompts: new ScriptedPrompts(), lane: { stage: 'dev', access: 'full' } });
    const valueOf = async (...path: readonly string[]): Promise<string | undefined> => tree.getTreeItem(await find(tree, ...path)).contextValue;
    assert.equal(await valueOf('acme', 'Data Stream', 'h4j6l-orders'), 'dataStream.topic;canSend;canWrite;pinnable;edit;id;endpoint;kafka;curl;console;dashboard');
    assert.equal(await valueOf('acme', 'Data Stream'), 'dataStream;list;canWrite');
    assert.equal(await valueOf('acme'), 'account;naver;canWrite');
    const locked = await setUpHouse({ prompts: new ScriptedPrompts(), lane: { stage: 'dev', access: 'send-only' } });
    const topic = await find(locked.tree, 'acme', 'Data Stream', 'h4j6l-orders');
    assert.equal(locked.tree.getTreeItem(topic).contextValue, 'dataStream.topic;canSend;pinnable;edit;id;endpoint;kafka;curl;console;dashboard');
    assert.equal(locked.tree.getTreeItem(await find(locked.tree, 'acme')).contextValue, 'account;naver;locked');
  });

  test('a row\'s words for menus are all known ones', async () => {
    const { tree } = await setUpHouse({ prompts: new ScriptedPrompts() });
    const known = new Set<string>(NODE_FLAGS);
    const rows = async (below?: TreeNode): Promise<readonly TreeNode[]> => {
      const found = await tree.rows(below);
      return [...found, ...(await Promise.all(found.filter((row) => row.children !== undefined).map(rows))).flat()];
    };
    for (const row of await rows()) {
      const flags = tree.getTreeItem(row).contextValue?.split(';').slice(1) ?? [];
      assert.deepEqual(flags.filter((flag) => !known.has(flag)), []);
      assert.equal(new Set(flags).size, flags.length, flags.join());
    }
  });

  test('opens, copies, and says what is on the clipboard', async () => {
    const house = await setUpHouse({ prompts: new ScriptedPrompts({ pick: 'Python' }) });
    const { run, tree, opened, copied, addresses, emulator } = house;
    const topic = await find(tree, 'acme', 'Data Stream', 'h4j6l-orders');
    assert.ok(topic.resource);
    for (const id of [COMMANDS.editResource, COMMANDS.viewResource, COMMANDS.viewRawResource]) await run(id, topic);
    assert.deepEqual(opened.map(({ mode }) => mode), ['edit', 'view', 'raw']);
    assert.deepEqual(opened.map(({ ref }) => ref.name), ['h4j6l-orders', 'h4j6l-orders', 'h4j6l-orders']);
    for (const id of [COMMANDS.copyName, COMMANDS.copyId, COMMANDS.copyEndpoint, COMMANDS.copyCurl, COMMANDS.copyKafkaSettings]) await run(id, topic);
    const { id = '', endpoint = '' } = topic.resource;
    assert.deepEqual(copied.slice(0, 3).map(({ text }) => text), ['h4j6l-orders', id, endpoint]);
    assert.deepEqual(copied.slice(0, 2).map(({ what }) => what), ['Name copied: h4j6l-orders', `ID copied: ${id}`]);
    assert.match(copied[3]?.text ?? '', /^#!.*bash/u);
    assert.match(copied[4]?.text ?? '', /bootstrap\.servers/u);
    const { naver } = emulator.credentials;
    assert.ok(!copied.some(({ text }) => text.includes(naver.secretKey) || text.includes(naver.accessKeyId)));
    await run(COMMANDS.openConsole, topic);
    assert.match(addresses[0] ?? '', /^https:\/\/console\./u);
  });

  test('gives code that sends a message, and says of EasyQueue why it is code', async () => {
    const prompts = new ScriptedPrompts({ pick: 'Node.js' }, { pick: 'kcat' });
    const { run, tree, copied, emulator } = await setUpHouse({ prompts });
    await run(COMMANDS.copyKafkaCode, await find(tree, 'acme', 'Data Stream', 'h4j6l-orders'));
    await run(COMMANDS.copyKafkaCode, await find(tree, 'shop', EASY_QUEUE, 'orders'));
    const [node, kcat] = copied;
    assert.match(node?.text ?? '', /const topic = "h4j6l-orders";/u);
    assert.match(kcat?.text ?? '', /kcat -P /u);
    assert.deepEqual(copied.map(({ what }) => what), [
      'Code for Node.js that sends a message copied: h4j6l-orders', 'Code for kcat that sends a message copied: orders',
    ]);
    assert.deepEqual(prompts.asked.map(({ text }) => text.startsWith('EasyQueue has no REST API for messages')), [false, true]);
    const { naver, nhn } = emulator.credentials;
    for (const secret of [naver.accessKeyId, naver.secretKey, nhn.userAccessKeyId, nhn.secretAccessKey]) {
      assert.ok(!copied.some(({ text }) => text.includes(secret)));
    }
  });

  test('from the palette each asks over all accounts, for what it can work on, and opens no more than lists', async () => {
    const { run, prompts, emulator, tree } = await houseWith({ pick: 'h4j6l-audit' }, { pick: 'orders' }, { pick: 'h4j6l-orders' });
    await run(COMMANDS.copyEndpoint);
    const services = new Set(emulator.log.map(({ service }) => service));
    assert.ok(!services.has('functions'), [...services].join());
    await run(COMMANDS.editResource);
    await run(COMMANDS.openConsole);
    prompts.done();
    const [endpoints = [], editable = [], everything = []] = prompts.asked.map(({ labels }) => labels);
    assert.ok(endpoints.includes('payments'));
    assert.ok(editable.includes('Connector') && editable.includes('order-tools'));
    for (const label of ['order-tools', 'on-secret', 'Connector', 'payments']) assert.ok(everything.includes(label), label);
    const actions = await tree.rows(await find(tree, 'acme', 'Cloud Functions · KR', 'order-tools'));
    assert.ok(actions.length > 0 && actions.every((action) => everything.includes(textOf(action))));
    // No consumer group was asked for: one request for each of thousands of topics.
    assert.ok(!emulator.log.some(({ target }) => target.includes('consumer-groups')));
  });

  test('"Clear Filter" offers the lists that have one', async () => {
    const { run, prompts, tree, memory } = await houseWith({ pick: EASY_QUEUE });
    const list = await find(tree, 'shop', EASY_QUEUE);
    await memory.setFilter(list.id, 'pay');
    await tree.refresh(list);
    await run(COMMANDS.clearFilter);
    assert.deepEqual(prompts.asked[0]?.labels, [EASY_QUEUE]);
    assert.equal(memory.filter(list.id), '');
  });
});

suite('commands on several rows', () => {
  teardown(endAll);

  test('one run, one busy text, and each list above loaded again once', async () => {
    const { tree, run, emulator } = await runnerOver();
    const names = ['orders', 'payments'];
    const rows = await Promise.all(names.map((name) => find(tree, 'shop', EASY_QUEUE, name)));
    const other = await find(tree, 'acme');
    const before = emulator.log.length;
    const ran: (readonly string[])[] = [];
    const note = (nodes: readonly TreeNode[]): void => void ran.push(nodes.map((node) => `${textOf(node)} ${described(tree, node)}`));
    const command: Command = {
      type: 'node',
      matches: ({ kind }) => kind === 'easyQueue.topic',
      run: (node) => note([node]),
      runAll: note,
      options: { busy: () => 'Working…', refresh: 'parent' },
    };
    await run(command, rows[0], [...rows, other, rows[0]]);
    assert.deepEqual(ran, [['orders Working…', 'payments Working…']]);
    assert.equal(emulator.log.length, before + 1);
    for (const row of rows) assert.notEqual(described(tree, row), 'Working…');
  });

  test('a command on one row works on the one that was clicked', async () => {
    const { tree, run } = await runnerOver();
    const rows = [await find(tree, 'acme'), await find(tree, 'shop')];
    const ran: TreeNode[] = [];
    await run(nodeCommand(TreeNode, (node) => void ran.push(node)), rows[1], rows);
    assert.deepEqual(ran, [rows[1]]);
  });

  test('a row that is about another one stands for it only where it is what was clicked', async () => {
    const { tree, run, emulator } = await runnerOver();
    const topic = emulator.world.dataStream.byName('h4j6l-audit');
    assert.ok(topic !== undefined);
    topic.connector = undefined;
    const audit = await find(tree, 'acme', 'Data Stream', 'h4j6l-audit');
    const orders = await find(tree, 'acme', 'Data Stream', 'h4j6l-orders');
    const about = (await tree.rows(audit)).find((row) => row instanceof StatusNode);
    assert.ok(about !== undefined);
    const ran: (readonly string[])[] = [];
    const command = { ...nodesCommand(TreeNode, (nodes) => void ran.push(nodes.map(textOf))), matches: ({ kind }: TreeNode) => kind === 'dataStream.topic' };
    await run(command, orders, [about, orders]);
    await run(command, about, [about, orders]);
    await run(command, about);
    assert.deepEqual(ran, [['h4j6l-orders'], ['h4j6l-orders'], ['h4j6l-audit']]);
  });

  test('a lock is told of the account that has it', async () => {
    const { tree, run, problems } = await runnerOver([], 0, { nhn: { access: 'read-only' } });
    const rows = [await find(tree, 'acme'), await find(tree, 'shop')];
    await run(nodesCommand(TreeNode, () => Promise.reject(new CloudError('locked', { operation: 'write', reason: 'lane', mayHaveArrived: false }))), rows[0], rows);
    assert.deepEqual(problems.map(({ message }) => message), ['Account "shop" is locked against changes.']);
  });

  test('what failed for several is tried again for all of them, and a lock can be opened', async () => {
    const { tree, run, problems } = await runnerOver();
    const rows = [await find(tree, 'acme'), await find(tree, 'shop')];
    await run(nodesCommand(TreeNode, () => Promise.reject(new CloudError('locked', { operation: 'write', reason: 'lane', mayHaveArrived: false }))), rows[0], rows);
    assert.deepEqual(problems.map(({ remedies }) => remedies[0]), ['unlock']);
  });

  test('a list is searched while it has rows, and no more than so many are loaded', async () => {
    const { run, prompts, emulator } = await runnerOver([{ cancel: true }], 92);
    const through: readonly NodeKind[] = ['account', 'easyQueue', 'easyQueue.topic'];
    await run({ ...nodeCommand(TreeNode, () => undefined, { through }), matches: ({ kind }) => kind === 'easyQueue.group' });
    assert.equal(prompts.asked[0]?.labels.at(-1), 'Not every list was loaded. Select the row in the tree to reach the rest.');
    assert.equal(emulator.log.filter(({ service }) => service === 'easyQueue').length, 40);
  });
});

async function houseWith(...answers: readonly Answer[]) {
  const prompts = new ScriptedPrompts(...answers);
  return { ...await setUpHouse({ prompts }), prompts };
}

async function runnerOver(answers: readonly Answer[] = [], extraTopics = 0, setting: Setting = {}) {
  const world = await setUp({ extraTopics, ...setting });
  const prompts = new ScriptedPrompts(...answers);
  const problems: Problem[] = [];
  const runner = new CommandRunner({
    tree: world.tree,
    prompts,
    log: { info: () => undefined, error: () => undefined },
    showProblem: (problem) => problems.push(problem),
  });
  const run = (command: Command, ...args: readonly unknown[]): Promise<void> => runner.run(COMMANDS.refreshNode, command, args);
  return { ...world, prompts, problems, run };
}
