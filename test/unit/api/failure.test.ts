import assert from 'node:assert/strict';
import { test } from 'node:test';

import fc from 'fast-check';

import { dataStreamFailure, sendFailure } from '../../../src/api/datastream/failure.ts';
import { easyQueueFailure } from '../../../src/api/easyqueue/failure.ts';
import { functionsFailure } from '../../../src/api/functions/failure.ts';
import { tokenFailure } from '../../../src/api/nhnToken.ts';
import type { Failure } from '../../../src/api/operation.ts';

const read = 'read' as const;

function words(failure: Failure | undefined): string {
  return failure === undefined ? 'ok' : [failure.kind, failure.reason, failure.isRefusal === true ? 'refused' : ''].filter(Boolean).join(' ');
}

test('a status alone, for every service', () => {
  const expected: readonly (readonly [number, string])[] = [
    [200, 'ok'],
    [202, 'ok'],
    [204, 'ok'],
    [400, 'invalid refused'],
    [403, 'forbidden role refused'],
    [404, 'notFound refused'],
    [407, 'network proxy refused'],
    [408, 'timeout'],
    [409, 'conflict refused'],
    [413, 'invalid tooLarge refused'],
    [418, 'invalid refused'],
    [429, 'rateLimited refused'],
    [500, 'unavailable'],
    [504, 'unavailable'],
    [599, 'unavailable'],
  ];
  for (const failureOf of [dataStreamFailure, sendFailure, functionsFailure, easyQueueFailure]) {
    for (const [status, said] of expected) {
      for (const json of [undefined, null, {}, [], true, 'text', 7]) {
        assert.equal(words(failureOf({ status, json, operation: read })), said, `${failureOf.name} ${status} ${JSON.stringify(json)}`);
      }
    }
  }
  assert.equal(words(dataStreamFailure({ status: 401, json: undefined, operation: read })), 'unauthorized credentials refused');
  assert.equal(words(easyQueueFailure({ status: 401, json: undefined, operation: read })), 'unauthorized token refused');
});

test("the gateway's own codes (datastream.md §6.3), as text or number", () => {
  const expected: readonly (readonly [number, number, string])[] = [
    [400, 100, 'invalid refused'],
    [401, 200, 'unauthorized credentials refused'],
    [401, 210, 'forbidden role refused'],
    [404, 300, 'notFound address refused'],
    [429, 400, 'rateLimited refused'],
    [429, 410, 'rateLimited refused'],
    [429, 420, 'rateLimited refused'],
    [413, 430, 'invalid tooLarge refused'],
    [503, 500, 'unavailable'],
    [504, 510, 'unavailable'],
    [500, 900, 'unavailable'],
  ];
  for (const failureOf of [dataStreamFailure, sendFailure, functionsFailure]) {
    for (const [status, errorCode, said] of expected) {
      for (const code of [errorCode, String(errorCode)]) {
        const failure = failureOf({ status, json: { error: { errorCode: code, message: 'M' } }, operation: read });
        assert.equal(words(failure), said);
        assert.equal(failure?.code, String(errorCode));
        assert.equal(failure.detail, 'M');
      }
    }
  }
});

test('a refused timestamp is told from a refused key where the gateway says so', () => {
  const json = { error: { errorCode: '200', message: 'Authentication Failed', details: 'Expired timestamp.' } };
  const failure = dataStreamFailure({ status: 401, json, operation: read });
  assert.equal(words(failure), 'unauthorized clock refused');
  assert.equal(failure?.detail, 'Authentication Failed: Expired timestamp.');
});

test('the older body with responseError', () => {
  const json = { responseError: { returnCode: 200, returnMessage: 'Authentication Failed' } };
  assert.equal(words(dataStreamFailure({ status: 401, json, operation: read })), 'unauthorized credentials refused');
});

test('the codes of Data Stream (datastream.md §6.4)', () => {
  const expected: Readonly<Record<string, string>> = {
    InternalError: 'unavailable internal',
    UserNotFound: 'unauthorized user refused',
    LimitExceeded: 'quotaExceeded quota refused',
    ResourceAlreadyExists: 'conflict connectorExists refused',
    CreateFailure: 'unavailable createFailed',
    DeleteFailure: 'unavailable deleteFailed',
    UpdateFailure: 'unavailable updateFailed',
    InvalidState: 'conflict state refused',
    InvalidResourceNotFound: 'notFound resourceGone refused',
    InvalidBucketNotFound: 'invalid bucket refused',
    InvalidTopicNotFound: 'notFound topicGone refused',
    InvalidConnectorNotFound: 'notFound connectorGone refused',
    InvalidParameter: 'invalid parameter refused',
    DuplicateName: 'conflict duplicateName refused',
    InvalidName: 'invalid nameRule refused',
    InvalidPartition: 'invalid partitions refused',
    InvalidRetention: 'invalid retention refused',
    InvalidDescription: 'invalid description refused',
    InvalidConsumerSpec: 'invalid consumerSpec refused',
    InvalidDateFormat: 'invalid dateFormat refused',
    InvalidExportType: 'invalid exportType refused',
    InvalidLocation: 'invalid location refused',
    InvalidRoleNrn: 'invalid roleNrn refused',
    OfTheFuture: 'invalid refused',
  };
  for (const [code, said] of Object.entries(expected)) {
    const json = { type: 'about:blank', title: 'Bad Request', status: 400, detail: 'Why', code };
    const failure = dataStreamFailure({ status: 400, json, operation: 'write' });
    assert.equal(words(failure), said, code);
    assert.equal(failure?.code, code);
    assert.equal(failure.detail, 'Bad Request: Why');
  }
  const limit = { status: 429, json: { code: 'LimitExceeded' } };
  assert.equal(words(dataStreamFailure({ ...limit, operation: 'read' })), 'rateLimited refused');
  assert.equal(words(dataStreamFailure({ ...limit, operation: 'write' })), 'quotaExceeded quota refused');
});

test('Send message says its own status inside a 2xx (datastream.md §5)', () => {
  const say = (json: unknown): string => words(sendFailure({ status: 200, json, operation: 'send' }));
  assert.equal(say({ status: 200, detail: 'OK' }), 'ok');
  assert.equal(say({ status: '201' }), 'ok');
  assert.equal(say({}), 'ok');
  assert.equal(say(undefined), 'ok');
  assert.equal(say({ status: 400, detail: 'no such topic' }), 'invalid refused');
  assert.equal(say({ status: '503', detail: 'later' }), 'unavailable');
  assert.equal(say({ status: 429 }), 'rateLimited refused');
  assert.equal(say({ status: null }), 'ok');
  assert.equal(say({ status: 302 }), 'unexpectedResponse');
  assert.equal(sendFailure({ status: 404, json: { status: 404, detail: 'topic' }, operation: 'send' })?.detail, 'topic');
  const refusal = sendFailure({ status: 200, json: { status: '413', detail: 'too long' }, operation: 'send' });
  assert.deepEqual([words(refusal), refusal?.status, refusal?.detail], ['invalid tooLarge refused', 413, 'too long']);
});

test('an error without a status inside of a 2xx leaves open whether it was done', () => {
  const say = (json: unknown): string => words(sendFailure({ status: 200, json, operation: 'send' }));
  assert.equal(say({ code: 'InternalError', title: 't', detail: 'd' }), 'unavailable internal');
  assert.equal(say({ code: 'LimitExceeded' }), 'quotaExceeded quota');
  assert.equal(say({ code: 'OfTheFuture', detail: 'd' }), 'unexpectedResponse');
  assert.equal(say({ error: 'no such topic' }), 'unexpectedResponse');
  assert.equal(say({ error: true }), 'unexpectedResponse');
  assert.equal(sendFailure({ status: 200, json: { error: 'no such topic' }, operation: 'send' })?.detail, 'no such topic');
  const told = sendFailure({ status: 200, json: { code: 'InternalError', title: 't', detail: 'd' }, operation: 'send' });
  assert.deepEqual([told?.code, told?.detail], ['InternalError', 't: d']);
  for (const none of [{ error: null }, { error: false }, { error: '' }, { code: null }, { status: 200, code: 'x' }, { detail: 'OK' }]) {
    assert.equal(say(none), 'ok', JSON.stringify(none));
  }
});

test("the gateway's body is no success of Send message, whatever its status", () => {
  const say = (json: unknown): string => words(sendFailure({ status: 200, json, operation: 'send' }));
  assert.equal(say({ error: { errorCode: '420', message: 'Rate Limited' } }), 'rateLimited refused');
  assert.equal(say({ error: { errorCode: '510', message: 'Endpoint Timeout' } }), 'unavailable');
  assert.equal(say({ error: { errorCode: '77', message: 'What' } }), 'unexpectedResponse');
});

test('every result code of EasyQueue (easyqueue.md §2.6) and the shared ones (§1.5)', () => {
  const expected: Readonly<Record<string, string>> = {
    '-1': 'unavailable',
    '4000100': 'conflict duplicateName refused',
    '4000101': 'invalid partitions refused',
    '4000102': 'invalid parameter refused',
    '4000103': 'conflict state refused',
    '4000104': 'invalid parameter refused',
    '4000300': 'invalid refused',
    '4000301': 'invalid refused',
    '4000302': 'invalid refused',
    '4000303': 'invalid refused',
    '4000400': 'quotaExceeded topicQuota refused',
    '4000401': 'quotaExceeded topicPartitionQuota refused',
    '4000402': 'quotaExceeded projectPartitionQuota refused',
    '4030000': 'forbidden role refused',
    '4040100': 'notFound topicGone refused',
    '4040200': 'notFound cluster refused',
    '4040400': 'notFound appKey refused',
    '5000000': 'unavailable internal',
    '5000100': 'unavailable createFailed',
    '5000101': 'unavailable updateFailed',
    '5000102': 'unavailable deleteFailed',
    '5000103': 'unavailable',
    '5000104': 'unavailable',
    '5000105': 'unavailable',
    '80007': 'unauthorized token refused',
    '80401': 'unauthorized token refused',
    '80403': 'forbidden role refused',
    '-6': 'forbidden role refused',
    '-8': 'forbidden ipAcl refused',
    '4011001': 'unauthorized token refused',
    '4290000': 'rateLimited refused',
    '4009999': 'invalid refused',
    '5030001': 'unavailable',
    '400': 'invalid refused',
    '505': 'invalid refused',
    '1104': 'invalid refused',
    '500': 'unavailable',
    '404': 'notFound refused',
    '123': 'invalid',
  };
  for (const [code, said] of Object.entries(expected)) {
    for (const resultCode of [code, Number(code)]) {
      const json = { header: { isSuccessful: false, resultCode, resultMessage: 'why' } };
      const failure = easyQueueFailure({ status: 200, json, operation: read });
      assert.equal(words(failure), said, code);
      assert.equal(failure?.code, code);
      assert.equal(failure.detail, 'why');
    }
  }
  assert.equal(words(easyQueueFailure({ status: 200, json: { header: { isSuccessful: true } }, operation: read })), 'ok');
});

test("EasyQueue's gateway answers with a status and the envelope (easyqueue.md §3)", () => {
  const json = { header: { isSuccessful: false, resultCode: 5030001, resultMessage: 'Upstream Service Unavailable' } };
  assert.equal(words(easyQueueFailure({ status: 503, json, operation: read })), 'unavailable');
  const errorList = [{ errorField: 'limit', errorMessage: 'max 3000' }];
  const bad = { header: { isSuccessful: false, resultCode: 4000000, resultMessage: 'Bad' }, errorList };
  assert.equal(easyQueueFailure({ status: 400, json: bad, operation: read })?.detail, 'Bad: limit: max 3000');
});

test('errors of the token endpoint (easyqueue.md §1.4, RFC 6749 §5.2)', () => {
  const say = (status: number, json: unknown): string => words(tokenFailure({ status, json, operation: read }));
  assert.equal(say(200, { access_token: 'x' }), 'ok');
  assert.equal(say(401, { error: 'invalid_client' }), 'unauthorized userAccessKey refused');
  assert.equal(say(400, { error: 'unauthorized_client' }), 'unauthorized userAccessKey refused');
  assert.equal(say(400, { error: 'invalid_scope' }), 'unauthorized token refused');
  assert.equal(say(401, undefined), 'unauthorized userAccessKey refused');
  assert.equal(say(403, {}), 'unauthorized userAccessKey refused');
  assert.equal(say(503, undefined), 'unavailable');
  assert.equal(say(429, undefined), 'rateLimited refused');
  assert.equal(say(200, { header: { isSuccessful: false, resultCode: -8, resultMessage: 'ip' } }), 'forbidden ipAcl refused');
});

test('a code that every object knows is an unknown code', () => {
  for (const code of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
    const one = { code, error: { errorCode: code }, header: { isSuccessful: false, resultCode: code } };
    assert.equal(words(dataStreamFailure({ status: 400, json: { code }, operation: 'write' })), 'invalid refused');
    for (const failureOf of [dataStreamFailure, functionsFailure, easyQueueFailure]) {
      assert.equal(failureOf({ status: 400, json: one, operation: 'write' })?.kind, 'invalid');
    }
  }
});

test('no body whatsoever breaks a failure table', () => {
  const anything = fc.oneof(
    fc.json().map((text) => JSON.parse(text) as unknown),
    fc.record({ error: fc.jsonValue(), header: fc.jsonValue(), responseError: fc.jsonValue(), code: fc.jsonValue() }),
    fc.record({ header: fc.record({ isSuccessful: fc.jsonValue(), resultCode: fc.jsonValue(), resultMessage: fc.jsonValue() }) }),
    fc.record({ error: fc.record({ errorCode: fc.jsonValue(), message: fc.jsonValue(), details: fc.jsonValue() }) }),
  );
  fc.assert(
    fc.property(fc.integer({ min: 100, max: 999 }), anything, (status, json) => {
      for (const failureOf of [dataStreamFailure, sendFailure, functionsFailure, easyQueueFailure, tokenFailure]) {
        const failure = failureOf({ status, json, operation: read });
        if (status >= 300) assert.notEqual(failure, undefined);
      }
    }),
  );
});
