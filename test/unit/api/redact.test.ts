import assert from 'node:assert/strict';
import { test } from 'node:test';

import fc from 'fast-check';

import { redact, spellings as spellingsOf } from '../../../src/api/redact.ts';
import { plainText } from '../../../src/model/text.ts';

const secret = fc.string({ minLength: 8, maxLength: 40, unit: fc.constantFrom(...Array.from('ABCDEFabcdef0123456789+/=%"\\ &')) });
const spellings: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => encodeURIComponent(text),
  (text) => Buffer.from(text).toString('base64'),
  (text) => JSON.stringify(text).slice(1, -1),
];

test('no spelling of a secret is left in a text', () => {
  fc.assert(
    fc.property(secret, fc.constantFrom(...spellings), fc.string(), fc.string(), (value, spell, before, after) => {
      const text = redact(`${before} ${spell(value)} ${after}`, [value]);
      assert.ok(!text.includes(spell(value)), text);
    }),
  );
});

test('no spelling is shorter than the secret, so that a shorter text holds none', () => {
  fc.assert(
    fc.property(fc.oneof(secret, fc.string({ unit: 'binary', maxLength: 30 }), fc.string({ maxLength: 6 })), (value) => {
      for (const spelling of spellingsOf(value)) assert.ok(spelling.length >= value.length, spelling);
    }),
    { numRuns: 2_000 },
  );
  assert.equal(redact('ABCDEFGH', ['ABCDEFGH']), '•••');
});

test('a secret inside another does not save the longer one', () => {
  assert.equal(redact('key=ABCDEFGH', ['ABCD', 'ABCDEFGH']), 'key=•••');
  assert.equal(redact('key=ABCDEFGH', ['ABCDEFGH', 'ABCD']), 'key=•••');
});

test('a text without secrets stays as it is, and a tiny value is not hunted', () => {
  assert.equal(redact('a plain text', ['secret-1']), 'a plain text');
  assert.equal(redact('a plain text', ['a', '']), 'a plain text');
});

test('tags, scripts, styles, comments and entities become plain words', () => {
  assert.equal(
    plainText('<strong>Please try again in a few minutes.</strong><br>Sorry &amp; thanks'),
    'Please try again in a few minutes. Sorry & thanks',
  );
  assert.equal(
    plainText('<html><head><style>p{}</style><script>alert("x<y")</script></head><!-- c --><body>\n<h1>Blocked</h1>'),
    'Blocked',
  );
  assert.equal(plainText('<br/>\u0000\n '), undefined);
  assert.equal(plainText('1 < 2 and 3 > 2'), '1 < 2 and 3 > 2');
});

test('a text is never longer than told, nor cut inside a character', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), fc.integer({ min: 1, max: 100 }), (text, max) => {
      const plain = plainText(text, max) ?? '';
      assert.ok(Array.from(plain).length <= max);
      assert.ok(plain.isWellFormed());
      assert.doesNotMatch(plain, /[\n\r\t\u0000]/);
    }),
  );
  assert.equal(Array.from(plainText('🚚'.repeat(900)) ?? '').length, 500);
});

test('hostile pages do not take long', () => {
  for (const page of ['<'.repeat(1e6), '<script'.repeat(1e5), '<!--'.repeat(1e5), '<a '.repeat(1e5)]) plainText(page);
});
