import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { DocumentField, DocumentValue } from '../../../src/documents/documentType.ts';
import { changeLines, ownLines, planLines } from '../../../src/documents/planText.ts';

function field(name: string, more: Partial<DocumentField> = {}): DocumentField {
  return { name, label: () => `${name.charAt(0).toUpperCase()}${name.slice(1)}`, check: () => undefined, ...more };
}

/** The plan for a field that becomes another value. */
function plan(from: DocumentValue | undefined, to: DocumentValue | undefined, more: Partial<DocumentField> = {}): readonly string[] {
  const values = (value: DocumentValue | undefined) => (value === undefined ? {} : { parameters: value });
  return planLines([field('parameters', more)], values(from), values(to)).split('\n');
}

test('an object has a line for each member that changes', () => {
  assert.deepEqual(plan({ currency: 'KRW', limit: 5, dry: null, same: [1, { a: 2 }] }, { currency: 'USD', same: [1, { a: 2 }], dry: false, ids: [9_007_199_254_740_993n] }), [
    'Parameters · currency: "KRW" → "USD"',
    'Parameters · limit: 5 → none',
    'Parameters · dry: null → false',
    'Parameters · ids: none → [9007199254740993]',
  ]);
  assert.deepEqual(plan(undefined, { a: 1 }), ['Parameters · a: none → 1']);
  assert.deepEqual(plan(undefined, {}), ['Parameters: none → {}']);
  assert.deepEqual(plan({ toString: 1 }, {}), ['Parameters · toString: 1 → none']);
  assert.deepEqual(plan({}, { 'a\n\u202Eb': 1 }), ['Parameters · a  b: none → 1']);
});

test('of many members, only so many are told', () => {
  const many = Object.fromEntries(Array.from({ length: 25 }, (_, n) => [`m${n}`, n]));
  const lines = plan({}, many);
  assert.equal(lines.length, 21);
  assert.deepEqual(lines.slice(-2), ['Parameters · m19: none → 19', 'Parameters: and 5 more']);
});

test('a list is told as JSON, and so is an object that was or becomes something else', () => {
  assert.deepEqual(plan(['a'], ['a', 'b']), ['Parameters: ["a"] → ["a","b"]']);
  assert.deepEqual(plan({ a: 1 }, [1]), ['Parameters: {"a":1} → [1]']);
  assert.deepEqual(plan('x', { a: 1 }), ['Parameters: "x" → {"a":1}']);
  assert.deepEqual(plan({ a: 1 }, undefined), ['Parameters: {"a":1} → the service decides']);
  assert.equal(changeLines([field('p')], { p: [1] }, {}), 'P: [1] → none');
  assert.equal(ownLines([field('p')], { p: [1] }, { p: null }), 'P: [1] → the service decides');
});

test('long values are cut, and still show what differs', () => {
  const long = Array.from({ length: 200 }, (_, n) => n);
  const [line] = plan(long, [...long, 7]);
  assert.equal(line, 'Parameters: …,195,196,197,198,199] → …,195,196,197,198,199,7]');
  const [member = ''] = plan({ text: 'x'.repeat(1_000) }, { text: 'y'.repeat(1_000) });
  assert.equal(member, `Parameters · text: "${'x'.repeat(99)}… → "${'y'.repeat(99)}…`);
  const [whole = ''] = plan('', 'z'.repeat(1_000_000));
  assert.ok(whole.length < 400);
});

test('a field that has words of its own for a change or a value uses them', () => {
  assert.deepEqual(plan('a\nb', 'a', { change: () => 'Code: 1 line removed' }), ['Code: 1 line removed']);
  assert.deepEqual(plan({ a: 1 }, { a: 2 }, { change: () => undefined }), ['Parameters · a: 1 → 2']);
  const words = (value: DocumentValue): string => (Array.isArray(value) ? `${value.length} steps` : 'none of it');
  assert.deepEqual(plan([1], [1, 2], { words }), ['Parameters: 1 steps → 2 steps']);
  assert.deepEqual(plan({}, { a: 2 }, { words }), ['Parameters: none of it → none of it']);
  assert.deepEqual(plan(1, 9_007_199_254_740_993n, { words: String }), ['Parameters: 1 → 9007199254740993 (9007199254740993)']);
  assert.deepEqual(plan([1], [], { loses: () => 'All steps are lost.' }), ['Parameters: [1] → []', '↳ All steps are lost.']);
});
