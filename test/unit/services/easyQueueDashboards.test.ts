import assert from 'node:assert/strict';
import { test } from 'node:test';

import { CancelledError } from '../../../src/model/cloudError.ts';
import type { BoardCard } from '../../../src/protocol/board.ts';
import type { GroupDetail, GroupRow, PartitionRow } from '../../../src/protocol/easyQueue.ts';
import type { Dashboard } from '../../../src/webviews/dashboardType.ts';
import { errorOf } from '../api/support.ts';
import { csvOf, dashboardWorld, feedOf, linesOf, NOON, shown, timesOf, VIEW } from './easyQueueDashboardWorld.ts';

const GIBIBYTE = 1_073_741_824;

async function rowsOf(page: Dashboard): Promise<ReadonlyMap<string, GroupRow>> {
  return new Map(((await shown(page, 'groups')) as readonly GroupRow[]).map((row) => [row.name, row]));
}

function rowOf(rows: ReadonlyMap<string, GroupRow>, name: string): GroupRow {
  const row = rows.get(name);
  assert.ok(row, name);
  return row;
}

test('the page of a topic has its head, and each part is a request of its own', async (t) => {
  const world = await dashboardWorld(t);
  const type = world.type('easyQueue.topic');
  assert.deepEqual([type.page, type.hasRange, type.where(world.ref('orders'))], ['easyQueueTopic', true, 'EasyQueue KR1']);
  const page = await world.open('orders');
  assert.deepEqual(page.feeds(VIEW).map(({ part }) => part), ['topic', 'partitions', 'groups', 'bytesIn', 'bytesOut', 'messages', 'lag', 'logSize']);
  assert.equal(new Set(page.feeds(VIEW).map(({ key }) => key)).size, 8);
  const { messageCount, ...facts } = (await shown(page, 'topic')) as { readonly messageCount: string };
  assert.match(messageCount, /^1\d{7}$/);
  assert.deepEqual(facts, {
    status: 'ACTIVE', statusWords: 'active', tone: 'good', description: '주문 이벤트 · orders of all shops', partitionCount: 5, consumerGroupCount: 3,
    retentionMs: 604_800_000, retentionBytes: String(5 * GIBIBYTE), maxMessageBytes: 262_144, bootstrapServer: 'kr1-demo-bootstrap-easyqueue.nhncloudservice.com:30000',
    createdAt: '2025-08-14T12:00:30+09:00', updatedAt: '2025-08-14T12:00:30+09:00',
  });
  assert.deepEqual(await csvOf(page, 'topic').then((lines) => lines.length), 2);
});

test('a topic with a warning says so', async (t) => {
  const world = await dashboardWorld(t);
  const { status, statusWords, tone } = (await shown(await world.open('dead-letters'), 'topic')) as BoardCard;
  assert.deepEqual([status, statusWords, tone], ['WARNING', 'has a warning', 'attention']);
});

test('partitions are bars on one scale, offsets beyond 2^53 keep every digit, and what came is counted from sample to sample', async (t) => {
  const world = await dashboardWorld(t);
  const page = await world.open('ledger');
  const rows = async (): Promise<readonly PartitionRow[]> => (await shown(page, 'partitions')) as readonly PartitionRow[];
  const [first, second] = await rows();
  assert.deepEqual(
    [first?.startOffset, first?.endOffset, first?.messageCount, first?.replicaCount, first?.came],
    ['9007199254730993', '9007199254740993', '10000', 3, undefined],
  );
  assert.ok(first?.bar?.to === 1 && first.bar.from > 0.999_999 && second?.bar?.from === 0);
  assert.ok(Math.abs((first.share ?? 0) - 10_000 / 13_180) < 1e-9, String(first.share));
  world.emulator.world.easyQueue.get('ledger').log.partitions[0]?.appendMany(world.emulator.world.now(), 7n);
  world.clock.now += 10_000;
  assert.deepEqual((await rows()).map(({ came }) => came), ['7', '0', '0', '0']);
  world.clock.now += 10_000;
  world.emulator.world.easyQueue.setOffsets('ledger', 1, { start: 0n, end: 5n });
  assert.deepEqual((await rows()).map(({ came }) => came), ['0', undefined, '0', '0']);
  world.clock.now += 7 * 3_600_000;
  assert.deepEqual((await rows()).map(({ came }) => came), Array<undefined>(4).fill(undefined), 'of so long ago nothing is kept');
  world.clock.now -= 7 * 3_600_000;
  assert.deepEqual((await csvOf(page, 'partitions')).slice(0, 2), [
    'partition,startOffset,endOffset,messageCount,replicaCount', '0,9007199254730993,9007199254741000,10007,3',
  ]);
});

test('groups: state in words, rates from two samples, stuck partitions, and nothing committed', async (t) => {
  const world = await dashboardWorld(t);
  const [orders, payments, notifications] = await Promise.all(['orders', 'payments', 'notifications'].map((topic) => world.open(topic)));
  assert.ok(orders && payments && notifications);
  const first = await rowsOf(orders);
  assert.deepEqual([rowOf(first, 'orders-api').produceRate, rowOf(first, 'orders-api').drain], [undefined, { kind: 'unknown' }]);
  await rowsOf(payments);
  for (let seconds = 0; seconds < 40; seconds += 20) {
    world.clock.now += 20_000;
    await rowsOf(orders);
    await rowsOf(payments);
  }
  world.clock.now += 20_000;
  const rows = await rowsOf(orders);
  const api = rowOf(rows, 'orders-api');
  assert.deepEqual([api.state, api.tone, api.memberCount, api.partitions.length, api.drain.kind], ['Stable', 'good', 3, 5, 'keepsUp']);
  assert.ok(api.produceRate !== undefined && api.produceRate > 5 && Math.abs(api.produceRate - (api.consumeRate ?? 0)) < 1, String(api.produceRate));
  const empty = rowOf(rows, 'orders-export');
  assert.deepEqual([empty.state, empty.tone, empty.memberCount, empty.trend, empty.drain], ['Empty', 'attention', 0, 'grows', { kind: 'stuck', sinceMs: NOON }]);
  assert.equal(empty.stateWords, 'no consumer is connected');
  const { group: alone } = (await shown(await world.open('orders', 'orders-export'), 'group')) as GroupDetail;
  assert.match(alone.stateWords ?? '', /^No consumer is connected\. Start a client of this group/);
  const settlement = rowOf(await rowsOf(payments), 'payments-settlement');
  const kinds = settlement.partitions.map(({ drain, isSkewed }) => `${drain.kind}${isSkewed ? ' skewed' : ''}`);
  assert.equal(kinds[3], 'stuck skewed');
  assert.ok(kinds.every((kind, index) => index === 3 || kind !== 'stuck skewed'), kinds.join());
  const never = rowOf(await rowsOf(notifications), 'notifications-new');
  assert.deepEqual([never.totalLag, never.drain.kind, never.partitions[0]?.committedOffset, never.partitions[0]?.lag], ['0', 'neverCommitted', undefined, undefined]);
});

test('a group: members, the states it was in, and its rates as a chart', async (t) => {
  const world = await dashboardWorld(t);
  assert.equal(world.type('easyQueue.group').where(world.ref('payments', 'payments-alerts')), 'EasyQueue KR1 · Topic payments');
  const page = await world.open('payments', 'payments-alerts');
  assert.deepEqual(page.feeds(VIEW).map(({ part }) => part), ['group', 'rates', 'lag']);
  // Its next rebalance begins half a minute from now, and takes as long.
  for (let seconds = 0; seconds < 70; seconds += 10) {
    await shown(page, 'group');
    world.clock.now += 10_000;
  }
  const { group, members, states } = (await shown(page, 'group')) as GroupDetail;
  assert.deepEqual(
    states.map(({ state, words, tone, sinceMs }) => [state, words, tone, (sinceMs - NOON) / 1_000]),
    [
      ['Stable', 'all consumers work', 'good', 0],
      ['PreparingRebalance', 'a rebalance is being prepared', 'busy', 40],
      ['CompletingRebalance', 'a rebalance is being completed', 'busy', 50],
      ['Stable', 'all consumers work', 'good', 60],
    ],
  );
  assert.deepEqual([group.name, group.memberCount, members.length], ['payments-alerts', 2, 2]);
  assert.deepEqual(members.map(({ clientId, partitions }) => [clientId, partitions.map(({ partition }) => partition)]), [
    ['payments-alerts-1', [0, 2, 4, 6]], ['payments-alerts-2', [1, 3, 5, 7]],
  ]);
  const rates = await shown(page, 'rates');
  assert.deepEqual(Object.keys(linesOf(rates)), ['Coming in', 'Read']);
  assert.equal(timesOf(rates).at(-1), (NOON + 70_000) / 1_000);
  assert.equal((await csvOf(page, 'group')).length, 9);
  assert.equal((await csvOf(page, 'rates'))[0], 'time,producedPerSecond,consumedPerSecond,lag');
});

test('a rate does not run backwards where a group was set back', async (t) => {
  const world = await dashboardWorld(t);
  const page = await world.open('clickstream', 'clickstream-search');
  const group = async (): Promise<GroupRow> => ((await shown(page, 'group')) as GroupDetail).group;
  await group();
  world.clock.now += 20_000;
  const draining = await group();
  assert.ok(draining.drain.kind === 'drains' && draining.trend === 'shrinks', JSON.stringify(draining.drain));
  // Two minutes of the half hour had passed at the start.
  world.clock.now = NOON + 1_680_000 - 10_000;
  await group();
  world.clock.now += 20_000;
  const { consumeRate, trend } = await group();
  assert.deepEqual([consumeRate, trend], [undefined, 'grows']);
});

test('what is gone, and keys that name nothing, are problems of their own', async (t) => {
  const world = await dashboardWorld(t);
  const gone = await world.open('orders', 'nobody');
  assert.equal((await errorOf(shown(gone, 'group'))).details.reason, 'resourceGone');
  assert.equal((await errorOf(shown(await world.open('no-topic'), 'topic'))).kind, 'notFound');
  for (const keys of [[], ['KR9', 'a', 'b'], ['KR1', '', 'b']]) {
    assert.equal((await errorOf(world.type('easyQueue.topic').open({ ...world.ref('orders'), keys }))).kind, 'notFound');
  }
});

test('a row opens its group, a button the document; a key that names no group opens nothing', async (t) => {
  const world = await dashboardWorld(t);
  const page = await world.open('orders');
  const [, appKey = '', topic = ''] = world.ref('orders').keys;
  await page.open?.('groups', `${appKey}.orders-api`);
  assert.deepEqual(world.opened, []);
  await shown(page, 'groups');
  for (const [part, key] of [['groups', `${appKey}.orders-api`], ['groups', `${appKey}.other`], ['groups', ''], ['topic', `${appKey}.orders-api`]] as const) {
    await page.open?.(part, key);
  }
  await page.offer?.('document');
  await page.offer?.('run');
  await (await world.open('orders', 'orders-api')).offer?.('document');
  assert.deepEqual(world.opened, [
    `easyQueue.group orders-api: KR1 ${appKey} ${topic} ${appKey}.orders-api`, 'edit easyQueue.topic orders', 'view easyQueue.group orders-api',
  ]);
});

test('pages of a topic, its group and its card ask for the groups once, and again where time has passed', async (t) => {
  const world = await dashboardWorld(t);
  const { signal } = new AbortController();
  const card = await world.type('easyQueue.topic').card?.(world.ref('orders'), 'card:0');
  const group = await world.open('orders', 'orders-api');
  const feeds = [feedOf(await world.open('orders'), 'groups'), feedOf(group, 'group'), feedOf(group, 'rates')];
  assert.ok(card);
  const all = (): Promise<unknown> => Promise.all([...feeds, card].map((feed) => feed.read(signal)));
  await all();
  assert.equal(world.requests('listGroups'), 1);
  world.clock.now += 5_000;
  await all();
  assert.deepEqual([world.requests('listGroups'), world.requests('getTopic'), world.requests('getStatistics')], [2, 2, 1]);
  assert.equal(feeds[1]?.key, feeds[2]?.key);
});

test('a page, its group and its card that are read within two seconds share a request; a refresh by hand does not', async (t) => {
  const world = await dashboardWorld(t);
  const page = feedOf(await world.open('orders'), 'groups');
  const group = feedOf(await world.open('orders', 'orders-api'), 'group');
  const card = await world.type('easyQueue.topic').card?.(world.ref('orders'), 'card:0');
  const { signal } = new AbortController();
  await page.read(signal);
  world.clock.now += 900;
  await group.read(signal);
  world.clock.now += 900;
  await card?.read(signal);
  assert.deepEqual([world.requests('listGroups'), world.requests('getTopic')], [1, 1]);
  await group.read(signal);
  assert.equal(world.requests('listGroups'), 2);
  world.clock.now += 2_000;
  await page.read(signal);
  assert.equal(world.requests('listGroups'), 3);
});

test('a card without its statistics shows the rest and says why; what concerns the whole account is no part of it', async (t) => {
  const world = await dashboardWorld(t);
  const feed = await world.type('easyQueue.topic').card?.(world.ref('orders'), 'card:0');
  assert.ok(feed);
  const read = async (): Promise<BoardCard> => feed.show(await feed.read(new AbortController().signal), VIEW) as BoardCard;
  const asked = (): number => world.emulator.log.filter(({ target }) => target.includes('statistics')).length;
  const refuse = (status: number): (() => void) =>
    world.emulator.faults.inject({ service: 'easyQueue', path: /statistics/, times: 99, effect: { kind: 'reply', status, body: '{}' } });
  const mend = refuse(403);
  const card = await read();
  assert.deepEqual([card.status, card.partitionCount, card.groups?.length, card.rate], ['ACTIVE', 5, 3, undefined]);
  assert.notEqual(card.more.find(({ label }) => label === 'Bytes in')?.value ?? '', '');
  const before = asked();
  world.clock.now += 10_000;
  await read();
  assert.equal(asked(), before, 'what was refused is not asked for again at once');
  mend();
  world.clock.now += 60_000;
  const mended = await read();
  assert.deepEqual([mended.rate?.unit, mended.more.length], ['bytesPerSecond', 2]);
  world.clock.now += 120_000;
  refuse(429);
  assert.equal((await errorOf(read())).kind, 'rateLimited');
});

test('the card of a topic: the largest lag first, bytes coming in, and what it keeps', async (t) => {
  const world = await dashboardWorld(t);
  const feed = await world.type('easyQueue.topic').card?.(world.ref('orders'), 'card:3');
  assert.ok(feed);
  assert.equal(feed.part, 'card:3');
  const card = feed.show(await feed.read(new AbortController().signal), VIEW) as BoardCard;
  assert.deepEqual([card.status, card.tone, card.partitionCount], ['ACTIVE', 'good', 5]);
  assert.equal(card.groups?.[0]?.name, 'orders-export');
  const lags = card.groups.map(({ lag }) => Number(lag));
  assert.deepEqual(lags, lags.toSorted((a, b) => b - a));
  assert.deepEqual([card.rate?.unit, Object.keys(linesOf(card.rate)), timesOf(card.rate).length], ['bytesPerSecond', ['Bytes in'], 61]);
  assert.deepEqual(card.more, [{ label: 'Retention', value: '7 d' }, { label: 'Retention per partition', value: '5 GiB' }]);
});

test('what is kept of an account goes with it', async (t) => {
  const world = await dashboardWorld(t);
  const page = await world.open('orders');
  await rowsOf(page);
  world.clock.now += 20_000;
  await shown(page, 'partitions');
  assert.notEqual(rowOf(await rowsOf(page), 'orders-api').produceRate, undefined);
  world.memory.forgetFacts(world.ref('orders').accountId);
  world.clock.now += 20_000;
  assert.equal(rowOf(await rowsOf(page), 'orders-api').produceRate, undefined);
  assert.deepEqual(((await shown(page, 'partitions')) as readonly PartitionRow[]).map(({ came }) => came), Array<undefined>(5).fill(undefined));
});

test('what was read of an account that is another one now is shared with nobody', async (t) => {
  const world = await dashboardWorld(t);
  const card = await world.type('easyQueue.topic').card?.(world.ref('orders'), 'card:0');
  const { signal } = new AbortController();
  await card?.read(signal);
  await card?.read(signal);
  assert.equal(world.requests('getStatistics'), 1, 'the statistics of a card are read once a minute');
  world.memory.forgetFacts(world.ref('orders').accountId);
  await card?.read(signal);
  assert.equal(world.requests('getStatistics'), 2);
});

test('an answer that comes after its account was forgotten is no sample', async (t) => {
  const world = await dashboardWorld(t);
  const page = await world.open('orders');
  const reading = feedOf(page, 'groups').read(new AbortController().signal);
  world.memory.forgetFacts(world.ref('orders').accountId);
  await assert.rejects(reading, CancelledError);
  world.clock.now += 20_000;
  assert.equal(rowOf(await rowsOf(page), 'orders-api').produceRate, undefined);
});

test('50 groups on 16 partitions are one request, and one table', async (t) => {
  const world = await dashboardWorld(t, { extraGroups: 50 });
  const page = await world.open('load-groups');
  const rows = [...(await rowsOf(page)).values()];
  assert.deepEqual([rows.length, rows.reduce((sum, { partitions }) => sum + partitions.length, 0), world.requests('listGroups')], [50, 800, 1]);
  assert.equal((await csvOf(page, 'groups')).length, 801);
});
