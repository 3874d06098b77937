import * as assert from 'node:assert/strict';

import type { PickItem, Prompts } from '../../src/host/prompts.ts';
import { COMMANDS } from '../../src/ids.ts';
import { ReferenceNode } from '../../src/tree/referenceNodes.ts';
import type { TreeNode } from '../../src/tree/treeNode.ts';
import { ScriptedPrompts } from '../support/scriptedPrompts.ts';
import { endHouses, setUpHouse } from './house.ts';
import { EASY_QUEUE, textOf } from './treeFixture.ts';

type House = Awaited<ReturnType<typeof setUpHouse>>;

suite('pins and recently used', () => {
  teardown(endHouses);

  test('a pinned row stands on top with its account and stage, and does all the row does', async () => {
    const house = await setUpHouse({ prompts: new ScriptedPrompts() });
    const { run, tree, pins } = house;
    const row = await rowOf(house, 'shop', EASY_QUEUE, 'orders');
    assert.deepEqual(await labels(house), ['acme', 'shop']);
    assert.ok(flagsOf(house, row).includes('pinnable'));
    await run(COMMANDS.pin, row);
    assert.deepEqual(await labels(house), ['Pinned', 'acme', 'shop']);
    const reference = await pinned(house, 'orders');
    const item = tree.getTreeItem(reference);
    assert.match(String(item.description), /^shop · DEV · 5 partitions · /u);
    assert.match(item.accessibilityInformation?.label ?? '', /^Topic orders, .*, account shop, Development$/u);
    assert.equal(reference.kind, 'easyQueue.topic');
    const without = (flags: readonly string[]): readonly string[] => flags.filter((flag) => flag !== 'reference').toSorted();
    assert.deepEqual(without(flagsOf(house, reference)), without(flagsOf(house, row)));
    assert.ok(flagsOf(house, row).includes('pinned') && flagsOf(house, reference).includes('reference'));
    // Two rows with one id would break the tree.
    assert.notEqual(item.id, tree.getTreeItem(row).id);
    await run(COMMANDS.unpin, row);
    assert.deepEqual(pins.pinned(), []);
    assert.deepEqual(await labels(house), ['acme', 'shop']);
    assert.ok(flagsOf(house, row).includes('pinnable'));
  });

  test('commands work on the row it stands for, once where both are selected', async () => {
    const prompts = new ScriptedPrompts({ press: 'Delete' });
    const house = await setUpHouse({ prompts });
    const { run, emulator, copied } = house;
    const row = await rowOf(house, 'shop', EASY_QUEUE, 'orders');
    const other = await rowOf(house, 'shop', EASY_QUEUE, 'payments');
    await run(COMMANDS.pin, row);
    const reference = await pinned(house, 'orders');
    await run(COMMANDS.copyName, reference);
    assert.deepEqual(copied.map(({ text }) => text), ['orders']);
    await run(COMMANDS.deleteEasyQueueTopic, reference, [row, other, reference]);
    prompts.done();
    assert.match(prompts.asked[0]?.text ?? '', /^Delete 2 topics\?/u);
    assert.equal(emulator.log.filter(({ kind }) => kind === 'write').length, 2);
    // Looked up again, and gone.
    await settled(house, 'orders', ({ kind }) => kind === 'problem');
  });

  test('what was clicked outside the selection is all that counts', async () => {
    const prompts = new ScriptedPrompts({ press: 'Delete' });
    const house = await setUpHouse({ prompts });
    const clicked = await rowOf(house, 'shop', EASY_QUEUE, 'orders');
    const selected = [await rowOf(house, 'shop', EASY_QUEUE, 'payments'), await rowOf(house, 'shop')];
    await house.run(COMMANDS.deleteEasyQueueTopic, clicked, selected);
    assert.match(prompts.asked[0]?.text ?? '', /^Delete topic "orders"\?/u);
  });

  test('what is gone says so and can be unpinned; a dead account says why, can be tried again, and hides no other', async () => {
    const house = await setUpHouse({ prompts: new ScriptedPrompts() });
    const { run, emulator, tree, pins } = house;
    for (const path of [['shop', EASY_QUEUE, 'orders'], ['acme', 'Data Stream', 'h4j6l-audit']]) await run(COMMANDS.pin, await rowOf(house, ...path));
    const [orders] = pins.pinned();
    assert.ok(orders);
    await pins.pin({ ...orders, keys: [...orders.keys.slice(0, 2), `${orders.keys[1] ?? ''}.nothing`], name: 'nothing' });
    const end = emulator.faults.inject({ service: 'easyQueue', times: 100, effect: { kind: 'reply', status: 500, body: '' } });
    await tree.refresh(await rowOf(house, 'Pinned'));
    const dead = await settled(house, 'orders', ({ kind }) => kind === 'problem');
    assert.match(String(tree.getTreeItem(dead).description), /^shop · DEV · .*(EasyQueue|service|server)/iu);
    assert.deepEqual(flagsOf(house, dead).filter((flag) => ['reference', 'pinned'].includes(flag)), ['reference', 'pinned']);
    await settled(house, 'h4j6l-audit', ({ kind }) => kind === 'dataStream.topic');
    end();
    await run(COMMANDS.retryNode, dead);
    assert.equal((await pinned(house, 'orders')).kind, 'easyQueue.topic');
    await tree.refresh(await rowOf(house, 'Pinned'));
    const gone = await settled(house, 'nothing', ({ kind }) => kind === 'problem');
    assert.equal(tree.getTreeItem(gone).description, 'shop · DEV · No longer there. Unpin it.');
    await run(COMMANDS.unpin, gone);
    assert.deepEqual(pins.pinned().map(({ name }) => name), ['orders', 'h4j6l-audit']);
  });

  test('a command on a pin of a dead account says what is wrong with it', async () => {
    const house = await setUpHouse({ prompts: new ScriptedPrompts() });
    const { run, emulator, tree, problems, copied } = house;
    await run(COMMANDS.pin, await rowOf(house, 'shop', EASY_QUEUE, 'orders'));
    emulator.faults.inject({ service: 'easyQueue', times: 100, effect: { kind: 'reply', status: 500, body: '' } });
    await tree.refresh(await rowOf(house, 'Pinned'));
    await run(COMMANDS.copyName, await settled(house, 'orders', ({ kind }) => kind === 'problem'));
    assert.deepEqual(copied, []);
    assert.equal(problems.length, 1);
    assert.ok(problems[0]?.remedies.editAccount !== undefined);
  });

  test('the name, the lock and the end of an account show', async () => {
    const house = await setUpHouse({ prompts: new ScriptedPrompts(), lane: { stage: 'prod', access: 'read-only' } });
    const { run, store, unlocks, tree, pins } = house;
    await run(COMMANDS.pin, await rowOf(house, 'shop', EASY_QUEUE, 'orders'));
    await run(COMMANDS.copyName, await rowOf(house, 'shop', EASY_QUEUE, 'payments'));
    assert.deepEqual(await labels(house), ['Pinned', 'acme', 'shop', 'Recently Used']);
    assert.ok(!flagsOf(house, await pinned(house, 'orders')).includes('canWrite'));
    const account = store.get('nhn-id');
    assert.ok(account);
    unlocks.unlock(account);
    const unlocked = await settled(house, 'orders', ({ kind }) => kind === 'easyQueue.topic');
    assert.ok(flagsOf(house, unlocked).includes('canWrite'));
    await store.update({ ...account, name: 'store' });
    const renamed = await settled(house, 'orders', ({ kind }) => kind === 'easyQueue.topic');
    assert.match(String(tree.getTreeItem(renamed).description), /^store · PROD/u);
    assert.ok(!flagsOf(house, renamed).includes('canWrite'));
    await store.remove('nhn-id');
    assert.deepEqual(await labels(house), ['acme']);
    assert.deepEqual([...pins.pinned(), ...pins.recents()], []);
  });

  test('what was used last is offered first, pins are not listed twice, and at most eight are kept', async () => {
    const prompts = new NotingPrompts({ pick: 'h4j6l-audit' }, { pick: 'h4j6l-audit' }, { pick: 'orders' });
    const house = await setUpHouse({ prompts });
    const { run, tree, copied } = house;
    await run(COMMANDS.pin, await rowOf(house, 'acme', 'Data Stream', 'h4j6l-orders'));
    await run(COMMANDS.copyEndpoint);
    assert.ok(!prompts.headings[0]?.includes('Recently used'));
    await run(COMMANDS.copyEndpoint);
    const [, second] = prompts.asked;
    assert.equal(second?.labels[0], 'h4j6l-audit');
    assert.deepEqual(prompts.headings[1], ['Recently used', 'All']);
    assert.equal(second.labels.filter((label) => label === 'h4j6l-audit').length, 1);
    assert.equal(second.labels.filter((label) => label === 'h4j6l-orders').length, 1);
    assert.equal(copied.length, 2);
    const recents = await rowOf(house, 'Recently Used');
    assert.equal(recents.startsExpanded, false);
    assert.deepEqual((await tree.rows(recents)).map(textOf), ['h4j6l-audit']);
    // Looking again is no use.
    await run(COMMANDS.refreshNode, await rowOf(house, 'shop', EASY_QUEUE, 'orders'));
    assert.deepEqual(house.pins.recents().map(({ name }) => name), ['h4j6l-audit']);
  });

  test('what was changed in a document is read again, in its list and where it is pinned', async () => {
    const house = await setUpHouse({ prompts: new ScriptedPrompts() });
    const { run, emulator, services, accounts, tree } = house;
    const row = await rowOf(house, 'acme', 'Data Stream', 'h4j6l-audit');
    await run(COMMANDS.pin, row);
    await pinned(house, 'h4j6l-audit');
    const ref = row.resource?.ref;
    const edit = await services.list.flatMap(({ documents }) => documents).find(({ kind }) => kind === ref?.kind)?.edit?.();
    assert.ok(ref !== undefined && edit !== undefined);
    const remote = await edit.read(ref);
    await edit.update(ref, remote, { ...remote.values, partitions: 9 });
    const before = emulator.log.length;
    await accounts.changed(ref);
    assert.match(String(tree.getTreeItem(await rowOf(house, 'acme', 'Data Stream', 'h4j6l-audit')).description), /9 partitions/u);
    assert.match(String(tree.getTreeItem(await pinned(house, 'h4j6l-audit')).description), /9 partitions/u);
    assert.ok(emulator.log.slice(before).some(({ operation }) => operation === 'listTopics'), emulator.log.slice(before).map(({ operation }) => operation).join());
  });

  test('what was deleted is no longer offered as recently used', async () => {
    const prompts = new ScriptedPrompts({ press: 'Delete' });
    const house = await setUpHouse({ prompts });
    const row = await rowOf(house, 'shop', EASY_QUEUE, 'orders');
    await house.run(COMMANDS.copyName, row);
    assert.equal((await house.accounts.recentRows()).length, 1);
    await house.run(COMMANDS.deleteEasyQueueTopic, row);
    assert.deepEqual(house.pins.recents().map(({ name }) => name), ['orders']);
    assert.deepEqual(await house.accounts.recentRows(), []);
    assert.deepEqual(house.pins.recents(), []);
  });

  test('several rows are pinned and unpinned together', async () => {
    const house = await setUpHouse({ prompts: new ScriptedPrompts() });
    const rows = await Promise.all(['orders', 'payments'].map((name) => rowOf(house, 'shop', EASY_QUEUE, name)));
    const [row] = rows;
    assert.ok(row);
    await house.run(COMMANDS.pin, row, rows);
    assert.deepEqual(house.pins.pinned().map(({ name }) => name), ['orders', 'payments']);
    const references = await house.tree.rows(await rowOf(house, 'Pinned'));
    await house.run(COMMANDS.unpin, row, [row, ...references]);
    assert.deepEqual(house.pins.pinned(), []);
  });

  test('unpinning from the palette offers what is pinned, and nothing else', async () => {
    const prompts = new ScriptedPrompts({ pick: 'orders' });
    const house = await setUpHouse({ prompts });
    for (const name of ['orders', 'payments']) await house.run(COMMANDS.pin, await rowOf(house, 'shop', EASY_QUEUE, name));
    await house.run(COMMANDS.unpin);
    assert.deepEqual(prompts.asked[0]?.labels, ['orders', 'payments']);
    assert.deepEqual(house.pins.pinned().map(({ name }) => name), ['payments']);
  });
});

/** Scripted prompts that also note the headings of a pick. */
class NotingPrompts extends ScriptedPrompts {
  readonly headings: (readonly string[])[] = [];

  override pick: Prompts['pick'] = (options) => {
    const { items } = options;
    if (typeof items !== 'function') return super.pick(options);
    return super.pick({
      ...options,
      items: async (show, signal) => {
        let last: readonly PickItem<unknown>[] = [];
        await items((rows) => {
          last = rows;
          show(rows);
        }, signal);
        this.headings.push(last.flatMap(({ heading }) => heading ?? []));
      },
    });
  };
}

async function labels({ tree }: House): Promise<readonly string[]> {
  return (await tree.rows()).map(textOf);
}

async function rowOf({ tree }: House, ...path: readonly string[]): Promise<TreeNode> {
  let at: TreeNode | undefined;
  for (const label of path) {
    const rows = await tree.rows(at);
    at = rows.find((row) => textOf(row) === label);
    assert.ok(at, `No "${label}" among ${rows.map(textOf).join(', ')}`);
  }
  assert.ok(at);
  return at;
}

/** A pinned row, once what it stands for is known. */
async function pinned(house: House, name: string): Promise<ReferenceNode> {
  return settled(house, name, () => true);
}

async function settled(house: House, name: string, holds: (row: ReferenceNode) => boolean): Promise<ReferenceNode> {
  const [group] = await house.tree.rows();
  for (;;) {
    const row = (await house.tree.rows(group)).find((candidate) => candidate instanceof ReferenceNode && candidate.ref.name === name);
    assert.ok(row instanceof ReferenceNode, name);
    await row.resolve().catch(() => undefined);
    if (holds(row)) return row;
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}

function flagsOf({ tree }: House, row: TreeNode): readonly string[] {
  return tree.getTreeItem(row).contextValue?.split(';').slice(1) ?? [];
}
