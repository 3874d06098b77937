import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { createGateway } from '../../../src/emulator/gateway.ts';
import type { EmulatorRequest } from '../../../src/emulator/http.ts';
import { emulate, noon, signedHeaders } from './helpers.ts';

const published = [
  // datastream.md §7, V1 and V2
  [
    'POST',
    '/vserver/v2/createServerInstances?regionCode=KR',
    '1700000000000',
    'AK_TEST',
    'SK_TEST',
    'xBcE26XFU55BMjppdPT7ZY3oDrqoOedfPyAn3Cq4lUw=',
  ],
  [
    'GET',
    '/vserver/v2/getServerInstanceList?responseFormatType=json',
    '1234567890123',
    'TestAccessKey',
    'TestSecretKey',
    'FPsYYX8fuMAgi+cue3eACOW0dNtIwu1LYWfg/megA2M=',
  ],
  // datastream.md §7, self-computed
  [
    'GET',
    '/api/v1/topics?sortBy=topicName&descending=false&searchText=a%20b',
    '1700000000000',
    'TestAccessKey',
    'TestSecretKey',
    'qyV3sphAlr5Y2+0cOaBwEX1AUP6T7VBTB5wImSadW7w=',
  ],
  [
    'POST',
    '/api/produce',
    '1700000000000',
    'TestAccessKey',
    'TestSecretKey',
    '6AdbXRTkS+KqAsh5qO1FiNfVQjIjy7JzyEjdBa1vzkY=',
  ],
  [
    'GET',
    '/photos/puppy.jpg?query1=&query2',
    '1700000000000',
    'ACCESS_KEY_ID',
    'ncp-secret-example',
    'iPe1hFfjl7BPGhFZJGCY5XZgH6eWMwCWlSdSkKU+SPE=',
  ],
] as const;

function request(method: string, target: string, headers: Record<string, string>): EmulatorRequest {
  return { method, target, segments: [], query: new URLSearchParams(), headers, body: Buffer.alloc(0) };
}

test('the gateway accepts every published signature, and no other for the same request', () => {
  for (const [method, target, timestamp, accessKeyId, secretKey, signature] of published) {
    const key = { accessKeyId, secretKey, isMain: false };
    const gateway = createGateway([key], () => Number(timestamp));
    const headers = {
      'x-ncp-apigw-timestamp': timestamp,
      'x-ncp-iam-access-key': accessKeyId,
      'x-ncp-apigw-signature-v2': signature,
    };
    assert.equal(gateway(request(method, target, headers)), key);
    const refused = gateway(request(method, `${target}x`, headers));
    assert.equal('status' in refused && refused.status, 401);
  }
});

test('the signed text is exactly method, target, timestamp and access key', () => {
  const key = { accessKeyId: 'A', secretKey: 'S', isMain: true };
  const gateway = createGateway([key], () => 1_000);
  fc.assert(
    fc.property(fc.constantFrom('GET', 'PUT'), fc.webPath(), fc.webQueryParameters(), (method, path, query) => {
      const target = `${path}?${query}`;
      const signature = createHmac('sha256', 'S').update(`${method} ${target}\n900\nA`).digest('base64');
      const headers = {
        'x-ncp-apigw-timestamp': '900',
        'x-ncp-iam-access-key': 'A',
        'x-ncp-apigw-signature-v2': signature,
      };
      assert.equal(gateway(request(method, target, headers)), key);
    }),
  );
});

const unauthorized = { error: { errorCode: '200', message: 'Authentication Failed' } };

test('a request without, or with wrong, authentication headers is 401 with error 200', async (context) => {
  const { emulator, client } = await emulate(context);
  const { accessKeyId, secretKey } = emulator.credentials.naver;
  const target = '/api/v1/topic-prefix';
  const good = signedHeaders('GET', target, String(noon), accessKeyId, secretKey);
  assert.equal((await client.raw('GET', target, good)).status, 200);
  const wrong: readonly (readonly [string, Record<string, string>])[] = [
    ['one of the three authentication headers is missing', {}],
    ['unknown access key', signedHeaders('GET', target, String(noon), 'nobody', secretKey)],
    ['the signature does not match', signedHeaders('GET', target, String(noon), accessKeyId, `${secretKey}\n`)],
    ['the signature does not match', signedHeaders('GET', `${target}?a=1`, String(noon), accessKeyId, secretKey)],
    ['the timestamp is not a number of milliseconds', { ...good, 'x-ncp-apigw-timestamp': 'yesterday' }],
  ];
  for (const [reason, headers] of wrong) {
    const answer = await client.raw('GET', target, headers);
    assert.deepEqual([answer.status, answer.json, answer.headers['x-emulator-reason']], [401, unauthorized, reason]);
  }
});

test('a timestamp is good for five minutes on either side of the server clock, which Date shows', async (context) => {
  const { emulator, client } = await emulate(context);
  const status = async (time: number): Promise<number> =>
    (await client.naver('GET', '/api/v1/topic-prefix', undefined, time)).status;
  assert.equal(await status(noon - 300_000), 200);
  assert.equal(await status(noon + 300_000), 200);
  assert.equal(await status(noon - 300_001), 401);
  assert.equal(await status(noon + 300_001), 401);
  emulator.world.clockSkewMs = 420_000;
  const answer = await client.naver('GET', '/api/v1/topic-prefix');
  assert.equal(answer.status, 401);
  assert.equal(Date.parse(String(answer.headers['date'])), noon + 420_000);
  assert.equal(await status(noon + 420_000), 200);
});

test('an account without rights is 401 with error 210, and unknown paths and methods are 404 with error 300', async (context) => {
  const { emulator, client } = await emulate(context);
  emulator.world.naverRole = 'none';
  const denied = await client.naver('GET', '/api/v1/topics');
  assert.deepEqual([denied.status, denied.json], [401, { error: { errorCode: '210', message: 'Permission Denied' } }]);
  const notFound = { error: { errorCode: '300', message: 'Not Found Exception' } };
  for (const [method, target] of [
    ['GET', '/'],
    ['GET', '/api/v1/nothing'],
    ['PATCH', '/api/v1/topics'],
    ['GET', '/api/produce'],
    ['GET', '/activations'],
    ['GET', '/api/v1/topics/%E0%A4%A'],
    ['GET', '/api/v1/topics//connectors'],
  ] as const) {
    const answer = await client.naver(method, target);
    assert.deepEqual([answer.status, answer.json], [404, notFound], `${method} ${target}`);
  }
  const head = await client.naver('HEAD', '/api/v1/topics');
  assert.deepEqual([head.status, head.text], [404, '']);
});
