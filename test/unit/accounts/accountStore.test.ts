import assert from 'node:assert/strict';
import { test } from 'node:test';

import fc from 'fast-check';

import type { AccountChange } from '../../../src/accounts/accountStore.ts';
import { CloudError } from '../../../src/model/cloudError.ts';
import { memoryStore, naverAccount, nhnAccount } from '../../support/accounts.ts';
import { MemoryMemento, MemorySecrets } from '../../support/editorStorage.ts';

const SECRETS = { keyId: 'AKIDAKIDAKID', secret: 'canary-secret' };
const STATE = 'cloudStreams.accounts';

function told(store: ReturnType<typeof memoryStore>['store']): AccountChange[] {
  const changes: AccountChange[] = [];
  store.onDidChange((change) => changes.push(change));
  return changes;
}

test('profiles go to the state, secrets to the keychain and nowhere else', async () => {
  const { store, state, secrets } = memoryStore();
  assert.equal(await store.add(naverAccount(), SECRETS), 'stored');
  assert.equal(await store.add(nhnAccount(), SECRETS), 'stored');
  assert.deepEqual(store.list(), [naverAccount(), nhnAccount()]);
  assert.deepEqual(await store.secrets('n1'), SECRETS);
  assert.doesNotMatch(JSON.stringify([...state.values]), /AKID|canary/);
  assert.equal(secrets.values.size, 2);
});

test('listing reads no secret', async () => {
  const { store, secrets } = memoryStore();
  await store.add(naverAccount(), SECRETS);
  secrets.log.length = 0;
  store.list();
  store.get('n1');
  store.reload();
  assert.deepEqual(secrets.log, []);
});

test('the secret is written before the profile, and deleted after it', async () => {
  const { store, state, secrets } = memoryStore();
  const order: string[] = [];
  const update = state.update.bind(state);
  state.update = (key, value) => {
    order.push(`profile, ${secrets.values.size === 1 ? 'secret there' : 'no secret'}`);
    return update(key, value);
  };
  await store.add(naverAccount(), SECRETS);
  await store.remove('n1');
  assert.deepEqual(order, ['profile, secret there', 'profile, secret there']);
  assert.equal(secrets.values.size, 0);
  assert.deepEqual(store.list(), []);
});

test('where the profile cannot be written, no secret stays behind', async () => {
  const { store, state, secrets } = memoryStore();
  state.update = () => Promise.reject(new Error('disk full'));
  await assert.rejects(store.add(naverAccount(), SECRETS), /disk full/);
  assert.equal(secrets.values.size, 0);
});

for (const mood of ['forgets', 'throws'] as const) {
  test(`a keychain that ${mood} is noticed, and the secret kept for this window`, async () => {
    const { store, state, secrets } = memoryStore();
    secrets.mood = mood;
    assert.equal(await store.add(naverAccount(), SECRETS), 'thisWindowOnly');
    assert.deepEqual(await store.secrets('n1'), SECRETS);
    assert.doesNotMatch(JSON.stringify([...state.values]), /canary/);
    await store.remove('n1');
    assert.deepEqual(store.list(), []);
    assert.equal(await memoryStore({}, state).store.storedSecrets('n1'), undefined);
  });
}

test('missing, broken and foreign secrets are a clear problem', async () => {
  const { store, secrets } = memoryStore();
  await store.add(naverAccount(), SECRETS);
  for (const text of [undefined, '', '{', '[]', '{"keyId":1,"secret":"x"}', 'null']) {
    if (text === undefined) secrets.values.clear();
    else secrets.values.set('cloudStreams.account.n1', text);
    await assert.rejects(store.secrets('n1'), (error) => error instanceof CloudError && error.kind === 'unauthorized' && error.details.reason === 'credentials');
  }
  secrets.mood = 'throws';
  await assert.rejects(store.secrets('n1'), (error) => error instanceof CloudError && (error.details.detail ?? '').includes('keychain'));
});

test('references to the environment are stored as such and resolved at use', async () => {
  const env: Record<string, string> = { MY_KEY: 'AKIDFROMENV', MY_SECRET: ' canary-env \n' };
  const seen: string[] = [];
  const { store, secrets } = memoryStore({ env, onSecret: (...values) => seen.push(...values) });
  await store.add(naverAccount(), { keyId: '${env:MY_KEY}', secret: '${env:MY_SECRET}' });
  assert.deepEqual(await store.secrets('n1'), { keyId: 'AKIDFROMENV', secret: 'canary-env' });
  assert.deepEqual(await store.storedSecrets('n1'), { keyId: '${env:MY_KEY}', secret: '${env:MY_SECRET}' });
  assert.doesNotMatch([...secrets.values.values()].join(), /canary/);
  assert.ok(seen.includes('canary-env') && !seen.some((value) => value.startsWith('${')));
  delete env['MY_SECRET'];
  await assert.rejects(store.secrets('n1'), (error) => error instanceof CloudError && (error.details.detail ?? '').includes('MY_SECRET'));
});

test('every secret that passes is told to the redactor', async () => {
  const seen = new Set<string>();
  const { store, state, secrets } = memoryStore({ onSecret: (...values) => values.forEach((value) => seen.add(value)) });
  await store.add(naverAccount(), SECRETS);
  assert.ok(seen.has('canary-secret') && seen.has('AKIDAKIDAKID'));
  const later = new Set<string>();
  const { store: other } = memoryStore({ onSecret: (...values) => values.forEach((value) => later.add(value)) }, state, secrets);
  await other.storedSecrets('n1');
  assert.ok(later.has('canary-secret'));
});

test('broken and future entries are skipped and kept', async () => {
  const state = new MemoryMemento();
  const future = { version: 2, profile: { id: 'f', provider: 'aws' } };
  const entries = [future, null, 7, 'x', { version: 1 }, { version: 1, profile: { ...naverAccount(), zone: 'mars' } }, { version: 1, profile: naverAccount() },
    { version: 1, profile: { ...naverAccount(), id: 'evil', endpoints: { dataStream: 'http://evil.example' } } }, { version: 1, profile: naverAccount({ name: 'double' }) }];
  await state.update(STATE, entries);
  const { store } = memoryStore({}, state);
  assert.deepEqual(store.list(), [naverAccount()]);
  await store.add(nhnAccount(), SECRETS);
  await store.update(naverAccount({ name: 'renamed' }));
  await store.remove('h1');
  const kept = state.get<unknown[]>(STATE) ?? [];
  assert.equal(kept.length, entries.length);
  assert.deepEqual(kept[0], future);
  assert.deepEqual(store.list(), [naverAccount({ name: 'renamed' })]);
});

test('state that is not even a list is put aside, not lost', async () => {
  const state = new MemoryMemento();
  await state.update(STATE, { version: 3, accounts: ['precious'] });
  const { store } = memoryStore({}, state);
  assert.deepEqual(store.list(), []);
  await store.add(naverAccount(), SECRETS);
  assert.match(state.values.get('cloudStreams.accounts.kept') ?? '', /precious/);
});

test('never crashes, whatever the state holds', () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => {
    const state = new MemoryMemento();
    state.values.set(STATE, JSON.stringify(value));
    assert.ok(Array.isArray(memoryStore({}, state).store.list()));
  }));
});

test('tells what changed', async () => {
  const { store } = memoryStore();
  const changes = told(store);
  await store.add(naverAccount(), SECRETS);
  await store.update(naverAccount({ name: 'b' }));
  await store.update(naverAccount({ name: 'b', lane: { stage: 'prod', access: 'read-only' } }));
  await store.update(naverAccount({ name: 'b', zone: 'financial' }));
  await store.update(naverAccount({ name: 'b', zone: 'financial' }), SECRETS);
  await store.remove('n1');
  assert.deepEqual(changes, [
    { id: 'n1', change: 'added', credentialsChanged: true, bindingChanged: true },
    { id: 'n1', change: 'changed', credentialsChanged: false, bindingChanged: false },
    { id: 'n1', change: 'changed', credentialsChanged: false, bindingChanged: false },
    { id: 'n1', change: 'changed', credentialsChanged: false, bindingChanged: true },
    { id: 'n1', change: 'changed', credentialsChanged: true, bindingChanged: true },
    { id: 'n1', change: 'removed', credentialsChanged: true, bindingChanged: true },
  ]);
});

test('new keys are told of with the profile they belong to, never before', async () => {
  const { store } = memoryStore();
  await store.add(naverAccount({ endpoints: { dataStream: 'https://old.example' } }), SECRETS);
  const seen: unknown[] = [];
  store.onDidChange(() => {
    const account = store.get('n1');
    seen.push(account?.endpoints);
  });
  const endpoints = { dataStream: 'https://new.example' };
  await store.update(naverAccount({ endpoints }), { keyId: 'AKIDNEW', secret: 'for the new host alone' });
  assert.deepEqual(seen, [endpoints]);
});

test('sees what another window did', async () => {
  const state = new MemoryMemento();
  const secrets = new MemorySecrets();
  const { store: other } = memoryStore({}, state, secrets);
  const { store } = memoryStore({}, state, secrets);
  store.list();
  const changes = told(store);
  await other.add(naverAccount(), SECRETS);
  store.reload();
  await other.update(naverAccount({ name: 'b' }));
  store.reload();
  store.reload();
  secrets.touch('cloudStreams.account.n1');
  await other.remove('n1');
  store.reload();
  const kinds = changes.map(({ change, credentialsChanged, bindingChanged }) => `${change} ${String(credentialsChanged)} ${String(bindingChanged)}`);
  assert.deepEqual(kinds, ['added true true', 'changed false false', 'changed true true', 'removed true true']);
  secrets.touch('something.else');
  assert.equal(changes.length, 4);
});
