import assert from 'node:assert/strict';
import { test } from 'node:test';

import { DataStreamClient } from '../../../src/api/datastream/client.ts';
import { EasyQueueClient } from '../../../src/api/easyqueue/client.ts';
import { problemOf } from '../../../src/model/problem.ts';
import { APP_KEY, connect, errorOf, failure, json, naver, NAVER_SECRETS, nhn, NHN_SECRETS, serve } from './support.ts';
import { clouds, CONNECTOR, HOUR, prepared, QUEUE, write, WRITES } from './writeSupport.ts';

test('each write does what it says', async (t) => {
  const here = await clouds(t);
  const { dataStream, easyQueue, emulator } = here;
  const topic = await dataStream.createTopic({ name: 'h4j6l-orders', description: 'd', partitions: 2, retentionMs: HOUR });
  assert.deepEqual([topic.name, topic.description, topic.partitions, topic.retentionMs], ['h4j6l-orders', 'd', 2, HOUR]);
  const changed = await dataStream.updateTopic(topic.id, { description: '', partitions: 3, retentionMs: 2 * HOUR });
  assert.deepEqual([changed.description, changed.partitions, changed.retentionMs], ['', 3, 2 * HOUR]);
  const connector = await dataStream.createConnector(topic.id, CONNECTOR);
  assert.deepEqual([connector.description, connector.flushCount, connector.schemaType], [undefined, 5_000, 'STRING']);
  const settings = { ...CONNECTOR, description: 'c', flushIntervalMinutes: 3, flushCount: 6_000, schemaType: 'JSON' };
  const edited = await dataStream.updateConnector(topic.id, connector.id, settings);
  assert.deepEqual([edited.description, edited.flushIntervalMinutes, edited.flushCount, edited.schemaType], ['c', 3, 6_000, 'JSON']);
  await dataStream.deleteConnector(topic.id, connector.id);
  assert.equal(await dataStream.getConnector(topic.id), undefined);
  await dataStream.deleteTopic(topic.id);
  assert.equal((await dataStream.getTopic(topic.id)).status, 'PENDING_DELETION');

  const made = await easyQueue.createTopic({ name: 'orders', description: 'q', ...QUEUE });
  assert.equal(made.fullName, `${emulator.credentials.nhn.appKey}.orders`);
  assert.deepEqual([made.description, made.retentionBytes], ['q', QUEUE.retentionBytes]);
  const grown = await easyQueue.updateTopic(made.fullName, { ...QUEUE, description: 'r', partitionCount: 5 });
  assert.deepEqual([grown.description, grown.partitionCount], ['r', 5]);
  await easyQueue.deleteTopic(made.fullName);
  assert.equal((await easyQueue.getTopic(made.fullName)).status, 'DELETING');
});

test('what goes out is what the documents say', async (t) => {
  const topic = '{"topicId":"t","topicName":"n","id":"c"}';
  const { origin, seen } = await serve(t, (_seen, response) => json(response, topic));
  const client = new DataStreamClient(connect(t, naver(origin), NAVER_SECRETS).connection);
  await client.createTopic({ name: 'h4j6l-a', partitions: 1, retentionMs: HOUR });
  await client.updateTopic('t', { description: '', partitions: 4, retentionMs: HOUR });
  await client.createConnector('t', CONNECTOR);
  await client.updateConnector('t', 'c', { ...CONNECTOR, description: '', flushIntervalMinutes: 1, flushCount: 20, schemaType: 'AVRO' });
  assert.deepEqual(
    seen.map(({ method, target, body }) => [method, target, body]),
    [
      ['POST', '/api/v1/topics', '{"name":"h4j6l-a","partitions":1,"retentionMs":3600000}'],
      ['PUT', '/api/v1/topics/t', '{"description":"","partitions":4,"retentionMs":3600000}'],
      ['POST', '/api/v1/topics/t/connectors', JSON.stringify(CONNECTOR)],
      [
        'PUT',
        '/api/v1/topics/t/connectors/c',
        JSON.stringify({ description: '', ...CONNECTOR, flushInterval: 1, flushCount: 20, schemaType: 'AVRO' }),
      ],
    ],
  );
});

test('64-bit numbers go out as numbers, no digit lost', async (t) => {
  const answer = '{"header":{"isSuccessful":true},"topic":{"topicName":"x"},"access_token":"t","expires_in":60}';
  const { origin, seen } = await serve(t, (_seen, response) => json(response, answer));
  const client = new EasyQueueClient(connect(t, nhn(origin), NHN_SECRETS).connection, APP_KEY);
  await client.createTopic({ name: 'orders', ...QUEUE, retentionBytes: 9_007_199_254_740_993n });
  assert.equal(
    seen.at(-1)?.body,
    '{"topic":{"topicName":"orders","partitionCount":2,"maxRetentionTimeMs":3600000,"maxRetentionBytes":9007199254740993,"maxMessageBytes":1024}}',
  );
});

test('a deletion succeeded whatever its answer holds, but not when a page answered', async (t) => {
  let body = '';
  const { origin } = await serve(t, (_seen, response) => json(response, body));
  const client = new DataStreamClient(connect(t, naver(origin), NAVER_SECRETS).connection);
  for (body of ['true', '', '200 OK', '{}', '{"success":true}', 'null', '[1', '"']) {
    await client.deleteTopic('t');
    await client.deleteConnector('t', 'c');
  }
  body = '<html>Sign in</html>';
  for (const deletion of [client.deleteTopic('t'), client.deleteConnector('t', 'c')]) {
    const details = await failure(deletion, 'unexpectedResponse');
    assert.deepEqual([details.reason, details.mayHaveArrived], ['notJson', true]);
  }
});

test('a locked lane holds every write back before anything leaves', async (t) => {
  for (const access of ['read-only', 'send-only'] as const) {
    const here = await clouds(t, { lane: { stage: 'prod', access } });
    for (const which of WRITES) {
      const error = await errorOf(write(here, which));
      assert.deepEqual([error.kind, error.details.reason, error.details.mayHaveArrived], ['locked', 'lane', false]);
      const problem = problemOf(error, { accountName: 'acme' });
      assert.equal(problem?.message, 'Account "acme" is locked against changes.');
      assert.equal(problem.hint, 'Unlock it to change anything.');
      assert.deepEqual(problem.remedies, ['unlock', 'editAccount']);
    }
    assert.deepEqual(here.emulator.log, []);
  }
});

test('a write is sent under the other form of a name only when no such topic was found', async (t) => {
  const notFound = '{"header":{"isSuccessful":false,"resultCode":4040100,"resultMessage":"Topic not found."}}';
  const done = '{"header":{"isSuccessful":true,"resultCode":0,"resultMessage":"SUCCESS"}}';
  const FULL = `${APP_KEY.appKey}.orders`;
  let takesFull = false;
  const { origin, seen } = await serve(t, ({ target }, response) => {
    if (target.startsWith('/oauth2/')) json(response, '{"access_token":"t","expires_in":60}');
    else json(response, target.endsWith(FULL) === takesFull ? done : notFound);
  });
  const client = new EasyQueueClient(connect(t, nhn(origin), NHN_SECRETS).connection, APP_KEY);
  const asked = (): string[] => seen.flatMap(({ method, target }) => (method === 'DELETE' ? [target.split('/')[5] ?? ''] : []));
  await client.deleteTopic(FULL);
  assert.deepEqual(asked(), [FULL, 'orders']);
  await client.deleteTopic(FULL);
  assert.deepEqual(asked(), [FULL, 'orders', 'orders']);
  // Once a form is known, a topic that is not found is not there.
  takesFull = true;
  assert.equal((await errorOf(client.deleteTopic(FULL))).details.reason, 'topicGone');
  assert.deepEqual(asked(), [FULL, 'orders', 'orders', 'orders']);
});

test('raw answers are the bytes that came, without what we sent as a secret', async (t) => {
  const here = await clouds(t);
  const given = await prepared(here, 'updateConnector');
  const id = given.topicId ?? '';
  assert.match(await here.dataStream.rawTopic(id), /^\{"topicId":"\w+","topicName":"h4j6l-orders",/);
  assert.match(await here.dataStream.rawConnector(id), /^\{"id":"\w+","topicId":/);
  await prepared(here, 'queue.updateTopic');
  const { easyQueue } = here;
  for (const raw of [easyQueue.rawTopic('orders'), easyQueue.rawPartitions('orders'), easyQueue.rawConsumerGroups('orders')]) {
    assert.match(await raw, /^\{"header":\{"isSuccessful":true,/);
  }
  assert.equal((await errorOf(here.dataStream.rawTopic('nothing'))).details.reason, 'topicGone');
  assert.equal((await errorOf(here.easyQueue.rawTopic('nothing'))).details.reason, 'topicGone');

  const text = `{ "big": 9007199254740993,\n "echo": "${NAVER_SECRETS.secret}" }`;
  const { origin } = await serve(t, (_seen, response) => json(response, text));
  const client = new DataStreamClient(connect(t, naver(origin), NAVER_SECRETS).connection);
  assert.equal(await client.rawTopic('t'), '{ "big": 9007199254740993,\n "echo": "•••" }');
});
