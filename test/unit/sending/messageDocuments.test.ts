import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import fc from 'fast-check';

import { isIssue } from '../../../src/sending/message.ts';
import { inShort, issueOf, messagesOf, readAll, readContext, textSource } from './reading.ts';

const MESSAGES = { content: 'messages' } as const;
const UUID = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

describe('a message document', () => {
  it('is one message, a list or an envelope', async () => {
    const message = '{"key": "k", "value": "v", "partition": 2}';
    for (const text of [message, ` [${message}]`, `{"messages": [${message}]}`, `{"$schema": "x", "topic": "p-orders", "messages":\n[${message}\n]}`]) {
      const [read, ...others] = await messagesOf(text, MESSAGES);
      assert.deepEqual(others, []);
      assert.deepEqual([read?.key, read?.isKeyGenerated, read?.value, read?.bytes, read?.partition], ['k', false, 'v', 1, 2], text);
    }
  });

  it('sends a string as what it stands for, and anything else as it stands', async () => {
    for (const value of ['{ "a": 9007199254740993, "a": 1.0 }', '[1,\r\n2e5]', '-0', 'true', 'false']) {
      assert.equal((await messagesOf(`[{"value":${value} }]`, MESSAGES))[0]?.value, value);
    }
    await fc.assert(fc.asyncProperty(fc.string({ unit: 'binary' }), async (value) => {
      fc.pre(value.isWellFormed() && !value.includes('{{'));
      for (const written of [JSON.stringify(value), asEscapes(value)]) {
        const [message] = await messagesOf(`{"key":${written},"\\u0076alue":${written}}`, MESSAGES);
        assert.deepEqual([message?.key, message?.value, message?.bytes], [value, value, Buffer.byteLength(value)]);
      }
    }));
  });

  it('makes up a key where there is none: different each time, and the same when it is read again', async () => {
    const text = '[{"value":1},{"value":1},{"value":1,"key":""}]';
    const [first, second, third] = await messagesOf(text, MESSAGES);
    assert.match(first?.key ?? '', UUID);
    assert.match(second?.key ?? '', UUID);
    assert.notEqual(first?.key, second?.key);
    assert.deepEqual([first?.isKeyGenerated, third?.isKeyGenerated, third?.key], [true, false, '']);
    assert.deepEqual(await messagesOf(text, MESSAGES), [first, second, third]);
    const { job } = readContext();
    assert.notEqual((await messagesOf(text, MESSAGES, readContext({ job: { ...job, seed: 'seed-2' } })))[0]?.key, first?.key);
  });

  it('says what is wrong with a message, and where', async () => {
    const cases: readonly (readonly [string, string])[] = [
      ['{"key":"k"}', '1:2+11 valueMissing'],
      ['5', '1:2+1 notAMessage'],
      ['[]', '1:2+2 notAMessage'],
      ['{"value":null}', '1:11+4 valueNull'],
      ['{"value":1,"key":5}', '1:19+1 keyNotText'],
      ['{"value":1,"key":null}', '1:19+4 keyNotText'],
      ['{"value":1,"partition":-1}', '1:25+2 partitionNotNumber'],
      ['{"value":1,"partition":1.0}', '1:25+3 partitionNotNumber'],
      ['{"value":1,"partition":"1"}', '1:25+3 partitionNotNumber'],
      ['{"value":1,"partition":3}', '1:25+1 noSuchPartition 3 2'],
      ['{"value":1,"headers":{}}', '1:13+9 fieldNotCarried "headers"'],
      ['{"value":1,\n "timestamp":1}', '2:2+11 fieldNotCarried "timestamp"'],
      ['{"vaule":1}', '1:3+7 unknownField "vaule"'],
      ['{"value":1,"topic":"p-orders"}', '1:13+7 unknownField "topic"'],
      ['{"value":1,\r\n"val\\u0075e":2}', '2:1+12 duplicateField "value"'],
      ['{"value":"a\\ud83d"}', '1:11+9 notUnicode'],
      ['{"value":1,"key":"\ud83d"}', '1:20+1 notUnicode'],
    ];
    for (const [message, expected] of cases) assert.equal(inShort(await issueOf(`[${message}]`, MESSAGES)), expected, message);
  });

  it('holds a wrong message against none of the others', async () => {
    const readings = await readAll([textSource('[{"value":1},\n{},\n{"value":2}]', MESSAGES)]);
    assert.deepEqual(readings.map((reading) => (isIssue(reading) ? inShort(reading) : reading.value)), ['1', '2:1+2 valueMissing', '2']);
  });

  it('is for the topic it names, and for no other', async () => {
    assert.equal((await messagesOf('{"topic":"p-orders","value":1}', MESSAGES)).length, 1);
    assert.equal(inShort(await issueOf('{"topic":"p-audit","value":1}', MESSAGES)), '1:10+9 otherTopic "p-audit" "p-orders"');
    assert.equal(inShort(await issueOf('{"messages":[{"value":1},{"value":2}],\n"topic":"p-audit"}', MESSAGES)), '2:9+9 otherTopic "p-audit" "p-orders"');
    assert.equal(inShort(await issueOf('{"topic":5,"messages":[{"value":1}]}', MESSAGES)), '1:10+1 topicNotText');
  });

  it('says what is wrong with an envelope, once', async () => {
    assert.equal(inShort(await issueOf('{"messages":{"value":1}}', MESSAGES)), '1:13+11 messagesNotAList');
    assert.equal(inShort(await issueOf('{"messages":[{"value":1}],"key":"k"}', MESSAGES)), '1:27+5 unknownField "key"');
    assert.equal(inShort(await issueOf('{"messages":[{"value":1}],"messages":[]}', MESSAGES)), '1:27+10 duplicateField "messages"');
    assert.equal(inShort(await issueOf('{"messages":[ ]}', MESSAGES)), '1:13+1 empty');
    assert.equal(inShort(await issueOf('true', MESSAGES)), '1:1+4 notAMessage');
  });

  it('has a bound for each value, and knows partitions only where the topic is known', async () => {
    const limits = { maxValueBytes: 4, partitions: undefined, carries: ['partition'] } as const;
    const text = '[{"value":"한a"},{"value":"한ab","key":"a long key"},{"value":1,"partition":99}]';
    const readings = await readAll([textSource(text, MESSAGES)], readContext({ limits }));
    assert.deepEqual(readings.map((reading) => (isIssue(reading) ? inShort(reading) : reading.partition)), [undefined, '1:26+5 tooLarge 5 4', 99]);
    const other = readContext({ limits: { ...limits, carries: [] } });
    assert.equal(inShort(await issueOf('{"value":1,"partition":0}', MESSAGES, other)), '1:24+1 fieldNotCarried "partition"');
  });

  it('can be several texts, numbered through', async () => {
    const readings = await readAll([textSource('[{"value":1},{"value":2}]', MESSAGES), textSource('3', {})]);
    assert.deepEqual(readings.map(({ index, source }) => [index, source]), [[0, 0], [1, 0], [2, 1]]);
  });
});

function asEscapes(text: string): string {
  return `"${text.split('').map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')}"`;
}
