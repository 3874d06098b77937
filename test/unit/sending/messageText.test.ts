import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import fc from 'fast-check';

import { MAX_DATA_STREAM_VALUE_BYTES } from '../../../src/model/dataStream.ts';
import { type MessageProblem, readMessage, type TextFormat } from '../../../src/sending/messageText.ts';

function problemOf(text: string, format: TextFormat): MessageProblem {
  const reading = readMessage(text, format);
  assert.ok(!reading.ok, `expected a problem with ${JSON.stringify(text.slice(0, 40))}`);
  return reading.problem;
}

function valueOf(text: string, format: TextFormat): string {
  const reading = readMessage(text, format);
  assert.ok(reading.ok, `expected no problem with ${JSON.stringify(text.slice(0, 40))}`);
  return reading.message.value;
}

describe('readMessage', () => {
  it('leaves every byte of the text as it is', () => {
    for (const text of [
      '{"id": 9007199254740993, "id": 1.0, "x":1e400}\r\n',
      '  [1,\t2 ]\n\n',
      '"한글 😀 \\u00e9"',
      '{"a":"\u2028"}',
    ]) {
      assert.equal(valueOf(text, 'json'), text);
    }
  });

  it('takes any text that is not blank as text, unchanged', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        fc.pre(text.trim() !== '' && !text.startsWith('\uFEFF') && text.isWellFormed());
        assert.equal(valueOf(text, 'text'), text);
      }),
    );
  });

  it('takes any JSON text as it stands', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom('', ' ', '\n', '\r\n'), (json, space) => {
        fc.pre(json.isWellFormed());
        assert.equal(valueOf(`${space}${json}${space}`, 'json'), `${space}${json}${space}`);
      }),
    );
  });

  it('calls a text JSON exactly where JSON.parse does', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...Array.from('{}[],:"\\/*1.-e \ntrufalsn')) }), (text) => {
        fc.pre(text.trim() !== '');
        const reading = readMessage(text, 'json');
        let isJson = true;
        try {
          JSON.parse(text);
        } catch {
          isJson = false;
        }
        assert.equal(reading.ok, isJson);
      }),
    );
  });

  it('leaves a byte order mark out, and counts offsets with it', () => {
    assert.equal(valueOf('\uFEFF{"a":1}', 'json'), '{"a":1}');
    const problem = problemOf('\uFEFF{"a":1,}', 'json');
    assert.ok(problem.kind === 'notJson');
    assert.equal(problem.at.offset, 8);
    assert.equal(problem.message.value, '{"a":1,}');
  });

  it('refuses a text with nothing in it', () => {
    for (const text of ['', ' \r\n\t', '\uFEFF']) {
      for (const format of ['json', 'jsonLines', 'text'] as const) assert.deepEqual(problemOf(text, format), { kind: 'empty' });
    }
  });

  it('measures in UTF-8 bytes and takes exactly the largest size', () => {
    const fits = 'a'.repeat(MAX_DATA_STREAM_VALUE_BYTES - 3) + '한';
    const reading = readMessage(fits, 'text');
    assert.ok(reading.ok);
    assert.equal(reading.message.bytes, MAX_DATA_STREAM_VALUE_BYTES);
    assert.deepEqual(problemOf(`${fits}b`, 'text'), {
      kind: 'tooLarge',
      bytes: MAX_DATA_STREAM_VALUE_BYTES + 1,
      maxBytes: MAX_DATA_STREAM_VALUE_BYTES,
    });
  });

  it('says at which character JSON ends', () => {
    const cases: readonly (readonly [string, number, string])[] = [
      ['{"a":1,}', 7, 'PropertyNameExpected'],
      ['{"a":1 "b":2}', 7, 'CommaExpected'],
      ['[1,\n 2', 6, 'CloseBracketExpected'],
      ['// note\n{}', 0, 'InvalidCommentToken'],
      ['{} {}', 3, 'EndOfFileExpected'],
      ['"a', 0, 'UnexpectedEndOfString'],
    ];
    for (const [text, offset, code] of cases) {
      const problem = problemOf(text, 'json');
      assert.ok(problem.kind === 'notJson');
      assert.deepEqual([problem.at.offset, problem.at.code], [offset, code], text);
      assert.equal(problem.message.value, text);
    }
  });

  it('survives a text too deep for a recursive parser', () => {
    const problem = problemOf('['.repeat(500_000), 'json');
    assert.ok(problem.kind === 'notJson');
    assert.equal(problem.at.code, 'NotJson');
  });

  it('refuses half of a surrogate pair, with its place', () => {
    assert.deepEqual(problemOf('"😀\ud83d"', 'json'), { kind: 'notUnicode', offset: 3 });
    assert.equal(valueOf('"\\ud83d"', 'json'), '"\\ud83d"');
  });

  it('counts the values of a JSON Lines text', () => {
    assert.equal(valueOf('{"a":1}\n', 'jsonLines'), '{"a":1}\n');
    const problem = problemOf('{"a":1}\r\n\r\n{"a":2}\r\n', 'jsonLines');
    assert.ok(problem.kind === 'severalLines');
    assert.equal(problem.count, 2);
    assert.equal(problem.message.value, '{"a":1}\r\n\r\n{"a":2}\r\n');
    assert.equal(problemOf('{"a":1', 'jsonLines').kind, 'notJson');
  });
});
