import assert from 'node:assert/strict';
import { test } from 'node:test';

import { EasyQueueClient } from '../../../src/api/easyqueue/client.ts';
import { CloudError } from '../../../src/model/cloudError.ts';
import { APP_KEY, connect, json, nhn, NHN_SECRETS, serve, type Seen } from './support.ts';

const HEADER = '"header":{"isSuccessful":true,"resultCode":0,"resultMessage":"SUCCESS"}';
const NOT_FOUND = '{"header":{"isSuccessful":false,"resultCode":4040100,"resultMessage":"Topic not found."}}';
const FULL = `${APP_KEY.appKey}.orders`;

/** Whether a request names the topic as this server wants it. */
type Takes = (name: string) => boolean;

async function queue(t: Parameters<typeof serve>[0], takes: Takes): Promise<{ client: EasyQueueClient; asked: () => string[] }> {
  const { origin, seen } = await serve(t, ({ target }, response) => {
    const url = new URL(target, 'http://host.example');
    const name = url.searchParams.get('topicName') ?? url.pathname.split('/')[5] ?? '';
    const found = takes(name) ? `{${HEADER},"topic":{"topicName":"${FULL}"},"partitionList":[]}` : NOT_FOUND;
    json(response, target.startsWith('/oauth2/') ? '{"access_token":"t","expires_in":60}' : found);
  });
  const { connection } = connect(t, nhn(origin), NHN_SECRETS);
  const asked = (): string[] => seen.filter(({ target }: Seen) => !target.startsWith('/oauth2/')).map(({ target }) => target);
  return { client: new EasyQueueClient(connection, APP_KEY), asked };
}

test('the name goes out as returned; the other form is tried once, and remembered if it works', async (t) => {
  const { client, asked } = await queue(t, (name) => name === 'orders');
  assert.equal((await client.getTopic(FULL)).fullName, FULL);
  await client.listPartitions(FULL);
  await client.getStatistics({ topicName: FULL, metricsType: 'MESSAGE_COUNT', startMs: 0, endMs: 60_000 });
  const base = `/v1.0/appkeys/${APP_KEY.appKey}`;
  assert.deepEqual(asked(), [
    `${base}/topics/${FULL}`,
    `${base}/topics/orders`,
    `${base}/topics/orders/partitions`,
    `${base}/statistics?metricsType=MESSAGE_COUNT&topicName=orders&startDateTime=1970-01-01T09%3A00%3A00%2B09%3A00&endDateTime=1970-01-01T09%3A01%3A00%2B09%3A00`,
  ]);
});

test('a server that takes full names is asked once', async (t) => {
  const { client, asked } = await queue(t, (name) => name === FULL);
  await client.listPartitions(FULL);
  await client.listPartitions('orders');
  assert.deepEqual(asked().map((target) => target.split('/')[5]), [FULL, FULL]);
});

test('once a form of the name is known to work, a missing topic is asked for in that form alone', async (t) => {
  const { client, asked } = await queue(t, (name) => name === FULL);
  await client.listPartitions(FULL);
  await assert.rejects(client.getTopic('gone'), (error) => error instanceof CloudError && error.kind === 'notFound');
  assert.deepEqual(asked().map((target) => target.split('/')[5]), [FULL, `${APP_KEY.appKey}.gone`]);
});

test('a topic that exists under neither name is not found, under the name asked for', async (t) => {
  const { client, asked } = await queue(t, () => false);
  await assert.rejects(
    client.getTopic(FULL),
    (error) => error instanceof CloudError && error.kind === 'notFound' && error.details.target?.endsWith(FULL) === true,
  );
  assert.equal(asked().length, 2);
});

test('a list always says its sort key, and pages and filters where asked to', async (t) => {
  const { client, asked } = await queue(t, () => true);
  await client.listTopics();
  await client.listTopics({
    page: 2,
    limit: 3000,
    sortKey: 'TOPIC_NAME',
    sortDirection: 'ASC',
    searchTopicName: 'a&b',
    topicIdList: ['x', 'y'],
  });
  const [first, second] = asked().map((target) => target.split('/topics')[1]);
  assert.equal(first, '?sortKey=CREATED_AT');
  assert.equal(
    second,
    '?sortKey=TOPIC_NAME&sortDirection=ASC&searchTopicName=a%26b&topicIdList=x&topicIdList=y&page=2&limit=3000',
  );
});

test('an answer without the envelope is no success', async (t) => {
  const { origin } = await serve(t, ({ target }, response) =>
    json(response, target.startsWith('/oauth2/') ? '{"access_token":"t","expires_in":60}' : '{"topicList":[]}'),
  );
  const { connection } = connect(t, nhn(origin), NHN_SECRETS);
  await assert.rejects(
    new EasyQueueClient(connection, APP_KEY).listTopics(),
    (error) => error instanceof CloudError && error.kind === 'unexpectedResponse' && error.details.path === 'header',
  );
});
