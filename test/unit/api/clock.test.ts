import assert from 'node:assert/strict';
import { test } from 'node:test';

import { DataStreamClient } from '../../../src/api/datastream/client.ts';
import { connect, failure, isSigned, json, naver, NAVER_SECRETS, serve } from './support.ts';

const TOPICS = '{"list":[{"topicId":"t1","topicName":"h4j6l-orders"}]}';
const MESSAGE = { topic: 'h4j6l-orders', key: 'k', value: '{"a":1}' };

test('a clock that is off is measured from a refusal, corrected, told once, and used from then on', async (t) => {
  const serverNow = 1_790_000_000_000;
  const skewMs = 7 * 60_000;
  const { origin, seen } = await serve(t, ({ headers }, response) => {
    const isLate = Math.abs(Number(headers['x-ncp-apigw-timestamp']) - serverNow) > 300_000;
    const date = { date: new Date(serverNow).toUTCString() };
    if (isLate) json(response, '{"error":{"errorCode":"200","message":"Authentication Failed"}}', 401, date);
    else json(response, TOPICS, 200, date);
  });
  const bench = connect(t, naver(origin), NAVER_SECRETS, { now: () => serverNow - skewMs });
  const client = new DataStreamClient(bench.connection);
  await client.listTopics();
  assert.equal(seen.length, 2);
  await client.send(MESSAGE);
  await client.listTopics();
  assert.equal(seen.length, 4);
  assert.ok(seen.every(isSigned));
  assert.equal(bench.skews.length, 1);
  const [told, host] = bench.skews[0] ?? [0, ''];
  assert.ok(Math.abs(told + skewMs) <= 1_000, String(told));
  assert.equal(host, new URL(origin).host);
});

test('a send refused for the clock is repeated: nothing was done', async (t) => {
  const serverNow = 1_790_000_000_000;
  const { origin, seen } = await serve(t, ({ headers }, response) => {
    const isOff = Math.abs(Number(headers['x-ncp-apigw-timestamp']) - serverNow) > 300_000;
    json(response, '{}', isOff ? 401 : 200, { date: new Date(serverNow).toUTCString() });
  });
  const { connection } = connect(t, naver(origin), NAVER_SECRETS, { now: () => serverNow + 3_600_000 });
  await new DataStreamClient(connection).send(MESSAGE);
  assert.equal(seen.length, 2);
});

test('a send is not repeated after a breakdown, whatever it says and whatever the clock', async (t) => {
  const date = new Date(Date.now() - 3_600_000).toUTCString();
  const { origin, seen } = await serve(t, (_seen, response) => json(response, '{"code":"UserNotFound"}', 500, { date }));
  const { connection, skews } = connect(t, naver(origin), NAVER_SECRETS);
  const details = await failure(new DataStreamClient(connection).send(MESSAGE), 'unauthorized');
  assert.deepEqual([details.mayHaveArrived, details.reason], [true, 'user']);
  assert.equal(seen.length, 1);
  assert.equal(skews.length, 1, 'the clock is followed all the same');
});

test('a refused key is not taken for the clock, nor blamed on it once it is corrected', async (t) => {
  let date = Date.now();
  const { origin, seen } = await serve(t, (_seen, response) =>
    json(response, '{"error":{"errorCode":"200","message":"Authentication Failed"}}', 401, { date: new Date(date).toUTCString() }),
  );
  const right = connect(t, naver(origin), NAVER_SECRETS);
  assert.equal((await failure(new DataStreamClient(right.connection).listTopics(), 'unauthorized')).reason, 'credentials');
  assert.equal(seen.length, 1);
  assert.deepEqual(right.skews, []);

  date -= 3_600_000;
  const off = connect(t, naver(origin), NAVER_SECRETS);
  assert.equal((await failure(new DataStreamClient(off.connection).listTopics(), 'unauthorized')).reason, 'credentials');
  assert.equal(seen.length, 3);
});

test('a clock that drifts beyond a minute is followed without a refusal, and told again when it is right', async (t) => {
  let serverNow = Date.now() + 90_000;
  const { origin, seen } = await serve(t, (_seen, response) => json(response, TOPICS, 200, { date: new Date(serverNow).toUTCString() }));
  const bench = connect(t, naver(origin), NAVER_SECRETS);
  const client = new DataStreamClient(bench.connection);
  await client.listTopics();
  await client.listTopics();
  assert.ok(Math.abs(Number(seen[1]?.headers['x-ncp-apigw-timestamp']) - serverNow) < 10_000);
  assert.equal(bench.skews.length, 1);
  serverNow = Date.now();
  await client.listTopics();
  await client.listTopics();
  assert.equal(bench.skews.length, 2);
  assert.equal(bench.skews[1]?.[0], 0);
  assert.ok(Math.abs(Number(seen[3]?.headers['x-ncp-apigw-timestamp']) - serverNow) < 10_000);
});

test('a clock near the threshold is told about once, not with each answer', async (t) => {
  let skewMs = 65_000;
  const { origin } = await serve(t, (_seen, response) =>
    json(response, TOPICS, 200, { date: new Date(Date.now() + skewMs).toUTCString() }),
  );
  const bench = connect(t, naver(origin), NAVER_SECRETS);
  const client = new DataStreamClient(bench.connection);
  for (skewMs of [65_000, 55_000, 65_000, 50_000]) await client.listTopics();
  assert.equal(bench.skews.length, 1);
  for (skewMs of [10_000, 55_000, 10_000]) await client.listTopics();
  assert.deepEqual(bench.skews.slice(1).map(([told]) => told), [0]);
});

test("a cache's old answer says nothing about the clock", async (t) => {
  const { origin } = await serve(t, (_seen, response) =>
    json(response, TOPICS, 200, { date: new Date(Date.now() - 3_600_000).toUTCString(), age: '3600' }),
  );
  const bench = connect(t, naver(origin), NAVER_SECRETS);
  await new DataStreamClient(bench.connection).listTopics();
  assert.deepEqual(bench.skews, []);
});
