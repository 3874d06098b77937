import assert from 'node:assert/strict';
import { test } from 'node:test';

import { lineItems, testConnection, testSummary } from '../../../src/accounts/testConnection.ts';
import type { AccountCheck, TestLine } from '../../../src/accounts/testConnection.ts';
import { CancelledError, CloudError } from '../../../src/model/cloudError.ts';
import { naverAccount } from '../../support/accounts.ts';

const secrets = { keyId: 'I', secret: 'S' };

function checkOf(target: string, error?: unknown): AccountCheck {
  return () => Promise.resolve([{ target, error, detail: undefined }]);
}

test('one service that hangs hides no other, and its turn keeps its place', async () => {
  const controller = new AbortController();
  const { signal } = controller;
  const slow: AccountCheck = () => new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve([{ target: 'slow', error: new CloudError('network'), detail: undefined }]));
  });
  const seen: (readonly TestLine[])[] = [];
  const heard = new Promise<void>((resolve) => {
    testConnection([slow, checkOf('fast')], { account: naverAccount(), secrets, signal }, (lines) => {
      seen.push(lines);
      resolve();
    }).then(() => assert.fail('not cancelled'), (error: unknown) => assert.ok(error instanceof CancelledError));
  });
  await heard;
  controller.abort();
  assert.deepEqual(seen[0]?.map(({ target }) => target), ['fast']);
});

test('each failure is told as what it is', async () => {
  const errors = [
    new CloudError('unauthorized', { reason: 'credentials', host: 'h' }),
    new CloudError('unauthorized', { reason: 'clock', clockSkewMs: -420_000 }),
    new CloudError('notFound', { reason: 'appKey' }),
    new CloudError('forbidden', { reason: 'role' }),
    new CloudError('network', { reason: 'dns', host: 'h' }),
    new CloudError('network', { reason: 'proxy', host: 'h' }),
    new CloudError('network', { reason: 'certificate', host: 'h', code: 'SELF_SIGNED' }),
  ];
  const lines = await testConnection(errors.map((error, index) => checkOf(String(index), error)), { account: naverAccount(), secrets, signal: new AbortController().signal });
  assert.equal(new Set(lines.map(({ text }) => text)).size, errors.length);
  assert.ok(lines.every(({ isOk, text }) => !isOk && text !== ''));
  assert.match(lines[1]?.text ?? '', /7 minutes/);
  assert.match(lines[6]?.text ?? '', /SELF_SIGNED/);
  assert.equal(testSummary(lines), 'All checks failed.');
});

test('the summary counts', async () => {
  const lines = await testConnection([checkOf('a'), checkOf('b', new CloudError('timeout'))], { account: naverAccount(), secrets, signal: new AbortController().signal });
  assert.equal(testSummary(lines), '1 of 2 checks failed.');
  assert.equal(testSummary([]), 'This account can use no service.');
  assert.deepEqual(lineItems(lines, ({ target }) => target).map(({ icon, value }) => [icon, value]), [['pass', 'a'], ['error', 'b']]);
});
