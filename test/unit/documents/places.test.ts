import assert from 'node:assert/strict';
import { test } from 'node:test';

import fc from 'fast-check';

import { placeOf, placesIn } from '../../../src/documents/places.ts';

const anyText = fc.array(fc.constantFrom('a', 'bc', '\n', '\r\n', '\r', '😀'), { maxLength: 20 }).map((parts) => parts.join(''));

test('a place is the number of line ends before it and what follows the last, asked once or many times', () => {
  fc.assert(fc.property(anyText, (text) => {
    const placeAt = placesIn(text);
    for (let offset = 0; offset <= text.length; offset += 1) {
      if (text.slice(offset - 1, offset + 1) === '\r\n') continue;
      const lines = text.slice(0, offset).split(/\r\n|\n|\r/);
      const expected = { line: lines.length - 1, column: lines.at(-1)?.length };
      assert.deepEqual(placeAt(offset), expected);
      assert.deepEqual(placeOf(text, offset), expected);
    }
  }), { numRuns: 1_000 });
});
