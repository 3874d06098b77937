import * as assert from 'node:assert/strict';

import { ListNode } from '../../src/tree/listNode.ts';
import { LoadMoreNode, ProblemNode } from '../../src/tree/statusNodes.ts';
import { described, EASY_QUEUE, endAll, find, labels, setUp, textOf } from './treeFixture.ts';

suite('the tree', () => {
  teardown(async () => {
    await endAll();
  });

  test('shows accounts without a request', async () => {
    const { tree, emulator } = await setUp();
    const roots = await tree.getChildren();
    assert.deepEqual(roots.map(textOf), ['acme', 'shop']);
    assert.equal(emulator.log.length, 0);
    for (const root of roots) await tree.getChildren(root);
    assert.equal(emulator.log.length, 0);
  });

  test('lists 3,000 topics with one request, and says in each row all a screen reader needs', async () => {
    const { tree, emulator } = await setUp({ extraTopics: 2992, pageSize: 3000, nhn: { stage: 'prod' } });
    const list = await find(tree, 'shop', EASY_QUEUE);
    const rows = await tree.rows(list);
    assert.equal(rows.length, 3000);
    const items = rows.map((row) => tree.getTreeItem(row));
    for (const [index, row] of rows.entries()) tree.resolveTreeItem(items[index] ?? tree.getTreeItem(row), row);
    assert.equal(emulator.log.filter(({ service }) => service === 'easyQueue').length, 1);
    assert.equal(new Set(items.map(({ id }) => id)).size, 3000);
    const orders = items.find(({ label }) => label === 'orders');
    assert.match(orders?.accessibilityInformation?.label ?? '', /^Topic orders, active, 5 partitions, .* messages, 3 groups, account shop, Production$/u);
  });

  test('loads page after page and keeps what is there', async () => {
    const { tree, emulator } = await setUp({ extraTopics: 2492, pageSize: 1000 });
    const list = await find(tree, 'shop', EASY_QUEUE);
    assert.ok(list instanceof ListNode);
    const first = await tree.rows(list);
    assert.equal(first.length, 1001);
    for (const expected of ['Load more (1,000 of 2,500)', 'Load more (2,000 of 2,500)']) {
      const more = (await tree.rows(list)).at(-1);
      assert.ok(more instanceof LoadMoreNode);
      assert.equal(textOf(more), expected);
      await tree.replaceRows(list, (signal) => list.loadMore(signal));
    }
    const all = await tree.rows(list);
    assert.equal(all.length, 2500);
    assert.equal(new Set(all.map(({ id }) => id)).size, 2500);
    const before = emulator.log.length;
    await tree.refresh(list);
    assert.equal((await tree.rows(list)).length, 2500);
    assert.equal(emulator.log.length, before + 1);
  });

  test('30,000 topics cost a request for each page, and as few again for a refresh', async () => {
    const { tree, emulator } = await setUp({ extraTopics: 29_992, pageSize: 3000 });
    const requests = (): number => emulator.log.filter(({ service }) => service === 'easyQueue').length;
    const list = await find(tree, 'shop', EASY_QUEUE);
    assert.ok(list instanceof ListNode);
    for (;;) {
      const more = (await tree.rows(list)).at(-1);
      if (!(more instanceof LoadMoreNode)) break;
      await tree.replaceRows(list, (signal) => list.loadMore(signal));
    }
    const rows = await tree.getChildren(list);
    assert.equal(rows.length, 30_000);
    assert.equal(new Set(rows.map((row) => tree.getTreeItem(row).id)).size, 30_000);
    assert.equal(requests(), 10);
    await tree.refreshQuietly(list);
    assert.equal((await tree.rows(list)).length, 30_000);
    assert.equal(requests(), 20);
  });

  test('keeps the rows when the next page does not come', async () => {
    const { tree, emulator } = await setUp({ extraTopics: 100, pageSize: 50 });
    const list = await find(tree, 'shop', EASY_QUEUE);
    assert.ok(list instanceof ListNode);
    await tree.rows(list);
    emulator.faults.inject({ path: /page=2/u, times: 10, effect: { kind: 'reply', status: 403, body: '' } });
    await assert.rejects(tree.replaceRows(list, (signal) => list.loadMore(signal)));
    assert.equal((await tree.rows(list)).length, 51);
  });

  test('filters a short list here, a long one in the cloud', async () => {
    const { tree, emulator, memory } = await setUp();
    const list = await find(tree, 'shop', EASY_QUEUE);
    await tree.rows(list);
    await memory.setFilter(list.id, 'P*');
    await tree.refresh(list);
    assert.deepEqual(await labels(tree, list), ['payments']);
    assert.equal(described(tree, list), 'P* · 1 of 8');
    assert.equal(tree.getTreeItem(list).contextValue, 'easyQueue;list;filtered;canWrite');
    assert.ok(emulator.log.every(({ target }) => !target.includes('searchTopicName')));
    await memory.setFilter(list.id, 'nothing-like-it');
    await tree.refresh(list);
    assert.deepEqual(await labels(tree, list), ['Nothing here matches "nothing-like-it".']);

    const long = await setUp({ extraTopics: 500, pageSize: 100 });
    const longList = await find(long.tree, 'shop', EASY_QUEUE);
    await long.tree.rows(longList);
    await long.memory.setFilter(longList.id, 'payment?');
    await long.tree.refresh(longList);
    assert.deepEqual(await labels(long.tree, longList), ['payments']);
    assert.equal(described(long.tree, longList), 'payment? · 1 of 508');
    assert.ok(long.emulator.log.some(({ target }) => target.includes('searchTopicName=payment')));
  });

  test('a filter that takes too long is a problem in its list, not a hang', async () => {
    const { tree, memory, emulator } = await setUp();
    const { dataStream, now } = emulator.world;
    const name = `h4j6l-${'a'.repeat(60)}`;
    dataStream.add({ name, description: '', partitions: 1, retentionMs: 3_600_000, createdAt: now(), creatingMs: 0 });
    const list = await find(tree, 'acme', 'Data Stream');
    await memory.setFilter(list.id, '/^h4j6l-(a+)+!$/');
    assert.deepEqual(await labels(tree, list), ['The expression takes too long. Use a simpler one.']);
    await memory.setFilter(list.id, '/^h4j6l-a+$/');
    await tree.refresh(list);
    assert.deepEqual(await labels(tree, list), [name]);
  });

  test('a wrong secret is a problem of its own account', async () => {
    const { tree } = await setUp({ nhn: { secret: 'wrong-secret' } });
    const [problem] = await tree.rows(await find(tree, 'shop', EASY_QUEUE));
    assert.ok(problem instanceof ProblemNode);
    assert.equal(textOf(problem), 'The User Access Key was refused.');
    assert.match(described(tree, problem), /Secret Access Key of account "shop"/u);
    assert.equal(tree.getTreeItem(problem).contextValue, 'problem');
    assert.equal((await tree.rows(await find(tree, 'acme', 'Data Stream'))).length, 2);
  });

  test('an account that never answers delays no other, and says that it is loading', async () => {
    const { tree, emulator } = await setUp();
    emulator.faults.inject({ service: 'easyQueue', times: 5, effect: { kind: 'hang' } });
    const dead = await find(tree, 'shop', EASY_QUEUE);
    const asked = tree.getChildren(dead);
    const alive = await tree.rows(await find(tree, 'acme', 'Data Stream'));
    assert.equal(alive.length, 2);
    assert.deepEqual((await asked).map(textOf), ['Loading…']);
    emulator.faults.clear();
    await tree.refresh(dead);
    assert.equal((await tree.getChildren(dead)).length, 8);
  });

  test('a part that failed leaves the rest, and Retry brings it back', async () => {
    const { tree, emulator } = await setUp();
    emulator.faults.inject({ path: /consumer-groups/u, times: 10, effect: { kind: 'html' } });
    const topic = await find(tree, 'shop', EASY_QUEUE, 'orders');
    const rows = await tree.rows(topic);
    assert.ok(rows[0] instanceof ProblemNode);
    assert.equal(rows.length, 2);
    emulator.faults.clear();
    await tree.refresh(rows[0]);
    assert.equal((await tree.rows(topic)).length, 4);
  });

  test('refresh keeps ids, and tells of the changed row alone', async () => {
    const changed: (readonly string[] | undefined)[] = [];
    const { tree, emulator } = await setUp({
      onDidChange: (node) => changed.push(node === undefined ? undefined : [node].flat().map(({ id }) => id)),
    });
    const list = await find(tree, 'shop', EASY_QUEUE);
    const [, shop] = await tree.getChildren();
    assert.ok(shop);
    await tree.getChildren(shop);
    // The editor would get a row that says "Loading…" where the first load takes long.
    await tree.rows(list);
    const before = (await tree.getChildren(list)).map(({ id }) => id);
    changed.length = 0;
    emulator.world.easyQueue.addExtraTopics(1);
    await tree.refresh(list);
    await Promise.resolve();
    const after = (await tree.getChildren(list)).map(({ id }) => id);
    assert.equal(after.length, before.length + 1);
    assert.deepEqual(before.filter((id) => !after.includes(id)), []);
    // The editor hears of it once it has what it asked for.
    while (changed.length === 0) await new Promise(setImmediate);
    assert.deepEqual([...new Set(changed.flatMap((ids) => ids ?? ['everything']))], [list.id]);
  });

  test('a row that is busy says so, and then what it said before', async () => {
    const { tree } = await setUp();
    const list = await find(tree, 'acme', 'Data Stream');
    await tree.rows(list);
    const busy = tree.busy(list, 'Deleting…');
    assert.equal(described(tree, list), 'Deleting…');
    busy.dispose();
    busy.dispose();
    assert.equal(described(tree, list), '2 of 3 topics');
  });

  test('a picker that asks for the accounts leaves the editor the rows it knows', async () => {
    const told: unknown[] = [];
    const { tree } = await setUp({ onDidChange: (node) => told.push(...[node].flat()) });
    const [known] = await tree.getChildren();
    const [picked] = await tree.rows();
    assert.ok(known && picked);
    tree.busy(picked, 'Removing…').dispose();
    await Promise.resolve();
    assert.deepEqual(told.map((node) => node === known), [true]);
  });

  test('forgets an account whose key changed', async () => {
    const { tree, emulator } = await setUp();
    const list = await find(tree, 'shop', EASY_QUEUE);
    await tree.getChildren();
    await tree.rows(list);
    const before = emulator.log.length;
    tree.forgetAccount('nhn-id');
    await tree.rows(await find(tree, 'shop', EASY_QUEUE));
    assert.equal(emulator.log.length, before + 1);
  });
});
