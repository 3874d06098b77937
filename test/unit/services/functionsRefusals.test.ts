import assert from 'node:assert/strict';
import { test } from 'node:test';

import { functionsFailure } from '../../../src/api/functions/failure.ts';
import { CloudError } from '../../../src/model/cloudError.ts';
import { actionFieldOf, packageFieldOf, triggerFieldOf } from '../../../src/services/functions/refusals.ts';

/** A code, and what the service says with it, as the client throws it. */
function refused(errorCode: number, message = 'NAME', details = ''): CloudError {
  const failure = functionsFailure({ status: 400, json: { error: { errorCode, message, details } }, operation: 'write' });
  const { kind, reason, detail } = failure ?? assert.fail();
  return new CloudError(kind, { ...(reason === undefined ? {} : { reason }), ...(detail === undefined ? {} : { detail }) });
}

test('a code that is about one field names it', () => {
  assert.equal(packageFieldOf(refused(80011)), 'name');
  assert.equal(packageFieldOf(refused(80100)), 'name');
  assert.equal(actionFieldOf(refused(80011)), 'name');
  assert.equal(actionFieldOf(refused(80300)), 'name');
  assert.equal(actionFieldOf(refused(80303)), 'type');
  assert.equal(actionFieldOf(refused(80304)), 'type');
  assert.equal(actionFieldOf(refused(81312)), 'vpc');
  assert.equal(triggerFieldOf(refused(80500)), 'name');
  assert.equal(triggerFieldOf(refused(80504)), 'type');
  assert.equal(triggerFieldOf(refused(80711)), 'rules');
  assert.equal(triggerFieldOf(refused(80731)), 'rules');
  assert.equal(triggerFieldOf(refused(80740)), 'webhooks');
  assert.equal(triggerFieldOf(refused(80751)), 'secretName');
});

test("where a code is about any field, the service's words name it by its name on the wire", () => {
  const action = (details: string): string | undefined => actionFieldOf(refused(80307, 'ACTION_BODY_INVALID_VALUE', details));
  assert.equal(action('limits.memory must be one of 128, 256, 512, 1024'), 'memoryMb');
  assert.equal(action('limits.timeout'), 'timeoutMs');
  assert.equal(action('exec.kind nodejs:6 is not supported'), 'runtime');
  assert.equal(action('exec.code'), 'code');
  assert.equal(action('"main" is empty'), 'main');
  assert.equal(action('vpc.subnetNo'), 'vpc');
  assert.equal(action('raw-http'), 'isRawHttp');
  assert.equal(action('exec.components'), 'components');
  assert.equal(packageFieldOf(refused(80105, 'PACKAGE_BODY_INVALID_VALUE', 'description')), 'description');
  const trigger = (details: string): string | undefined => triggerFieldOf(refused(80507, 'TRIGGER_BODY_INVALID_VALUE', details));
  assert.equal(trigger('cronOption'), 'cronOption');
  assert.equal(trigger('credential.accessToken is not valid'), 'credential');
  assert.equal(trigger('events'), 'events');
  assert.equal(trigger('link.apiName'), 'link');
  assert.equal(trigger('insightLink[0].reminderTime'), 'rules');
  assert.equal(trigger('sourceCommitLink[0].webhookName'), 'webhooks');
});

test("no field is named where none is, or where there are two; the documents' own words name none", () => {
  for (const fieldOf of [packageFieldOf, actionFieldOf, triggerFieldOf]) {
    assert.equal(fieldOf(refused(80305, 'ACTION_BODY_INVALID_TYPE', 'Invalid request body field type')), undefined);
    assert.equal(fieldOf(refused(80306, 'ACTION_BODY_MISSING_FIELD', 'Missing required fields in the request body')), undefined);
    assert.equal(fieldOf(refused(80307, 'ACTION_BODY_INVALID_VALUE', 'Invalid request body field value')), undefined);
    assert.equal(fieldOf(refused(80000, 'INTERNAL_EXCEPTION', 'Invalid request parameter')), undefined);
    assert.equal(fieldOf(refused(80307, 'M', 'parameters or description')), undefined);
    assert.equal(fieldOf(refused(80002)), undefined);
    assert.equal(fieldOf(refused(80109)), undefined);
    assert.equal(fieldOf(new CloudError('network')), undefined);
  }
});
