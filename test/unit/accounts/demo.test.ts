import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';
import type { TestContext } from 'node:test';

import { Connections } from '../../../src/accounts/connections.ts';
import { Demo } from '../../../src/accounts/demo.ts';
import { parseEmulatorLine } from '../../../src/accounts/emulatorLine.ts';
import { DataStreamClient } from '../../../src/api/datastream/client.ts';
import { EasyQueueClient } from '../../../src/api/easyqueue/client.ts';
import { createUndiciTransport } from '../../../src/api/undiciTransport.ts';
import { startEmulator } from '../../../src/emulator/emulator.ts';
import { wait } from '../../../src/host/clock.ts';
import type { Account } from '../../../src/model/account.ts';
import { CloudError } from '../../../src/model/cloudError.ts';
import { memoryStore } from '../../support/accounts.ts';

interface Window extends ReturnType<typeof memoryStore> {
  readonly demo: Demo;
  readonly connections: Connections;
  readonly warnings: string[];
  close(): Promise<void>;
}

/** What one window of the editor has, over the given storage. */
function openWindow(t: TestContext, storage = memoryStore(), env: Record<string, string> = {}): Window {
  const { store } = memoryStore({}, storage.state, storage.secrets);
  const warnings: string[] = [];
  const demo = new Demo({ store, env, now: Date.now, warn: (message) => warnings.push(message) });
  const transport = createUndiciTransport({ dispatcher: ({ Agent }) => new Agent() });
  const connections = new Connections(store, {
    transport, wait, now: Date.now, random: () => 0.5, timeoutMs: () => 5_000, log: { request: () => undefined },
  }, (account) => demo.prepare(account));
  let isOpen = true;
  const close = async (): Promise<void> => {
    if (!isOpen) return;
    isOpen = false;
    await connections.dispose();
    await demo.dispose();
    await transport.close();
  };
  t.after(close);
  return { ...storage, store, demo, connections, warnings, close };
}

function account(window: Window, provider: Account['provider']): Account {
  const found = window.store.list().find((one) => one.provider === provider);
  assert.ok(found);
  return found;
}

async function topicCount(window: Window): Promise<number> {
  return (await new DataStreamClient(await window.connections.of(account(window, 'naver').id)).listTopics()).length;
}

async function queueCount(window: Window): Promise<number> {
  const nhn = account(window, 'nhn');
  assert.ok(nhn.provider === 'nhn' && nhn.appKeys[0]);
  return (await new EasyQueueClient(await window.connections.of(nhn.id), nhn.appKeys[0]).listTopics()).topics.length;
}

test('adds both demo accounts once, and everything answers', async (t) => {
  const window = openWindow(t);
  await Promise.all([window.demo.add(), window.demo.add()]);
  await window.demo.add();
  assert.deepEqual(window.store.list().map(({ name, isDemo, lane }) => [name, isDemo, lane.access]), [['Demo NAVER', true, 'full'], ['Demo NHN', true, 'full']]);
  assert.ok(await topicCount(window) > 0);
  const nhn = account(window, 'nhn');
  assert.ok(nhn.provider === 'nhn' && nhn.appKeys[0]);
  const { topics } = await new EasyQueueClient(await window.connections.of(nhn.id), nhn.appKeys[0]).listTopics();
  assert.ok(topics.length > 0);
});

test('tells of the demo accounts once both are there: the editor loses rows where its tree changes twice at once', async (t) => {
  const window = openWindow(t);
  const known: number[] = [];
  window.store.onDidChange(() => known.push(window.store.list().length));
  await window.demo.add();
  assert.deepEqual(known, [2, 2]);
});

test('what is asked for after the end leaves no emulator running', async (t) => {
  const window = openWindow(t);
  await window.demo.dispose();
  await window.demo.add();
  const naver = account(window, 'naver');
  assert.ok(naver.provider === 'naver' && naver.endpoints?.dataStream);
  await assert.rejects(fetch(naver.endpoints.dataStream), { message: 'fetch failed' });
});

test('a later window wakes the emulator again, and nothing about the accounts changes but what has to', async (t) => {
  const first = openWindow(t);
  await first.demo.add();
  const naver = account(first, 'naver');
  await first.store.update({ ...naver, name: 'mine', lane: { stage: 'prod', access: 'read-only' } });
  await first.close();
  const second = openWindow(t, first);
  assert.ok(await topicCount(second) > 0);
  const now = account(second, 'naver');
  assert.deepEqual([now.name, now.lane.access, now.id], ['mine', 'read-only', naver.id]);
});

test('the stored keys follow the emulator, which has new ones each time', async (t) => {
  const first = openWindow(t);
  await first.demo.add();
  const keys = (window: Window) => Promise.all(window.store.list().map(({ id }) => window.store.secrets(id)));
  const before = await keys(first);
  await first.close();
  const second = openWindow(t, first);
  assert.ok(await topicCount(second) > 0);
  assert.ok(await queueCount(second) > 0);
  const now = await keys(second);
  for (const [index, { keyId, secret }] of before.entries()) {
    assert.notEqual(now[index]?.keyId, keyId);
    assert.notEqual(now[index]?.secret, secret);
  }
});

test('an emulator with keys of its own that took the port is left alone', async (t) => {
  const first = openWindow(t);
  await first.demo.add();
  const before = account(first, 'naver');
  await first.close();
  const port = Number(new URL(before.provider === 'naver' ? before.endpoints?.dataStream ?? '' : '').port);
  const stranger = await startEmulator({ port });
  t.after(() => stranger.close());
  const second = openWindow(t, first);
  assert.ok(await topicCount(second) > 0);
  assert.ok(await queueCount(second) > 0);
  assert.notDeepEqual(account(second, 'naver').endpoints, before.endpoints);
  assert.ok(stranger.log.every(({ service }) => service === 'console'));
});

test('two windows that wake at the same time come to share one emulator', async (t) => {
  const earlier = openWindow(t);
  await earlier.demo.add();
  await earlier.close();
  const windows = [openWindow(t, earlier), openWindow(t, earlier)];
  await Promise.all(windows.map((window) => window.demo.prepare(account(window, 'naver'))));
  for (const window of windows) assert.ok(await topicCount(window) > 0);
  const before = JSON.stringify([...earlier.state.values]);
  for (const window of [...windows, ...windows]) assert.ok(await topicCount(window) > 0 && await queueCount(window) > 0);
  assert.equal(JSON.stringify([...earlier.state.values]), before);
});

test('two windows share one emulator and do not write in turn', async (t) => {
  const first = openWindow(t);
  await first.demo.add();
  const second = openWindow(t, first);
  const before = JSON.stringify([...first.state.values]);
  assert.ok(await topicCount(second) > 0);
  assert.equal(JSON.stringify([...first.state.values]), before);
  assert.ok(await topicCount(first) > 0);
  assert.equal(JSON.stringify([...first.state.values]), before);
});

/** A window that finds the demo accounts of an earlier one, and another program at their emulator's port. */
async function afterTheft(t: TestContext): Promise<{ before: Account; window: Window }> {
  const first = openWindow(t);
  await first.demo.add();
  const before = account(first, 'naver');
  await first.close();
  const squatter = createServer((_request, response) => response.end('mine'));
  t.after(() => squatter.close());
  const port = Number(new URL(before.provider === 'naver' ? before.endpoints?.dataStream ?? '' : '').port);
  await new Promise<void>((resolve) => squatter.listen(port, '127.0.0.1', resolve));
  return { before, window: openWindow(t, first) };
}

test('where another program took the port, the accounts follow the emulator to another', async (t) => {
  const { before, window: second } = await afterTheft(t);
  await second.demo.prepare(before);
  assert.notDeepEqual(account(second, 'naver').endpoints, before.endpoints);
  assert.ok(await topicCount(second) > 0);
});

test('whoever asks first reaches the emulator where it is now', async (t) => {
  const { window } = await afterTheft(t);
  assert.ok(await topicCount(window) > 0);
});

test('uses the emulator it is told of', async (t) => {
  const emulator = await startEmulator();
  t.after(() => emulator.close());
  const window = openWindow(t, memoryStore(), { CLOUD_STREAMS_EMULATOR: JSON.stringify(emulator.credentials) });
  await window.demo.add();
  assert.deepEqual(account(window, 'naver').endpoints, {
    dataStream: emulator.credentials.naver.dataStream, messages: emulator.credentials.naver.messages, cloudFunctions: emulator.credentials.naver.cloudFunctions,
  });
  await topicCount(window);
  assert.ok(emulator.log.length > 0);
});

test('an address that is not on this machine is never taken from the environment', async (t) => {
  const emulator = await startEmulator();
  t.after(() => emulator.close());
  const { credentials } = emulator;
  for (const origin of ['https://evil.example', 'http://127.0.0.1.evil.example', 'http://127.0.0.1@evil.example', 'http://127.0.0.1:1/path']) {
    assert.equal(parseEmulatorLine(JSON.stringify({ ...credentials, naver: { ...credentials.naver, messages: origin } })), undefined, origin);
  }
  assert.equal(parseEmulatorLine('{'), undefined);
  assert.notEqual(parseEmulatorLine(JSON.stringify(credentials)), undefined);
  const line = JSON.stringify({ ...credentials, nhn: { ...credentials.nhn, token: 'https://evil.example' } });
  const window = openWindow(t, memoryStore(), { CLOUD_STREAMS_EMULATOR: line });
  await window.demo.add();
  assert.equal(window.warnings.length, 1);
  assert.ok(!JSON.stringify(window.store.list()).includes('evil'));
});

test('a connection lives until what it rests on changes', async (t) => {
  const window = openWindow(t);
  await window.demo.add();
  const { store, connections } = window;
  const nhn = account(window, 'nhn');
  const first = await connections.of(nhn.id);
  assert.equal(await connections.of(nhn.id), first);
  await store.update({ ...nhn, name: 'other', lane: { stage: 'prod', access: 'read-only' } });
  assert.equal(await connections.of(nhn.id), first);
  assert.equal(first.account.name, 'other');
  await store.update(account(window, 'nhn'), await store.secrets(nhn.id));
  assert.notEqual(await connections.of(nhn.id), first);
  await store.remove(nhn.id);
  await assert.rejects(connections.of(nhn.id), CloudError);
});

test('a removed NHN account\'s token is given back', async (t) => {
  const emulator = await startEmulator();
  t.after(() => emulator.close());
  const window = openWindow(t, memoryStore(), { CLOUD_STREAMS_EMULATOR: JSON.stringify(emulator.credentials) });
  await window.demo.add();
  const nhn = account(window, 'nhn');
  assert.ok(nhn.provider === 'nhn' && nhn.appKeys[0]);
  await new EasyQueueClient(await window.connections.of(nhn.id), nhn.appKeys[0]).listTopics();
  await window.store.remove(nhn.id);
  const isRevoked = (): boolean => emulator.log.some(({ target, status }) => target.startsWith('/oauth2/token/revoke') && status === 200);
  while (!isRevoked()) await wait(5, t.signal);
});

test('an account that is not saved can be tried, its variables included', async (t) => {
  const window = openWindow(t);
  await window.demo.add();
  const naver = account(window, 'naver');
  const { keyId } = await window.store.secrets(naver.id);
  const good = await window.connections.tryOut(naver, await window.store.secrets(naver.id));
  assert.ok((await new DataStreamClient(good).listTopics()).length > 0);
  await good.dispose();
  const bad = await window.connections.tryOut(naver, { keyId, secret: '${env:NOT_THERE}' });
  await assert.rejects(new DataStreamClient(bad).listTopics(), (error) => error instanceof CloudError && (error.details.detail ?? '').includes('NOT_THERE'));
});
