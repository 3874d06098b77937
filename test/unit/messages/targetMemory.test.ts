import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { TargetMemory } from '../../../src/messages/targetMemory.ts';
import type { SendTarget } from '../../../src/sending/target.ts';

/** Workspace state as the editor keeps it: JSON. */
class StoredState {
  json: string | undefined;

  keys(): readonly string[] {
    return this.json === undefined ? [] : ['cloudStreams.message.targets'];
  }

  get<T>(_key: string, fallback?: T): T | undefined {
    return this.json === undefined ? fallback : (JSON.parse(this.json) as T);
  }

  update(_key: string, value: unknown): Promise<void> {
    this.json = JSON.stringify(value);
    return Promise.resolve();
  }
}

function target(topic: string): SendTarget {
  return { accountId: 'a', topicId: topic, topicName: `p-${topic}` };
}

function topics(targets: readonly SendTarget[]): readonly string[] {
  return targets.map(({ topicId }) => topicId);
}

describe('TargetMemory', () => {
  it('knows the last three targets, the last one first, each once', async () => {
    const memory = new TargetMemory(new StoredState());
    for (const topic of ['a', 'b', 'c', 'd', 'b']) await memory.sent(`file:///${topic}.json`, false, target(topic));
    assert.deepEqual(topics(memory.recent('file:///new.json')), ['b', 'd', 'c']);
  });

  it('puts the target of the document first', async () => {
    const memory = new TargetMemory(new StoredState());
    await memory.sent('file:///orders.json', false, target('orders'));
    for (const topic of ['x', 'y', 'z']) await memory.sent('file:///other.json', false, target(topic));
    assert.deepEqual(topics(memory.recent('file:///orders.json')), ['orders', 'z', 'y']);
  });

  it('outlives the window for files', async () => {
    const state = new StoredState();
    await new TargetMemory(state).sent('file:///orders.json', false, target('orders'));
    assert.deepEqual(new TargetMemory(state).recent('file:///orders.json'), [target('orders')]);
  });

  it('keeps documents without a file out of the state, and forgets them when they close', async () => {
    const state = new StoredState();
    const memory = new TargetMemory(state);
    memory.bindUntitled('untitled:Untitled-1', target('orders'));
    assert.deepEqual(topics(memory.recent('untitled:Untitled-1')), ['orders']);
    await memory.sent('untitled:Untitled-2', true, target('audit'));
    assert.ok(!(state.json ?? '').includes('untitled:'));
    memory.closed('untitled:Untitled-1');
    assert.deepEqual(topics(memory.recent('untitled:Untitled-1')), ['audit']);
  });

  it('keeps a bounded number of documents', async () => {
    const state = new StoredState();
    const memory = new TargetMemory(state);
    for (let i = 0; i < 150; i += 1) await memory.sent(`file:///${i}.json`, false, target(`t${i % 5}`));
    const stored = JSON.parse(state.json ?? '') as { readonly documents: readonly unknown[] };
    assert.equal(stored.documents.length, 100);
    assert.equal(topics(memory.recent('file:///60.json'))[0], 't0');
  });

  it('reads a broken state as an empty one', () => {
    for (const json of ['null', '5', '{"recent":7,"documents":[["u"],3,[1,2]]}', '{"recent":[null,{"accountId":1}]}']) {
      const state = new StoredState();
      state.json = json;
      assert.deepEqual(new TargetMemory(state).recent('u'), []);
    }
  });
});
