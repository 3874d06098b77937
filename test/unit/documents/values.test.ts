import assert from 'node:assert/strict';
import { test } from 'node:test';

import fc from 'fast-check';

import type { DocumentField, DocumentValue } from '../../../src/documents/documentType.ts';
import { editText, readEditText } from '../../../src/documents/editText.ts';
import { changedFields, isSame, keepBoth } from '../../../src/documents/merge.ts';
import { isList, isObjectValue, isSameValue, valueJson } from '../../../src/documents/values.ts';
import { anyValue } from './anyValue.ts';

const FIELDS: readonly DocumentField[] = [
  { name: 'limits', label: () => 'Limits', check: () => undefined, isOptional: true },
  { name: 'parameters', label: () => 'Parameters', check: () => undefined },
];

/** The same, with the members of every object in another order. */
function turned(value: DocumentValue): DocumentValue {
  if (isList(value)) return value.map(turned);
  return isObjectValue(value) ? Object.fromEntries(Object.entries(value).toReversed().map(([name, member]) => [name, turned(member)])) : value;
}

/** The same with one thing in it changed, at the first place that is found. */
function spoilt(value: DocumentValue): DocumentValue {
  if (isList(value)) return value.length === 0 ? [null] : [spoilt(value[0] ?? null), ...value.slice(1)];
  if (!isObjectValue(value)) return value === 'x' ? 'y' : 'x';
  const [first, ...others] = Object.entries(value);
  return first === undefined ? { a: null } : Object.fromEntries([[first[0], spoilt(first[1])], ...others]);
}

test('values are the same whatever the order of their members, and not where anything in them differs', () => {
  fc.assert(fc.property(anyValue, anyValue, (value, other) => {
    assert.ok(isSameValue(value, turned(value)));
    assert.ok(isSameValue(value, value));
    assert.equal(isSameValue(value, spoilt(value)), false);
    assert.equal(isSameValue(value, other), isSameValue(other, value));
  }), { numRuns: 2_000 });
});

test('an empty list, an empty object, null, nothing and what is inherited are all different', () => {
  const odd: readonly DocumentValue[] = [[], {}, null, '', 0, false, [null], { a: null }, JSON.parse('{"__proto__":{}}') as DocumentValue];
  for (const [n, a] of odd.entries()) for (const [m, b] of odd.entries()) assert.equal(isSameValue(a, b), n === m, `${n} ${m}`);
  assert.equal(isSameValue({ toString: 1 }, { a: 1 }), false);
  assert.equal(isSameValue({ a: 1 }, { b: 1 }), false);
});

test('an integer that was written with an exponent is the same as one with all digits', () => {
  assert.ok(isSameValue(1e20, 100_000_000_000_000_000_000n));
  assert.ok(isSameValue(100_000_000_000_000_000_000n, 1e20));
  assert.equal(isSameValue(1e20, 100_000_000_000_000_000_001n), false);
  assert.equal(isSameValue(0.5, 0n), false);
});

test('any value comes back from a text as it went in, to the last digit', () => {
  fc.assert(fc.property(anyValue, (parameters) => {
    const text = editText(FIELDS, { parameters });
    const { values, findings } = readEditText(text, FIELDS, undefined);
    assert.deepEqual(findings, []);
    assert.ok(values !== undefined && isSame(values, { parameters }), text);
    assert.equal(editText(FIELDS, values), text);
  }), { numRuns: 2_000 });
});

test('a nested value is laid out with two spaces, its members in order, its integers whole', () => {
  const parameters = { currency: 'KRW', steps: [1, [], {}], id: 9_007_199_254_740_993n, rate: 1e21, big: 123_456_789_012_345_680_000 };
  assert.equal(editText(FIELDS, { parameters, limits: { memory: 256 } }), `{
  "limits": {
    "memory": 256
  },
  "parameters": {
    "currency": "KRW",
    "steps": [
      1,
      [],
      {}
    ],
    "id": 9007199254740993,
    "rate": 1e+21,
    "big": 1.2345678901234568e+20
  }
}
`);
  assert.equal(valueJson(parameters), '{"currency":"KRW","steps":[1,[],{}],"id":9007199254740993,"rate":1e+21,"big":1.2345678901234568e+20}');
});

test('with both kept, the members of one field are never mixed', () => {
  const base = { parameters: { a: 1, b: 2 }, limits: { memory: 128 } };
  assert.equal(keepBoth(base, { ...base, parameters: { a: 9, b: 2 } }, { ...base, parameters: { a: 1, b: 9 } }), undefined);
  assert.deepEqual(
    keepBoth(base, { ...base, parameters: { a: 9, b: 2 } }, { parameters: { b: 2, a: 1 }, limits: { memory: 256 } }),
    { parameters: { a: 9, b: 2 }, limits: { memory: 256 } },
  );
  assert.deepEqual(changedFields({ a: [1, 2], b: { x: null } }, { a: [2, 1], b: {} }), ['a', 'b']);
});
