import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseLossless, toJson, tryParse } from '../../../src/emulator/json.ts';
import type { Json } from '../../../src/emulator/json.ts';

test('what JSON can say is written as JSON.stringify writes it', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      assert.equal(toJson(value as Json), JSON.stringify(value));
    }),
  );
});

test('texts with anything inside survive', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      assert.deepEqual(JSON.parse(toJson({ [text]: text })), { [text]: text });
    }),
  );
});

test('64-bit numbers come out digit by digit and are read back', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 2n ** 53n, max: 2n ** 64n }), (value) => {
      assert.equal(toJson({ value }), `{"value":${value.toString()}}`);
      assert.deepEqual(parseLossless(toJson([value, -value])), [value, -value]);
    }),
  );
});

test('a property that is undefined is left out, and what JSON cannot hold is null', () => {
  assert.equal(toJson({ a: undefined, b: null, c: Number.NaN }), '{"b":null,"c":null}');
});

test('half a text and endless nesting are not JSON', () => {
  assert.equal(tryParse('{"a":'), undefined);
  assert.equal(tryParse('['.repeat(100_000) + ']'.repeat(100_000)), undefined);
  assert.equal(tryParse('['.repeat(300) + ']'.repeat(300)), undefined);
  assert.deepEqual(tryParse('[[1]]'), [[1]]);
});
