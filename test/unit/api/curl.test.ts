import assert from 'node:assert/strict';
import { test } from 'node:test';

import fc from 'fast-check';

import { curlScript } from '../../../src/api/curl.ts';
import { DataStreamClient } from '../../../src/api/datastream/client.ts';
import { managementEndpoint } from '../../../src/api/datastream/hosts.ts';
import { createConnector, createTopic, deleteTopic, getTopic, listTopics } from '../../../src/api/datastream/operations.ts';
import { EasyQueueClient } from '../../../src/api/easyqueue/client.ts';
import { easyQueueEndpoint } from '../../../src/api/easyqueue/hosts.ts';
import * as queue from '../../../src/api/easyqueue/operations.ts';
import type { Operation } from '../../../src/api/operation.ts';
import { startEmulator } from '../../../src/emulator/emulator.ts';
import type { NaverAccount } from '../../../src/model/account.ts';
import { bash, naverKeys, nhnKeys } from './bash.ts';
import { connect, isSigned, json, naver, NAVER_SECRETS, nhn, NHN_SECRETS, serve } from './support.ts';
import { clouds, CONNECTOR, HOUR, QUEUE } from './writeSupport.ts';

function naverScript(operation: Operation<unknown>, account: NaverAccount): string {
  return curlScript({ endpoint: managementEndpoint(account), operation }, account);
}

test('bash, curl and openssl are on this machine', async () => {
  for (const command of ['curl --version', 'openssl version', 'sed --version', 'od --version', 'tr --version', 'date --version']) {
    const { code } = await bash(command, {});
    assert.equal(code, 0, `the scripts cannot be tried: "${command}" does not run`);
  }
});

test('the scripts of topics and connectors print what the service answers', async (t) => {
  const here = await clouds(t);
  const { naver: one, nhn: other } = here.emulator.credentials;
  const keys = naverKeys({ keyId: one.accessKeyId, secret: one.secretKey });
  const { id } = await here.dataStream.createTopic({ name: 'h4j6l-orders', partitions: 1, retentionMs: HOUR });
  await here.dataStream.createConnector(id, CONNECTOR);
  const topic = await bash(here.dataStream.curlOfTopic(id), keys);
  assert.deepEqual(topic, { code: 0, out: await here.dataStream.rawTopic(id), err: '' });
  const connector = await bash(here.dataStream.curlOfConnector(id), keys);
  assert.deepEqual(connector, { code: 0, out: await here.dataStream.rawConnector(id), err: '' });

  await here.easyQueue.createTopic({ name: 'orders', ...QUEUE });
  const script = here.easyQueue.curlOfTopic('orders');
  const ran = await bash(script, nhnKeys({ keyId: other.userAccessKeyId, secret: other.secretAccessKey }));
  assert.deepEqual(ran, { code: 0, out: await here.easyQueue.rawTopic('orders'), err: '' });
  for (const text of [script, here.dataStream.curlOfTopic(id)]) {
    for (const secret of [one.accessKeyId, one.secretKey, other.userAccessKeyId, other.secretAccessKey]) {
      assert.ok(!text.includes(secret));
    }
  }
});

test('a name of odd characters reaches the service as it is', async (t) => {
  const { origin, seen } = await serve(t, (_seen, response) => json(response, '{}'));
  const account = naver(origin);
  const odd = [`it's "quoted"`, '$HOME `id` $(id) \\ !', '주문 토픽 🚚', '[a-z]{1,2}', '-o/etc/passwd', 'a\nb\tc', '%41+&#?;|<>*~'];
  for (const id of odd) {
    assert.equal((await bash(naverScript(getTopic(id), account), naverKeys(NAVER_SECRETS))).code, 0);
    const last = seen.at(-1) ?? assert.fail();
    assert.equal(decodeURIComponent(last.target), `/api/v1/topics/${id}`);
    assert.ok(isSigned(last), id);
  }
  const { code } = await bash(naverScript(listTopics({ searchText: `'"$주문` }), account), naverKeys(NAVER_SECRETS));
  assert.equal(code, 0);
  assert.ok(seen.at(-1)?.target.endsWith('?searchText=%27%22%24%EC%A3%BC%EB%AC%B8'));
  assert.equal(seen.length, odd.length + 1);
});

test('a body arrives byte for byte', async (t) => {
  const { origin, seen } = await serve(t, (_seen, response) => json(response, 'true'));
  const account = naver(origin);
  const keys = naverKeys(NAVER_SECRETS);
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(`'`, '$(touch /tmp/x)', 'END_OF_BODY', '\nEND_OF_BODY\n', '\nEND_OF_SCRIPT\n', '`id`', '@/etc/hostname', '\\n\\', '주문'),
  );
  await fc.assert(
    fc.asyncProperty(text, async (description) => {
      const operation = createTopic({ name: 'h4j6l-a', description, partitions: 1, retentionMs: HOUR });
      const ran = await bash(naverScript(operation, account), keys);
      assert.deepEqual(ran, { code: 0, out: 'true', err: '' });
      const last = seen.at(-1) ?? assert.fail();
      assert.equal(last.body, JSON.stringify(operation.body));
      assert.deepEqual([last.headers['content-type'], last.headers.accept], ['application/json', 'application/json']);
      assert.ok(isSigned(last));
    }),
    { numRuns: 12 },
  );
  await bash(naverScript(createConnector('t', CONNECTOR), account), keys);
  assert.equal(seen.at(-1)?.body, JSON.stringify(CONNECTOR));
  await bash(naverScript(deleteTopic('t'), account), keys);
  assert.deepEqual([seen.at(-1)?.method, seen.at(-1)?.body], ['DELETE', '']);
});

test('keys of any length and characters sign as openssl and Node do', async (t) => {
  const { origin, seen } = await serve(t, (_seen, response) => json(response, '{}'));
  const script = naverScript(getTopic('t'), naver(origin));
  const { signatureV2 } = await import('../../../src/api/naverAuthenticator.ts');
  // '6' and '\' are what the two paddings turn into the byte 0.
  for (const secret of ['6', '\\\\66', 'x'.repeat(64), 'x'.repeat(65), 'x'.repeat(200), `a'"$ \`b`, '비밀키', '%s\\x41']) {
    assert.deepEqual(await bash(script, naverKeys({ keyId: 'id', secret })), { code: 0, out: '{}', err: '' });
    const { headers, target } = seen.at(-1) ?? assert.fail();
    const timestamp = String(headers['x-ncp-apigw-timestamp']);
    assert.ok(Math.abs(Number(timestamp) - Date.now()) < 60_000);
    assert.equal(headers['x-ncp-apigw-signature-v2'], signatureV2({ method: 'GET', target, timestamp }, { keyId: 'id', secret }), secret);
  }
});

test('a refusal is printed, and is a failure of the script', async (t) => {
  const emulator = await startEmulator();
  t.after(() => emulator.close());
  const { naver: one, nhn: other } = emulator.credentials;
  const account = naver(one.dataStream);
  const wrong = await bash(naverScript(listTopics({}), account), naverKeys({ keyId: one.accessKeyId, secret: 'wrong' }));
  assert.notEqual(wrong.code, 0);
  assert.match(wrong.out, /"errorCode":"200"/);
  const right = naverKeys({ keyId: one.accessKeyId, secret: one.secretKey });
  const gone = await bash(naverScript(getTopic('nothing'), account), right);
  assert.notEqual(gone.code, 0);
  assert.match(gone.out, /InvalidTopicNotFound/);

  const queueAccount = nhn(other.easyQueue);
  const endpoint = easyQueueEndpoint(queueAccount, 'KR1');
  const script = curlScript({ endpoint, operation: queue.listTopics(other.appKey, {}) }, queueAccount);
  const before = emulator.log.length;
  const refused = await bash(script, nhnKeys({ keyId: other.userAccessKeyId, secret: 'wrong' }));
  assert.notEqual(refused.code, 0);
  assert.match(refused.err, /No access token was given: .*invalid_client/);
  assert.deepEqual(emulator.log.slice(before).map(({ operation }) => operation), ['createToken']);
  const good = await bash(script, nhnKeys({ keyId: other.userAccessKeyId, secret: other.secretAccessKey }));
  assert.equal(good.code, 0);
  assert.match(good.out, /"isSuccessful":true/);
});

test('an address of odd characters stays one word', async () => {
  const account = naver('http://127.0.0.1:1');
  const origin = `http://h/it's "$HOME" $(id) \`id\`\n주문`;
  const script = curlScript({ endpoint: { ...managementEndpoint(account), origin }, operation: getTopic('t') }, account);
  const { out } = await bash(`curl() { printf '%s' "\${*: -1}"; }; export -f curl\n${script}`, naverKeys(NAVER_SECRETS));
  assert.equal(out, `${origin}/api/v1/topics/t`);
});

test('a variable that is not set is named, and nothing is sent', async (t) => {
  const { origin, seen } = await serve(t, (_seen, response) => json(response, '{}'));
  const one = naverScript(getTopic('t'), naver(origin));
  const queueAccount = nhn(origin);
  const other = curlScript({ endpoint: easyQueueEndpoint(queueAccount, 'KR1'), operation: queue.listTopics('k', {}) }, queueAccount);
  const cases: readonly (readonly [string, Record<string, string>, string])[] = [
    [one, {}, 'NCLOUD_ACCESS_KEY'],
    [one, { NCLOUD_ACCESS_KEY: 'id' }, 'NCLOUD_SECRET_KEY'],
    [one, { NCLOUD_ACCESS_KEY: 'id', NCLOUD_SECRET_KEY: '' }, 'NCLOUD_SECRET_KEY'],
    [other, {}, 'NHN_USER_ACCESS_KEY_ID'],
    [other, { NHN_USER_ACCESS_KEY_ID: 'id' }, 'NHN_SECRET_ACCESS_KEY'],
  ];
  for (const [script, variables, missing] of cases) {
    const { code, err } = await bash(script, variables);
    assert.notEqual(code, 0);
    assert.ok(err.includes(`Set the environment variable ${missing} to `), err);
  }
  assert.deepEqual(seen, []);
});

test('pasted into a terminal, a script that fails leaves the shell as it was', async () => {
  const script = naverScript(getTopic('t'), naver('http://127.0.0.1:1'));
  const { code, out } = await bash(`before="$-"\n${script}printf '%s' "$?" "$-" "$before" "\${timestamp-none}"`, {});
  assert.equal(code, 0);
  assert.match(out, /^[1-9]\d*(\w+)\1none$/);
});

test('the token is read out of any JSON, and an answer without one ends the script', async (t) => {
  let answer = '';
  const { origin, seen } = await serve(t, ({ target }, response) => json(response, target.startsWith('/oauth2/') ? answer : 'answer'));
  const account = nhn(origin);
  const script = curlScript({ endpoint: easyQueueEndpoint(account, 'KR1'), operation: queue.listTopics('k', {}) }, account);
  const answers = ['{"access_token":"a/b.c","expires_in":1}', '{\n  "token_type" : "Bearer",\n  "access_token" : "a\\/b.c"\n}\n'];
  for (answer of answers) {
    assert.equal((await bash(script, nhnKeys(NHN_SECRETS))).out, 'answer');
    assert.equal(seen.at(-1)?.headers['x-nhn-authorization'], 'Bearer a/b.c');
  }
  const token = seen.find(({ target }) => target.startsWith('/oauth2/'));
  assert.equal(token?.body, 'grant_type=client_credentials');
  assert.equal(token.headers.authorization, `Basic ${Buffer.from(`${NHN_SECRETS.keyId}:${NHN_SECRETS.secret}`).toString('base64')}`);
  answer = '{"nothing":1}';
  const { code, err } = await bash(script, nhnKeys(NHN_SECRETS));
  assert.equal(code, 1);
  assert.match(err, /holds no access token/);
});

test('no secret is ever an argument of a command', async (t) => {
  const { origin } = await serve(t, (_seen, response) => json(response, '{"access_token":"CANARYTOKEN","expires_in":60}'));
  const one = new DataStreamClient(connect(t, naver(origin), NAVER_SECRETS).connection).curlOfTopic('t');
  const queueBench = connect(t, nhn(origin), NHN_SECRETS);
  const other = new EasyQueueClient(queueBench.connection, { appKey: 'k', label: 'k', region: 'KR1' }).curlOfTopic('t');
  // Each command of the script is replaced by a function that prints its arguments before it runs.
  const spies = ['curl', 'openssl', 'od', 'tr', 'sed', 'date']
    .map((name) => `${name}() { printf '%s\\n' "${name} $*" >&2; command ${name} "$@"; }; export -f ${name}`)
    .join('\n');
  for (const [script, keys] of [[one, naverKeys(NAVER_SECRETS)], [other, nhnKeys(NHN_SECRETS)]] as const) {
    const { code, err } = await bash(`${spies}\n${script}`, keys);
    assert.equal(code, 0, err);
    assert.match(err, /^curl .*--header @-/m);
    assert.match(err, /^openssl /m);
    for (const secret of [...Object.values(keys), 'CANARYTOKEN']) assert.ok(!err.includes(secret), err);
  }
});
