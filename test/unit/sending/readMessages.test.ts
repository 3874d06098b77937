import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import fc from 'fast-check';

import { CancelledError } from '../../../src/model/cloudError.ts';
import { ByteCount } from '../../../src/sending/reading/jsonLines.ts';
import { findDocumentProblem, findJsonProblem } from '../../../src/sending/reading/jsonProblem.ts';
import { envelopeFields } from '../../../src/sending/reading/messageFields.ts';
import { isIssue, type Reading } from '../../../src/sending/message.ts';
import { readMessages } from '../../../src/sending/reading/readMessages.ts';
import { SourceError } from '../../../src/sending/source.ts';
import { inShort, issueOf, messagesOf, readAll, readContext, textSource } from './reading.ts';

const LINES = { format: 'jsonLines' } as const;
const MESSAGES = { content: 'messages' } as const;
const ELEMENTS = { content: 'elements' } as const;

/** JSON as people and machines write it: any spacing, escapes, numbers and names, twice the same among them. */
const jsonText = fc.letrec<{ value: string; list: string; object: string; leaf: string }>((tie) => ({
  leaf: fc.oneof(
    fc.constantFrom('9007199254740993', '1.0', '-0', '1e400', '1E+2', '0.10', 'true', 'null', '""', '"\\u00e9\\/\\ud83d"', '"\u2028한😀"', '"\\\\"'),
    fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('{{')).map((text) => JSON.stringify(text)),
    fc.json({ noUnicodeString: false, maxDepth: 1 }).filter((text) => !text.includes('{{')),
  ),
  list: fc.tuple(blank(), fc.array(fc.tuple(tie('value'), blank()), { maxLength: 4 })).map(([space, items]) => `[${space}${items.map((item) => item.join('')).join(`,${space}`)}]`),
  object: fc.tuple(blank(), fc.array(fc.tuple(fc.constantFrom('"a"', '"a"', '"\\u0061"', '""'), blank(), tie('value')), { maxLength: 4 }))
    .map(([space, items]) => `{${space}${items.map(([name, gap, value]) => `${name}${gap}:${gap}${value}`).join(`${space},`)}${space}}`),
  value: fc.oneof({ maxDepth: 4 }, tie('leaf'), tie('list'), tie('object')),
})).value;

function blank(): fc.Arbitrary<string> {
  return fc.constantFrom('', '', ' ', '\t', '\n', '\r\n', ' \n  ');
}

/** Anything that may be typed, most of it nearly JSON. */
const anyText = fc.oneof(
  fc.string({ unit: fc.constantFrom(...Array.from('{}[],:"\\/*1.-e \n\r\ttrufalsn{{}}')), maxLength: 40 }),
  fc.array(fc.constantFrom('{', '}', '[', ']', ',', ':', '"messages"', '"value"', '"key"', '"partition"', '"topic"', '"p-orders"', '"x"', '1', 'null', '"{{uuid}}"', '"{{no}}"', '\n', '\r\n', '// c\n', '/**/', '\ud83d', '\u2028'), { maxLength: 24 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary' }),
);

describe('a bare value', () => {
  it('goes out byte for byte, whatever JSON it is', async () => {
    await fc.assert(fc.asyncProperty(blank(), jsonText, blank(), async (before, json, after) => {
      const text = `${before}${json}${after}`;
      const [message, ...others] = await messagesOf(text, {});
      assert.deepEqual(others, []);
      assert.equal(message?.value, text);
      assert.equal(message.bytes, Buffer.byteLength(text));
    }));
  });

  it('may be any text where it is not called JSON', async () => {
    const text = 'a, \\ "b"\r\n{c';
    assert.deepEqual((await messagesOf(text, { format: 'text' })).map(({ value }) => value), [text]);
  });

  it('is read however the text is cut into pieces', async () => {
    assert.equal((await messagesOf(['"\ud83d', '\ude00', '"'], {}))[0]?.value, '"😀"');
  });

  it('has an issue where it is none', async () => {
    const cases: readonly (readonly [string, string])[] = [
      ['', '1:1+0 empty'],
      [' \n ', '1:1+0 empty'],
      ['{"a":1,}', '1:8+1 notJson "PropertyNameExpected"'],
      ['{\n  "a": 1 // note\n}', '2:10+7 notJson "InvalidCommentToken"'],
      ['[1,\r\n 2', '2:3+0 notJson "CloseBracketExpected"'],
      ['[1,\r 2 3]', '2:4+1 notJson "CommaExpected"'],
      ['"a\u2028" x', '1:6+1 notJson "InvalidSymbol"'],
      ['"\ud83d"', '1:2+1 notUnicode'],
    ];
    for (const [text, expected] of cases) assert.equal(inShort(await issueOf(text, {})), expected, JSON.stringify(text));
  });

  it('counts places from where it begins in its document', async () => {
    const start = { line: 7, column: 5 };
    assert.equal(inShort(await issueOf('[1 2]', { start })), '7:8+1 notJson "CommaExpected"');
    assert.equal(inShort(await issueOf('[1,\n2 3]', { start })), '8:3+1 notJson "CommaExpected"');
    assert.deepEqual((await messagesOf('1', { start }))[0]?.place, start);
  });

  it('has a bound in UTF-8 bytes, to the last one', async () => {
    const largest = `"${'한'.repeat(349_524)}aa"`;
    assert.equal(Buffer.byteLength(largest), 1_048_576);
    assert.equal((await messagesOf(largest, {}))[0]?.bytes, 1_048_576);
    assert.equal(inShort(await issueOf(`${largest} `, {})), '1:1+349529 tooLarge 1048577 1048576');
  });

  it('is counted and not kept where it is far too long', async () => {
    const piece = '한'.repeat(1024 * 1024);
    const bytes = 33 * 3 * 1024 * 1024;
    const pieces = Array.from({ length: 33 }, () => piece);
    assert.deepEqual((await issueOf(pieces, { format: 'text' })).reason, { kind: 'tooLarge', bytes, maxBytes: 1_048_576 });
    const [lost, kept] = await readAll([textSource([...pieces, '\n1'], LINES)]);
    assert.ok(lost !== undefined && isIssue(lost) && kept !== undefined && !isIssue(kept));
    assert.deepEqual(lost.reason, { kind: 'tooLarge', bytes, maxBytes: 1_048_576 });
    assert.deepEqual([kept.value, kept.place], ['1', { line: 2, column: 1 }]);
  });
});

describe('ByteCount', () => {
  it('counts as if there were one piece', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.array(fc.nat(10), { maxLength: 4 }), (text, cuts) => {
      const count = new ByteCount();
      for (const piece of cutAt(text, cuts)) count.add(piece);
      assert.equal(count.total, Buffer.byteLength(text));
    }));
  });
});

describe('the elements of a list', () => {
  it('go out as their source stands', async () => {
    await fc.assert(fc.asyncProperty(fc.array(jsonText, { minLength: 1, maxLength: 5 }), blank(), async (values, space) => {
      const text = `${space}[${space}${values.join(`${space},${space}`)}${space}]${space}`;
      assert.deepEqual((await messagesOf(text, ELEMENTS)).map(({ value }) => value), values);
    }));
  });

  it('know their places', async () => {
    const messages = await messagesOf('[1,\r\n  {"a":\r 2}, "x"]', ELEMENTS);
    assert.deepEqual(messages.map(({ place, value }) => `${place.line}:${place.column} ${JSON.stringify(value)}`), ['1:2 "1"', '2:3 "{\\"a\\":\\r 2}"', '3:6 "\\"x\\""']);
  });

  it('are one issue where the list is broken anywhere: half of a list is never sent', async () => {
    assert.equal(inShort(await issueOf('[1, 2,]', ELEMENTS)), '1:7+1 notJson "ValueExpected"');
    assert.equal(inShort(await issueOf('[1, /* two */ 2]', ELEMENTS)), '1:5+9 notJson "InvalidCommentToken"');
    assert.equal(inShort(await issueOf('[1, 2] 3', ELEMENTS)), '1:8+1 notJson "EndOfFileExpected"');
    assert.equal(inShort(await issueOf('\n []', ELEMENTS)), '2:2+1 empty');
  });

  it('may be nested deeper than any stack', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    assert.deepEqual((await messagesOf(`[${deep}, 1]`, ELEMENTS)).map(({ value }) => value), [deep, '1']);
    assert.equal((await messagesOf(`[{"value": ${deep}}]`, MESSAGES))[0]?.value, deep);
    assert.equal((await issueOf(deep.slice(1), ELEMENTS)).reason.kind, 'notJson');
  });

  it('can be asked for one by one', async () => {
    assert.deepEqual((await messagesOf('[5, 6, 7]', { ...ELEMENTS, only: 1 })).map(({ value, index }) => [value, index]), [['6', 0]]);
    assert.equal(inShort(await issueOf('[5]', { ...ELEMENTS, only: 1 })), '1:1+0 empty');
    assert.equal(inShort(await issueOf('[5', { ...ELEMENTS, only: 1 })), '1:3+0 notJson "CloseBracketExpected"');
  });
});

describe('JSON Lines', () => {
  it('are a message each, byte for byte, with blank lines between them', async () => {
    const text = '{"a":1.0}\n\n  [2] \r\n\t\r\n"3\u2028"\r4';
    const messages = await messagesOf(text, LINES);
    assert.deepEqual(messages.map(({ place, value }) => [place.line, value]), [[1, '{"a":1.0}'], [3, '  [2] '], [5, '"3\u2028"'], [6, '4']]);
  });

  it('are the same wherever the pieces end', async () => {
    const line = fc.oneof(jsonText.map((json) => json.replaceAll(/[\r\n]/g, ' ')), fc.constantFrom('', ' ', '{"a":', '"😀"', '"\ud83d"'));
    const lines = fc.array(fc.tuple(line, fc.constantFrom('\n', '\r\n', '\r', '\n\r', '\r\r\n')), { maxLength: 8 }).map((parts) => parts.flat().join(''));
    await fc.assert(fc.asyncProperty(lines, fc.array(fc.nat(60), { maxLength: 8 }), fc.constantFrom('value', 'messages'), async (text, cuts, content) => {
      const whole = await readAll([textSource(text, { ...LINES, content })]);
      assert.deepEqual(await readAll([textSource(cutAt(text, cuts), { ...LINES, content })]), whole);
      assert.deepEqual(await readAll([textSource(text.split(''), { ...LINES, content })]), whole);
    }));
  });

  it('count lines as the editor does', async () => {
    const broken = await readAll([textSource('1\r2\r\n3\n\u2028{\n  x\n', LINES)]);
    assert.deepEqual(broken.map((reading) => (isIssue(reading) ? inShort(reading) : reading.place.line)), [1, 2, 3, '4:1+1 notJson "InvalidSymbol"', '5:3+1 notJson "InvalidSymbol"']);
  });

  it('hold a broken line against nobody else', async () => {
    const readings = await readAll([textSource('{"value":"a"}\n{"value":1,}\n{"value":"b","topic":"p-orders"}', { ...LINES, ...MESSAGES })]);
    assert.deepEqual(readings.map((reading) => (isIssue(reading) ? inShort(reading) : reading.value)), ['a', '2:12+1 notJson "PropertyNameExpected"', 'b']);
  });

  it('are blank where there is nothing but what JSON calls blank: anything else is in the way, at its place', async () => {
    const odd = ['\ufeff', '\u00a0', '\u3000', '\u2028', '\u2029', '\v', '\f'];
    const readings = await readAll([textSource(['1', ' \t', ...odd, '2'].join('\n'), LINES)]);
    assert.equal(readings.length, odd.length + 2);
    const issues = readings.filter((reading) => isIssue(reading));
    assert.deepEqual(issues.map(({ place, reason }) => `${place.line}:${place.column} ${reason.kind}`), odd.map((_unused, number) => `${number + 3}:1 notJson`));
  });

  it('are empty where all of them are blank', async () => {
    assert.equal(inShort(await issueOf('\n \r\n', LINES)), '1:1+0 empty');
  });
});

describe('any document', () => {
  it('gives messages, or an issue at a place inside of it', async () => {
    const contents = fc.constantFrom('value', 'messages', 'elements');
    const formats = fc.constantFrom('json', 'jsonLines', 'text');
    await fc.assert(fc.asyncProperty(anyText, formats, contents, async (text, format, content) => {
      const readings = await readAll([textSource(text, { format, content })]);
      assert.ok(readings.length > 0);
      const lines = text.split(/\r\n|\n|\r/);
      for (const reading of readings) assertInside(reading, lines);
    }), { numRuns: 1000 });
  });

  it('is JSON exactly where JSON.parse says so, if it is read in parts', async () => {
    await fc.assert(fc.asyncProperty(fc.oneof(anyText, jsonText), async (text) => {
      fc.pre(text.trim() !== '' && !text.includes('{{'));
      const [first] = await readAll([textSource(text, ELEMENTS)]);
      assert.equal(first !== undefined && isIssue(first) && first.reason.kind === 'notJson', !isJson(text), text);
    }), { numRuns: 1000 });
  });

  it('stops being JSON at the same place, whether it is read in parts or as a whole', () => {
    const broken = fc.tuple(jsonText, fc.nat(), fc.constantFrom('', ',', '/**/', '//\n', '}', ']', '"', ':', '1', 'x', '\u00a0'))
      .map(([text, at, odd]) => `${text.slice(0, at % (text.length + 1))}${odd}${text.slice(at % (text.length + 1))}`);
    fc.assert(fc.property(fc.oneof(broken, anyText), (text) => {
      const steps = findDocumentProblem(text);
      let step = steps.next();
      while (step.done !== true) step = steps.next();
      assert.deepEqual(step.value, findJsonProblem(text));
    }), { numRuns: 3_000 });
  });

  it('is an issue where it cannot be read', async () => {
    const failing = textSource('', { ...LINES, async *read() { yield '1\n2'; await Promise.resolve(); throw new SourceError({ kind: 'unreadable', detail: 'gone' }); } });
    const readings = await readAll([failing, textSource('3', {})]);
    assert.deepEqual(readings.map((reading) => (isIssue(reading) ? inShort(reading) : reading.value)), ['1', '1:1+0 unreadable "gone"', '3']);
    assert.deepEqual(readings.map(({ source }) => source), [0, 0, 1]);
  });

  it('is too large where no text can hold it', async () => {
    const piece = ' '.repeat(64 * 1024 * 1024);
    assert.equal(inShort(await issueOf(Array.from({ length: 9 }, () => piece), MESSAGES)), '1:1+0 documentTooLarge');
  });

  it('lets others run, however large the piece is that is gone through', () => {
    const messages = `[${Array.from({ length: 20_000 }, () => '{"value":[1,2,3]}').join(',')}]`;
    for (const text of [`{"messages":${messages}}`, `[${messages},]`, `{"value":${messages}`]) {
      const tokens = 20_000 * 11;
      const problem = findDocumentProblem(text);
      let rests = 0;
      while (problem.next().done !== true) rests += 1;
      assert.ok(rests >= tokens / 1_000, `${rests} rests`);
    }
    const fields = envelopeFields({ text: `{"messages":${messages}}`, start: 0, end: 0, place: { line: 1, column: 1 } });
    let rests = 0;
    while (fields.next().done !== true) rests += 1;
    assert.ok(rests >= 200, `${rests} rests`);
  });

  it('has no look into a message that is longer than any can be', async () => {
    const text = `[1,"${'x'.repeat(34_000_000)}",2]`;
    const readings = await readAll([textSource(text, ELEMENTS)]);
    assert.deepEqual(readings.map((reading) => (isIssue(reading) ? inShort(reading) : reading.value)), ['1', '1:4+0 tooLarge 34000002 1048576', '2']);
  });

  it('stops when it is called off', async () => {
    const controller = new AbortController();
    const text = '1\n'.repeat(2000);
    await assert.rejects(async () => {
      for await (const batch of readMessages([textSource(text, LINES)], readContext(), controller.signal)) {
        assert.ok(batch.length <= 500);
        controller.abort();
      }
    }, CancelledError);
  });
});

function assertInside(reading: Reading, lines: readonly string[]): void {
  const line = lines[reading.place.line - 1];
  assert.ok(line !== undefined, JSON.stringify(reading));
  const length = isIssue(reading) ? reading.length : 0;
  assert.ok(reading.place.column >= 1 && reading.place.column - 1 + length <= line.length, `${JSON.stringify(reading)} in ${JSON.stringify(line)}`);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function cutAt(text: string, cuts: readonly number[]): readonly string[] {
  const borders = [0, ...cuts.map((cut) => Math.min(cut, text.length)).sort((a, b) => a - b), text.length];
  return borders.slice(1).map((end, index) => text.slice(borders[index], end));
}
