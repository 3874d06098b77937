import assert from 'node:assert/strict';
import { test } from 'node:test';

import fc from 'fast-check';

import { joinPath, path, targetOf } from '../../../src/api/path.ts';
import { CloudError } from '../../../src/model/cloudError.ts';

test('a parameter is one path segment, whatever it holds', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: 'binary' }), fc.string({ minLength: 1 }), (a, b) => {
      fc.pre(![a, b].some((text) => text === '.' || text === '..'));
      const made = path`/topics/${a}/partitions/${b}`;
      const segments = made.split('/');
      assert.equal(segments.length, 5);
      assert.deepEqual(segments.map(decodeURIComponent), ['', 'topics', a, 'partitions', b]);
      // What `fetch` would send is what is signed.
      assert.equal(new URL(`https://host.example${made}`).pathname, made);
    }),
  );
});

test('names with slashes, per cent, emoji and 200 characters', () => {
  assert.equal(path`/t/${'a/b'}`, '/t/a%2Fb');
  assert.equal(path`/t/${'100%'}`, '/t/100%25');
  assert.equal(path`/t/${'주문🚚'}`, '/t/%EC%A3%BC%EB%AC%B8%F0%9F%9A%9A');
  assert.equal(path`/t/${'x'.repeat(200)}`, `/t/${'x'.repeat(200)}`);
  assert.equal(path`/t/${"a'(b)*!"}`, '/t/a%27%28b%29%2A%21');
  assert.equal(path`/t/${'\ud800'}`, '/t/%EF%BF%BD');
  assert.equal(path`/packages/${'-'}/actions`, '/packages/-/actions');
});

test('dot segments and empty parameters are refused before anything leaves', () => {
  for (const parameter of ['', '.', '..']) {
    assert.throws(
      () => path`/topics/${parameter}/x`,
      (error) => error instanceof CloudError && error.kind === 'invalid' && error.details.mayHaveArrived === false,
    );
  }
});

test('a query keeps its order, leaves out what is not set, repeats lists', () => {
  assert.equal(
    targetOf(path`/api/v1/topics`, { sortBy: 'topicName', descending: false, page: undefined, searchText: 'a b' }),
    '/api/v1/topics?sortBy=topicName&descending=false&searchText=a%20b',
  );
  assert.equal(targetOf(path`/t`, { ids: ['a', 'b+c'], n: 0 }), '/t?ids=a&ids=b%2Bc&n=0');
  assert.equal(targetOf(path`/t`, {}), '/t');
  assert.equal(joinPath(path`/a/${'b'}`, path`/c`), '/a/b/c');
});

test('a query value comes back as it went in', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (value) => {
      const target = targetOf(path`/t`, { q: value });
      assert.equal(new URL(`https://host.example${target}`).searchParams.get('q'), value.toWellFormed());
      assert.equal(new URL(`https://host.example${target}`).search, target.slice(2));
    }),
  );
});
