import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';

import type { ConnectionDeps } from '../../../src/api/connection.ts';
import { DataStreamClient } from '../../../src/api/datastream/client.ts';
import type { NaverAccount } from '../../../src/model/account.ts';
import { CloudError } from '../../../src/model/cloudError.ts';
import type { ResourceWrite, ResourceWriteEnd, WriteLog } from '../../../src/model/resourceWrite.ts';
import { connect, deadOrigin, json, naver, NAVER_SECRETS, serve } from './support.ts';

const TOPIC = { name: 'h4j6l-orders', description: 'd', partitions: 1, retentionMs: 3_600_000 };
const ANSWER = '{"topicId":"t","topicName":"h4j6l-orders"}';

/** Takes down what is written, in its order. */
class MemoryWrites implements WriteLog {
  readonly lines: (ResourceWrite | ResourceWriteEnd)[] = [];

  leaving(write: ResourceWrite): (end: ResourceWriteEnd) => void {
    this.lines.push({ ...write });
    return (end) => this.lines.push(end);
  }

  /** How the requests ended; each has one beginning and one end. */
  ends(): readonly ResourceWriteEnd[] {
    const ends = this.lines.filter((line) => 'kind' in line);
    assert.equal(ends.length * 2, this.lines.length);
    return ends;
  }
}

function clientOf(
  t: Parameters<typeof connect>[0], origin: string, changes: Partial<NaverAccount> = {}, deps: Partial<ConnectionDeps> = {},
): { readonly client: DataStreamClient; readonly writes: MemoryWrites } {
  const writes = new MemoryWrites();
  return { client: new DataStreamClient(connect(t, naver(origin, changes), NAVER_SECRETS, { writes, ...deps }).connection), writes };
}

test('a change is written down before it leaves, and when it ended', async (t) => {
  const linesThen: number[] = [];
  const { origin, seen } = await serve(t, (_seen, response) => {
    linesThen.push(writes.lines.length);
    json(response, ANSWER);
  });
  const { client, writes } = clientOf(t, origin, {}, { now: () => 1_700_000_000_000 });
  await client.createTopic(TOPIC);
  const body = seen[0]?.body ?? '';
  assert.deepEqual(writes.lines, [
    {
      atMs: 1_700_000_000_000,
      accountId: 'a1',
      accountName: 'acme',
      method: 'POST',
      origin,
      target: '/api/v1/topics',
      name: 'h4j6l-orders',
      bytes: Buffer.byteLength(body),
      hash: createHash('sha256').update(body).digest('hex'),
      body,
    },
    { kind: 'done', status: 200 },
  ]);
  assert.deepEqual(linesThen, [1]);
  await client.deleteTopic('t');
  const deletion = writes.lines[2];
  assert.deepEqual(deletion !== undefined && 'bytes' in deletion && [deletion.bytes, deletion.hash, deletion.body], [0, undefined, undefined]);
  // Its path has only the id, and the name was seen before.
  assert.ok(deletion !== undefined && 'name' in deletion && deletion.name === 'h4j6l-orders');
});

test('it ends as refused only where it is certain that nothing was done', async (t) => {
  const answers: readonly (readonly [status: number, body: string, ResourceWriteEnd])[] = [
    [400, '{"code":"InvalidParameter","detail":"no"}', { kind: 'refused', error: 'invalid', status: 400, code: 'InvalidParameter', detail: 'no' }],
    [401, '{}', { kind: 'refused', error: 'unauthorized', status: 401 }],
    [429, '{}', { kind: 'refused', error: 'rateLimited', status: 429 }],
    [500, '{}', { kind: 'unknown', error: 'unavailable', status: 500 }],
    [500, '{"code":"LimitExceeded"}', { kind: 'unknown', error: 'quotaExceeded', status: 500, code: 'LimitExceeded' }],
    [200, '<html>proxy', { kind: 'unknown', error: 'unexpectedResponse', status: 200, detail: 'proxy' }],
    [200, '{"topicId":1e999}', { kind: 'unknown', error: 'unexpectedResponse', status: 200 }],
  ];
  const { origin } = await serve(t, (_seen, response, count) => {
    const [status, body] = answers[count - 1] ?? [500, ''];
    json(response, body, status);
  });
  const { client, writes } = clientOf(t, origin);
  for (const [status] of answers) await assert.rejects(client.createTopic(TOPIC), CloudError, String(status));
  assert.deepEqual(writes.ends(), answers.map(([, , end]) => end));
});

test('a request that was lost or called off ends as unknown, one that found nobody as refused', async (t) => {
  const { origin } = await serve(t, (_seen, response, count) => {
    if (count === 1) response.destroy();
    else controller.abort();
  });
  const controller = new AbortController();
  const { client, writes } = clientOf(t, origin);
  await assert.rejects(client.createTopic(TOPIC));
  await assert.rejects(client.createTopic(TOPIC, controller.signal));
  const nobody = clientOf(t, await deadOrigin());
  await assert.rejects(nobody.client.createTopic(TOPIC));
  const ends = [...writes.ends(), ...nobody.writes.ends()].map((end) => end.kind !== 'done' && [end.kind, end.error]);
  assert.deepEqual(ends, [['unknown', 'network'], ['unknown', 'cancelled'], ['refused', 'network']]);
});

test('what never leaves is not written, nor what changes nothing', async (t) => {
  const { origin } = await serve(t, ({ target }, response) => json(response, target === '/api/produce' ? '{"status":200}' : '{"list":[]}'));
  const locked = clientOf(t, origin, { lane: { stage: 'prod', access: 'send-only' } });
  await assert.rejects(locked.client.createTopic(TOPIC));
  await locked.client.send({ topic: 'h4j6l-orders', key: 'k', value: 'v' });
  await locked.client.listTopics();
  const called = clientOf(t, origin);
  await assert.rejects(called.client.createTopic(TOPIC, AbortSignal.abort()));
  // Called off while it was signed.
  const controller = new AbortController();
  const signing = clientOf(t, origin, {}, {
    now: () => {
      controller.abort();
      return Date.now();
    },
  });
  await assert.rejects(signing.client.createTopic(TOPIC, controller.signal));
  const writes = new MemoryWrites();
  const unsigned = new DataStreamClient(connect(t, naver(origin), { keyId: 'a b', secret: '' }, { writes }).connection);
  await assert.rejects(unsigned.createTopic(TOPIC), CloudError);
  assert.deepEqual([locked, called, signing, { writes }].flatMap((one) => one.writes.lines), []);
});

test('each attempt has its own lines', async (t) => {
  const { origin } = await serve(t, (_seen, response, count) => {
    const late = new Date(Date.now() - 600_000).toUTCString();
    json(response, count === 1 ? '{}' : ANSWER, count === 1 ? 401 : 200, { date: late });
  });
  const { client, writes } = clientOf(t, origin);
  await client.createTopic(TOPIC);
  assert.deepEqual(writes.ends().map(({ kind }) => kind), ['refused', 'done']);
});

test('no key is in what is written down', async (t) => {
  const { keyId, secret } = NAVER_SECRETS;
  const { origin } = await serve(t, (seen, response) => json(response, JSON.stringify({ code: 'E', detail: JSON.stringify(seen.headers) }), 400));
  const { client, writes } = clientOf(t, origin);
  await assert.rejects(client.createTopic({ ...TOPIC, description: `${keyId} ${secret}` }));
  await assert.rejects(client.deleteTopic(secret));
  const text = JSON.stringify(writes.lines);
  assert.ok(!text.includes(keyId) && !text.includes(secret) && !text.includes(encodeURIComponent(secret)), text);
  assert.equal(writes.ends().length, 2);
});
