import assert from 'node:assert/strict';
import { test } from 'node:test';

import { functionsFailure } from '../../../src/api/functions/failure.ts';
import type { Failure } from '../../../src/api/operation.ts';
import type { OperationClass } from '../../../src/model/account.ts';

const read = 'read' as const;

function words(failure: Failure | undefined): string {
  return failure === undefined ? 'ok' : [failure.kind, failure.reason, failure.isRefusal === true ? 'refused' : ''].filter(Boolean).join(' ');
}

test('every code of Cloud Functions (cloudfunctions.md §11)', () => {
  const expected: Readonly<Record<string, readonly number[]>> = {
    'invalid parameter refused': [80000, 80105, 80307, 80507],
    'invalid nameRule refused': [80100, 80300, 80500],
    'invalid platform refused': [80102, 80302, 80502],
    'invalid fieldType refused': [80103, 80305, 80505, 80520],
    'invalid fieldMissing refused': [80104, 80306, 80506, 80521],
    'invalid type refused': [80303, 80503],
    'invalid typeFixed refused': [80304, 80504],
    'invalid runParameters refused': [80316, 80511],
    'invalid nothingLinked refused': [80512],
    'invalid eventRule refused': [80711, 80731],
    'invalid webhook refused': [80740],
    'invalid secret refused': [80751],
    'forbidden role refused': [80002],
    'forbidden subscription refused': [80005, 80700, 80710, 80730, 80750],
    'notFound resourceGone refused': [80101, 80301, 80501],
    'notFound activationMissing refused': [80322, 80517, 80518],
    'notFound notLinked refused': [80900],
    'conflict duplicateName refused': [80011],
    'conflict packageNotEmpty refused': [80109],
    'conflict state refused': [80752],
    'conflict alreadyLinked refused': [80901],
    'quotaExceeded quota refused': [80106, 80308, 80508],
    'quotaExceeded linkQuota refused': [80324, 80519],
    'unavailable internal': [80031],
    'unavailable subnet': [81311, 81312, 81313, 81314],
  };
  for (const [said, codes] of Object.entries(expected)) {
    for (const errorCode of codes) {
      for (const code of [errorCode, String(errorCode)]) {
        const json = { error: { errorCode: code, message: 'NAME', details: 'what it means' } };
        const failure = functionsFailure({ status: 400, json, operation: read });
        assert.equal(words(failure), said, String(errorCode));
        assert.equal(failure?.detail, 'NAME: what it means');
      }
    }
  }
  const unknown = { error: { errorCode: '89999', message: 'NEW' } };
  assert.equal(words(functionsFailure({ status: 422, json: unknown, operation: read })), 'invalid refused');
  assert.equal(words(functionsFailure({ status: 500, json: unknown, operation: 'write' })), 'unavailable');
});

test('the record of a run is no failure, whatever became of the function (cloudfunctions.md §1.4)', () => {
  const say = (status: number, json: unknown, operation: OperationClass = 'send'): string =>
    words(functionsFailure({ status, json, operation }));
  const record = { activationId: 'e251b49a', response: { success: false, status: 'application error', result: { error: 'x' } } };
  for (const status of [200, 202, 400, 500, 502, 504]) {
    for (const json of [{ content: record }, record, { activationId: 'e251b49a' }, { content: { activationId: 'e251b49a' } }]) {
      assert.equal(say(status, json), 'ok', `${status} ${JSON.stringify(json)}`);
    }
  }
  // Nothing that ran.
  for (const json of [{ content: {} }, { activationId: '' }, { content: { activationId: null } }, { response: record.response }]) {
    assert.equal(say(502, json), 'unavailable', JSON.stringify(json));
  }
  assert.equal(say(404, { error: { errorCode: '80301', message: 'ACTION_NOT_FOUND' } }), 'notFound resourceGone refused');
  // Whoever did not run anything gets no record.
  for (const operation of ['read', 'write'] as const) assert.equal(say(502, { content: record }, operation), 'unavailable');
});

test("an error's body of Cloud Functions is no success, whatever its status, and leaves open what was done", () => {
  const say = (errorCode: string): string =>
    words(functionsFailure({ status: 200, json: { error: { errorCode, message: 'M' } }, operation: 'write' }));
  assert.equal(say('80307'), 'invalid parameter');
  assert.equal(say('89999'), 'unexpectedResponse');
  assert.equal(say('420'), 'rateLimited refused');
  for (const json of [{ content: { error: { errorCode: '80307' } } }, { error: null }, { error: 'x' }, { error: {} }]) {
    assert.equal(functionsFailure({ status: 200, json, operation: 'write' }), undefined, JSON.stringify(json));
  }
});
