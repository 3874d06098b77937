import * as assert from 'node:assert/strict';

import type { NodeCommand } from '../../src/commands/command.ts';
import { COMMANDS } from '../../src/ids.ts';
import type { Account } from '../../src/model/account.ts';
import { CloudError } from '../../src/model/cloudError.ts';
import { AccountNode } from '../../src/tree/accountNode.ts';
import type { TreeNode } from '../../src/tree/treeNode.ts';
import { ScriptedPrompts } from '../support/scriptedPrompts.ts';
import { described, EASY_QUEUE, endAll, find, labels, setUp, textOf } from './treeFixture.ts';

type World = Awaited<ReturnType<typeof setUp>>;

const CONTEXT = { signal: new AbortController().signal, busy: () => undefined };

function command({ services }: World, id: typeof COMMANDS.createEasyQueueTopic | typeof COMMANDS.deleteEasyQueueTopic): NodeCommand {
  const found = services.commands[id];
  assert.equal(found.type, 'node');
  return found;
}

/** The row of an account like the one of the tree, in another lane. */
function lockedAccount({ entries, services }: World): AccountNode {
  const account: Account | undefined = entries.find((entry) => entry.account.provider === 'nhn')?.account;
  assert.ok(account);
  const locked: Account = { ...account, lane: { stage: 'prod', access: 'read-only' } };
  return new AccountNode(locked, (of, parent) => services.list.flatMap((service) => service.roots(of, parent)));
}

function isWrite({ method, target }: { readonly method: string; readonly target: string }): boolean {
  return method !== 'GET' && !target.startsWith('/oauth2/');
}

suite('changing EasyQueue from the tree', () => {
  teardown(async () => {
    await endAll();
  });

  test('creates a topic and shows its row', async () => {
    const prompts = new ScriptedPrompts(
      { type: 'billing' }, { type: '2' }, { type: '36h' }, { type: '1 GiB' }, { type: '256 KiB' }, { type: '' }, { pick: 'Create' },
    );
    const world = await setUp({ prompts });
    const list = await find(world.tree, 'shop', EASY_QUEUE);
    await world.tree.rows(list);
    const before = world.emulator.log.length;
    await command(world, COMMANDS.createEasyQueueTopic).run(list, CONTEXT);
    prompts.done();
    assert.match(prompts.asked[0]?.text ?? '', /8 of 10 topics are used\.$/u);
    // The quotas were known from the list: only the name is asked for before it is created.
    const asked = world.emulator.log.slice(before).map(({ operation }) => operation);
    assert.deepEqual([...new Set(asked.slice(0, asked.indexOf('createTopic') + 1))], ['getTopic', 'createTopic']);
    assert.deepEqual(world.said, ['Topic "billing" was created.']);
    assert.deepEqual(world.revealed, ['billing']);
    assert.match(described(world.tree, await find(world.tree, 'shop', EASY_QUEUE, 'billing')), /^2 partitions · 0 messages · 0 groups$/u);
  });

  test('an empty list says which command creates the first topic', async () => {
    const { tree } = await setUp();
    const list = await find(tree, 'shop', EASY_QUEUE);
    assert.equal(list.emptyText?.(), 'No topic yet. Create the first one with "Create Topic…".');
  });

  test('deletes several topics at once, and shows that they are going', async () => {
    const prompts = new ScriptedPrompts({ press: 'Delete' });
    const world = await setUp({ prompts });
    const { tree } = world;
    const list = await find(tree, 'shop', EASY_QUEUE);
    const rows = await Promise.all(['audit', 'ledger'].map((name) => find(tree, 'shop', EASY_QUEUE, name)));
    await command(world, COMMANDS.deleteEasyQueueTopic).runAll?.(rows, CONTEXT);
    prompts.done();
    assert.match(prompts.asked[0]?.text ?? '', /^Delete 2 topics\?/u);
    assert.deepEqual(world.said, ['Topics are being deleted: audit, ledger']);
    await tree.refresh(list);
    assert.match(described(tree, await find(tree, 'shop', EASY_QUEUE, 'audit')), /^DELETING · /u);
    assert.equal(tree.stateOf(list).isSettling, true);
  });

  test('asks for the name on production', async () => {
    const prompts = new ScriptedPrompts({ press: 'Delete' }, { refused: 'ledge', because: /The name is "ledger"/u }, { type: 'ledger' });
    const world = await setUp({ prompts, nhn: { stage: 'prod' } });
    await command(world, COMMANDS.deleteEasyQueueTopic).run(await find(world.tree, 'shop', EASY_QUEUE, 'ledger'), CONTEXT);
    prompts.done();
    assert.equal(world.emulator.world.easyQueue.find('ledger')?.status, 'DELETING');
  });

  test('a locked account is told before the first question, and nothing leaves', async () => {
    const world = await setUp();
    const account = lockedAccount(world);
    const list = (await account.children()).find((row) => textOf(row) === EASY_QUEUE);
    assert.ok(list);
    const topic = (await list.children?.(CONTEXT.signal))?.find((row) => textOf(row) === 'audit');
    assert.ok(topic);
    const isLocked = (error: unknown): boolean => error instanceof CloudError && error.kind === 'locked' && error.details.reason === 'lane';
    await assert.rejects(async () => command(world, COMMANDS.createEasyQueueTopic).run(list, CONTEXT), isLocked);
    await assert.rejects(async () => command(world, COMMANDS.deleteEasyQueueTopic).run(topic, CONTEXT), isLocked);
    assert.deepEqual(world.emulator.log.filter(isWrite), []);
  });
});

suite('rows of EasyQueue and Cloud Functions that stand for something', () => {
  teardown(async () => {
    await endAll();
  });

  const EQ = ['shop', EASY_QUEUE];
  const FUNCTIONS = ['acme', 'Cloud Functions · KR'];
  const PATHS: readonly (readonly string[])[] = [
    [...EQ, 'ledger'],
    [...EQ, 'ledger', 'Partitions'],
    [...EQ, 'ledger', 'ledger-snapshot'],
    [...FUNCTIONS, 'order-tools'],
    [...FUNCTIONS, 'order-tools', 'validate-order'],
  ];

  async function findAgain({ services, entries }: World, row: TreeNode, root: TreeNode): Promise<TreeNode | undefined> {
    const ref = row.resource?.ref;
    const account = entries.find((entry) => entry.account.id === ref?.accountId)?.account;
    assert.ok(ref && account);
    const found = await Promise.all(services.list.map((service) => service.find(ref, account, root, CONTEXT.signal)));
    const rows = found.filter((one) => one !== undefined);
    assert.equal(rows.length, 1);
    return rows[0];
  }

  test('are found again without their list, as the same row', async () => {
    const world = await setUp();
    const { tree } = world;
    for (const path of PATHS) {
      const row = await find(tree, ...path);
      const again = await findAgain(world, row, await find(tree, ...path.slice(0, 1)));
      assert.ok(again, path.join(' > '));
      assert.deepEqual([again.id, again.kind, textOf(again), again.resource?.ref], [row.id, row.kind, textOf(row), row.resource?.ref]);
    }
    const [trigger] = await tree.rows(await find(tree, ...FUNCTIONS, 'Triggers'));
    assert.ok(trigger);
    assert.equal((await findAgain(world, trigger, await find(tree, 'acme')))?.id, trigger.id);
  });

  test('are not found where they are gone, nor where the account has no such place', async () => {
    const world = await setUp();
    const topic = await find(world.tree, ...EQ, 'ledger');
    const group = await find(world.tree, ...EQ, 'ledger', 'ledger-snapshot');
    const root = await find(world.tree, 'shop');
    const easyQueue = world.services.list.at(-1);
    const account = root.account;
    assert.ok(easyQueue && account?.provider === 'nhn' && topic.resource && group.resource);
    const isGone = (error: unknown): boolean => error instanceof CloudError && error.kind === 'notFound';
    const { ref } = topic.resource;
    const gone = { ...ref, keys: [...ref.keys.slice(0, 2), 'nothing'] };
    await assert.rejects(easyQueue.find(gone, account, root, CONTEXT.signal), isGone);
    await assert.rejects(easyQueue.find({ ...group.resource.ref, keys: [...ref.keys, 'nobody'] }, account, root, CONTEXT.signal), isGone);
    assert.equal(await easyQueue.find(ref, { ...account, appKeys: [] }, root, CONTEXT.signal), undefined);
  });

  test('open as what they are', async () => {
    const { tree, services } = await setUp();
    const kinds = services.list.flatMap((service) => service.documents).map(({ kind, edit }) => [kind, edit === undefined ? 'view' : 'edit']);
    for (const path of PATHS) {
      const { kind, resource } = await find(tree, ...path);
      assert.deepEqual(kinds.find(([name]) => name === kind), [kind, resource?.opens]);
    }
    assert.equal((await find(tree, ...FUNCTIONS, '- (no package)')).resource, undefined);
    assert.deepEqual((await labels(tree, await find(tree, ...EQ))).length, 8);
  });
});
