import assert from 'node:assert/strict';
import { test } from 'node:test';

import fc from 'fast-check';

import { documentText, readDocument, type TextType } from '../../../src/documents/documentText.ts';
import { placeOf } from '../../../src/documents/places.ts';
import { codeEditing, settingsEditing } from './codeDocument.ts';

const CODE: TextType = codeEditing({ code: '' });
const SETTINGS: TextType = settingsEditing({ settings: {} });

/** Line, column, the text there, and what is wrong with it. */
function found(type: TextType, text: string): readonly string[] {
  return readDocument(type, text, undefined).findings.map(({ offset, length, message }) => {
    const { line, column } = placeOf(text, offset);
    return `${line + 1}:${column + 1} ${text.slice(offset, offset + length)}: ${message}`;
  });
}

test('a whole text is the value of its field, byte for byte', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', minLength: 1 }), (code) => {
    assert.equal(documentText(CODE, { code }), code);
    assert.deepEqual(readDocument(CODE, code, undefined).values, { code });
    assert.deepEqual(readDocument(CODE, code, { code }).values, { code });
  }));
  const code = '\r\n{ "no": json \t\n\n';
  assert.deepEqual(readDocument(CODE, code, { code: 'x' }), { values: { code }, findings: [], spans: new Map([['code', { offset: 0, length: 0 }]]), isBroken: false });
});

test('what is wrong with a whole text stands at its first line', () => {
  assert.deepEqual(found(CODE, ''), ['1:1 : The action has no code.']);
  assert.deepEqual(found(CODE, 'syntax error\nmain()'), ['1:1 syntax error: Not JavaScript.']);
});

test('fields are checked together once each is right by itself', () => {
  assert.deepEqual(found(SETTINGS, '{ "main": "x", "memory": "a lot" }'), ['1:26 "a lot": Enter a whole number.']);
  assert.deepEqual(found(SETTINGS, '{ "memory": 512, "parameters": { "deep": true } }'), ['1:13 512: A deep action has 256 MB at most.']);
  assert.deepEqual(found(SETTINGS, '{ "memory": 256, "parameters": { "deep": true } }'), []);
  assert.deepEqual(found(SETTINGS, '{ "memory": 256, "main": "nowhere" }'), ['1:1 : There is no such place.']);
});

test('a list or an object is an error in the words of the field that takes none', () => {
  assert.deepEqual(found(SETTINGS, '{ "memory": [256] }'), ['1:13 [256]: Enter a whole number.']);
  assert.deepEqual(found(SETTINGS, '{ "memory": 256, "parameters": [] }'), ['1:32 []: Enter an object.']);
});

test('what JSON cannot say twice the same is found inside a value', () => {
  assert.deepEqual(found(SETTINGS, '{ "memory": 256, "parameters": { "a": [{ "b": 1, "b": 2 }], "c": -1e400, "a": 1 } }'), [
    '1:50 "b": "b" is there twice.',
    '1:66 -1e400: No number can be that large.',
    '1:74 "a": "a" is there twice.',
  ]);
  const deep = `${'['.repeat(300)}${']'.repeat(300)}`;
  assert.match(found(SETTINGS, `{ "memory": 256, "parameters": { "a": ${deep} } }`).join(), /^1:239 \[+\]+: Lists and objects can be nested 200 levels deep here\.$/);
});

test('an integer too large for a field is out of its range, as a smaller one is', () => {
  assert.deepEqual(found(SETTINGS, '{ "memory": 99999999999999999 }'), ['1:13 99999999999999999: An action has 128 to 1024 MB.']);
});
