import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { type BoundDocument, TargetMemory } from '../../../src/messages/targets/targetMemory.ts';
import type { SendTarget } from '../../../src/sending/target.ts';
import { MemoryMemento } from '../../support/editorStorage.ts';

const KEY = 'cloudStreams.message.targets';

function target(topic: string): SendTarget {
  return { accountId: 'a', topicId: topic, topicName: `p-${topic}` };
}

function file(name: string): BoundDocument {
  return { uri: `file:///${name}`, isUntitled: false };
}

function topics(targets: readonly SendTarget[]): readonly string[] {
  return targets.map(({ topicId }) => topicId);
}

describe('TargetMemory', () => {
  it('knows the last three targets, the last one first, each once', async () => {
    const memory = new TargetMemory(new MemoryMemento());
    for (const topic of ['a', 'b', 'c']) await memory.bind(file(`${topic}.json`), target(topic));
    for (const topic of ['d', 'b']) await memory.used(target(topic));
    assert.deepEqual(topics(memory.recent('file:///new.json')), ['b', 'd', 'c']);
    assert.equal(memory.bindingOf('file:///new.json'), undefined);
  });

  it('puts the target of the document first', async () => {
    const memory = new TargetMemory(new MemoryMemento());
    await memory.bind(file('orders.json'), target('orders'));
    for (const topic of ['x', 'y', 'z']) await memory.bind(file('other.json'), target(topic));
    assert.deepEqual(topics(memory.recent('file:///orders.json')), ['orders', 'z', 'y']);
  });

  it('keeps what was said of an array with the target, until it is said anew', async () => {
    const state = new MemoryMemento();
    const memory = new TargetMemory(state);
    await memory.bind(file('orders.json'), target('orders'), 'elements');
    await memory.bind(file('orders.json'), target('audit'));
    assert.deepEqual(new TargetMemory(state).bindingOf('file:///orders.json'), { target: target('audit'), array: 'elements' });
    await memory.bind(file('orders.json'), target('audit'), 'value');
    assert.equal(memory.bindingOf('file:///orders.json')?.array, 'value');
  });

  it('keeps nothing but names and ids', async () => {
    const state = new MemoryMemento();
    await new TargetMemory(state).bind(file('orders.json'), { ...target('orders'), secret: 'x' } as SendTarget);
    const [, stored] = (JSON.parse(state.values.get(KEY) ?? '') as { documents: [string, object][] }).documents[0] ?? [];
    assert.deepEqual(Object.keys(stored ?? {}).toSorted(), ['accountId', 'topicId', 'topicName']);
  });

  it('follows a file, and the files of a folder, to another name', async () => {
    const memory = new TargetMemory(new MemoryMemento());
    await memory.bind(file('a/orders.json'), target('orders'));
    await memory.bind(file('ab.json'), target('audit'));
    await memory.renamed('file:///a', 'file:///b');
    assert.equal(memory.bindingOf('file:///a/orders.json'), undefined);
    assert.deepEqual(memory.bindingOf('file:///b/orders.json')?.target, target('orders'));
    assert.deepEqual(memory.bindingOf('file:///ab.json')?.target, target('audit'));
    await memory.renamed('file:///b/orders.json', 'file:///c.json');
    assert.deepEqual(memory.bindingOf('file:///c.json')?.target, target('orders'));
  });

  it('forgets the file that another was moved onto', async () => {
    for (const names of [['a.json', 'b.json'], ['b.json', 'a.json']]) {
      const memory = new TargetMemory(new MemoryMemento());
      for (const name of names) await memory.bind(file(name), target(name));
      await memory.renamed('file:///a.json', 'file:///b.json');
      assert.equal(memory.bindingOf('file:///a.json'), undefined);
      assert.deepEqual(memory.bindingOf('file:///b.json')?.target, target('a.json'));
    }
  });

  it('follows a document to the file it is saved as, unless that goes somewhere already', async () => {
    const memory = new TargetMemory(new MemoryMemento());
    memory.bindUntitled('untitled:Untitled-1', target('orders'));
    await memory.saved('untitled:Untitled-1', 'file:///new.json');
    assert.deepEqual(memory.bindingOf('file:///new.json')?.target, target('orders'));
    await memory.bind(file('old.json'), target('audit'));
    await memory.saved('untitled:Untitled-1', 'file:///old.json');
    await memory.saved('untitled:Untitled-2', 'file:///other.json');
    assert.deepEqual(memory.bindingOf('file:///old.json')?.target, target('audit'));
    assert.equal(memory.bindingOf('file:///other.json'), undefined);
  });

  it('says when a document has another target', async () => {
    const memory = new TargetMemory(new MemoryMemento());
    let changes = 0;
    memory.onDidChange(() => { changes += 1; });
    await memory.bind(file('a.json'), target('a'));
    memory.bindUntitled('untitled:Untitled-1', target('a'));
    await memory.renamed('file:///nothing', 'file:///else');
    assert.equal(changes, 2);
  });

  it('keeps documents without a file out of the state, and forgets them when they close', async () => {
    const state = new MemoryMemento();
    const memory = new TargetMemory(state);
    memory.bindUntitled('untitled:Untitled-1', target('orders'));
    assert.deepEqual(topics(memory.recent('untitled:Untitled-1')), ['orders']);
    await memory.bind({ uri: 'untitled:Untitled-2', isUntitled: true }, target('audit'), 'elements');
    assert.equal(memory.bindingOf('untitled:Untitled-2')?.array, 'elements');
    assert.ok(!(state.values.get(KEY) ?? '').includes('untitled:'));
    memory.closed('untitled:Untitled-1');
    assert.deepEqual(topics(memory.recent('untitled:Untitled-1')), ['audit']);
  });

  it('keeps a bounded number of documents', async () => {
    const state = new MemoryMemento();
    const memory = new TargetMemory(state);
    for (let i = 0; i < 150; i += 1) await memory.bind(file(`${i}.json`), target(`t${i % 5}`));
    const stored = JSON.parse(state.values.get(KEY) ?? '') as { readonly documents: readonly unknown[] };
    assert.equal(stored.documents.length, 100);
    assert.equal(topics(memory.recent('file:///60.json'))[0], 't0');
  });

  it('reads a broken state as an empty one', () => {
    for (const json of ['null', '5', '{"recent":7,"documents":[["u"],3,[1,2]]}', '{"recent":[null,{"accountId":1}]}']) {
      const state = new MemoryMemento();
      state.values.set(KEY, json);
      assert.deepEqual(new TargetMemory(state).recent('u'), []);
    }
    const state = new MemoryMemento();
    state.values.set(KEY, JSON.stringify({ documents: [['u', { ...target('a'), array: 'maybe' }]] }));
    assert.deepEqual(new TargetMemory(state).bindingOf('u'), { target: target('a'), array: undefined });
  });
});
