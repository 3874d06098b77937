import assert from 'node:assert/strict';
import { test } from 'node:test';

import fc from 'fast-check';

import { parseJson, writeJson } from '../../../src/model/json.ts';

test('a 64-bit integer survives to the last digit', () => {
  assert.deepEqual(parseJson('{"endOffset":9007199254740993,"lag":-9223372036854775808,"n":12}'), {
    endOffset: 9007199254740993n,
    lag: -9223372036854775808n,
    n: 12,
  });
});

test('every integer of any size is the one written, in lists and objects', () => {
  fc.assert(
    fc.property(fc.array(fc.bigInt({ min: -(2n ** 80n), max: 2n ** 80n })), (integers) => {
      const parsed = parseJson(`{"a":[${integers.join(',')}],"b":"${integers.join(' ')}"}`) as { a: (number | bigint)[] };
      assert.deepEqual(parsed.a.map(String), integers.map(String));
      assert.ok(parsed.a.every((value) => typeof value === 'bigint' || Number.isSafeInteger(value)));
    }),
  );
});

test('everything else is what JSON.parse makes of it', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 3 }), fc.boolean(), (text, isLong) => {
      // A long run of digits in a string takes the slower way.
      const whole = isLong ? `["1234567890123456",${text}]` : text;
      const isExact = JSON.stringify(JSON.parse(whole), (_key, value: unknown) =>
        typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value) ? 'unsafe' : value,
      );
      fc.pre(!isExact.includes('unsafe'));
      assert.deepEqual(parseJson(whole), JSON.parse(whole));
    }),
  );
});

test('a long integer is found wherever it stands', () => {
  for (let indent = 0; indent < 40; indent += 1) {
    assert.deepEqual(parseJson(`${' '.repeat(indent)}[9007199254740993]`), [9007199254740993n]);
  }
});

test('floats stay numbers however long they are', () => {
  assert.deepEqual(parseJson('[0.12345678901234567890, 1e300, 12345678901234567890.5, -0]'), [
    0.12345678901234568,
    1e300,
    12345678901234567000,
    -0,
  ]);
});

test('what is not JSON is a SyntaxError', () => {
  for (const text of ['', '{"a":1', '<html></html>', '{"a":9007199254740993']) {
    assert.throws(() => parseJson(text), SyntaxError);
  }
});

test('numbers are written as they stood, at any depth', () => {
  const text = '{"ratio":1.0,"pi":3.14159265358979323846,"big":1e400,"zero":-0,"id":9007199254740993,"l":[1.0,[2.50],{"a":1E5}],"__proto__":{"b":7.0}}';
  assert.equal(writeJson(parseJson(text)), text);
  assert.equal(writeJson({ parameters: parseJson('{"a":1.0}'), n: 1n }), '{"parameters":{"a":1.0},"n":1}');
  const number = fc.tuple(fc.constantFrom('', '-'), fc.nat().map(String), fc.constantFrom('', '.0', '.50', '.12345678901234567890'), fc.constantFrom('', 'e2', 'E-3', 'e400'));
  fc.assert(fc.property(fc.array(number.map((parts) => parts.join(''))), (numbers) => {
    const whole = `{"a":[${numbers.join(',')}],"b":{${numbers.map((one, n) => `"k${n}":${one}`).join(',')}}}`;
    assert.equal(writeJson(parseJson(whole)), whole);
  }));
});

test('what was changed is written as it is, a copy knows nothing, and a member of one\'s own comes first', () => {
  const read = parseJson('{"a":1.0,"b":2.0}') as Record<string, unknown>;
  assert.deepEqual(Object.keys(read), ['a', 'b']);
  assert.equal(writeJson({ ...read, b: 3 }), '{"a":1,"b":3}');
  read['b'] = 2.5;
  assert.equal(writeJson(read), '{"a":1.0,"b":2.5}');
  assert.equal(writeJson(parseJson('{"toJSON":1,"a":1.0}')), '{"toJSON":1,"a":1}');
});
