import assert from 'node:assert/strict';
import { test } from 'node:test';

import { DataStreamClient } from '../../../src/api/datastream/client.ts';
import { CloudError, type CloudErrorKind } from '../../../src/model/cloudError.ts';
import { connect, failure, json, naver, NAVER_SECRETS, serve } from './support.ts';

const TOPICS = '{"list":[{"topicId":"t1","topicName":"h4j6l-orders"}]}';
const MESSAGE = { topic: 'h4j6l-orders', key: 'k', value: '{"a":1}' };

test('broken answers are unexpected responses, never anything else', async (t) => {
  const cases: readonly (readonly [body: string, reason: string, path?: string])[] = [
    ['', 'empty'],
    ['  \n', 'empty'],
    ['{"list":[{"topicId":"a","topi', 'notJson'],
    ['<!DOCTYPE html><title>Login</title><p>Sign in to the proxy', 'notJson'],
    ['null', 'schema', ''],
    ['"text"', 'schema', ''],
    ['{"list":[{"topicId":"a"}]}', 'schema', 'list.0.topicName'],
  ];
  for (const [body, reason, path] of cases) {
    const { origin } = await serve(t, (_seen, response) => json(response, body));
    const bench = connect(t, naver(origin), NAVER_SECRETS);
    const details = await failure(new DataStreamClient(bench.connection).listTopics(), 'unexpectedResponse');
    assert.equal(details.reason, reason, body);
    assert.equal(details.path, path);
    assert.equal(details.status, 200);
    assert.match(bench.log.entries[0]?.error ?? '', /^unexpectedResponse/);
  }
});

test("a proxy's page keeps its words but not its tags, whatever its status", async (t) => {
  for (const [status, kind] of [[403, 'unexpectedResponse'], [404, 'unexpectedResponse'], [502, 'unavailable'], [407, 'network'], [429, 'rateLimited']] as const) {
    const { origin } = await serve(t, (_seen, response) => json(response, '<html><body><h1>Blocked by policy</h1></body></html>', status));
    const { connection } = connect(t, naver(origin), NAVER_SECRETS);
    const details = await failure(new DataStreamClient(connection).getTopicPrefix(), kind);
    assert.equal(details.detail, 'Blocked by policy');
    assert.equal(details.status, status);
  }
});

test('a page without words says nothing, rather than its tags', async (t) => {
  const { origin } = await serve(t, (_seen, response) => json(response, '<html><body></body></html>'));
  const { connection } = connect(t, naver(origin), NAVER_SECRETS);
  assert.equal((await failure(new DataStreamClient(connection).getTopicPrefix(), 'unexpectedResponse')).detail, undefined);
});

test('nothing of a cut-off answer is repeated: it is data, not words', async (t) => {
  for (const body of ['{"content":{"credential":{"accessToken":"CANARY"', '[{"code":"CANARY', ' "CANARY']) {
    const { origin } = await serve(t, (_seen, response) => json(response, body));
    const bench = connect(t, naver(origin), NAVER_SECRETS);
    const details = await failure(new DataStreamClient(bench.connection).listTopics(), 'unexpectedResponse');
    assert.equal(details.reason, 'notJson');
    assert.equal(details.detail, undefined);
    assert.doesNotMatch(JSON.stringify(bench.log.entries), /CANARY/);
  }
});

test('a redirect is refused, and the credential stays where it is', async (t) => {
  const thief = await serve(t, (_seen, response) => json(response, TOPICS));
  const { origin, seen } = await serve(t, (_seen, response) => {
    response.writeHead(307, { location: `${thief.origin}/login?next=secret` }).end();
  });
  const { connection } = connect(t, naver(origin), NAVER_SECRETS);
  const details = await failure(new DataStreamClient(connection).listTopics(), 'network');
  assert.equal(details.reason, 'redirect');
  assert.equal(details.detail, thief.origin);
  assert.equal(seen.length, 1);
  assert.equal(thief.seen.length, 0);
});

test('a server that repeats secrets puts them into no error and no log', async (t) => {
  const { origin } = await serve(t, ({ headers, target }, response) => {
    const echo = [...Object.values(headers), NAVER_SECRETS.secret, encodeURIComponent(NAVER_SECRETS.secret), target].join(' ');
    const body = { title: echo, detail: `<b>${echo}</b>`, code: NAVER_SECRETS.keyId };
    json(response, JSON.stringify(target.includes('prefix') ? { error: { errorCode: NAVER_SECRETS.secret, message: echo } } : body), 400);
  });
  const bench = connect(t, naver(origin), NAVER_SECRETS);
  const client = new DataStreamClient(bench.connection);
  const errors = await Promise.all(
    [client.listTopics({ searchText: NAVER_SECRETS.keyId }), client.getTopicPrefix(), client.send(MESSAGE)].map((promise) =>
      promise.then(() => assert.fail('expected a failure'), (error: unknown) => error),
    ),
  );
  assert.doesNotMatch(JSON.stringify(bench.log.entries), /CANARY/);
  for (const error of errors) assert.match(String(error), /•••/);
  for (const error of errors) {
    assert.ok(error instanceof CloudError);
    assert.doesNotMatch(JSON.stringify(error.details) + error.message + String(error.stack), /CANARY/);
  }
});

test('no connector in every form, but a missing topic is an error', async (t) => {
  const answers: readonly (readonly [status: number, body: string, kind?: CloudErrorKind])[] = [
    [404, ''],
    [404, '{"code":"InvalidConnectorNotFound"}'],
    [404, '{"title":"Not Found","status":404}'],
    [200, ''],
    [200, 'null'],
    [200, '{}'],
    [404, '{"code":"InvalidTopicNotFound"}', 'notFound'],
    [404, '{"error":{"errorCode":"300","message":"Not Found Exception"}}', 'notFound'],
    [404, '<html>', 'unexpectedResponse'],
  ];
  for (const [status, body, kind] of answers) {
    const { origin } = await serve(t, (_seen, response) => json(response, body, status));
    const asked = new DataStreamClient(connect(t, naver(origin), NAVER_SECRETS).connection).getConnector('t1');
    if (kind === undefined) assert.equal(await asked, undefined, body);
    else await failure(asked, kind);
  }
});
