import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { emulate, noon } from './helpers.ts';

/** A sample from the official documents; its address is in the README next to it. */
function sample(path: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../fixtures/${path}.json`, import.meta.url), 'utf8'));
}

/** Where an answer lacks something of a sample, or has another type of value there. */
function differences(expected: unknown, actual: unknown, path = '$'): string[] {
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual)) return [`${path} is no list`];
    return expected.length === 0
      ? []
      : actual.flatMap((item, index) => differences(expected[0], item, `${path}[${index}]`));
  }
  if (typeof expected === 'object' && expected !== null) {
    if (typeof actual !== 'object' || actual === null) return [`${path} is no object`];
    const fields = actual as Record<string, unknown>;
    return Object.entries(expected).flatMap(([name, value]) => differences(value, fields[name], `${path}.${name}`));
  }
  return typeof actual === typeof expected ? [] : [`${path} is ${typeof actual}, not ${typeof expected}`];
}

function assertLike(name: string, actual: unknown): void {
  assert.deepEqual(differences(sample(name), actual), [], name);
}

test('EasyQueue answers like its documents', async (context) => {
  const { client } = await emulate(context);
  const topic = {
    topicName: 'test-topic',
    partitionCount: 3,
    maxRetentionTimeMs: 604_800_000,
    maxRetentionBytes: 1_073_741_824,
    maxMessageBytes: 262_144,
  };
  assertLike('easyqueue/create-topic', (await client.nhn('POST', '/topics', { topic })).json);
  assertLike('easyqueue/update-topic', (await client.nhn('PUT', '/topics/test-topic', { topic })).json);
  assertLike('easyqueue/get-topic', (await client.nhn('GET', '/topics/test-topic')).json);
  assertLike('easyqueue/delete-topic', (await client.nhn('DELETE', '/topics/test-topic')).json);
  assertLike('easyqueue/list-topics', (await client.nhn('GET', '/topics?sortKey=CREATED_AT')).json);
  assertLike('easyqueue/list-partitions', (await client.nhn('GET', '/topics/orders/partitions')).json);
  assertLike('easyqueue/list-consumer-groups', (await client.nhn('GET', '/topics/orders/consumer-groups')).json);
  const range = new URLSearchParams({
    startDateTime: new Date(noon - 3_600_000).toISOString(),
    endDateTime: new Date(noon).toISOString(),
  });
  const statistics = await client.nhn(
    'GET',
    `/statistics?metricsType=BYTE_IN_RATE&topicName=orders&${range.toString()}`,
  );
  assertLike('easyqueue/get-statistics', statistics.json);
  assertLike('easyqueue/token', (await client.oauth('/oauth2/token/create', 'grant_type=client_credentials')).json);
});

test('Data Stream answers like its documents, and takes their requests', async (context) => {
  const { client, clock } = await emulate(context, { sampleData: 'none' });
  assert.deepEqual((await client.naver('GET', '/api/v1/topic-prefix')).json, sample('datastream/topic-prefix'));
  const created = await client.naver('POST', '/api/v1/topics', sample('datastream/create-topic-request'));
  assertLike('datastream/get-topic', created.json);
  clock.now += 60_000;
  const path = `/api/v1/topics/${(created.json as { topicId: string }).topicId}`;
  assertLike('datastream/get-topic', (await client.naver('GET', path)).json);
  const connector = await client.naver('POST', `${path}/connectors`, sample('datastream/create-connector-request'));
  assert.equal(connector.status, 200, connector.text);
  const send = { ...(sample('datastream/send-request') as object), topic: 'h4j6l-ds001' };
  assert.equal((await client.naver('POST', '/api/produce', send)).status, 200);
  const broken = await client.naver('PUT', path, 'half {');
  const instance = path.replace('/api/v1', '/stream/api');
  assert.deepEqual(broken.json, { ...(sample('datastream/error') as object), instance });
  await client.naver('DELETE', `${path}/connectors/${(connector.json as { id: string }).id}`);
  assert.deepEqual((await client.naver('DELETE', path)).json, sample('datastream/delete-topic'));
  assertLike('datastream/gateway-error', (await client.naver('GET', '/api/v1/none')).json);
});

test('Cloud Functions answers like its documents, and takes their requests', async (context) => {
  const { client } = await emulate(context);
  const put = await client.naver('PUT', '/ncf/api/v2/packages/package001', sample('functions/put-package-request'));
  assert.equal(put.status, 200);
  const got = (await client.naver('GET', '/ncf/api/v2/packages/package001')).json;
  assertLike('functions/get-package', got);
  assert.deepEqual(
    (got as { content: Record<string, unknown> }).content['parameters'],
    (sample('functions/get-package') as { content: Record<string, unknown> }).content['parameters'],
  );
  assertLike('functions/list-packages', (await client.naver('GET', '/ncf/api/v2/packages')).json);
  assertLike('functions/list-actions', (await client.naver('GET', '/ncf/api/v2/packages/notify/actions')).json);
  const older = (await client.naver('GET', '/api/v2/packages/civil/actions')).json as {
    content: { actions: unknown[] };
  };
  for (const item of older.content.actions) assertLike('functions/list-actions-item-v2.0', item);
  assertLike('functions/list-triggers', (await client.naver('GET', '/ncf/api/v2/triggers')).json);
  assertLike('functions/get-trigger', (await client.naver('GET', '/ncf/api/v2/triggers/monday-report')).json);
  assertLike('functions/fire-trigger', (await client.naver('POST', '/ncf/api/v2/triggers/on-push', {})).json);
  assertLike('functions/list-activations', (await client.naver('GET', '/ncf/api/v2/activations')).json);
  assertLike('functions/error', (await client.naver('GET', '/ncf/api/v2/triggers/none')).json);
});
