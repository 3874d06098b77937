import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';

import fc from 'fast-check';

import { NaverAuthenticator, signatureV2 } from '../../../src/api/naverAuthenticator.ts';
import type { HttpMethod } from '../../../src/api/transport.ts';

interface Vector {
  readonly method: HttpMethod;
  readonly target: string;
  readonly timestamp: string;
  readonly keyId: string;
  readonly secret: string;
  readonly signature: string;
}

function own(method: HttpMethod, target: string, signature: string): Vector {
  return { method, target, timestamp: '1700000000000', keyId: 'TestAccessKey', secret: 'TestSecretKey', signature };
}

/** datastream.md §7: two published ones, then those computed there. */
const VECTORS: readonly Vector[] = [
  {
    method: 'POST',
    target: '/vserver/v2/createServerInstances?regionCode=KR',
    timestamp: '1700000000000',
    keyId: 'AK_TEST',
    secret: 'SK_TEST',
    signature: 'xBcE26XFU55BMjppdPT7ZY3oDrqoOedfPyAn3Cq4lUw=',
  },
  {
    method: 'GET',
    target: '/vserver/v2/getServerInstanceList?responseFormatType=json',
    timestamp: '1234567890123',
    keyId: 'TestAccessKey',
    secret: 'TestSecretKey',
    signature: 'FPsYYX8fuMAgi+cue3eACOW0dNtIwu1LYWfg/megA2M=',
  },
  own('GET', '/api/v1/topic-prefix', 'suTuyPJXLswcxTwYUGV88W7ERQemNAVErWvPnTOF+QE='),
  own('GET', '/api/v1/topics?sortBy=createdDate&descending=true', 'vO1/I+ol+PRQC4p6rlJaAIWra5k5KIOhf/ZHNWgmuzc='),
  own(
    'GET',
    '/api/v1/topics?sortBy=topicName&descending=false&searchText=a%20b',
    'qyV3sphAlr5Y2+0cOaBwEX1AUP6T7VBTB5wImSadW7w=',
  ),
  own('POST', '/api/v1/topics', 'YGF8ajldxiGlPjv9+q1i1lVh8Pdhcm5sp4ErlfnlR9k='),
  own('GET', '/api/v1/topics/mgNWA00000', 'XbRgia/9YpZHVasacl/+j48HABJpKA/3h74ptNOl990='),
  own('PUT', '/api/v1/topics/mgNWA00000', 'mgTuZ4VuALDTND19XN1gZbGQrtHz17XJxZPRqlnBK5Y='),
  own('DELETE', '/api/v1/topics/mgNWA00000', 'JOCK2UDitPWxRiWgE6WVW1s5eeT/DyuKSRPJ/rbchO8='),
  own('GET', '/api/v1/topics/mgNWA00000/connectors', '2r0Ckv76eZR+4d0uPxe0LMd3I0Voy04jdFEp1iqWBac='),
  own('POST', '/api/v1/topics/mgNWA00000/connectors', 'Lc4DHKTo96tESBc/Jw2P5jsT7IJ1LMnSgoFPQGislJ4='),
  own('PUT', '/api/v1/topics/mgNWA00000/connectors/xlThN00000', 'DmW1z4YeM9+rOUxIuxSeNYxDwvE14VSurZlERt2LKlw='),
  own('DELETE', '/api/v1/topics/mgNWA00000/connectors/xlThN00000', 'dyrMkDHHqUD/xpHbkUxnD87x9xKdnsjqP6TR9R4Jjhk='),
  own('POST', '/api/produce', '6AdbXRTkS+KqAsh5qO1FiNfVQjIjy7JzyEjdBa1vzkY='),
  {
    method: 'GET',
    target: '/photos/puppy.jpg?query1=&query2',
    timestamp: '1700000000000',
    keyId: 'ACCESS_KEY_ID',
    secret: 'ncp-secret-example',
    signature: 'iPe1hFfjl7BPGhFZJGCY5XZgH6eWMwCWlSdSkKU+SPE=',
  },
];

for (const { method, target, timestamp, keyId, secret, signature } of VECTORS) {
  test(`signature of ${method} ${target}`, () => {
    assert.equal(signatureV2({ method, target, timestamp }, { keyId, secret }), signature);
  });
}

test('any signature is the HMAC of the four parts, byte by byte', () => {
  const method = fc.constantFrom<HttpMethod>('GET', 'POST', 'PUT', 'DELETE');
  fc.assert(
    fc.property(method, fc.webPath(), fc.nat(), fc.string(), fc.string({ minLength: 1 }), (verb, target, at, keyId, secret) => {
      const bytes = Buffer.concat(
        [verb, ' ', target, '\n', String(at), '\n', keyId].map((part) => Buffer.from(part, 'utf8')),
      );
      const expected = createHmac('sha256', Buffer.from(secret, 'utf8')).update(bytes).digest().toString('base64');
      assert.equal(signatureV2({ method: verb, target, timestamp: String(at) }, { keyId, secret }), expected);
    }),
  );
});

test('every request carries the signature of its own parts, however many leave in one millisecond', async () => {
  const request = fc.record({
    method: fc.constantFrom<HttpMethod>('GET', 'POST'),
    target: fc.constantFrom('/a', '/b'),
    nowMs: fc.constantFrom(1_700_000_000_000, 1_700_000_000_001),
    secrets: fc.record({ keyId: fc.constantFrom('key1', 'key2'), secret: fc.constantFrom('s1', 's2') }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(request, { minLength: 2, maxLength: 30 }), async (requests) => {
      const current = { nowMs: 0, secrets: { keyId: '', secret: '' } };
      const authenticator = new NaverAuthenticator(() => Promise.resolve(current.secrets), { now: () => current.nowMs });
      for (const { method, target, nowMs, secrets } of requests) {
        Object.assign(current, { nowMs, secrets });
        const { headers } = await authenticator.sign({ method, origin: 'https://example.com', target });
        const expected = signatureV2({ method, target, timestamp: String(nowMs) }, secrets);
        assert.equal(headers['x-ncp-apigw-signature-v2'], expected);
        assert.equal(headers['x-ncp-iam-access-key'], secrets.keyId);
      }
    }),
  );
});
