import assert from 'node:assert/strict';
import { test } from 'node:test';

import fc from 'fast-check';

import type { DocumentValues } from '../../../src/documents/documentType.ts';
import { changedFields, isSame, keepBoth } from '../../../src/documents/merge.ts';

const anyValues: fc.Arbitrary<DocumentValues> = fc.dictionary(
  fc.constantFrom('a', 'b', 'c', 'd'),
  fc.oneof(fc.integer({ min: 0, max: 3 }), fc.boolean(), fc.constant('x')),
  { noNullPrototype: true },
);

test('with both kept, no change of either side is lost and nothing else changes', () => {
  fc.assert(fc.property(anyValues, anyValues, anyValues, (base, mine, theirs) => {
    const both = keepBoth(base, mine, theirs);
    const clash = ['a', 'b', 'c', 'd'].some((name) => base[name] !== mine[name] && base[name] !== theirs[name] && mine[name] !== theirs[name]);
    assert.equal(both === undefined, clash);
    if (both === undefined) return;
    for (const name of ['a', 'b', 'c', 'd']) {
      assert.equal(both[name], base[name] !== theirs[name] ? theirs[name] : mine[name], name);
    }
    assert.ok(isSame(both, keepBoth(base, theirs, mine) ?? {}), 'who is who does not matter');
  }), { numRuns: 2_000 });
});

test('a field that was left out is a change too', () => {
  assert.deepEqual(changedFields({ a: 1, b: 2 }, { b: 2, c: 3 }), ['a', 'c']);
  assert.deepEqual(changedFields({ a: null, b: null }, { b: 1 }), ['b']);
  assert.deepEqual(keepBoth({ a: 1, b: 2 }, { b: 2 }, { a: 1, b: 9 }), { b: 9 });
});
