import assert from 'node:assert/strict';
import { test } from 'node:test';

import fc from 'fast-check';

import { type DocumentAddress, type DocumentMode, documentPath, isFolder, readDocumentPath } from '../../../src/documents/resourceUri.ts';

const ENDING = '.datastream-topic.json';
const MODES: readonly DocumentMode[] = ['edit', 'view', 'raw', 'remote'];

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', '.', '..', '/', '%', '%-', '%2F', '%002f', 'a?b#c', '\ud800', 'x\udc00', 'a\\b', '주문 😀', ' ', 'a (raw).json', ENDING),
);

const anyAddress: fc.Arbitrary<DocumentAddress> = fc.record({
  mode: fc.constantFrom(...MODES),
  ref: fc.record({ accountId: anyText, kind: anyText, keys: fc.array(anyText, { maxLength: 4 }), name: anyText }, { noNullPrototype: true }),
}, { noNullPrototype: true });

test('any names come back from a path, however an editor writes and reads it', () => {
  fc.assert(fc.property(anyAddress, (address) => {
    const path = documentPath(address, ENDING);
    assert.deepEqual(readDocumentPath(path, () => ENDING), address);
    // As an address: what is encoded once more, and what a URL makes of dot segments.
    const url = new URL(`cloud-streams:${encodeURI(path)}`);
    assert.deepEqual(readDocumentPath(decodeURI(url.pathname), () => ENDING), address);
    assert.ok(path.split('/').slice(1).every((segment) => segment !== '' && segment !== '.' && segment !== '..'));
  }), { numRuns: 2_000 });
});

test('two addresses never share a path', () => {
  fc.assert(fc.property(anyAddress, anyAddress, (a, b) => {
    fc.pre(JSON.stringify(a) !== JSON.stringify(b));
    assert.notEqual(documentPath(a, ENDING), documentPath(b, ENDING));
  }));
});

test('the file name is for people, and only what can be changed has the ending of the schema', () => {
  const ref = { accountId: 'a1', kind: 'dataStream.topic', keys: ['t1'], name: 'h4j6l-orders' };
  assert.deepEqual(MODES.map((mode) => documentPath({ ref, mode }, ENDING)), [
    '/edit/a1/dataStream.topic/t1/h4j6l-orders.datastream-topic.json',
    '/view/a1/dataStream.topic/t1/h4j6l-orders.datastream-topic (view).json',
    '/raw/a1/dataStream.topic/t1/h4j6l-orders.datastream-topic (raw).json',
    '/remote/a1/dataStream.topic/t1/h4j6l-orders.datastream-topic.json',
  ]);
});

test('the folders of a document are known, and no document is one', () => {
  const path = documentPath({ ref: { accountId: 'a1', kind: 'k', keys: ['t1'], name: 'orders' }, mode: 'view' }, ENDING);
  assert.equal(isFolder(path, []), false);
  for (const folder of ['/', '/view', '/view/a1', '/view/a1/k', '/view/a1/k/t1']) assert.ok(isFolder(folder, []), folder);
  assert.equal(isFolder('/.vscode', []), false);
});

test('an ending may come from the keys', () => {
  const endingOf = (_kind: string, keys: readonly string[]): string | undefined => (keys.length === 2 ? `.${keys[1] ?? ''}` : undefined);
  const ref = { accountId: 'a1', kind: 'code', keys: ['media', 'js'], name: 'resize' };
  const paths = MODES.map((mode) => documentPath({ ref, mode }, '.js'));
  assert.deepEqual(paths, [
    '/edit/a1/code/media/js/resize.js', '/view/a1/code/media/js/resize.js (view).json', '/raw/a1/code/media/js/resize.js (raw).json', '/remote/a1/code/media/js/resize.js',
  ]);
  assert.deepEqual(paths.map((path) => readDocumentPath(path, endingOf)), MODES.map((mode) => ({ mode, ref })));
  for (const other of ['/edit/a1/code/media/py/resize.js', '/edit/a1/code/media/resize.js', '/edit/a1/code/media/js']) {
    assert.equal(readDocumentPath(other, endingOf), undefined, other);
  }
  assert.deepEqual(readDocumentPath('/edit/a1/code/media/js/resize', () => ''), { mode: 'edit', ref });
});

test('a folder may be called like a file, where its kind is known', () => {
  assert.equal(isFolder('/edit/a1/code/media/package.json', ['code']), true);
  assert.equal(isFolder('/edit/a1/code/media/package.json', []), false);
  assert.equal(isFolder('/edit/a1/code/media/js', []), true);
});

test('other paths are none of ours', () => {
  for (const path of ['', '/', '/edit', '/edit/a1/dataStream.topic', '/look/a1/k/n.json', '/view/a1/k/n.json', '/edit/a1/k/name', '/edit/a1/k/%zz.json', '/edit/a1/k/%zz/n.json', '/edit/a1/k/%.json', 'edit/a1/k/n.json']) {
    assert.equal(readDocumentPath(path, () => '.json'), undefined, path);
  }
  assert.equal(readDocumentPath('/edit/a1/k/n.json', () => undefined), undefined);
});
