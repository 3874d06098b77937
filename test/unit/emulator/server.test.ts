import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { Agent, request as httpRequest } from 'node:http';
import { test } from 'node:test';
import fc from 'fast-check';
import { startEmulator } from '../../../src/emulator/emulator.ts';
import type { Emulator, EmulatorOptions } from '../../../src/emulator/emulator.ts';
import { emulate, exchange, noon, signedHeaders } from './helpers.ts';

/** Sends raw bytes and collects what comes back until the server closes. */
function rawSocket(emulator: Emulator, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(emulator.credentials.naver.dataStream);
    const socket = connect(Number(port), hostname, () => socket.end(bytes));
    let text = '';
    socket.on('data', (chunk) => (text += chunk.toString('latin1')));
    socket.on('error', reject);
    socket.on('close', () => resolve(text));
  });
}

test('nothing that is sent brings the emulator down, and every answer is one of its own', async (context) => {
  const { emulator, client } = await emulate(context, { extraTopics: 2 });
  const token = await client.newToken();
  const { appKey } = emulator.credentials.nhn;
  const bases = [
    '/api/v1/topics',
    '/api/v1/topics/x/connectors/y',
    '/api/v1/topics/x/schemas',
    '/api/produce',
    '/ncf/api/v2/packages/a',
    '/ncf/api/v2/packages/order-tools/actions/validate-order',
    '/ncf/api/v2/triggers/on-push',
    '/ncf/api/v2/triggers/on-push/link-action',
    '/api/v2/activations',
    `/v1.0/appkeys/${appKey}/topics`,
    `/v1.0/appkeys/${appKey}/topics/orders`,
    `/v1.0/appkeys/${appKey}/statistics`,
    '/oauth2/token/create',
    '/_emulator/topics/x',
    '/',
  ];
  const targets = fc.tuple(
    fc.constantFrom(...bases),
    fc.oneof(fc.constant(''), fc.webPath()),
    fc.oneof(fc.constant(''), fc.webQueryParameters()),
  );
  const bodies = fc.oneof(fc.string({ unit: 'binary' }), fc.json(), fc.constant('{"topic":{}}'));
  const methods = fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS');
  await fc.assert(
    fc.asyncProperty(methods, targets, bodies, async (method, [base, path, query], body) => {
      const target = `${base}${path}?${query}`;
      const answer = target.startsWith('/v1.0')
        ? await client.raw(method, target, { 'x-nhn-authorization': `Bearer ${token}` }, body)
        : await client.naver(method, target, body);
      assert.ok(answer.status >= 200 && answer.status < 500, `${method} ${target} ${answer.text}`);
      assert.ok(answer.text === '' || answer.json !== undefined, answer.text);
      if (target.startsWith('/v1.0/')) assert.equal(answer.status, 200);
    }),
    { numRuns: 400 },
  );
  assert.equal((await client.naver('GET', '/api/v1/topics')).status, 200);
});

test('bytes that are not HTTP are refused, and the next client is served', async (context) => {
  const { emulator, client } = await emulate(context);
  assert.match(await rawSocket(emulator, 'hello\r\n\r\n'), /^HTTP\/1\.1 400 /);
  await rawSocket(emulator, 'POST /api/produce HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nshort');
  assert.equal((await client.naver('GET', '/api/v1/topics')).status, 200);
});

test('bodies beyond the limit are refused by the one who meets them', async (context) => {
  const { client } = await emulate(context);
  const large = 'x'.repeat(9_000_000);
  const gateway = await client.naver('POST', '/api/produce', large);
  assert.deepEqual(
    [gateway.status, gateway.json],
    [413, { error: { errorCode: '430', message: 'Request Entity Too Large' } }],
  );
  const nhn = await client.nhn('POST', '/topics', large);
  assert.equal((nhn.json as { header: { isSuccessful: boolean } }).header.isSuccessful, false);
  assert.equal((await client.oauth('/oauth2/token/create', large)).status, 413);
});

test('a connection is kept alive, and closing the emulator cuts it', async () => {
  const emulator = await startEmulator({ clock: () => noon });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const { hostname, port } = new URL(emulator.credentials.naver.dataStream);
  const ports: (number | undefined)[] = [];
  for (let count = 0; count < 2; count += 1) {
    await new Promise<void>((resolve) => {
      const outgoing = httpRequest({ hostname, port, path: '/', agent }, (response) => {
        ports.push(response.socket.localPort);
        response.resume().on('end', resolve);
      });
      outgoing.end();
    });
  }
  assert.equal(ports[0], ports[1]);
  await emulator.close();
  await assert.rejects(exchange(emulator.credentials.naver.dataStream, 'GET', '/', {}), /ECONNREFUSED/);
  agent.destroy();
});

test('faults hit the requests they are meant for, as often as they are meant to', async (context) => {
  const { emulator, client } = await emulate(context);
  const target = '/api/v1/topics';
  emulator.faults.inject({
    service: 'dataStream',
    method: 'GET',
    path: /topics/g,
    skip: 1,
    times: 2,
    effect: { kind: 'reply', status: 503, headers: { 'Retry-After': '1' } },
  });
  const statuses: number[] = [];
  for (let count = 0; count < 4; count += 1) statuses.push((await client.naver('GET', target)).status);
  assert.deepEqual(statuses, [200, 503, 503, 200]);
  const remove = emulator.faults.inject({ effect: { kind: 'html' }, times: Number.POSITIVE_INFINITY });
  const page = await client.naver('GET', target);
  assert.deepEqual(
    [page.status, page.headers['content-type'], page.text.startsWith('<!DOCTYPE html>')],
    [502, 'text/html', true],
  );
  remove();
  assert.equal((await client.naver('GET', target)).status, 200);
  emulator.faults.inject({ effect: { kind: 'garbage' } });
  await assert.rejects(client.naver('GET', target), /Parse Error/);
  emulator.faults.inject({ effect: { kind: 'truncate', bytes: 10 } });
  await assert.rejects(client.naver('GET', target), /aborted|hang up/);
  emulator.faults.inject({ effect: { kind: 'delay', ms: 1 } });
  assert.equal((await client.naver('GET', target)).status, 200);
  emulator.faults.inject({ method: 'POST', effect: { kind: 'html' } });
  emulator.faults.clear();
  assert.equal((await client.oauth('/oauth2/token/create', 'grant_type=client_credentials')).status, 200);
});

test('a send that is cut off was carried out or not, as the fault says', async (context) => {
  const { emulator, client } = await emulate(context);
  const partition = emulator.world.dataStream.byName('h4j6l-orders')?.log.partitions[0];
  const end = (): bigint => partition?.endOffset(emulator.world.now()) ?? -1n;
  const send = (): Promise<unknown> =>
    client.naver('POST', '/api/produce', { topic: 'h4j6l-orders', key: '', value: '', partition: 0 });
  const before = end();
  emulator.faults.inject({ service: 'messages', effect: { kind: 'close', when: 'before' } });
  await assert.rejects(send(), /hang up|ECONNRESET/);
  assert.equal(end(), before);
  emulator.faults.inject({ service: 'messages', effect: { kind: 'close', when: 'after' } });
  await assert.rejects(send(), /hang up|ECONNRESET/);
  assert.equal(end(), before + 1n);
  assert.equal(emulator.log.at(-1)?.status, 0);
});

test('a request that hangs ends when the emulator is closed', async () => {
  const emulator = await startEmulator();
  emulator.faults.inject({ effect: { kind: 'hang' } });
  const hanging = assert.rejects(exchange(emulator.credentials.naver.dataStream, 'GET', '/', {}), /hang up|ECONNRESET/);
  const arrived = (): boolean => emulator.log.length > 0;
  while (!arrived()) await new Promise((resolve) => setImmediate(resolve));
  await emulator.close();
  await hanging;
});

test('the log tells operations apart and holds no secret', async (context) => {
  const { emulator, client } = await emulate(context);
  const { naver, nhn } = emulator.credentials;
  await client.naver('GET', '/api/v1/topics');
  await client.naver('POST', '/api/produce', { topic: 'h4j6l-orders', key: 'k', value: 'v' });
  await client.nhn('DELETE', '/topics/none');
  await client.naver('GET', `/api/v1/topics?searchText=${naver.secretKey}`);
  assert.deepEqual(
    emulator.log.map(({ service, operation, kind, status }) => [service, operation, kind, status]),
    [
      ['dataStream', 'listTopics', 'read', 200],
      ['messages', 'sendMessage', 'send', 200],
      ['token', 'createToken', 'read', 200],
      ['easyQueue', 'deleteTopic', 'write', 200],
      ['dataStream', 'listTopics', 'read', 200],
    ],
  );
  const text = JSON.stringify(emulator.log);
  for (const secret of [
    naver.secretKey,
    naver.mainSecretKey,
    naver.accessKeyId,
    nhn.secretAccessKey,
    nhn.userAccessKeyId,
  ]) {
    assert.equal(text.includes(secret), false);
  }
});

test('a clock that is set back takes nothing back', async (context) => {
  const { emulator, client, clock } = await emulate(context);
  const partition = emulator.world.dataStream.byName('h4j6l-orders')?.log.partitions[0];
  clock.now += 60_000;
  await client.naver('POST', '/api/produce', { topic: 'h4j6l-orders', key: '', value: '', partition: 0 });
  const end = partition?.endOffset(emulator.world.now());
  clock.now -= 60_000;
  assert.equal(partition?.endOffset(emulator.world.now()), end);
});

test('the same seed and clock give the same bytes, another seed gives others', async (context) => {
  const answers = async (seed: number): Promise<string> => {
    const { emulator, client } = await emulate(context, { seed, runs: 'echo' });
    const texts = [JSON.stringify({ ...emulator.credentials.nhn, token: '', easyQueue: '' })];
    for (const target of ['/api/v1/topics', '/ncf/api/v2/triggers', '/ncf/api/v2/activations']) {
      texts.push((await client.naver('GET', target)).text);
    }
    texts.push((await client.naver('POST', '/ncf/api/v2/packages/notify/actions/send-mail', { to: 'a' })).text);
    for (const path of ['/topics', '/topics/orders/partitions', '/topics/orders/consumer-groups']) {
      texts.push((await client.nhn('GET', path)).text);
    }
    return texts.join('\n');
  };
  const first = await answers(7);
  assert.equal(await answers(7), first);
  assert.notEqual(await answers(8), first);
});

test('keys and tokens cannot be computed unless a seed was given, and the sample data is the same all the same', async (context) => {
  const start = async (options: EmulatorOptions) => {
    const { emulator, client } = await emulate(context, options);
    const { naver, nhn } = emulator.credentials;
    const secrets = [naver.accessKeyId, naver.secretKey, naver.mainAccessKeyId, naver.mainSecretKey, nhn.userAccessKeyId, nhn.secretAccessKey];
    return { secrets: [...secrets, await client.newToken()], appKey: nhn.appKey, topics: (await client.naver('GET', '/api/v1/topics')).text };
  };
  const known = await start({ seed: 1 });
  assert.deepEqual(await start({ seed: 1 }), known);
  const [one, other] = [await start({}), await start({})];
  for (const { secrets, ...data } of [one, other]) {
    assert.deepEqual(data, { appKey: known.appKey, topics: known.topics });
    assert.deepEqual(secrets.map(({ length }) => length), known.secrets.map(({ length }) => length));
  }
  assert.equal(new Set([...known.secrets, ...one.secrets, ...other.secrets]).size, 3 * known.secrets.length);
});

test("a web page of somebody else's reaches nothing, whatever it signs", async (context) => {
  const { emulator, client } = await emulate(context);
  const { naver, nhn } = emulator.credentials;
  const basic = Buffer.from(`${nhn.userAccessKeyId}:${nhn.secretAccessKey}`).toString('base64');
  const signed = (target: string) => signedHeaders('GET', target, String(noon), naver.accessKeyId, naver.secretKey);
  const token = await client.newToken();
  const form = { authorization: `Basic ${basic}`, 'content-type': 'application/x-www-form-urlencoded' };
  const requests: readonly (readonly [string, string, Record<string, string>, string?])[] = [
    ['GET', '/api/v1/topics', signed('/api/v1/topics')],
    ['GET', '/ncf/api/v2/packages', signed('/ncf/api/v2/packages')],
    ['GET', '/api/v2/packages', signed('/api/v2/packages')],
    ['GET', `/v1.0/appkeys/${nhn.appKey}/topics`, { 'x-nhn-authorization': `Bearer ${token}` }],
    ['POST', '/oauth2/token/create', form, 'grant_type=client_credentials'],
    ['GET', '/_emulator/topics', {}],
  ];
  const strangers = [
    { host: 'evil.example' }, { host: '127.0.0.1.evil.example' }, { origin: 'https://evil.example' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' },
  ];
  emulator.faults.inject({ effect: { kind: 'reply', status: 503 } });
  for (const [method, target, headers, body] of requests) {
    for (const stranger of strangers) {
      const answer = await client.raw(method, target, { ...headers, ...stranger }, body);
      assert.equal(answer.status, 404, `${target} ${JSON.stringify(stranger)}`);
    }
  }
  // The fault was not meant for them.
  assert.equal((await client.raw('GET', '/_emulator/topics')).status, 503);
  for (const [method, target, headers, body] of requests) {
    for (const own of [{}, { host: 'localhost' }, { origin: 'http://localhost:3000', 'sec-fetch-site': 'same-site' }]) {
      assert.equal((await client.raw(method, target, { ...headers, ...own }, body)).status, 200, target);
    }
  }
});

test('an answer whose headers cannot be sent is a failure, and the next client is served', async (context) => {
  const { emulator, client } = await emulate(context);
  for (const effect of [{ kind: 'reply', status: 200, headers: { Trailer: 'x' } }, { kind: 'reply', status: 200, headers: { a: 'x\r\ny' } }] as const) {
    emulator.faults.inject({ effect });
    assert.deepEqual((await client.naver('GET', '/api/v1/topics')).json, { error: { errorCode: '900', message: 'Unexpected Error' } });
  }
  assert.equal((await client.naver('GET', '/api/v1/topics')).status, 200);
});

test("the emulator's window is for this machine only", async (context) => {
  const { client } = await emulate(context);
  assert.equal((await client.raw('GET', '/_emulator/topics')).status, 200);
  assert.equal((await client.raw('GET', '/_emulator/topics', { host: 'evil.example' })).status, 404);
  assert.equal((await client.raw('GET', '/_emulator/topics/none')).status, 404);
});

test('whose key one is can be asked without a secret', async (context) => {
  const { emulator, client } = await emulate(context);
  const { naver, nhn } = emulator.credentials;
  const ask = async (id: string) => (await client.raw('GET', `/_emulator/keys/${id}`)).headers['x-emulator-key'];
  for (const id of [naver.accessKeyId, naver.mainAccessKeyId, nhn.userAccessKeyId]) assert.equal(await ask(id), 'known');
  for (const id of ['-', naver.secretKey, naver.accessKeyId.toLowerCase()]) assert.equal(await ask(id), 'unknown');
  assert.ok(!JSON.stringify(emulator.log).includes(naver.accessKeyId));
});
