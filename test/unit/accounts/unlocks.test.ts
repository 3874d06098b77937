import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';

import { Connections } from '../../../src/accounts/connections.ts';
import { Unlocks, UNLOCK_MS } from '../../../src/accounts/unlocks.ts';
import { EasyQueueClient } from '../../../src/api/easyqueue/client.ts';
import { createUndiciTransport } from '../../../src/api/undiciTransport.ts';
import { startEmulator } from '../../../src/emulator/emulator.ts';
import { wait } from '../../../src/host/clock.ts';
import { CloudError } from '../../../src/model/cloudError.ts';
import { memoryStore, naverAccount, nhnAccount } from '../../support/accounts.ts';
import { MemoryMemento } from '../../support/editorStorage.ts';

const SECRETS = { keyId: 'AAAABBBBCCCCDDDDEEEE', secret: 'FFFFGGGGHHHHIIII' };
const LOCKED = nhnAccount({ id: 'h1', lane: { stage: 'prod', access: 'read-only' } });

/** A locked account, and a clock that goes when the test says so. */
async function setUp(t: TestContext) {
  let nowMs = 1_000_000;
  const timers = new Set<{ readonly atMs: number; readonly ring: () => void }>();
  const { store, state } = memoryStore();
  await store.add(LOCKED, SECRETS);
  const unlocks = new Unlocks({
    store,
    now: () => nowMs,
    wait: (ms, signal) => new Promise((resolve, reject) => {
      const timer = { atMs: nowMs + ms, ring: resolve };
      timers.add(timer);
      signal.addEventListener('abort', () => {
        timers.delete(timer);
        reject(new Error('aborted'));
      });
    }),
  });
  t.after(() => unlocks.dispose());
  const told: string[] = [];
  unlocks.onDidChange((id) => told.push(id));
  /** Moves the clock alone, as sleep does. */
  const sleep = (ms: number): void => { nowMs += ms; };
  /** Lets time pass, timer by timer. */
  const pass = async (ms: number): Promise<void> => {
    const untilMs = nowMs + ms;
    for (;;) {
      const next = [...timers].sort((a, b) => a.atMs - b.atMs)[0];
      if (next === undefined || next.atMs > untilMs) break;
      timers.delete(next);
      nowMs = Math.max(nowMs, next.atMs);
      next.ring();
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
    nowMs = untilMs;
  };
  const access = (): string | undefined => unlocks.get('h1')?.lane.access;
  return { store, state, unlocks, told, timers, sleep, pass, access };
}

test('an unlocked account has full access for 15 minutes, then it is locked by itself', async (t) => {
  const { store, unlocks, told, pass, access, timers } = await setUp(t);
  assert.equal(access(), 'read-only');
  unlocks.unlock(LOCKED);
  assert.equal(access(), 'full');
  assert.deepEqual(unlocks.list().map(({ lane }) => lane), [{ stage: 'prod', access: 'full' }]);
  // The profile stays as it is.
  assert.equal(store.get('h1')?.lane.access, 'read-only');
  await pass(UNLOCK_MS - 1);
  assert.equal(access(), 'full');
  await pass(1);
  assert.equal(access(), 'read-only');
  assert.deepEqual(told, ['h1', 'h1']);
  assert.equal(timers.size, 0);
});

test('the time left is told each minute, and each second in the last one', async (t) => {
  const { unlocks, pass } = await setUp(t);
  const left: number[] = [];
  unlocks.unlock(LOCKED);
  unlocks.onDidTick((id) => left.push(Math.round((unlocks.remainingMs(id) ?? 0) / 1_000)));
  await pass(UNLOCK_MS);
  assert.deepEqual(left.slice(0, 3), [840, 780, 720]);
  assert.equal(left.length, 14 + 59);
  assert.deepEqual(left.slice(-2), [2, 1]);
});

test('after sleep the clock decides, before any timer rings', async (t) => {
  const { unlocks, sleep, access } = await setUp(t);
  unlocks.unlock(LOCKED);
  sleep(UNLOCK_MS);
  assert.equal(access(), 'read-only');
  assert.equal(unlocks.remainingMs('h1'), undefined);
});

test('a clock that is turned back makes it no longer', async (t) => {
  const { unlocks, sleep, access } = await setUp(t);
  unlocks.unlock(LOCKED);
  sleep(-60_000);
  assert.equal(access(), 'read-only');
});

test('nor does one that is turned back in the middle, and nothing is unlocked when it is right again', async (t) => {
  const { unlocks, sleep, access } = await setUp(t);
  unlocks.unlock(LOCKED);
  sleep(14 * 60_000);
  assert.equal(access(), 'full');
  sleep(-10 * 60_000);
  assert.equal(access(), 'read-only');
  sleep(10 * 60_000);
  assert.equal(access(), 'read-only');
});

test('"Lock Again" ends it early', async (t) => {
  const { unlocks, told, access, timers } = await setUp(t);
  unlocks.unlock(LOCKED);
  unlocks.lock('h1');
  assert.equal(access(), 'read-only');
  assert.deepEqual(told, ['h1', 'h1']);
  await new Promise<void>((resolve) => setImmediate(resolve));
  assert.equal(timers.size, 0);
  unlocks.lock('h1');
  assert.equal(told.length, 2);
});

test('whatever changes of the account locks it, for good', async (t) => {
  const changes: Readonly<Record<string, (world: Awaited<ReturnType<typeof setUp>>) => Promise<unknown>>> = {
    name: ({ store }) => store.update({ ...LOCKED, name: 'other' }),
    lane: ({ store }) => store.update({ ...LOCKED, lane: { stage: 'prod', access: 'send-only' } }),
    stage: ({ store }) => store.update({ ...LOCKED, lane: { stage: 'dev', access: 'read-only' } }),
    hosts: ({ store }) => store.update({ ...LOCKED, endpoints: { easyQueue: 'https://other.example' } }),
    credentials: ({ store }) => store.update(LOCKED, { ...SECRETS, secret: 'OTHEROTHEROTHER1' }),
    removal: ({ store }) => store.remove('h1'),
  };
  for (const [what, change] of Object.entries(changes)) {
    const world = await setUp(t);
    world.unlocks.unlock(LOCKED);
    await change(world);
    assert.notEqual(world.access(), 'full', what);
    // Not even when it is as it was.
    await world.store.update(LOCKED, SECRETS);
    assert.equal(world.access(), 'read-only', what);
  }
});

test('a change of another account locks nothing', async (t) => {
  const { store, unlocks, access } = await setUp(t);
  unlocks.unlock(LOCKED);
  await store.add(naverAccount(), SECRETS);
  assert.equal(access(), 'full');
});

test('what was changed in another window, of which nothing was told here, counts as locked', async (t) => {
  const { state, unlocks, access } = await setUp(t);
  unlocks.unlock(LOCKED);
  const [key = ''] = state.keys();
  await state.update(key, [{ version: 1, profile: { ...LOCKED, name: 'other' } }]);
  assert.equal(access(), 'read-only');
});

test('an account that changed while its name was typed is not unlocked, and one with full access has no lock', async (t) => {
  const { store, unlocks, access } = await setUp(t);
  unlocks.unlock({ ...LOCKED, name: 'before' });
  assert.equal(access(), 'read-only');
  const open = naverAccount();
  await store.add(open, SECRETS);
  unlocks.unlock(open);
  assert.equal(unlocks.remainingMs(open.id), undefined);
});

test('nothing of it is stored: a restart and another window find the account locked', async (t) => {
  const { state, unlocks } = await setUp(t);
  const before = new Map(state.values);
  unlocks.unlock(LOCKED);
  assert.deepEqual(state.values, before);
  const later = new MemoryMemento();
  for (const [key, value] of state.values) later.values.set(key, value);
  const again = new Unlocks({ store: memoryStore({}, later).store, now: () => 1_000_001, wait });
  assert.equal(again.get('h1')?.lane.access, 'read-only');
});

test('requests follow the lock, and one that is tried again after it fell is refused', async (t) => {
  const emulator = await startEmulator({ sampleData: 'none', extraTopics: 2 });
  t.after(() => emulator.close());
  const { token, easyQueue, appKey, userAccessKeyId, secretAccessKey } = emulator.credentials.nhn;
  const place = { appKey, label: 'shop', region: 'KR1' } as const;
  const account = nhnAccount({ id: 'a', appKeys: [place], endpoints: { token, easyQueue } });
  const { store } = memoryStore();
  await store.add(account, { keyId: userAccessKeyId, secret: secretAccessKey });
  // Its time is over as soon as the first request to delete has arrived.
  const writes = (): number => emulator.log.filter(({ method }) => method === 'DELETE').length;
  let isEnding = false;
  const unlocks = new Unlocks({ store, now: () => (isEnding && writes() > 1 ? UNLOCK_MS : 0), wait: () => new Promise(() => undefined) });
  const transport = createUndiciTransport({ dispatcher: ({ Agent }) => new Agent() });
  const connections = new Connections(
    store, { transport, wait, now: Date.now, random: () => 0.5, timeoutMs: () => 5_000, log: { request: () => undefined } },
    undefined, (profile) => unlocks.effective(profile),
  );
  t.after(async () => {
    await connections.dispose();
    await transport.close();
  });
  const client = new EasyQueueClient(await connections.of('a'), place);
  const [first, second] = (await client.listTopics()).topics;
  assert.ok(first !== undefined && second !== undefined);
  const isLocked = (error: unknown): boolean => error instanceof CloudError && error.kind === 'locked';

  await assert.rejects(client.deleteTopic(first.fullName), isLocked);
  assert.equal(writes(), 0);
  unlocks.unlock(account);
  await client.deleteTopic(first.fullName);
  assert.equal(writes(), 1);

  // Refused for its token: it would be sent once more with a new one.
  isEnding = true;
  emulator.faults.inject({ method: 'DELETE', effect: { kind: 'reply', status: 401, body: '' } });
  await assert.rejects(client.deleteTopic(second.fullName), isLocked);
  assert.equal(writes(), 2);
});
