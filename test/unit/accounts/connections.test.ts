import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';

import { Connections } from '../../../src/accounts/connections.ts';
import { EasyQueueClient } from '../../../src/api/easyqueue/client.ts';
import { createUndiciTransport } from '../../../src/api/undiciTransport.ts';
import { startEmulator } from '../../../src/emulator/emulator.ts';
import type { Emulator } from '../../../src/emulator/emulator.ts';
import { wait } from '../../../src/host/clock.ts';
import type { AccountSecrets, NhnAccount } from '../../../src/model/account.ts';
import { CancelledError, CloudError } from '../../../src/model/cloudError.ts';
import { memoryStore, nhnAccount } from '../../support/accounts.ts';
import { until } from '../api/support.ts';

interface Cloud {
  readonly emulator: Emulator;
  readonly secrets: AccountSecrets;
  /** An account of this cloud. */
  readonly account: (id: string) => NhnAccount;
}

/** A cloud of its own, with keys no other cloud knows and a topic no other cloud has. */
async function cloud(t: TestContext, seed: number): Promise<Cloud> {
  const emulator = await startEmulator({ seed, sampleData: 'none', extraTopics: seed });
  t.after(() => emulator.close());
  const { token, easyQueue, appKey, userAccessKeyId, secretAccessKey } = emulator.credentials.nhn;
  return {
    emulator,
    secrets: { keyId: userAccessKeyId, secret: secretAccessKey },
    account: (id) => nhnAccount({ id, name: id, appKeys: [{ appKey, label: 'shop', region: 'KR1' }], endpoints: { token, easyQueue } }),
  };
}

function house(t: TestContext) {
  const { store, state } = memoryStore();
  const transport = createUndiciTransport({ dispatcher: ({ Agent }) => new Agent() });
  const connections = new Connections(store, {
    transport, wait, now: Date.now, random: () => 0.5, timeoutMs: () => 5_000, log: { request: () => undefined },
  });
  t.after(async () => {
    await connections.dispose();
    await transport.close();
  });
  const clientOf = async (id: string): Promise<EasyQueueClient> => {
    const account = store.get(id);
    assert.ok(account?.provider === 'nhn' && account.appKeys[0] !== undefined);
    return new EasyQueueClient(await connections.of(id), account.appKeys[0]);
  };
  const count = async (id: string): Promise<number> => (await (await clientOf(id)).listTopics()).topics.length;
  return { store, state, connections, clientOf, count };
}

test('what belongs to one account reaches no other: neither key nor token, whoever asks at the same time', async (t) => {
  const [one, two] = await Promise.all([cloud(t, 1), cloud(t, 2)]);
  const { store, count } = house(t);
  await store.add(one.account('one'), one.secrets);
  await store.add(two.account('two'), two.secrets);
  assert.deepEqual(await Promise.all(['one', 'two', 'one', 'two'].map(count)), [1, 2, 1, 2]);
  for (const { emulator } of [one, two]) {
    // A token of the other cloud would have been refused first, and a new one asked for.
    assert.deepEqual(emulator.log.map(({ operation }) => operation).filter((operation) => operation.includes('oken')).length, 1);
    assert.ok(emulator.log.every(({ status }) => status === 200));
  }
});

test('an account that moves takes nothing along, and its old token is given back where it came from', async (t) => {
  const [one, two] = await Promise.all([cloud(t, 1), cloud(t, 2)]);
  const { store, count, clientOf } = house(t);
  await store.add(one.account('a'), one.secrets);
  const old = await clientOf('a');
  assert.equal(await count('a'), 1);
  const told = one.emulator.log.length;
  await store.update(two.account('a'), two.secrets);
  await assert.rejects(old.listTopics(), CancelledError);
  assert.equal(await count('a'), 2);
  const isRevoked = (): boolean => one.emulator.log.some(({ target }) => target.startsWith('/oauth2/token/revoke'));
  await until(isRevoked);
  assert.equal(one.emulator.log.length, told + 1);
  assert.ok(two.emulator.log.every(({ status }) => status === 200));
});

test('an account that is removed while its token is asked for ends silently', async (t) => {
  const { emulator, secrets, account } = await cloud(t, 1);
  const { store, count } = house(t);
  await store.add(account('a'), secrets);
  emulator.faults.inject({ path: /token\/create/u, effect: { kind: 'hang' } });
  const asked = assert.rejects(count('a'), CancelledError);
  await until(() => emulator.log.length > 0);
  await store.remove('a');
  await asked;
  assert.equal(emulator.log.length, 1);
});

test('an account that another window removed is used no more, and its token is given back', async (t) => {
  const { emulator, secrets, account } = await cloud(t, 1);
  const { store, state, count, connections } = house(t);
  await store.add(account('a'), secrets);
  assert.equal(await count('a'), 1);
  // What another window's removal leaves here: a shorter list in the state, and no word about it.
  for (const key of state.keys()) await state.update(key, []);
  await assert.rejects(connections.of('a'), (error) => error instanceof CloudError && error.kind === 'notFound');
  await until(() => emulator.log.some(({ target }) => target.startsWith('/oauth2/token/revoke')));
});
