import * as assert from 'node:assert/strict';
import { MarkdownString, ThemeIcon, TreeItemCollapsibleState } from 'vscode';

import { described, EASY_QUEUE, endAll, find, labels, setUp } from './treeFixture.ts';

suite('the services in the tree', () => {
  teardown(async () => {
    await endAll();
  });

  test('shows the services of both clouds', async () => {
    const { tree } = await setUp();
    assert.deepEqual(await labels(tree, await find(tree, 'acme')), ['Data Stream', 'Cloud Functions · KR']);
    assert.deepEqual(await labels(tree, await find(tree, 'shop')), [EASY_QUEUE]);
  });

  test('shows topics of Data Stream with connector and endpoint', async () => {
    const { tree } = await setUp();
    const list = await find(tree, 'acme', 'Data Stream');
    assert.deepEqual(await labels(tree, list), ['h4j6l-orders', 'h4j6l-audit']);
    assert.equal(described(tree, list), '2 of 3 topics');
    const orders = await find(tree, 'acme', 'Data Stream', 'h4j6l-orders');
    assert.equal(described(tree, orders), '6 partitions · 7 d');
    assert.equal(tree.getTreeItem(orders).contextValue, 'dataStream.topic;canSend;canWrite;pinnable;edit;id;endpoint;kafka;curl;console;dashboard');
    const connector = await find(tree, 'acme', 'Data Stream', 'h4j6l-orders', 'Connector');
    assert.match(described(tree, connector), /^RUNNING → s3a:\/\//u);
    const endpoint = await find(tree, 'acme', 'Data Stream', 'h4j6l-orders', 'Kafka endpoint');
    assert.match(described(tree, endpoint), /:\d+$/u);
    const failed = await find(tree, 'acme', 'Data Stream', 'h4j6l-audit', 'Connector');
    assert.match(described(tree, failed), /^FAILED: The bucket demo-audit was deleted/u);
    const { iconPath } = tree.getTreeItem(failed);
    assert.ok(iconPath instanceof ThemeIcon);
    assert.equal(iconPath.id, 'error');
  });

  test('asks nothing of a topic that is being created, and knows that it will change', async () => {
    const { tree, emulator } = await setUp();
    const { dataStream, now } = emulator.world;
    dataStream.add({ name: 'h4j6l-new', description: '', partitions: 1, retentionMs: 3_600_000, createdAt: now(), creatingMs: 60_000 });
    const topic = await find(tree, 'acme', 'Data Stream', 'h4j6l-new');
    assert.match(described(tree, topic), /^CREATING… · 1 partition · 1 h$/u);
    const before = emulator.log.length;
    assert.deepEqual(await labels(tree, topic), ['Kafka endpoint']);
    assert.equal(emulator.log.length, before);
    assert.equal(tree.stateOf(await find(tree, 'acme', 'Data Stream')).isSettling, true);
  });

  test('shows packages, actions and triggers of Cloud Functions', async () => {
    const { tree } = await setUp();
    const place = ['acme', 'Cloud Functions · KR'];
    const list = await find(tree, ...place);
    assert.deepEqual(await labels(tree, list), ['- (no package)', 'analytics', 'notify', 'order-tools', 'Triggers']);
    assert.equal(described(tree, list), '3 packages');
    const action = await find(tree, ...place, 'order-tools', 'validate-order');
    assert.equal(described(tree, action), 'nodejs:22 · basic');
    assert.equal(described(tree, await find(tree, ...place, 'order-tools', 'accept-order')), 'sequence');
    assert.match(described(tree, await find(tree, ...place, 'order-tools')), /^\d+ actions?$/u);
    const triggers = await tree.rows(await find(tree, ...place, 'Triggers'));
    assert.ok(triggers.length > 0);
    assert.match(described(tree, list), /^3 packages · \d+ triggers$/u);
    const cron = triggers.find((row) => described(tree, row).startsWith('cron'));
    assert.ok(cron);
    await tree.rows(cron);
    assert.match(described(tree, cron), /^\S+ \S+ \S+ \S+ \S+ · next .+ KST · \d+ linked actions?$/u);
  });

  test('shows topics, partitions, groups and members of EasyQueue, 64-bit offsets in full', async () => {
    const { tree } = await setUp();
    const place = ['shop', EASY_QUEUE];
    assert.equal((await tree.rows(await find(tree, ...place))).length, 8);
    assert.equal(described(tree, await find(tree, ...place)), '8 topics');
    assert.match(described(tree, await find(tree, ...place, 'orders')), /^5 partitions · [\d,]{9,} messages · 3 groups$/u);
    const first = await find(tree, ...place, 'ledger', 'Partitions', 'Partition 0');
    assert.equal(described(tree, first), '9,007,199,254,730,993 … 9,007,199,254,740,993 · 10,000 messages');
    const group = await find(tree, ...place, 'ledger', 'ledger-snapshot');
    assert.match(described(tree, group), /^Stable · lag [\d,]+$/u);
    const [member] = await tree.rows(group);
    assert.ok(member);
    const [progress] = await tree.rows(member);
    assert.ok(progress);
    assert.equal(described(tree, progress), 'lag 3 · committed 9,007,199,254,740,990 · end 9,007,199,254,740,993');
    const idle = await find(tree, ...place, 'orders', 'orders-export');
    assert.match(described(tree, idle), /^Empty · lag /u);
    assert.deepEqual(await labels(tree, idle), ['No member: no consumer of this group is connected.']);
  });

  test('says that nothing is committed where nothing is', async () => {
    const { tree } = await setUp();
    const group = await find(tree, 'shop', EASY_QUEUE, 'notifications', 'notifications-new');
    const [member] = await tree.rows(group);
    assert.ok(member);
    const [progress] = await tree.rows(member);
    assert.ok(progress);
    assert.match(described(tree, progress), /^nothing committed yet · end /u);
  });

  test('shows where a lag is going after a second look', async () => {
    const { tree, emulator } = await setUp();
    const { easyQueue } = emulator.world;
    const topic = await find(tree, 'shop', EASY_QUEUE, 'ledger');
    await tree.getChildren(topic);
    easyQueue.setOffsets('ledger', 0, { end: 9_007_199_254_741_993n });
    await tree.refresh(topic);
    const group = await find(tree, 'shop', EASY_QUEUE, 'ledger', 'ledger-snapshot');
    assert.match(described(tree, group), / ↗$/u);
    const { accessibilityInformation } = tree.getTreeItem(group);
    assert.match(accessibilityInformation?.label ?? '', /grew by 1,000 in /u);
  });

  test('tooltips come when they are asked for, without a request, and are not trusted', async () => {
    const { tree, emulator } = await setUp();
    const topic = await find(tree, 'shop', EASY_QUEUE, 'orders');
    const item = tree.getTreeItem(topic);
    assert.equal(item.tooltip, undefined);
    assert.equal(item.collapsibleState, TreeItemCollapsibleState.Collapsed);
    const before = emulator.log.length;
    const { tooltip } = tree.resolveTreeItem(item, topic);
    assert.ok(tooltip instanceof MarkdownString);
    assert.equal(tooltip.isTrusted, false);
    assert.match(tooltip.value, new RegExp(`${emulator.credentials.nhn.appKey}&#46;orders`, 'u'));
    assert.equal(emulator.log.length, before);
  });

  test('Test Connection reads at every place of an account and says what is there', async () => {
    const { services, entries } = await setUp({ nhn: { secret: 'wrong-secret' } });
    const [naver, nhn] = await Promise.all(
      entries.map(async ({ account, secrets }) =>
        (await Promise.all(services.list.map((service) => service.check(account, secrets, new AbortController().signal)))).flat(),
      ),
    );
    assert.deepEqual(naver, [
      { target: 'Data Stream', error: undefined, detail: '2 topics, names start with h4j6l-' },
      { target: 'Cloud Functions · KR', error: undefined, detail: '3 packages' },
    ]);
    assert.deepEqual(nhn?.map(({ target, error }) => [target, error instanceof Error]), [[EASY_QUEUE, true]]);
  });
});
