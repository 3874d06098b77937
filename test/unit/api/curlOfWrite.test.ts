import assert from 'node:assert/strict';
import { test } from 'node:test';

import { DataStreamClient } from '../../../src/api/datastream/client.ts';
import { curlOfWrite } from '../../../src/api/curlOfWrite.ts';
import { startEmulator } from '../../../src/emulator/emulator.ts';
import type { ResourceWrite } from '../../../src/model/resourceWrite.ts';
import { bash, naverKeys, nhnKeys } from './bash.ts';
import { connect, isSigned, json, naver, NAVER_SECRETS, nhn, serve } from './support.ts';
import { clouds, HOUR, QUEUE } from './writeSupport.ts';

function write(changes: Partial<ResourceWrite>): ResourceWrite {
  const { body } = changes;
  return {
    atMs: 0, accountId: 'n1', accountName: 'acme', method: 'POST', origin: 'https://datastream.apigw.ntruss.com', target: '/api/v1/topics',
    bytes: body === undefined ? 0 : Buffer.byteLength(body), hash: undefined, body, ...changes,
  };
}

test('the script of a message puts it on the topic, byte for byte', async (t) => {
  const emulator = await startEmulator();
  t.after(() => emulator.close());
  const one = emulator.credentials.naver;
  const keys = { keyId: one.accessKeyId, secret: one.secretKey };
  const topic = emulator.world.dataStream.topics()[0] ?? assert.fail();
  const account = naver(one.dataStream, { endpoints: { dataStream: one.dataStream, messages: one.messages } });
  const client = new DataStreamClient(connect(t, account, keys).connection);
  const value = `{"id": 9007199254740993, "a": 1.0, "a": 2,\n "text": "it's $HOME \`id\` \\u0041 주문 🚚"}\nEND_OF_BODY\n`;
  const script = client.curlOfSend({ topic: topic.name, key: "k'1", value, partition: 0 });
  for (const secret of [one.accessKeyId, one.secretKey]) assert.ok(!script.includes(secret));
  const { code, err } = await bash(script, naverKeys(keys));
  assert.deepEqual([code, err], [0, '']);
  const stored = topic.log.partitions[0]?.messages.at(-1);
  assert.deepEqual([stored?.key, stored?.value], ["k'1", value]);
});

test('the script of a message goes where messages go, and is a failure where it is refused', async (t) => {
  const { origin, seen } = await serve(t, (_seen, response) => json(response, '{"status":403,"detail":"no"}', 403));
  const account = naver('https://example.com', { endpoints: { messages: origin } });
  const client = new DataStreamClient(connect(t, account, NAVER_SECRETS).connection);
  const { code, out } = await bash(client.curlOfSend({ topic: 't', key: 'k', value: 'v' }), naverKeys(NAVER_SECRETS));
  assert.notEqual(code, 0);
  assert.match(out, /"detail":"no"/);
  const [request] = seen;
  assert.deepEqual([request?.method, request?.target, request?.body], ['POST', '/api/produce', '{"topic":"t","key":"k","value":"v"}']);
  assert.ok(request !== undefined && isSigned(request));
});

test('a write is done once more by its script', async (t) => {
  const here = await clouds(t);
  const { naver: one, nhn: other } = here.emulator.credentials;
  const account = naver(one.dataStream);
  const body = JSON.stringify({ name: 'h4j6l-new', partitions: 2, retentionMs: HOUR });
  const script = curlOfWrite(write({ origin: one.dataStream, body }), account) ?? assert.fail();
  assert.ok(!script.includes(one.secretKey));
  const { code } = await bash(script, naverKeys({ keyId: one.accessKeyId, secret: one.secretKey }));
  assert.equal(code, 0);
  const [topic] = await here.dataStream.listTopics();
  assert.deepEqual([topic?.name, topic?.partitions], ['h4j6l-new', 2]);

  await here.easyQueue.createTopic({ name: 'orders', ...QUEUE });
  const target = `/v1.0/appkeys/${other.appKey}/topics/orders`;
  const queue = nhn(other.easyQueue);
  const remove = curlOfWrite(write({ method: 'DELETE', origin: other.easyQueue, target }), queue) ?? assert.fail();
  const removed = await bash(remove, nhnKeys({ keyId: other.userAccessKeyId, secret: other.secretAccessKey }));
  assert.equal(removed.code, 0, removed.err);
  assert.ok(here.arrived().includes(`DELETE ${target}`));
});

test('numbers of a body keep every digit', async (t) => {
  const { origin, seen } = await serve(t, (_seen, response) => json(response, 'true'));
  const body = '{"bytes":9223372036854775807,"name":"a"}';
  await bash(curlOfWrite(write({ origin, body }), naver(origin)) ?? assert.fail(), naverKeys(NAVER_SECRETS));
  assert.equal(seen[0]?.body, body);
});

test('an address that is none of the account gets no script', () => {
  const account = naver('https://mine.example.com');
  assert.equal(curlOfWrite(write({}), account), undefined);
  assert.equal(curlOfWrite(write({ origin: 'https://evil.example.com' }), account), undefined);
  assert.equal(curlOfWrite(write({ origin: 'https://kr1-easyqueue.api.nhncloudservice.com' }), account), undefined);
  assert.ok(curlOfWrite(write({ origin: 'https://mine.example.com' }), account));
  const plain = naver('https://mine.example.com', { endpoints: {} });
  assert.ok(curlOfWrite(write({}), plain));
  assert.ok(curlOfWrite(write({ method: 'PUT', origin: 'https://cloudfunctions.apigw.ntruss.com', target: '/ncf/api/v2/packages/a?platform=vpc', body: '{}' }), plain));
  // A stored address that is not safe is no address, and its account still has the others.
  assert.equal(curlOfWrite(write({ origin: 'http://example.com' }), naver('http://example.com')), undefined);
});

test('what is no request of ours gets no script', () => {
  const account = naver('https://mine.example.com');
  const script = (changes: Partial<ResourceWrite>): string | undefined => curlOfWrite(write({ origin: 'https://mine.example.com', ...changes }), account);
  for (const target of ['api', '//evil.example.com/', '/a/../b', '/a/./b', '/a b', '/a\nb', '/a?b=$(id)', "/a'b", '/..', '/a//b', '']) assert.equal(script({ target }), undefined, target);
  for (const target of ['/api/v1/topics/a%2Fb', '/a/b.c~d-e_f?x=%27&y=', '/ncf/api/v2/packages/-/actions/a.b']) assert.ok(script({ target }), target);
  for (const method of ['GET', 'post', 'PATCH', 'X\n']) assert.equal(script({ method }), undefined);
  for (const body of ['', '1', 'null', 'not json']) assert.equal(script({ body }), undefined);
  // The body was not kept.
  assert.equal(script({ bytes: 12, hash: 'abc' }), undefined);
});
