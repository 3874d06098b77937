import assert from 'node:assert/strict';
import { test } from 'node:test';

import fc from 'fast-check';

import { Redactor } from '../../../src/host/redactor.ts';

/** With a slash in it now and then more often than by chance: JSON and addresses write it in two ways. */
const secret = fc.tuple(fc.string({ unit: 'grapheme-ascii', minLength: 6, maxLength: 39 }), fc.constantFrom('', '/')).map((parts) => parts.join(''));

function redactorFor(...secrets: readonly string[]): Redactor {
  const redactor = new Redactor();
  redactor.register(...secrets);
  return redactor;
}

const ENCODINGS: Readonly<Record<string, (text: string) => string>> = {
  plain: (text) => text,
  url: (text) => encodeURIComponent(text),
  form: (text) => new URLSearchParams({ a: text }).toString(),
  base64: (text) => Buffer.from(text).toString('base64'),
  base64url: (text) => Buffer.from(text).toString('base64url'),
  json: (text) => JSON.stringify({ a: text }),
  'json with escaped slashes': (text) => JSON.stringify({ a: `${text}/` }).replaceAll('/', '\\/'),
  hex: (text) => Buffer.from(text).toString('hex'),
};

for (const [name, encode] of Object.entries(ENCODINGS)) {
  test(`hides a secret in ${name}`, () => {
    fc.assert(fc.property(secret, (value) => {
      const encoded = encode(value);
      const clean = redactorFor(value).redact(`before ${encoded} after`);
      assert.ok(!clean.includes(encoded), clean);
      assert.match(clean, /•••/);
    }));
  });
}

test('hides a secret within the base64 of something longer', () => {
  fc.assert(fc.property(fc.string({ maxLength: 10 }), secret, fc.string({ maxLength: 10 }), (before, value, after) => {
    const basic = Buffer.from(`${before}${value}${after}`).toString('base64');
    const clean = redactorFor(value).redact(`authorization: Basic ${basic}`);
    assert.ok(!Buffer.from(clean.replace(/^authorization: Basic /, ''), 'base64').toString().includes(value), clean);
  }));
});

test('a secret inside a longer one leaves nothing of the longer one', () => {
  assert.equal(redactorFor('abcd1234', 'abcd1234-tail').redact('x abcd1234-tail y'), 'x ••• y');
});

test('what is too short to be a secret hides nothing', () => {
  assert.equal(redactorFor('', 'ab').redact('abc'), 'abc');
});
