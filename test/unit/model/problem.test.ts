import assert from 'node:assert/strict';
import { test } from 'node:test';

import { CancelledError, CloudError, type CloudErrorKind, type CloudErrorReason } from '../../../src/model/cloudError.ts';
import { problemOf } from '../../../src/model/problem.ts';

const KINDS: Readonly<Record<CloudErrorKind, true>> = {
  unauthorized: true,
  forbidden: true,
  locked: true,
  notFound: true,
  conflict: true,
  invalid: true,
  quotaExceeded: true,
  rateLimited: true,
  unavailable: true,
  timeout: true,
  network: true,
  unexpectedResponse: true,
};

const REASONS: Readonly<Record<CloudErrorReason, true>> = {
  credentials: true,
  userAccessKey: true,
  clock: true,
  token: true,
  address: true,
  appKey: true,
  region: true,
  role: true,
  ipAcl: true,
  mainAccountKey: true,
  lane: true,
  dns: true,
  refused: true,
  reset: true,
  certificate: true,
  proxy: true,
  redirect: true,
  endpoint: true,
  name: true,
  notJson: true,
  schema: true,
  tooLarge: true,
  empty: true,
  duplicateName: true,
  nameRule: true,
  partitions: true,
  retention: true,
  description: true,
  consumerSpec: true,
  dateFormat: true,
  exportType: true,
  location: true,
  bucket: true,
  roleNrn: true,
  parameter: true,
  state: true,
  topicGone: true,
  connectorGone: true,
  resourceGone: true,
  connectorExists: true,
  topicQuota: true,
  topicPartitionQuota: true,
  projectPartitionQuota: true,
  quota: true,
  user: true,
  createFailed: true,
  updateFailed: true,
  deleteFailed: true,
  internal: true,
  cluster: true,
  platform: true,
  type: true,
  typeFixed: true,
  fieldType: true,
  fieldMissing: true,
  runParameters: true,
  subscription: true,
  eventRule: true,
  webhook: true,
  secret: true,
  activationMissing: true,
  nothingLinked: true,
  notLinked: true,
  alreadyLinked: true,
  linkQuota: true,
  packageNotEmpty: true,
  subnet: true,
};

test('every kind with every reason has a sentence, with and without names', () => {
  for (const kind of Object.keys(KINDS) as CloudErrorKind[]) {
    for (const reason of [undefined, ...(Object.keys(REASONS) as CloudErrorReason[])]) {
      for (const subject of [{}, { accountName: 'acme' }, { accountName: 'acme', what: 'Topic "orders"' }]) {
        const error = new CloudError(kind, reason === undefined ? {} : { reason });
        const problem = problemOf(error, subject);
        assert.ok(problem !== undefined);
        assert.match(problem.message, /^[\p{Lu}"{].*[.)]$/su, problem.message);
        assert.doesNotMatch(problem.message + (problem.hint ?? ''), /\{\d\}|undefined|please/i);
        if (problem.hint !== undefined) assert.match(problem.hint, /\.$/);
        if (subject.what !== undefined) assert.ok(problem.message.startsWith('Topic "orders"'));
        assert.equal(new Set(problem.remedies).size, problem.remedies.length);
      }
    }
  }
});

test('the words of the design', () => {
  const say = (error: CloudError): string => {
    const problem = problemOf(error, { accountName: 'acme' });
    return `${problem?.message ?? ''} ${problem?.hint ?? ''}`;
  };
  assert.equal(
    say(new CloudError('unauthorized', { reason: 'credentials', host: 'h.example' })),
    'Signature refused. Check the Access Key ID and the Secret Key of account "acme".',
  );
  assert.equal(
    say(new CloudError('unauthorized', { reason: 'userAccessKey', host: 'h.example' })),
    'The User Access Key was refused. Check the User Access Key ID and the Secret Access Key of account "acme".',
  );
  // Nothing was sent, so nothing was refused: what is missing is the message.
  assert.equal(
    say(new CloudError('unauthorized', { reason: 'credentials', detail: 'No keys are stored for this account.' })),
    'No keys are stored for this account. Check the keys of account "acme".',
  );
  assert.equal(
    say(new CloudError('unauthorized', { reason: 'credentials' })),
    'The stored keys cannot be used. Check the keys of account "acme".',
  );
  assert.match(
    say(new CloudError('unauthorized', { reason: 'clock', clockSkewMs: -420_000 })),
    /^Your clock is 7 minutes behind the server\. /,
  );
  assert.match(say(new CloudError('unauthorized', { reason: 'clock', clockSkewMs: 70_000 })), /^Your clock is 1 minute ahead/);
  assert.equal(say(new CloudError('locked', { operation: 'send' })), 'Account "acme" is read-only. Unlock it to send messages or to run anything.');
  assert.equal(say(new CloudError('locked', { operation: 'write' })), 'Account "acme" is locked against changes. Unlock it to change anything.');
  for (const operation of ['send', 'write'] as const) {
    assert.deepEqual(problemOf(new CloudError('locked', { operation }))?.remedies, ['unlock', 'editAccount']);
  }
});

test('a send whose outcome is unknown says so, in every kind that leaves it open', () => {
  for (const kind of ['timeout', 'network', 'unavailable', 'unexpectedResponse'] as const) {
    const hint = (mayHaveArrived: boolean, operation: 'read' | 'send' | 'write'): string =>
      problemOf(new CloudError(kind, { operation, mayHaveArrived }))?.hint ?? '';
    assert.match(hint(true, 'send'), /may or may not be on the topic/);
    assert.match(hint(true, 'write'), /may or may not have been made/);
    assert.doesNotMatch(hint(false, 'send'), /may or may not/);
    assert.doesNotMatch(hint(true, 'read'), /may or may not/);
  }
});

test('a run whose outcome is unknown is no message on a topic (cloudfunctions.md §2)', () => {
  const hint = (target: string): string | undefined =>
    problemOf(new CloudError('timeout', { operation: 'send', method: 'POST', target }))?.hint;
  const run = 'It may or may not have run: look at the activations.';
  assert.equal(hint('/ncf/api/v2/packages/-/actions/resize?platform=vpc&timeout=60000'), run);
  assert.equal(hint('/ncf/api/v2/triggers/nightly?platform=vpc'), run);
  assert.equal(hint('/api/v2/triggers/nightly'), run);
  assert.equal(hint('/stream/api/topics/packages/messages'), 'The message may or may not be on the topic.');
});

test("what a service says of its own failure goes before the kind's words", () => {
  const explain = (): { message: string; remedies: readonly ['retry'] } => ({ message: 'The package still has actions.', remedies: ['retry'] });
  const problem = problemOf(new CloudError('conflict', { explain, code: '80109' }), { what: 'Package "shop"' });
  assert.deepEqual(problem, { message: 'Package "shop": The package still has actions.', remedies: ['retry'], detail: '80109' });
});

test('the certificate error is named, and the proxy settings are offered', () => {
  const problem = problemOf(new CloudError('network', { reason: 'certificate', code: 'SELF_SIGNED_CERT_IN_CHAIN', host: 'h.example' }));
  assert.equal(problem?.message, 'The certificate of h.example was not accepted (SELF_SIGNED_CERT_IN_CHAIN).');
  assert.ok(problem.remedies.includes('openProxySettings'));
});

test("the service's own words are passed on", () => {
  const error = new CloudError('invalid', { detail: 'Invalid partition count.', code: '4000101', status: 200, host: 'h.example' });
  const problem = problemOf(error, { what: 'Topic "orders"' });
  assert.equal(problem?.message, 'Topic "orders": The service says: Invalid partition count.');
  assert.equal(problem.detail, 'h.example · HTTP 200 · 4000101 · Invalid partition count.');
});

test("a page's words are not the service's", () => {
  const details = { detail: '502 Bad Gateway nginx', status: 502, host: 'h.example' };
  const page = problemOf(new CloudError('unavailable', { ...details, reason: 'notJson' }));
  assert.equal(page?.message, 'The service is not available.');
  assert.match(page.detail ?? '', /502 Bad Gateway nginx/);
  assert.equal(problemOf(new CloudError('unavailable', details))?.message, 'The service says: 502 Bad Gateway nginx');
});

test('cancellation is silent; anything else is unexpected and tells nothing of itself', () => {
  assert.equal(problemOf(new CancelledError()), undefined);
  for (const thrown of [new Error('with a token CANARY'), 'text', undefined, null, { a: 1 }]) {
    const problem = problemOf(thrown);
    assert.equal(problem?.message, 'Unexpected error.');
    assert.deepEqual(problem.remedies, ['showLog']);
    assert.doesNotMatch(JSON.stringify(problem), /CANARY/);
  }
});
