import assert from 'node:assert/strict';
import { test } from 'node:test';

import fc from 'fast-check';

import { Drafts } from '../../../src/documents/drafts.ts';
import { isSame } from '../../../src/documents/merge.ts';
import { MemoryMemento } from '../../support/editorStorage.ts';
import { anyValue } from './anyValue.ts';

const STATE_KEY = 'cloudStreams.documents.drafts';

function version(value: string, mtime = 1) {
  return { text: value, values: { code: value }, mtime };
}

test('any values survive in a state that holds nothing but JSON', async () => {
  await fc.assert(fc.asyncProperty(anyValue, anyValue, async (a, b) => {
    const memento = new MemoryMemento();
    await new Drafts(memento).keep('u', { text: 't', values: { a, b }, mtime: 5 });
    const stored: unknown = JSON.parse(JSON.stringify(memento.get(STATE_KEY)));
    await memento.update(STATE_KEY, stored);
    const draft = new Drafts(memento).get('u');
    assert.deepEqual([draft?.text, draft?.mtime], ['t', 5]);
    assert.ok(isSame(draft?.values ?? {}, { a, b }));
  }), { numRuns: 500 });
});

test('what an earlier version of the extension kept is read', async () => {
  const memento = new MemoryMemento();
  await memento.update(STATE_KEY, [['u', { text: 't', values: { n: 1, s: 'x', b: null }, mtime: 5 }]]);
  assert.deepEqual(new Drafts(memento).get('u'), { text: 't', values: { n: 1, s: 'x', b: null }, mtime: 5 });
});

test('large values are not kept, and neither is what was kept of them before', async () => {
  const memento = new MemoryMemento();
  const drafts = new Drafts(memento);
  await drafts.keep('u', version('x'.repeat(500 * 1024)));
  assert.notEqual(drafts.get('u'), undefined);
  await drafts.keep('u', version('x'.repeat(512 * 1024)));
  assert.equal(drafts.get('u'), undefined);
  assert.equal(memento.values.size, 0);
});

test('of many large ones the newest are kept', async () => {
  const drafts = new Drafts(new MemoryMemento());
  for (const name of ['a', 'b', 'c', 'd']) await drafts.keep(name, version(name.repeat(400 * 1024)));
  assert.deepEqual(['a', 'b', 'c', 'd'].map((name) => drafts.get(name) !== undefined), [false, false, true, true]);
  await drafts.keep('e', version('e'));
  assert.deepEqual(['b', 'c', 'd', 'e'].map((name) => drafts.get(name) !== undefined), [false, true, true, true]);
});

test('nothing strange is read back', async () => {
  const memento = new MemoryMemento();
  const drafts = new Drafts(memento);
  for (const odd of [undefined, null, 5, '{', '[]', '5', [1]]) {
    await memento.update(STATE_KEY, [['u', { text: '', values: odd, mtime: 1 }]]);
    assert.equal(drafts.get('u'), undefined, String(odd));
  }
});

test('which thing a text is of is kept, and nothing of what may hold secrets', async () => {
  const memento = new MemoryMemento();
  const drafts = new Drafts(memento);
  await drafts.keep('u', { ...version('a'), identity: 'kr' });
  assert.deepEqual(drafts.get('u'), { ...version('a'), identity: 'kr' });
  await drafts.keep('u', { ...version('CANARY'), isPrivate: true });
  assert.equal(drafts.get('u'), undefined);
  assert.equal(memento.values.size, 0);
});
