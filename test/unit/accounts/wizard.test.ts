import assert from 'node:assert/strict';
import { test } from 'node:test';

import { draftOf, newDraft } from '../../../src/accounts/draft.ts';
import type { Draft } from '../../../src/accounts/draft.ts';
import type { ReviewDeps } from '../../../src/accounts/reviewStep.ts';
import { testConnection } from '../../../src/accounts/testConnection.ts';
import type { AccountCheck, Finding } from '../../../src/accounts/testConnection.ts';
import { runAccountWizard } from '../../../src/accounts/wizard.ts';
import type { Account, AccountSecrets } from '../../../src/model/account.ts';
import { CancelledError, CloudError } from '../../../src/model/cloudError.ts';
import { naverAccount, nhnAccount } from '../../support/accounts.ts';
import { ScriptedPrompts } from '../../support/scriptedPrompts.ts';
import type { Answer } from '../../support/scriptedPrompts.ts';

interface Saved {
  readonly account: Account;
  readonly secrets: AccountSecrets;
}

const ok: AccountCheck = () => Promise.resolve([{ target: 'Data Stream', error: undefined, detail: '3 topics' }]);

interface Run {
  readonly prompts: ScriptedPrompts;
  readonly saved: readonly Saved[];
}

async function run(draft: Draft, answers: readonly Answer[], checks: readonly AccountCheck[] = [ok], save?: ReviewDeps['save']): Promise<Run> {
  const prompts = new ScriptedPrompts(...answers);
  const saved: Saved[] = [];
  await runAccountWizard({
    prompts,
    otherNames: () => ['taken'],
    test: (account, secrets, signal, onLines) => testConnection(checks, { account, secrets, signal }, onLines),
    save: save ?? ((account, secrets) => {
      saved.push({ account, secrets });
      return Promise.resolve();
    }),
  }, draft);
  prompts.done();
  return { prompts, saved };
}

const NAVER: readonly Answer[] = [
  { pick: 'NAVER Cloud' },
  { refused: 'Taken', because: /already named/ },
  { type: ' acme ' },
  { refused: 'AK ID', because: /spaces/ },
  { type: ' AKID\n' },
  { refused: '', because: /Enter the key/ },
  { type: 'sec/ret+key=' },
  { pick: 'A sub account\'s' },
  { pick: 'Public' },
  { many: ['KR', 'JP'] },
  { pick: 'VPC' },
  { pick: 'Development' },
  { pick: 'Full access' },
];

test('asks for a NAVER account, tests it and saves it', async () => {
  const { prompts, saved } = await run(newDraft('id1'), [...NAVER, { pick: 'Save' }]);
  assert.deepEqual(saved, [{
    account: naverAccount({ id: 'id1', name: 'acme', regions: ['KR', 'JP'] }),
    secrets: { keyId: 'AKID', secret: 'sec/ret+key=' },
  }]);
  const secretQuestions = prompts.asked.filter(({ isSecret }) => isSecret);
  assert.ok(secretQuestions.length > 0 && secretQuestions.every(({ text }) => text === 'Secret Key'));
  assert.ok(prompts.notes.some(({ severity, message }) => severity === 'info' && message.includes('left out')));
  assert.ok(prompts.asked.at(-1)?.labels.includes('Data Stream'));
});

test('asks for an NHN account with several app keys', async () => {
  const { saved } = await run(newDraft('id1'), [
    { pick: 'NHN Cloud' }, { type: 'shop' }, { type: 'UAKID' }, { type: 'uaksecret' },
    { refused: 'r9Zd7vDE mWMfQb00', because: /spaces/ }, { type: 'r9Zd7vDEmWMfQb00' }, { type: 'shop' }, { pick: 'KR1' },
    { pick: 'Add another app key' }, { refused: 'r9Zd7vDEmWMfQb00', because: /already/ }, { type: 'AAAABBBBCCCCDDDD' }, { type: 'second' }, { pick: 'KR2' },
    { pick: 'Add another app key' }, { type: 'XXXXBBBBCCCCDDDD' }, { type: 'third' }, { pick: 'KR2' },
    { pick: 'Take "third" out' }, { pick: 'Edit "second"' }, { type: 'AAAABBBBCCCCDDDD' }, { type: 'other' }, { pick: 'KR2' },
    { pick: 'Done' }, { pick: 'Production' }, { pick: 'Read-only' }, { pick: 'Save' },
  ]);
  assert.deepEqual(saved[0]?.account, nhnAccount({
    id: 'id1',
    appKeys: [{ appKey: 'r9Zd7vDEmWMfQb00', label: 'shop', region: 'KR1' }, { appKey: 'AAAABBBBCCCCDDDD', label: 'other', region: 'KR2' }],
  }));
});

test('Back from an empty list of app keys leads to the keys, with what was typed kept', async () => {
  const { prompts } = await run(newDraft('id1'), [
    { pick: 'NHN Cloud' }, { type: 'shop' }, { type: 'UAKID' }, { type: 'uaksecret' }, { back: 'halfAKey' }, { back: undefined }, { type: 'UAKID2' },
    { type: 'uaksecret' }, { type: 'r9Zd7vDEmWMfQb00' }, { type: 'l' }, { pick: 'KR1' }, { pick: 'Done' }, { pick: 'Development' }, { pick: 'Full access' }, { pick: 'Save' },
  ]);
  const values = prompts.asked.filter(({ text }) => text.startsWith('App key of')).map(({ value }) => value);
  assert.deepEqual(values, ['', 'halfAKey']);
  assert.ok(prompts.asked.filter(({ text }) => text.startsWith('User Access Key ID'))[1]?.value === 'UAKID');
});

test('production starts read-only', async () => {
  const { prompts } = await run(newDraft('id1'), [...NAVER.slice(0, -2), { pick: 'Production' }, { pick: 'Read-only' }, { pick: 'Save' }]);
  const access = prompts.asked.find(({ text }) => text.startsWith('What may be done'));
  assert.equal(access?.active, 'Read-only');
});

test('zones without regions and platforms are not asked for them', async () => {
  for (const [zone, platform] of [['Financial', 'vpc'], ['Government', 'classic']] as const) {
    const { saved } = await run(newDraft('id1'), [...NAVER.slice(0, 8), { pick: zone }, { pick: 'Development' }, { pick: 'Full access' }, { pick: 'Save' }]);
    const account = saved[0]?.account;
    assert.ok(account?.provider === 'naver');
    assert.deepEqual([account.platform, account.regions], [platform, ['KR']]);
  }
});

test('what the public zone was asked for goes with it', async () => {
  const { saved } = await run(draftOf(naverAccount({ regions: ['KR', 'JP'] }), { keyId: 'I', secret: 'S' }), [{ pick: 'Zone' }, { pick: 'Financial' }, { pick: 'Save' }]);
  assert.deepEqual(saved[0]?.account, naverAccount({ zone: 'financial' }));
});

test('a failed test says what is wrong, leads to the answer it is about, and can be saved all the same', async () => {
  let attempts = 0;
  const failing: AccountCheck = () => {
    attempts += 1;
    const error = new CloudError('unauthorized', { reason: 'credentials', host: 'x', status: 401 });
    return Promise.resolve<readonly Finding[]>([{ target: 'Data Stream', error, detail: undefined }]);
  };
  const { saved } = await run(newDraft('id1'), [
    ...NAVER, { pick: 'Data Stream' }, { type: 'AKID' }, { type: 'another' }, { pick: 'Test again' }, { pick: 'Save anyway' },
  ], [failing]);
  assert.equal(saved[0]?.secrets.secret, 'another');
  assert.equal(attempts, 3);
});

test('saving needs not wait for a test that hangs, and ends it', async () => {
  let isAborted = false;
  const hanging: AccountCheck = (_account, _secrets, signal) => new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => {
      isAborted = true;
      reject(new CancelledError());
    });
  });
  const { saved } = await run(newDraft('id1'), [...NAVER, { pick: 'Save without waiting', before: 'loaded' }], [ok, hanging]);
  assert.equal(saved.length, 1);
  assert.ok(isAborted);
});

test('where saving fails the wizard stays, and nothing is lost', async () => {
  let times = 0;
  const { prompts } = await run(newDraft('id1'), [...NAVER, { pick: 'Save' }, { pick: 'Save' }], [ok], () => {
    times += 1;
    return times === 1 ? Promise.reject(new Error('disk full')) : Promise.resolve();
  });
  assert.match(prompts.asked.at(-1)?.text ?? '', /^Not saved/);
});

test('closing the wizard saves nothing', async () => {
  await assert.rejects(run(newDraft('id1'), [...NAVER, { cancel: true }], [ok], () => assert.fail('saved')), CancelledError);
});

test('a change starts at the last step and keeps the stored keys', async () => {
  const stored = { keyId: 'OLDID', secret: 'oldsecret' };
  const { prompts, saved } = await run(draftOf(naverAccount(), stored), [
    { pick: 'Name' }, { type: 'renamed' }, { pick: 'Keys' }, { type: '' }, { type: '' }, { pick: 'Keys' }, { type: '' }, { type: 'newsecret' }, { pick: 'Save' },
  ]);
  assert.deepEqual(saved, [{ account: naverAccount({ name: 'renamed' }), secrets: { keyId: 'OLDID', secret: 'newsecret' } }]);
  assert.ok(!JSON.stringify(prompts.asked).includes('oldsecret'));
});

test('a new key id needs its own secret', async () => {
  const { saved } = await run(draftOf(naverAccount(), { keyId: 'OLDID', secret: 'oldsecret' }), [
    { pick: 'Keys' }, { type: 'NEWID' }, { refused: '', because: /Enter the key/ }, { back: undefined }, { back: undefined },
    { pick: 'Enter the keys' }, { type: 'NEWID' }, { type: 'newsecret' }, { pick: 'Save' },
  ]);
  assert.deepEqual(saved[0]?.secrets, { keyId: 'NEWID', secret: 'newsecret' });
});

test('an account whose keys are gone asks for them instead of testing', async () => {
  const { saved } = await run(draftOf(naverAccount(), undefined), [{ pick: 'Enter the keys' }, { type: 'ID' }, { type: 'secret' }, { pick: 'Save' }]);
  assert.deepEqual(saved[0]?.secrets, { keyId: 'ID', secret: 'secret' });
});

test('a custom endpoint is confirmed by its host; a refusal asks again', async () => {
  const { prompts, saved } = await run(draftOf(naverAccount(), { keyId: 'I', secret: 'S' }), [
    { pick: 'Advanced: custom endpoints…' }, { refused: 'http://evil.example', because: /https/ }, { type: 'https://evil.example' }, { cancel: true },
    { type: 'https://GW.example.com:8443/' }, { press: 'Use This Host' }, { type: '' }, { type: '' }, { pick: 'Save' },
  ]);
  const account = saved[0]?.account;
  assert.deepEqual(account?.endpoints, { dataStream: 'https://gw.example.com:8443' });
  assert.ok(prompts.asked.some(({ text }) => text.startsWith('Use the host "gw.example.com:8443"?')));
});

test('a host that was confirmed is not asked about again for another endpoint', async () => {
  const { prompts, saved } = await run(draftOf(naverAccount(), { keyId: 'I', secret: 'S' }), [
    { pick: 'Advanced: custom endpoints…' }, { type: 'https://a.example' }, { press: 'Use This Host' }, { type: 'https://a.example' },
    { type: 'https://b.example' }, { press: 'Use This Host' }, { pick: 'Save' },
  ]);
  assert.deepEqual(saved[0]?.account.endpoints, { dataStream: 'https://a.example', messages: 'https://a.example', cloudFunctions: 'https://b.example' });
  assert.equal(prompts.asked.filter(({ text }) => text.startsWith('Use the host')).length, 2);
});

test('emptied endpoints go, and an unchanged one is not asked about again', async () => {
  const before = naverAccount({ endpoints: { dataStream: 'https://a.example', messages: 'https://b.example' } });
  const { saved } = await run(draftOf(before, { keyId: 'I', secret: 'S' }), [
    { pick: 'Advanced: custom endpoints…' }, { type: '' }, { type: 'https://b.example' }, { type: '' }, { pick: 'Save' },
  ]);
  assert.deepEqual(saved[0]?.account, naverAccount({ endpoints: { messages: 'https://b.example' } }));
});

test('a copy gets its own id and name, and the stored keys', async () => {
  const { saved } = await run(draftOf(nhnAccount(), { keyId: 'I', secret: 'S' }, { id: 'copy', name: 'shop copy' }), [{ type: 'shop copy' }, { pick: 'Save' }]);
  assert.deepEqual(saved, [{ account: nhnAccount({ id: 'copy', name: 'shop copy' }), secrets: { keyId: 'I', secret: 'S' } }]);
});

test('a demo account can be renamed and locked, and nothing else', async () => {
  const { prompts } = await run(draftOf(naverAccount({ isDemo: true }), { keyId: 'I', secret: 'S' }), [{ pick: 'Access' }, { pick: 'Read-only' }, { pick: 'Save' }]);
  const labels = prompts.asked[0]?.labels ?? [];
  assert.ok(['Keys', 'Zone', 'Advanced: custom endpoints…'].every((label) => !labels.includes(label)), labels.join());
});
