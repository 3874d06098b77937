import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import fc from 'fast-check';

import { isIssue } from '../../../src/sending/message.ts';
import { type Outline, outlineOf } from '../../../src/sending/reading/outline.ts';
import { sourceKind } from '../../../src/sending/reading/sourceKind.ts';
import { readAll, textSource } from './reading.ts';

describe('sourceKind', () => {
  it('believes a name that says messages', () => {
    for (const name of ['a.message.json', '/x/b.messages.json', 'C.MESSAGES.JSON']) {
      assert.deepEqual(sourceKind(name, undefined, 'anything'), { format: 'json', content: 'messages', isMessageDocument: true, elements: 0 }, name);
    }
    for (const name of ['a.messages.jsonl', 'a.messages.ndjson']) {
      assert.deepEqual(sourceKind(name, 'plaintext', ''), { format: 'jsonLines', content: 'messages', isMessageDocument: true, elements: 0 }, name);
    }
    for (const name of ['messages.json', 'a.messages.json5', 'amessage.json', 'a.message.jsonl']) assert.ok(!sourceKind(name, 'json', '{}').isMessageDocument, name);
  });

  it('believes our schema, and what cannot be anything but an envelope', () => {
    for (const text of [
      '{"$schema": "cloud-streams:///schema/message.json", "value": 1}',
      '{"value": 1, "$schema": "cloud-streams:///schema/messages.json"',
      '{"messages": []}',
      '// draft\n{"topic": 5, "$schema": "https://example.com", "messages": [{"value": 1}, ',
      '{"messages": [], }',
      '{"topic": "t", "messages": [',
    ]) {
      assert.deepEqual(sourceKind('a.json', 'json', text), { format: 'json', content: 'messages', isMessageDocument: true, elements: 0 }, text);
    }
    for (const text of ['{}', '{"value": 1}', '{"messages": {}}', '{"messages": [], "total": 0}', '[{"messages": []}]', '"messages"', '']) {
      assert.equal(sourceKind('a.json', 'json', text).content, 'value', text);
    }
  });

  it('tells the format by the language, and by the name where the editor knows no language', () => {
    const cases = [['a.json', 'json', 'json'], ['a', 'jsonc', 'json'], ['a', 'jsonl', 'jsonLines'], ['a.ndjson', 'plaintext', 'jsonLines'], ['a.json', undefined, 'json'], ['a.txt', 'plaintext', 'text'], ['a.yaml', undefined, 'text']] as const;
    for (const [name, languageId, format] of cases) assert.equal(sourceKind(name, languageId, '').format, format, name);
  });

  it('counts the elements of a bare list', () => {
    assert.equal(sourceKind('a.json', 'json', ' [1, [2, 3], "]"]').elements, 3);
    assert.equal(sourceKind('a.json', 'json', '[1, 2').elements, 2);
    for (const text of ['[]', '{"a": [1]}', '5', '']) assert.equal(sourceKind('a.json', 'json', text).elements, 0, text);
  });
});

const ENVELOPE = { format: 'json', content: 'messages' } as const;

describe('outlineOf', () => {
  it('points at each message, and at the topic', () => {
    assert.deepEqual(outlineOf('{"messages": [{"value": 1},\r\n  {"value": 2}],\n "topic": "t"}', ENVELOPE), {
      topic: { name: 't', place: { line: 3, column: 11 } },
      messages: [{ index: 0, place: { line: 1, column: 15 } }, { index: 1, place: { line: 2, column: 3 } }],
    });
    assert.deepEqual(places(outlineOf('\n [1, 2]', ENVELOPE)), ['2:3', '2:6']);
    assert.deepEqual(places(outlineOf(' {"value": 1}', ENVELOPE)), ['1:2']);
    assert.deepEqual(places(outlineOf('{"value": 1}\n\n{"value": 2}\r\n', { format: 'jsonLines', content: 'messages' })), ['1:1', '3:1']);
    assert.deepEqual(places(outlineOf('[1, 2]', { format: 'json', content: 'value' })), []);
    assert.deepEqual(places(outlineOf('[1, 2]', { format: 'json', content: 'elements' })), ['1:2', '1:5']);
  });

  it('goes on where a text is just being written', () => {
    assert.deepEqual(places(outlineOf('{"topic": "t", "messages": [{"value": 1}, // second\n {"value": }, {"val', ENVELOPE)), ['1:29', '2:2', '2:15']);
    assert.deepEqual(places(outlineOf('{"messages": [{"value": }, {"key": ]}]', ENVELOPE)), ['1:15', '1:28']);
    assert.deepEqual(places(outlineOf('[{"value": 1}, // second\n {"value": }, {"val', ENVELOPE)), ['1:2', '2:2', '2:15']);
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...Array.from('{}[],:"1 \n/*\\')) }), (text) => {
      const lines = text.split(/\r\n|\n|\r/);
      for (const content of ['messages', 'elements'] as const) {
        for (const { place } of outlineOf(text, { format: 'json', content }).messages) {
          assert.ok(place.column <= (lines[place.line - 1]?.length ?? 0));
        }
      }
    }));
  });

  it('counts as reading does', async () => {
    const text = '{"messages":[{"value":1},5,{"value":"x"}]}';
    const readings = await readAll([textSource(text, ENVELOPE)]);
    assert.deepEqual(outlineOf(text, ENVELOPE).messages.map(({ place }) => place), readings.map(({ place }) => place));
    for (const { index, place } of outlineOf(text, ENVELOPE).messages) {
      const [one, ...others] = await readAll([textSource(text, { ...ENVELOPE, only: index })]);
      assert.deepEqual([one?.place, others], [place, []]);
    }
    assert.ok(readings.some(isIssue));
  });

  it('stops after a thousand', () => {
    assert.equal(outlineOf(`[${'1,'.repeat(5000)}1]`, ENVELOPE).messages.length, 1000);
    assert.equal(outlineOf('1\n'.repeat(5000), { format: 'jsonLines', content: 'messages' }).messages.length, 1000);
  });
});

function places({ messages }: Outline): readonly string[] {
  return messages.map(({ place }) => `${place.line}:${place.column}`);
}
