import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answer } from './helpers.ts';
import { emulate } from './helpers.ts';

interface Topic {
  readonly topicId: string;
  readonly topicName: string;
  readonly partitionCount: number;
  readonly topicStatus: string;
}

/** The envelope's code; every answer is HTTP 200. */
function code(answer: Answer): number {
  assert.equal(answer.status, 200);
  const { header } = answer.json as { header: { isSuccessful: boolean; resultCode: number } };
  assert.equal(header.isSuccessful, header.resultCode === 0);
  return header.resultCode;
}

function topicOf(answer: Answer): Topic {
  assert.equal(code(answer), 0, answer.text);
  return (answer.json as { topic: Topic }).topic;
}

function listOf(answer: Answer): { readonly totalCount: number; readonly names: string[] } {
  assert.equal(code(answer), 0, answer.text);
  const { totalCount, topicList } = answer.json as { totalCount: number; topicList: Topic[] };
  return { totalCount, names: topicList.map((topic) => topic.topicName.replace(/^.*\./, '')) };
}

const settings = {
  partitionCount: 2,
  maxRetentionTimeMs: 3_600_000,
  maxRetentionBytes: 1_073_741_824,
  maxMessageBytes: 1_024,
};

function create(name: string, change: Record<string, unknown> = {}): { topic: Record<string, unknown> } {
  return { topic: { topicName: name, ...settings, ...change } };
}

test('a topic is created, found by both of its names, changed, and deleted over time', async (context) => {
  const { emulator, client, clock } = await emulate(context, { sampleData: 'none', timings: { deletionMs: 50 } });
  const created = topicOf(await client.nhn('POST', '/topics', create('my-Topic-1', { description: '설명' })));
  const { appKey } = emulator.credentials.nhn;
  assert.match(appKey, /^[A-Za-z0-9]{16}$/);
  assert.deepEqual([created.topicName, created.topicStatus], [`${appKey}.my-Topic-1`, 'ACTIVE']);
  for (const name of ['my-Topic-1', created.topicName]) {
    assert.deepEqual(topicOf(await client.nhn('GET', `/topics/${name}`)), created);
  }
  const path = '/topics/my-Topic-1';
  clock.now += 1_000;
  assert.equal(topicOf(await client.nhn('PUT', path, create('', { partitionCount: 5 }))).partitionCount, 5);
  assert.equal(code(await client.nhn('PUT', path, create('', { partitionCount: 4 }))), 4000101);
  const topic = emulator.world.easyQueue.get('my-Topic-1');
  for (const status of ['WARNING', 'ERROR'] as const) {
    topic.status = status;
    assert.equal(code(await client.nhn('PUT', path, create('', { partitionCount: 5 }))), 4000103);
  }
  topic.status = 'ACTIVE';
  assert.equal(code(await client.nhn('DELETE', path)), 0);
  assert.equal(topicOf(await client.nhn('GET', path)).topicStatus, 'DELETING');
  assert.equal(code(await client.nhn('PUT', path, create(''))), 4000103);
  assert.equal(code(await client.nhn('DELETE', path)), 4000103);
  clock.now += 50;
  for (const sub of ['', '/partitions', '/consumer-groups'])
    assert.equal(code(await client.nhn('GET', path + sub)), 4040100);
  assert.deepEqual(listOf(await client.nhn('GET', '/topics?sortKey=CREATED_AT')), { totalCount: 0, names: [] });
});

test('each field of a topic is checked', async (context) => {
  const { client } = await emulate(context, { sampleData: 'none' });
  const cases: readonly (readonly [number, unknown])[] = [
    [400, 'half {'],
    [400, { topicName: 'flat', ...settings }],
    [400, create('')],
    [400, create('a.b')],
    [400, create('a_b')],
    [400, create('x'.repeat(51))],
    [400, create('a', { description: 'x'.repeat(256) })],
    [400, create('a', { partitionCount: 0 })],
    [400, create('a', { partitionCount: 1.5 })],
    [400, create('a', { partitionCount: '2' })],
    [4000401, create('a', { partitionCount: 17 })],
    [400, create('a', { maxRetentionTimeMs: 3_599_999 })],
    [400, create('a', { maxRetentionTimeMs: 1_209_600_001 })],
    [400, create('a', { maxRetentionBytes: 1_073_741_823 })],
    [400, create('a', { maxRetentionBytes: 26_843_545_601 })],
    [400, create('a', { maxMessageBytes: 1_023 })],
    [400, create('a', { maxMessageBytes: 262_145 })],
    [400, create('a', { maxMessageBytes: undefined })],
  ];
  for (const [expected, body] of cases) assert.equal(code(await client.nhn('POST', '/topics', body)), expected);
  assert.equal(code(await client.nhn('POST', '/topics', create('a'))), 0);
  assert.equal(code(await client.nhn('POST', '/topics', create('a'))), 4000100);
});

test('ten topics and 64 partitions are the most, extra topics aside', async (context) => {
  const { client } = await emulate(context, { sampleData: 'none', extraTopics: 30 });
  for (let number = 1; number <= 3; number += 1) {
    assert.equal(code(await client.nhn('POST', '/topics', create(`big-${number}`, { partitionCount: 16 }))), 0);
  }
  assert.equal(code(await client.nhn('POST', '/topics', create('big-4', { partitionCount: 16 }))), 0);
  assert.equal(code(await client.nhn('POST', '/topics', create('one-more', { partitionCount: 1 }))), 4000402);
  await client.nhn('DELETE', '/topics/big-4');
  assert.equal(listOf(await client.nhn('GET', '/topics?searchTopicName=load-')).totalCount, 30);
});

test('the eleventh topic is refused', async (context) => {
  const { client } = await emulate(context, { sampleData: 'none' });
  for (let number = 1; number <= 10; number += 1) {
    assert.equal(code(await client.nhn('POST', '/topics', create(`topic-${number}`))), 0);
  }
  assert.equal(code(await client.nhn('POST', '/topics', create('topic-11'))), 4000400);
  assert.equal(code(await client.nhn('PUT', '/topics/topic-1', create('', { partitionCount: 16 }))), 0);
});

test('lists are sorted, filtered and paged as asked', async (context) => {
  const { client } = await emulate(context);
  const all = await client.nhn('GET', '/topics?sortKey=TOPIC_NAME&sortDirection=ASC');
  const { totalCount, names } = listOf(all);
  assert.equal(totalCount, 8);
  assert.deepEqual(names, names.toSorted());
  const pages: string[] = [];
  for (let page = 1; page <= 4; page += 1) {
    pages.push(...listOf(await client.nhn('GET', `/topics?sortKey=TOPIC_NAME&limit=3&page=${page}`)).names);
  }
  assert.deepEqual(pages, names.toReversed());
  assert.deepEqual(listOf(await client.nhn('GET', '/topics?sortKey=CREATED_AT&limit=1')).names, ['empty-topic']);
  const [first, second] = (all.json as { topicList: Topic[] }).topicList;
  const ids = [first?.topicId ?? '', second?.topicId ?? ''];
  for (const query of [`topicIdList=${ids.join(',')}`, ids.map((id) => `topicIdList=${id}`).join('&')]) {
    assert.equal(listOf(await client.nhn('GET', `/topics?${query}`)).totalCount, 2);
  }
  assert.deepEqual(listOf(await client.nhn('GET', '/topics?searchTopicName=rder')).names, ['orders']);
  for (const query of [
    'sortKey=SIZE',
    'sortDirection=UP',
    'page=0',
    'limit=0',
    'limit=3001',
    'limit=x',
    `topicIdList=${'a,'.repeat(100)}`,
  ]) {
    assert.equal(code(await client.nhn('GET', `/topics?${query}`)), 400, query);
  }
});

test('offsets beyond 2^53 are printed digit by digit', async (context) => {
  const { emulator, client } = await emulate(context);
  const { text } = await client.nhn('GET', '/topics/ledger/partitions');
  assert.match(text, /"startOffset":9007199254730993,"endOffset":9007199254740993,"messageCount":10000\D/);
  const groups = await client.nhn('GET', '/topics/ledger/consumer-groups');
  assert.match(groups.text, /"currentOffset":9007199254740990,"endOffset":9007199254740993,"lag":3\D/);
  emulator.world.easyQueue.setOffsets('ledger', 1, { start: 1n, end: 9_223_372_036_854_775_807n });
  const changed = await client.nhn('GET', '/topics/ledger/partitions');
  assert.match(changed.text, /"startOffset":1,"endOffset":9223372036854775807,/);
});

test('roles, app keys and unknown paths answer in the envelope', async (context) => {
  const { emulator, client } = await emulate(context);
  const token = await client.newToken();
  const headers = { 'x-nhn-authorization': `Bearer ${token}` };
  assert.equal(code(await client.raw('GET', '/v1.0/appkeys/another/topics', headers)), 4040400);
  assert.equal(code(await client.nhn('GET', '/nothing')), 404);
  assert.equal(code(await client.nhn('PATCH', '/topics')), 404);
  for (const [role, reads, writes] of [
    ['VIEWER', 0, 4030000],
    ['CLIENT', 0, 4030000],
    ['NONE', 4030000, 4030000],
    ['ADMIN', 0, 0],
  ] as const) {
    emulator.world.nhnRole = role;
    assert.equal(code(await client.nhn('GET', '/topics')), reads, role);
    assert.equal(code(await client.nhn('POST', '/topics', create('by-role'))), writes, role);
  }
});

interface Group {
  readonly groupId: string;
  readonly groupState: string;
  readonly totalLag: number;
  readonly memberList: { partitionList: { partition: number; currentOffset: number | null; lag: number | null }[] }[];
}

test('demo groups keep up, fall behind and catch up, stand still, and never commit', async (context) => {
  const { emulator, client, clock } = await emulate(context, { timings: { tokenLifeMs: 30 * 86_400_000 } });
  const group = async (topic: string, name: string): Promise<Group> => {
    const answer = await client.nhn('GET', `/topics/${topic}/consumer-groups`);
    const { consumerGroupList } = answer.json as { consumerGroupList: Group[] };
    const found = consumerGroupList.find((one) => one.groupId === `${emulator.credentials.nhn.appKey}.${name}`);
    assert.ok(found, name);
    return found;
  };
  const lags: number[] = [];
  for (let minute = 0; minute <= 20; minute += 1) {
    lags.push((await group('orders', 'orders-billing')).totalLag);
    assert.ok((await group('orders', 'orders-api')).totalLag < 100);
    clock.now += 60_000;
  }
  assert.ok(Math.max(...lags) > 1_000 && Math.min(...lags) < 500, String(lags));
  const before = await group('orders', 'orders-export');
  clock.now += 3_600_000;
  const after = await group('orders', 'orders-export');
  assert.deepEqual([after.groupState, after.memberList], ['Empty', []]);
  assert.ok(after.totalLag > before.totalLag && before.totalLag > 0);
  const stuck = (await group('payments', 'payments-settlement')).memberList.flatMap((member) => member.partitionList);
  const behind = stuck.filter(({ lag }) => (lag ?? 0) > 100).map(({ partition }) => partition);
  assert.deepEqual(behind, [3]);
  const never = await group('notifications', 'notifications-new');
  for (const { partitionList } of never.memberList) {
    for (const { currentOffset, lag } of partitionList) assert.deepEqual([currentOffset, lag], [null, null]);
  }
  clock.now += 7 * 86_400_000;
  await assert.rejects(group('orders', 'orders-export'), /orders-export/);
});
