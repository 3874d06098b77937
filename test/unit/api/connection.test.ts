import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { test } from 'node:test';

import { Connection } from '../../../src/api/connection.ts';
import { DataStreamClient } from '../../../src/api/datastream/client.ts';
import { EasyQueueClient } from '../../../src/api/easyqueue/client.ts';
import type { AccessLevel } from '../../../src/model/account.ts';
import { CancelledError, CloudError, type CloudErrorKind } from '../../../src/model/cloudError.ts';
import { APP_KEY, connect, errorOf, failure, isSigned, json, naver, NAVER_SECRETS, nhn, serve, transportOf, type Bench } from './support.ts';

const TOPICS = '{"list":[{"topicId":"t1","topicName":"h4j6l-orders"}]}';
const MESSAGE = { topic: 'h4j6l-orders', key: 'k', value: '{"a":1}' };

/** Nothing anybody can read later holds a secret. */
function assertClean(bench: Bench, ...errors: readonly unknown[]): void {
  const texts = [JSON.stringify(bench.log.entries)];
  for (const error of errors) {
    assert.ok(error instanceof CloudError);
    texts.push(error.message, String(error.stack), JSON.stringify(error.details));
  }
  for (const text of texts) assert.doesNotMatch(text, /CANARY/);
}

test('a read is signed over exactly what is sent, and logged without a secret', async (t) => {
  const { origin, seen } = await serve(t, (_seen, response) => json(response, TOPICS));
  const bench = connect(t, naver(origin), NAVER_SECRETS);
  const topics = await new DataStreamClient(bench.connection).listTopics({ searchText: "a/b 주문'" });
  assert.equal(topics[0]?.name, 'h4j6l-orders');
  assert.equal(seen[0]?.target, '/api/v1/topics?searchText=a%2Fb%20%EC%A3%BC%EB%AC%B8%27');
  assert.ok(isSigned(seen[0]));
  assert.equal(bench.log.entries.length, 1);
  const { durationMs, ...entry } = bench.log.entries[0] ?? { durationMs: -1 };
  assert.ok(durationMs >= 0);
  assert.deepEqual(entry, {
    accountName: 'acme',
    method: 'GET',
    host: new URL(origin).host,
    target: seen[0].target,
    status: 200,
    attempt: 1,
  });
  assertClean(bench);
});

test('a log that nobody reads is told of failures only', async (t) => {
  const { origin } = await serve(t, (seen, response) => json(response, TOPICS, seen.target.includes('fails') ? 403 : 200));
  const { connection, log } = connect(t, naver(origin), NAVER_SECRETS);
  log.isTerse = true;
  const client = new DataStreamClient(connection);
  await client.listTopics();
  assert.equal(log.entries.length, 0);
  await assert.rejects(client.listTopics({ searchText: 'fails' }));
  assert.deepEqual(log.entries.map(({ status, error }) => [status, error?.split(',')[0]]), [[403, 'forbidden']]);
});

test('the lane holds before anything leaves, the token request included', async (t) => {
  const { origin, seen } = await serve(t, (_seen, response) => json(response, TOPICS));
  const allowed: Readonly<Record<AccessLevel, boolean>> = { 'read-only': false, 'send-only': true, full: true };
  for (const access of ['read-only', 'send-only', 'full'] as const) {
    const { connection } = connect(t, naver(origin, { lane: { stage: 'prod', access } }), NAVER_SECRETS);
    const before = seen.length;
    const sent = new DataStreamClient(connection).send(MESSAGE);
    if (allowed[access]) {
      await sent;
    } else {
      const details = await failure(sent, 'locked');
      assert.equal(details.reason, 'lane');
      assert.equal(details.operation, 'send');
      assert.equal(details.mayHaveArrived, false);
      assert.equal(seen.length, before);
    }
  }
});

test('a lane closed meanwhile holds for the next request of the same connection', async (t) => {
  const { origin, seen } = await serve(t, (_seen, response) => json(response, '{}'));
  let account = naver(origin);
  const { connection } = connect(t, () => account, NAVER_SECRETS);
  const client = new DataStreamClient(connection);
  await client.send(MESSAGE);
  account = naver(origin, { lane: { stage: 'prod', access: 'read-only' } });
  await failure(client.send(MESSAGE), 'locked');
  assert.equal(seen.length, 1);
});

test("a main account's key sends nothing, and reads all the same", async (t) => {
  const { origin, seen } = await serve(t, (_seen, response) => json(response, TOPICS));
  const { connection } = connect(t, naver(origin, { keyOwner: 'main' }), NAVER_SECRETS);
  const client = new DataStreamClient(connection);
  const details = await failure(client.send(MESSAGE), 'forbidden');
  assert.equal(details.reason, 'mainAccountKey');
  assert.equal(details.mayHaveArrived, false);
  assert.equal(seen.length, 0);
  await client.listTopics();
  assert.equal(seen.length, 1);
});

test('reads are repeated twice after a 5xx or a dead connection, with back-off, each signed anew', async (t) => {
  const { origin, seen } = await serve(t, (_seen, response, count) => {
    if (count === 1) json(response, '{"code":"InternalError"}', 500);
    else if (count === 2) response.destroy();
    else json(response, TOPICS);
  });
  let now = 1_700_000_000_000;
  const bench = connect(t, naver(origin), NAVER_SECRETS, { now: () => (now += 1) });
  assert.equal((await new DataStreamClient(bench.connection).listTopics()).length, 1);
  assert.deepEqual(bench.waits, [250, 500]);
  assert.equal(new Set(seen.map(({ headers }) => headers['x-ncp-apigw-timestamp'])).size, 3);
  assert.ok(seen.every(isSigned));
  assert.deepEqual(bench.log.entries.map(({ attempt, status }) => [attempt, status]), [[1, 500], [2, undefined], [3, 200]]);
});

test('a read that keeps failing fails after the third', async (t) => {
  const { origin, seen } = await serve(t, (_seen, response) => json(response, '', 503));
  const { connection } = connect(t, naver(origin), NAVER_SECRETS);
  const details = await failure(new DataStreamClient(connection).getTopicPrefix(), 'unavailable');
  assert.equal(details.status, 503);
  assert.equal(seen.length, 3);
});

test('a send is never repeated, and says whether it may have arrived', async (t) => {
  const cases: readonly (readonly [answer: (response: ServerResponse) => void, CloudErrorKind, boolean])[] = [
    [(response) => response.destroy(), 'network', true],
    [(response) => json(response, '', 500), 'unavailable', true],
    [(response) => json(response, '{"error":{"errorCode":"500","message":"Endpoint Error"}}', 503), 'unavailable', true],
    [(response) => json(response, '<html>', 200), 'unexpectedResponse', true],
    [(response) => json(response, '{"status":2', 200), 'unexpectedResponse', true],
    [(response) => json(response, '{"status":500,"detail":"x"}', 200), 'unavailable', true],
    [(response) => json(response, '', 429), 'rateLimited', false],
    [(response) => json(response, '{"status":404,"detail":"no topic"}', 404), 'notFound', false],
    [(response) => json(response, '{"status":400,"detail":"bad"}', 200), 'invalid', false],
  ];
  for (const [answer, kind, mayHaveArrived] of cases) {
    const { origin, seen } = await serve(t, (_seen, response) => answer(response));
    const { connection, waits } = connect(t, naver(origin), NAVER_SECRETS);
    const details = await failure(new DataStreamClient(connection).send(MESSAGE), kind);
    assert.equal(details.mayHaveArrived, mayHaveArrived, `${kind} ${String(details.status)}`);
    assert.equal(details.operation, 'send');
    assert.equal(seen.length, 1);
    assert.deepEqual(waits, []);
  }
  const { connection } = connect(t, naver('http://127.0.0.1:1'), NAVER_SECRETS);
  assert.equal((await failure(new DataStreamClient(connection).send(MESSAGE), 'network')).mayHaveArrived, false);
});

test('429 is waited for as told, in seconds or by date, three times', async (t) => {
  const told = ['2', 'Sat, 21 Nov 2026 12:00:07 GMT', '30'];
  const { origin, seen } = await serve(t, (_seen, response, count) => {
    const retryAfter = told[count - 1];
    if (retryAfter === undefined) json(response, TOPICS);
    else json(response, '', 429, { 'retry-after': retryAfter, date: 'Sat, 21 Nov 2026 12:00:00 GMT', age: '1' });
  });
  const limited: unknown[] = [];
  const bench = connect(t, naver(origin), NAVER_SECRETS, { onRateLimited: (...told) => limited.push(told) });
  await new DataStreamClient(bench.connection).listTopics();
  assert.deepEqual(bench.waits, [2_000, 7_000, 30_000]);
  assert.equal(seen.length, 4);
  // So that whatever else is read of the account waits, too.
  assert.deepEqual(limited, [2_000, 7_000, 30_000].map((waitMs) => [bench.connection.account.id, waitMs]));
});

test('a server that wants more than 30 seconds is not asked again, and the user hears how long', async (t) => {
  for (const status of [429, 503]) {
    const { origin, seen } = await serve(t, (_seen, response) => json(response, '', status, { 'retry-after': '3600' }));
    const bench = connect(t, naver(origin), NAVER_SECRETS);
    const kind = status === 429 ? 'rateLimited' : 'unavailable';
    assert.equal((await failure(new DataStreamClient(bench.connection).listTopics(), kind)).retryAfterMs, 3_600_000);
    assert.equal(seen.length, 1);
    assert.deepEqual(bench.waits, []);
  }
});

test('429 without a time is backed off from, and given up after the fourth', async (t) => {
  const { origin, seen } = await serve(t, (_seen, response) => json(response, '', 429));
  const bench = connect(t, naver(origin), NAVER_SECRETS);
  await failure(new DataStreamClient(bench.connection).listTopics(), 'rateLimited');
  assert.deepEqual(bench.waits, [1_000, 2_000, 4_000]);
  assert.equal(seen.length, 4);
});

test('keys that cannot be sent are refused without being repeated', async (t) => {
  const { origin, seen } = await serve(t, (_seen, response) => json(response, TOPICS));
  for (const keyId of ['CANARY\nKEY', 'CANARY key', 'CANARY키', '']) {
    const bench = connect(t, naver(origin), { keyId, secret: 'CANARYs' });
    const error = await new DataStreamClient(bench.connection).listTopics().catch((reason: unknown) => reason);
    assert.ok(error instanceof CloudError && error.kind === 'unauthorized');
    assertClean(bench, error);
  }
  assert.equal(seen.length, 0);
});

test('the value of a message goes out as it is', async (t) => {
  const { origin, seen } = await serve(t, (_seen, response) => json(response, '{"status":200,"detail":"OK"}'));
  const client = new DataStreamClient(connect(t, naver(origin), NAVER_SECRETS).connection);
  const value = '{ "id": 9007199254740993,\r\n "id": 1, "e": "🚚 주문\\u0000" }\u2028';
  assert.deepEqual(await client.send({ ...MESSAGE, value, partition: 0 }), { status: 200, detail: 'OK' });
  assert.deepEqual(JSON.parse(seen[0]?.body ?? ''), { ...MESSAGE, value, partition: 0 });
  await client.send(MESSAGE);
  assert.deepEqual(JSON.parse(seen[1]?.body ?? ''), MESSAGE);
  assert.equal(seen[0]?.headers['content-type'], 'application/json');
});

test('a signal ends a call while it waits, and a disposed connection calls nothing', async (t) => {
  const { origin, seen } = await serve(t, (_seen, response) => json(response, '', 503));
  const controller = new AbortController();
  const bench = connect(t, naver(origin), NAVER_SECRETS, {
    wait: (_ms, signal) =>
      new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => reject(new Error('aborted')));
        controller.abort();
      }),
  });
  const client = new DataStreamClient(bench.connection);
  await assert.rejects(client.listTopics({}, controller.signal), CancelledError);
  await assert.rejects(client.listTopics({}, AbortSignal.abort()), CancelledError);
  assert.equal(seen.length, 1);
  await bench.connection.dispose();
  await assert.rejects(client.listTopics(), CancelledError);
  // What reads is not wanted any more; of what was to be sent it is certain that it never left.
  const details = await failure(client.send(MESSAGE), 'unauthorized');
  assert.deepEqual([details.reason, details.operation, details.mayHaveArrived], ['credentials', 'send', false]);
  await failure(client.deleteTopic('t1'), 'unauthorized');
  assert.equal(seen.length, 1);
});

test('keys that cannot be read send nothing, for certain', async (t) => {
  const { origin, seen } = await serve(t, (_seen, response) => json(response, '{}'));
  const transport = transportOf(t);
  const deps = { transport, now: Date.now, random: () => 1, wait: () => Promise.resolve(), log: { request: () => undefined }, timeoutMs: () => 10_000 };
  const locked = new Error('CANARY keychain');
  const connection = new Connection(() => naver(origin), () => Promise.reject(locked), deps);
  const error = await errorOf(new DataStreamClient(connection).send(MESSAGE));
  assert.deepEqual([error.kind, error.details.reason, error.details.mayHaveArrived], ['unauthorized', 'credentials', false]);
  assert.doesNotMatch(error.message, /CANARY/);
  assert.equal(error.cause, locked);
  const told = new CloudError('unauthorized', { reason: 'credentials', detail: 'not set', mayHaveArrived: false });
  const other = new Connection(() => nhn(origin), () => Promise.reject(told), deps);
  assert.equal(await errorOf(new EasyQueueClient(other, APP_KEY).listTopics()), told);
  const unread = new Connection(() => nhn(origin), () => Promise.reject(locked), deps);
  assert.equal((await failure(new EasyQueueClient(unread, APP_KEY).listTopics(), 'unauthorized')).mayHaveArrived, false);
  assert.equal(seen.length, 0);
});

test('nothing a service repeats of a message or of a key stands in an error or in the log', async (t) => {
  const keys = { keyId: 'CANARYACCESSKEY00000', secret: `CANARY&<"'secret00000000000000000000000` };
  const escaped = keys.secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');
  const message = { topic: 'h4j6l-orders', key: 'customer-CANARY-17', value: '{\n  "card": "4111-1111-1111-1111",\n  "of": "CANARY & Kim"\n}' };
  const sayings: readonly string[] = [
    JSON.stringify({ status: 400, detail: `cannot store ${message.value} of ${message.key} in h4j6l-orders` }),
    JSON.stringify({ status: 400, detail: `cannot store ${message.value.slice(5, 40)}` }),
    JSON.stringify({ code: message.key, title: `no ${message.key}` }),
    `<html><body>Blocked: ${message.value.replaceAll('&', '&amp;').replaceAll('"', '&quot;')} signed by ${escaped}</body></html>`,
    JSON.stringify({ status: 400, detail: `${'x'.repeat(470)} ${escaped}` }),
  ];
  for (const said of sayings) {
    const { origin } = await serve(t, (_seen, response) => json(response, said, 400));
    const bench = connect(t, naver(origin), keys);
    const error = await errorOf(new DataStreamClient(bench.connection).send(message));
    assertClean(bench, error);
    assert.doesNotMatch(error.message + JSON.stringify(bench.log.entries), /4111|card/);
    assert.match(error.message, /•••/);
  }
  const { origin } = await serve(t, (_seen, response) => json(response, sayings[0] ?? '', 400));
  const { details } = await errorOf(new DataStreamClient(connect(t, naver(origin), keys).connection).send(message));
  assert.match(details.detail ?? '', /^cannot store ••• of ••• in h4j6l-orders$/);
});

test('an answer to a send is read no further than a documented one can be long', async (t) => {
  const { origin } = await serve(t, (_seen, response) => json(response, `{"status":200,"detail":"${'x'.repeat(65_536)}"}`));
  const { connection } = connect(t, naver(origin), NAVER_SECRETS);
  const details = await failure(new DataStreamClient(connection).send(MESSAGE), 'unexpectedResponse');
  assert.deepEqual([details.reason, details.mayHaveArrived], ['tooLarge', true]);
});
