import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import fc from 'fast-check';

import { CancelledError } from '../../../src/model/cloudError.ts';
import { isIssue } from '../../../src/sending/message.ts';
import { type ReadContext, readMessages } from '../../../src/sending/reading/readMessages.ts';
import { likelyNames } from '../../../src/sending/variables/suggestions.ts';
import { inShort, issueOf, messagesOf, readAll, readContext, textSource } from './reading.ts';

const UUID = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;
const LINES = { format: 'jsonLines' } as const;

const context = readContext({ variables: new Map([['shop', 'acme "1"'], ['price', '9007199254740993'], ['빈', ''], ['odd', '\ud83d']]) });

async function text(written: string, given: ReadContext = context): Promise<string> {
  return (await messagesOf(written, { format: 'text' }, given))[0]?.value ?? '';
}

async function json(written: string, given: ReadContext = context): Promise<string> {
  return (await messagesOf(written, {}, given))[0]?.value ?? '';
}

async function wrong(written: string, given: ReadContext = context): Promise<string> {
  return inShort(await issueOf(written, { format: 'text' }, given));
}

describe('variables', () => {
  it('count messages', async () => {
    const lines = await messagesOf('"{{counter}}"\n"{{counter 1000}}"\n"{{ counter  -5 }}"\n"{{counter 18446744073709551615}}"', LINES);
    assert.deepEqual(lines.map(({ value }) => value), ['"1"', '"1001"', '"-3"', '"18446744073709551618"']);
  });

  it('tell the time of the job, which does not go on', async () => {
    const cases = [
      ['now', '2026-11-21T03:04:05.678Z'],
      ['now epoch', '1795230245678'],
      ['now epochSeconds', '1795230245'],
      ['now -15m', '2026-11-21T02:49:05.678Z'],
      ['now +1d epoch', '1795316645678'],
      ['now +09:00', '2026-11-21T12:04:05.678+09:00'],
      ['now -03:30', '2026-11-20T23:34:05.678-03:30'],
      ['now +1h -30m +500ms -5s +1w', '2026-11-28T03:34:01.178Z'],
    ];
    for (const [written = '', expected] of cases) assert.equal(await text(`{{${written}}}`), expected);
    for (const bad of ['now 5', 'now +1y', 'now epoch +09:00', 'now +25:00', 'now epoch epoch', 'now +999999999999w']) {
      assert.match(await wrong(`{{${bad}}}`), /^1:1\+\d+ badVariable/, bad);
    }
  });

  it('give another UUID at each place, and the same when it is read again', async () => {
    const written = '["{{uuid}}","{{uuid}}"]\n["{{uuid}}","{{uuid}}"]';
    const values = (await messagesOf(written, LINES)).map(({ value }) => JSON.parse(value) as readonly string[]).flat();
    assert.equal(new Set(values).size, 4);
    for (const value of values) assert.match(value, UUID);
    assert.deepEqual((await messagesOf(written.split(''), LINES)).map(({ value }) => JSON.parse(value) as readonly string[]).flat(), values);
  });

  it('give the same UUID whatever else had to be asked for', async () => {
    const given = readContext({ variables: new Map([['a', '1']]), env: () => Promise.resolve({ value: '1' }) });
    assert.equal(await text('{{uuid}} {{env:A}} {{uuid}}', given), await text('{{uuid}} {{a}} {{uuid}}', given));
  });

  it('draw whole numbers of a range, both ends included and beyond 2^53', async () => {
    await fc.assert(fc.asyncProperty(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n }), fc.bigInt({ min: 0n, max: 2n ** 63n }), async (low, more) => {
      const value = BigInt(await text(`{{randomInt ${low} ${low + more}}}`));
      assert.ok(value >= low && value <= low + more);
    }));
    const dice = await messagesOf('"{{randomInt 1 6}}"\n'.repeat(300), LINES);
    assert.deepEqual([...new Set(dice.map(({ value }) => value))].sort(), ['"1"', '"2"', '"3"', '"4"', '"5"', '"6"']);
    for (const bad of ['randomInt', 'randomInt 1', 'randomInt 2 1', 'randomInt 1.5 2', 'randomInt 1 2 3']) assert.match(await wrong(`{{${bad}}}`), /badVariable/, bad);
  });

  it('come from the environment and from files, asked for once each', async () => {
    const asked: string[] = [];
    const given = readContext({
      env: (name) => {
        asked.push(name);
        return Promise.resolve(name === 'USER' ? { value: 'kim\n"' } : { issue: 'envIsSecret' });
      },
      file: (path, uri) => {
        asked.push(`${path} of ${uri}`);
        return Promise.resolve(path === 'café.json' ? { text: '{"a": 1}' } : { issue: 'fileOutside' });
      },
    });
    const readings = await readAll([textSource('"{{env:USER}} {{file:caf\\u00e9.json}}"\n'.repeat(600) + '"{{env:KEY}}"\n"{{ file: ../x }}"', LINES)], given);
    assert.deepEqual(new Set(readings.slice(0, 600).map((reading) => (isIssue(reading) ? '' : reading.value))), new Set(['"kim\\n\\" {\\"a\\": 1}"']));
    assert.deepEqual(readings.slice(600).map((reading) => (isIssue(reading) ? inShort(reading) : '')), ['601:2+11 envIsSecret "KEY"', '602:2+16 fileOutside "../x"']);
    assert.deepEqual(asked, ['USER', 'café.json of file:///orders.json', 'KEY', '../x of file:///orders.json']);
    assert.equal(await wrong('{{env:}}'), '1:1+8 badVariable "{{env:}}" "{{env:NAME}}"');
  });

  it('are asked for together, however many a message has, and not once it is called off', async () => {
    const names = Array.from({ length: 3_000 }, (_unused, number) => `N${number}`);
    let looks = 0;
    const variables = new (class extends Map<string, string> {
      override get(name: string): string | undefined {
        looks += name === 'seen' ? 1 : 0;
        return name === 'seen' ? 'x' : undefined;
      }
    })();
    const asked: string[] = [];
    const env: ReadContext['env'] = (name) => Promise.resolve({ value: String(asked.push(name)) });
    const written = JSON.stringify(['{{seen}}', ...names.map((name) => `{{env:${name}}}`), ...names.map((name) => `{{number env:${name}}}`)]);
    const [reading] = await readAll([textSource(written)], readContext({ env, variables }));
    assert.ok(reading !== undefined && !isIssue(reading));
    assert.deepEqual(asked, names);
    assert.equal(looks, 2, 'read once to know what is wanted, and once with it');
    assert.ok(reading.value.endsWith(',2999,3000]'));

    const controller = new AbortController();
    let count = 0;
    const calledOff = readContext({ env: () => {
      count += 1;
      if (count === 10) controller.abort();
      return Promise.resolve({ value: '' });
    } });
    const source = textSource(names.map((name) => `{{env:${name}}}`).join(' '), { format: 'text' });
    await assert.rejects(readMessages([source], calledOff, controller.signal).next(), CancelledError);
    assert.equal(count, 10);
  });

  it('are too large as soon as that is certain, whatever is inserted how often', async () => {
    const file = { text: 'x'.repeat(1_000_000) };
    const given = readContext({ file: () => Promise.resolve(file) });
    const many = '{{file:a}}'.repeat(2_000);
    for (const [written, format] of [[many, 'text'], [JSON.stringify(many), 'json'], [JSON.stringify(Array.from({ length: 2_000 }, () => '{{file:a}}')), 'json']] as const) {
      const { reason } = await issueOf(written, { format }, given);
      assert.ok(reason.kind === 'tooLarge' && reason.bytes > 1_048_576 && reason.bytes < 10_000_000);
    }
    // What is longer only because it is escaped is not.
    const control = readContext({ file: () => Promise.resolve({ text: '\u0001'.repeat(1_048_576) }) });
    const [message] = await messagesOf('{"value":"{{file:a}}"}', { content: 'messages' }, control);
    assert.equal(message?.bytes, 1_048_576);
  });

  it('that are unknown are compared with all names once, not for each message', async () => {
    let looks = 0;
    const variables = new (class extends Map<string, string> {
      override keys(): MapIterator<string> {
        looks += 1;
        return super.keys();
      }
    })([['order', 'x']]);
    const readings = await readAll([textSource('"{{ordre}}"\n'.repeat(1_000), LINES)], readContext({ variables }));
    assert.deepEqual(readings.map((reading) => (isIssue(reading) && reading.reason.kind === 'unknownVariable' ? reading.reason.known : [])), readings.map(() => ['order']));
    assert.equal(looks, 1);
  });

  it('come from the workspace by their names', async () => {
    assert.equal(await text('{{shop}}|{{ 빈 }}|{{price}}'), 'acme "1"||9007199254740993');
    assert.equal(await json('{"{{shop}}": "{{shop}}"}'), '{"acme \\"1\\"": "acme \\"1\\""}');
    assert.equal(await wrong('a\r\n b {{shp}}'), '2:4+7 unknownVariable "shp" ["shop"]');
    assert.equal(await wrong('{{Counter}}'), '1:1+11 unknownVariable "Counter" ["counter"]');
    assert.equal(await wrong('{{}}'), '1:1+4 unknownVariable "" []');
  });

  it('are bare numbers where a string of a JSON value is nothing else', async () => {
    assert.equal(await json('{"n": "{{number counter}}", "p": [ "{{ number  price }}" ], "s": "{{counter}}"}'), '{"n": 1, "p": [ 9007199254740993 ], "s": "1"}');
    const [message] = await messagesOf('{"key":"{{number counter}}","value":"{{number price}}","partition":"{{number counter}}"}', { content: 'messages' }, context);
    assert.deepEqual([message?.key, message?.value, message?.partition], ['1', '9007199254740993', 1]);
    const cases = [
      ['{"a":"x{{number counter}}"}', '1:8+18 badVariable "{{number counter}}" "\\"{{number counter}}\\""'],
      ['{"{{number counter}}":1}', '1:3+18 badVariable "{{number counter}}" "\\"{{number counter}}\\""'],
      ['["{{number shop}}"]', '1:3+15 badVariable "{{number shop}}" "\\"{{number counter}}\\""'],
      ['["{{number nothing}}"]', '1:3+18 unknownVariable "nothing" []'],
    ];
    for (const [written = '', expected] of cases) assert.equal(inShort(await issueOf(written, {}, context)), expected);
  });

  it('stand for themselves behind a backslash', async () => {
    assert.equal(await text('\\{{uuid}} {{counter}} \\{{'), '{{uuid}} 1 {{');
    assert.equal(await json('"\\\\{{uuid}} {{counter}}"'), '"{{uuid}} 1"');
    assert.equal(await json('"\\"{{counter}}"'), '"\\"1"');
    const [message] = await messagesOf('{"value":"\\\\{{uuid}}"}', { content: 'messages' });
    assert.equal(message?.value, '{{uuid}}');
  });

  it('have to end on their line', async () => {
    assert.equal(await wrong('a {{uuid'), '1:3+2 variableNotClosed');
    assert.equal(await wrong('{{uuid\n}}'), '1:1+2 variableNotClosed');
    assert.equal(await wrong('{{uuid {{uuid}}'), '1:1+2 variableNotClosed');
    assert.equal(await wrong(`{{${'x'.repeat(5001)}}}`), '1:1+2 variableNotClosed');
    assert.equal(inShort(await issueOf('{"a":"{{","b":"}}"}', {})), '1:7+2 variableNotClosed');
  });

  it('never make JSON of another shape, whatever is inserted', async () => {
    await fc.assert(fc.asyncProperty(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), async (value, around) => {
      const given = readContext({ variables: new Map([['v', value]]) });
      const before = JSON.stringify(around.replaceAll('{{', '')).slice(1, -1).replace(/\\\\$/, '');
      fc.pre(before.isWellFormed() && !before.endsWith('{'));
      const read = JSON.parse(await json(`{"a":"${before}{{v}}","{{v}}":[1]}`, given)) as Readonly<Record<string, unknown>>;
      assert.deepEqual(Object.keys(read).length, value === 'a' ? 1 : 2);
      if (value !== 'a') assert.equal(read['a'], `${JSON.parse(`"${before}"`) as string}${value}`);
      assert.deepEqual(read[value], [1]);
    }));
  });

  it('leave half of a surrogate pair in no message', async () => {
    assert.equal(inShort(await issueOf('{"value":"a{{odd}}"}', { content: 'messages' }, context)), '1:10+10 notUnicode');
    assert.equal(await json('"{{odd}}"'), '"\\ud83d"');
  });

  it('count in the size, and may stand where it begins in its document', async () => {
    const given = readContext({ variables: new Map([['big', 'x'.repeat(10)]]), limits: { maxValueBytes: 9, partitions: 1, carries: [] } });
    assert.equal(await wrong('{{big}}', given), '1:1+7 tooLarge 10 9');
    assert.equal(inShort(await issueOf('[\n"{{no}}"]', { start: { line: 4, column: 9 } })), '5:2+6 unknownVariable "no" ["now"]');
  });
});

describe('likelyNames', () => {
  it('are near, and the nearest first', () => {
    assert.deepEqual(likelyNames('uid', ['counter', 'uuid', 'guid', 'x']), ['uuid', 'guid']);
    assert.deepEqual(likelyNames('UUID', ['uuid']), ['uuid']);
    assert.deepEqual(likelyNames('nwo', ['env', 'now']), ['now']);
    assert.deepEqual(likelyNames('orderId', ['now', 'orderIds', 'orders', 'order', 'orderTd', 'orderIdx']), ['orderIds', 'orderTd', 'orderIdx']);
    assert.deepEqual(likelyNames('x'.repeat(65), ['x'.repeat(64)]), []);
  });
});
