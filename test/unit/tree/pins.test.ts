import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { ResourceRef } from '../../../src/model/resource.ts';
import { Pins } from '../../../src/tree/pins.ts';
import { MemoryMemento } from '../../support/editorStorage.ts';

const topic = (id: string, changes: Partial<ResourceRef> = {}): ResourceRef => ({
  accountId: 'a', kind: 'dataStream.topic', keys: [id], name: `topic ${id}`, ...changes,
});
const names = (refs: readonly ResourceRef[]) => refs.map(({ name }) => name);

test('pins stay in their order, once each, and outlive the window', async () => {
  const state = new MemoryMemento();
  const pins = new Pins(state);
  let told = 0;
  pins.onDidChange(() => { told += 1; });
  await pins.pin(topic('1'));
  await pins.pin(topic('2'));
  await pins.pin(topic('1', { name: 'renamed' }));
  assert.equal(told, 2);
  assert.deepEqual(names(new Pins(state).pinned()), ['topic 1', 'topic 2']);
  assert.ok(pins.isPinned(topic('1', { name: 'any' })));
  assert.ok(!pins.isPinned(topic('1', { accountId: 'b' })));
  await pins.unpin(topic('1'));
  assert.deepEqual(names(pins.pinned()), ['topic 2']);
});

test('what was used last comes first, at most eight, and not what is pinned', async () => {
  const pins = new Pins(new MemoryMemento());
  for (let n = 1; n <= 20; n += 1) await pins.note(topic(String(n)));
  await pins.note(topic('15'));
  await pins.pin(topic('20'));
  assert.deepEqual(pins.recents().map(({ keys }) => keys[0]), ['15', '19', '18', '17', '16', '14', '13', '12']);
  await pins.forgetRecent(topic('19'));
  assert.ok(!pins.recents().some(({ keys }) => keys[0] === '19'));
});

test('a removed account leaves nothing, the others stay', async () => {
  const pins = new Pins(new MemoryMemento());
  for (const accountId of ['a', 'b']) {
    await pins.pin(topic('1', { accountId }));
    await pins.note(topic('2', { accountId }));
  }
  await pins.forgetAccount('a');
  assert.deepEqual([...pins.pinned(), ...pins.recents()].map(({ accountId }) => accountId), ['b', 'b']);
});

test('only the reference is stored, and whatever else stands there is left aside', async () => {
  const state = new MemoryMemento();
  const pins = new Pins(state);
  await pins.pin({ ...topic('1'), secret: 'canary' } as ResourceRef);
  assert.ok(![...state.values.values()].join().includes('canary'));
  await state.update('cloudStreams.pins', [null, 1, { accountId: 'a', kind: 'k', keys: [1], name: 'n' }, topic('1')]);
  await state.update('cloudStreams.recents', 'no list');
  assert.deepEqual(names(pins.pinned()), ['topic 1']);
  assert.deepEqual(pins.recents(), []);
});
