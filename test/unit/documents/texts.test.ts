import assert from 'node:assert/strict';
import { test } from 'node:test';

import fc from 'fast-check';

import { decodeText, encodeText } from '../../../src/documents/encoding.ts';
import { editText, readEditText } from '../../../src/documents/editText.ts';
import { placeOf } from '../../../src/documents/places.ts';
import { changeLines, ownLines, planLines, withinSentence } from '../../../src/documents/planText.ts';
import { rawText, viewText } from '../../../src/documents/readText.ts';
import { TOPIC_FIELDS } from './topicDocument.ts';

const OPENED = { description: 'Orders', partitions: 6, retentionMs: 86_400_000 };

/** Line, column, and what is wrong there. */
function found(text: string): readonly string[] {
  return readEditText(text, TOPIC_FIELDS, OPENED).findings.map(({ offset, length, message }) => {
    const { line, column } = placeOf(text, offset);
    return `${line + 1}:${column + 1} ${text.slice(offset, offset + length)}: ${message}`;
  });
}

test('an editable text has the fields in their order and reads back as what it was made of', () => {
  const text = editText(TOPIC_FIELDS, { retentionMs: 86_400_000, status: 'CREATED', description: 'Orders', partitions: 6 });
  assert.equal(text, '{\n  "description": "Orders",\n  "partitions": 6,\n  "retentionMs": 86400000\n}\n');
  assert.deepEqual(readEditText(text, TOPIC_FIELDS, OPENED).values, OPENED);
  fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 6, max: 16 }), (description, partitions) => {
    const values = { ...OPENED, description, partitions };
    assert.deepEqual(readEditText(editText(TOPIC_FIELDS, values), TOPIC_FIELDS, OPENED).values, values);
  }));
});

test('each mistake is found at its place, all at once', () => {
  assert.deepEqual(found('{\n  "description": 3,\n  "partitions": 4,\n  "retentionMs": "1 d"\n}'), [
    '2:18 3: description is a text',
    '3:17 4: Partitions can only be added: 6 now',
    '4:18 "1 d": retentionMs is a whole number from 3600000 to 1296000000',
  ]);
  assert.deepEqual(found('{"description":"","partitions":[6],"retentionMs":3600000,"name":"x"}'), [
    '1:32 [6]: partitions is a whole number from 1 to 16',
    '1:58 "name": "name" cannot be changed here. What can be changed: description, partitions, retentionMs.',
  ]);
  assert.deepEqual(found('{"description":"","partitions":6,"partitions":7}'), ['1:34 "partitions": "partitions" is there twice.', '1:1 {: "retentionMs" is missing.']);
  assert.deepEqual(found('[1]'), ['1:1 [1]: An object with the fields is expected.']);
});

test('what is no JSON says where', () => {
  const text = '{\n  "partitions": 6,\n}';
  assert.deepEqual(found(text), ['3:1 }: The text is not valid JSON: line 3, column 1.']);
  assert.ok(readEditText(text, TOPIC_FIELDS, OPENED).isBroken);
  assert.ok(readEditText('', TOPIC_FIELDS, OPENED).isBroken);
  assert.ok(readEditText('// c\n{}', TOPIC_FIELDS, OPENED).isBroken);
  assert.ok(readEditText('['.repeat(100_000), TOPIC_FIELDS, OPENED).isBroken);
});

test('no text whatsoever makes the reading fail', () => {
  fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), (text) => {
    const { values, findings } = readEditText(text, TOPIC_FIELDS, undefined);
    assert.equal(values === undefined, findings.length > 0);
  }));
});

test('the plan says what changes in the user’s units', () => {
  assert.equal(
    changeLines(TOPIC_FIELDS, OPENED, { description: 'a\nb', partitions: 6, retentionMs: 604_800_000 }),
    'Description: "Orders" → "a b"\nRetention: 1 d → 7 d (604800000)',
  );
  assert.equal(changeLines(TOPIC_FIELDS, {}, { partitions: 7 }), 'Partitions: none → 7');
  assert.equal(changeLines(TOPIC_FIELDS, { description: 'x' }, {}), 'Description: "x" → none');
  assert.equal(withinSentence('Topic "Orders"'), 'topic "Orders"');
});

test('what the user takes out is left to the service', () => {
  assert.equal(ownLines(TOPIC_FIELDS, OPENED, { ...OPENED, description: null }), 'Description: "Orders" → the service decides');
  assert.equal(planLines(TOPIC_FIELDS, { retentionMs: 86_400_000 }, {}), 'Retention: 1 d → the service decides');
});

test('the plan says what a change destroys below its line, and the same only once', () => {
  const shorter = { ...OPENED, partitions: 7, retentionMs: 3_600_000 };
  assert.equal(planLines(TOPIC_FIELDS, OPENED, shorter), 'Partitions: 6 → 7\nRetention: 1 d → 1 h (3600000)\n↳ Only 3600000 ms are kept.');
  assert.equal(planLines(TOPIC_FIELDS, OPENED, { ...OPENED, retentionMs: 604_800_000 }), 'Retention: 1 d → 7 d (604800000)');
  const alike = TOPIC_FIELDS.map((field) => ({ ...field, loses: () => 'All is lost.' }));
  assert.equal(planLines(alike, OPENED, shorter), 'Partitions: 6 → 7\n↳ All is lost.\nRetention: 1 d → 1 h (3600000)');
});

test('a view keeps every digit of a 64-bit number', () => {
  assert.equal(viewText({ a: 9_007_199_254_740_993n, b: [1n], c: undefined }), '{\n  "a": 9007199254740993,\n  "b": [\n    1\n  ]\n}\n');
  assert.equal(viewText(undefined), 'null\n');
});

test('a raw answer is laid out and otherwise left as it came', () => {
  assert.equal(rawText('{"n":9007199254740993.10,"n":1e400,"s":"\\u00e9","o":{}}'), '{\n  "n": 9007199254740993.10,\n  "n": 1e400,\n  "s": "\\u00e9",\n  "o": {}\n}\n');
  assert.equal(rawText('true'), 'true\n');
  assert.equal(rawText('<html>'), '<html>');
  assert.equal(rawText('{"a": 1,}'), '{"a": 1,}');
  fc.assert(fc.property(fc.json(), (json) => {
    const laidOut = rawText(json);
    assert.deepEqual(JSON.parse(laidOut), JSON.parse(json));
    assert.equal(laidOut.replaceAll(/\s/g, ''), json.replaceAll(/\s/g, ''));
  }));
});

test('texts are UTF-8 whatever the editor is set to', () => {
  assert.deepEqual([...encodeText('ab')], [97, 98]);
  assert.deepEqual([...encodeText('한')], [0xef, 0xbb, 0xbf, 0xed, 0x95, 0x9c]);
  assert.equal(decodeText(encodeText('한')), '한');
  // "한글" in EUC-KR
  assert.equal(decodeText(Uint8Array.of(0xc7, 0xd1, 0xb1, 0xdb)), undefined);
});
