import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answer, Client } from './helpers.ts';
import { emulate } from './helpers.ts';

interface Topic {
  readonly topicId: string;
  readonly topicName: string;
  readonly partitions: number;
  readonly status: string;
  readonly tcpEndpoint: string;
}

const topics = '/api/v1/topics';

function topicOf(answer: Answer): Topic {
  assert.equal(answer.status, 200, answer.text);
  return answer.json as Topic;
}

function assertCode(answer: Answer, status: number, code: string | undefined): void {
  const { type, status: bodyStatus, code: bodyCode } = answer.json as Record<string, unknown>;
  assert.deepEqual([answer.status, type, bodyStatus, bodyCode], [status, 'about:blank', status, code], answer.text);
}

async function names(client: Client, query: string): Promise<string[]> {
  const { json } = await client.naver('GET', `${topics}${query}`);
  return (json as { list: Topic[] }).list.map((topic) => topic.topicName);
}

test('a topic is created over time, grows, and is deleted over time', async (context) => {
  const { client, clock } = await emulate(context, {
    sampleData: 'none',
    timings: { creatingMs: 100, deletionMs: 50 },
  });
  const created = topicOf(await client.naver('POST', topics, { name: 'h4j6l-a', partitions: 3 }));
  assert.deepEqual([created.status, created.tcpEndpoint, created.partitions], ['CREATING', '', 3]);
  const path = `${topics}/${created.topicId}`;
  const change = { description: 'd', partitions: 5, retentionMs: 3_600_000 };
  assertCode(await client.naver('PUT', path, change), 400, 'InvalidState');
  clock.now += 100;
  const ready = topicOf(await client.naver('GET', path));
  assert.deepEqual([ready.status, /^[\w.-]+:\d+$/.test(ready.tcpEndpoint)], ['CREATED', true]);
  assert.equal(topicOf(await client.naver('PUT', path, change)).partitions, 5);
  assertCode(await client.naver('PUT', path, { ...change, partitions: 4 }), 400, 'InvalidPartition');
  const deleted = await client.naver('DELETE', path);
  assert.deepEqual([deleted.status, deleted.text], [200, 'true']);
  assert.equal(topicOf(await client.naver('GET', path)).status, 'PENDING_DELETION');
  assertCode(await client.naver('DELETE', path), 400, 'InvalidState');
  clock.now += 50;
  assertCode(await client.naver('GET', path), 404, 'InvalidTopicNotFound');
  assert.deepEqual(await names(client, ''), []);
});

test('names, ranges and quotas are checked with the documented codes', async (context) => {
  const { client } = await emulate(context, { sampleData: 'none' });
  const cases: readonly (readonly [string | undefined, unknown])[] = [
    [undefined, 'not json'],
    [undefined, '[]'],
    ['InvalidParameter', {}],
    ['InvalidName', { name: 5 }],
    ['InvalidName', { name: 'orders' }],
    ['InvalidName', { name: 'h4j6l-' }],
    ['InvalidName', { name: 'h4j6l-Upper' }],
    ['InvalidName', { name: `h4j6l-${'a'.repeat(195)}` }],
    ['InvalidPartition', { name: 'h4j6l-a', partitions: 0 }],
    ['InvalidPartition', { name: 'h4j6l-a', partitions: 17 }],
    ['InvalidPartition', { name: 'h4j6l-a', partitions: '3' }],
    ['InvalidRetention', { name: 'h4j6l-a', retentionMs: 3_599_999 }],
    ['InvalidRetention', { name: 'h4j6l-a', retentionMs: 1_296_000_001 }],
    ['InvalidDescription', { name: 'h4j6l-a', description: 'x'.repeat(201) }],
  ];
  for (const [code, body] of cases) assertCode(await client.naver('POST', topics, body), 400, code);
  for (const name of ['h4j6l-a', 'h4j6l-b', `h4j6l-${'c'.repeat(194)}`]) {
    topicOf(await client.naver('POST', topics, { name, description: '한'.repeat(200) }));
  }
  assertCode(await client.naver('POST', topics, { name: 'h4j6l-a' }), 400, 'DuplicateName');
  assertCode(await client.naver('POST', topics, { name: 'h4j6l-d' }), 429, 'LimitExceeded');
  const [, second] = ((await client.naver('GET', topics)).json as { list: Topic[] }).list;
  const path = `${topics}/${second?.topicId ?? ''}`;
  for (const body of [
    { description: 'd', partitions: 3 },
    { description: 'd', partition: 3, retentionMs: 3_600_000 },
  ]) {
    assertCode(await client.naver('PUT', path, body), 400, 'InvalidParameter');
  }
});

test('lists are sorted and searched as asked, and show pinned instead of updatedDate', async (context) => {
  const { client } = await emulate(context);
  assert.deepEqual(await names(client, ''), ['h4j6l-audit', 'h4j6l-orders']);
  assert.deepEqual(await names(client, '?descending=false'), ['h4j6l-orders', 'h4j6l-audit']);
  assert.deepEqual(await names(client, '?sortBy=topicName&descending=false'), ['h4j6l-audit', 'h4j6l-orders']);
  assert.deepEqual(await names(client, `?searchText=${encodeURIComponent('주문')}`), ['h4j6l-orders']);
  assertCode(await client.naver('GET', `${topics}?sortBy=size`), 400, 'InvalidParameter');
  const { list } = (await client.naver('GET', topics)).json as { list: Record<string, unknown>[] };
  for (const item of list) assert.deepEqual(['pinned' in item, 'updatedDate' in item], [true, false]);
  const one = (await client.naver('GET', `${topics}/${String(list[0]?.['topicId'])}`)).json as Record<string, unknown>;
  assert.deepEqual(['pinned' in one, 'updatedDate' in one], [false, true]);
});

test('a viewer reads and may not write; the main key may manage', async (context) => {
  const { emulator, client } = await emulate(context, { sampleData: 'none' });
  emulator.world.naverRole = 'viewer';
  assert.equal((await client.naver('GET', topics)).status, 200);
  assertCode(await client.naver('POST', topics, { name: 'h4j6l-a' }), 403, undefined);
  emulator.world.naverRole = 'manager';
  assert.equal((await client.naverMain('POST', topics, { name: 'h4j6l-a' })).status, 200);
});

const connector = {
  consumerSpec: 'SMALL',
  exportType: 'OBJECT_STORAGE',
  location: 's3a://datastream001',
  includeTopicInPath: true,
  dateFormat: 'NONE',
  roleNrn: 'nrn:PUB:IAM::1:Role/2',
};

test('a topic has one connector, which is created, replaced and deleted', async (context) => {
  const { client, clock } = await emulate(context, { sampleData: 'none' });
  const { topicId } = topicOf(await client.naver('POST', topics, { name: 'h4j6l-a' }));
  const path = `${topics}/${topicId}/connectors`;
  assertCode(await client.naver('POST', path, connector), 400, 'InvalidState');
  clock.now += 60_000;
  assertCode(await client.naver('GET', path), 404, 'InvalidConnectorNotFound');
  const created = await client.naver('POST', path, connector);
  const { id, ...shown } = created.json as Record<string, unknown>;
  assert.deepEqual(
    [
      shown['status'],
      shown['description'],
      shown['locationWithTopicName'],
      shown['flushInterval'],
      shown['flushCount'],
    ],
    ['RUNNING', null, 's3a://datastream001/h4j6l-a', 10, 5_000],
  );
  assertCode(await client.naver('POST', path, connector), 409, 'ResourceAlreadyExists');
  assertCode(await client.naver('DELETE', `${topics}/${topicId}`), 400, 'DeleteFailure');
  const changed = await client.naver('PUT', `${path}/${String(id)}`, { ...connector, consumerSpec: 'MEDIUM' });
  assert.equal((changed.json as Record<string, unknown>)['consumerSpec'], 'MEDIUM');
  assertCode(await client.naver('PUT', `${path}/other`, connector), 404, 'InvalidConnectorNotFound');
  const deleted = await client.naver('DELETE', `${path}/${String(id)}`);
  assert.deepEqual([deleted.status, deleted.text], [200, '']);
  assert.equal((await client.naver('DELETE', `${topics}/${topicId}`)).status, 200);
});

test('each connector field is refused with its code', async (context) => {
  const { client } = await emulate(context);
  const [audit] = ((await client.naver('GET', topics)).json as { list: Topic[] }).list;
  const path = `${topics}/${audit?.topicId ?? ''}/connectors`;
  const cases: readonly (readonly [string, number, Record<string, unknown>])[] = [
    ['InvalidConsumerSpec', 400, { consumerSpec: 'HUGE' }],
    ['InvalidExportType', 400, { exportType: 'S3' }],
    ['InvalidLocation', 400, { location: 'bucket' }],
    ['InvalidBucketNotFound', 404, { location: 's3a://missing-bucket/path' }],
    ['InvalidDateFormat', 400, { dateFormat: 'WEEK' }],
    ['InvalidRoleNrn', 400, { roleNrn: 'me' }],
    ['InvalidDescription', 400, { description: 'x'.repeat(201) }],
    ['InvalidParameter', 400, { includeTopicInPath: 'yes' }],
    ['InvalidParameter', 400, { flushInterval: 11 }],
    ['InvalidParameter', 400, { flushCount: 100 }],
    ['InvalidParameter', 400, { schemaType: 'XML' }],
    ['InvalidParameter', 400, { location: undefined }],
  ];
  for (const [code, status, change] of cases) {
    assertCode(await client.naver('POST', path, { ...connector, ...change }), status, code);
  }
  const failed = (await client.naver('GET', path)).json as Record<string, unknown>;
  assert.deepEqual(
    [failed['status'], typeof failed['failedMessage'], typeof failed['failedDate']],
    ['FAILED', 'string', 'string'],
  );
});
