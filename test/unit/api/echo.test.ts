import assert from 'node:assert/strict';
import { test } from 'node:test';

import fc from 'fast-check';

import { withoutEcho } from '../../../src/api/echo.ts';

test('no eight characters in a row of a message are left in a text', () => {
  const text = fc.string({ maxLength: 60, unit: fc.constantFrom(...Array.from('ab" \\n{}')) });
  fc.assert(
    fc.property(text, text, text, fc.nat(50), fc.nat(60), (before, value, after, from, length) => {
      const safe = withoutEcho(`${before}${value.slice(from, from + length)}${after}`, ['k', value]);
      for (let at = 0; at + 8 <= value.length; at += 1) {
        assert.ok(!safe.includes(value.slice(at, at + 8)), `${safe} has ${value.slice(at, at + 8)}`);
      }
    }),
    { numRuns: 2_000 },
  );
});

test('a text that repeats a message otherwise stays as it is', () => {
  assert.equal(withoutEcho('cannot store card 4111-1111 now', ['key', 'card 4111-1111 of Kim']), 'cannot store ••• now');
  assert.equal(withoutEcho('topic h4j6l-orders is gone', ['k', '{"a":1}']), 'topic h4j6l-orders is gone');
  assert.equal(withoutEcho('short: 1234567', ['1234567', 'short: ']), 'short: 1234567');
  assert.equal(withoutEcho('', ['12345678']), '');
});

test('white space and escapes do not hide what was repeated', () => {
  const value = '{\n  "card": "4111-1111-1111-1111",\n  "name": "Kim"\n}';
  assert.equal(withoutEcho('cannot store { "card": "4111-1111-1111-1111", "name": "Kim" }', ['k', value]), 'cannot store •••');
  assert.equal(withoutEcho('cannot store "{\\n  \\"card\\": \\"4111-1111"', ['k', '{"card": "4111-1111"}']).includes('4111'), false);
});
