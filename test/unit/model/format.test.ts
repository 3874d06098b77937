import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';

import { createFormatter, facts, isOne, oneLine, withoutIcons } from '../../../src/model/format.ts';

const en = createFormatter('en');

test('counts keep every digit of a 64-bit number', () => {
  assert.equal(en.count(9_007_199_254_740_993n), '9,007,199,254,740,993');
  assert.equal(en.count(-(2n ** 63n)), '-9,223,372,036,854,775,808');
  assert.equal(en.count(12_480_112), '12,480,112');
});

test('counts lose no digit whatever the number', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (value) => {
      assert.equal(BigInt(en.count(value).replaceAll(',', '')), value);
    }),
  );
});

test('separators follow the locale', () => {
  assert.equal(createFormatter('de').count(1_234_567), '1.234.567');
  assert.equal(createFormatter('ko').count(1_234_567), '1,234,567');
});

test('a locale nobody knows falls back to English', () => {
  assert.equal(createFormatter('not a locale').count(1_000), '1,000');
  assert.equal(createFormatter('').locale, 'en');
});

test('bytes take the largest unit that gives at least one', () => {
  assert.equal(en.bytes(0), '0 B');
  assert.equal(en.bytes(1023), '1,023 B');
  assert.equal(en.bytes(1024), '1 KiB');
  assert.equal(en.bytes(262_144), '256 KiB');
  assert.equal(en.bytes(26_843_545_600n), '25 GiB');
  assert.equal(en.bytes(3_328_599_654n), '3.1 GiB');
  assert.equal(en.bytes(2n ** 63n), '8 EiB');
  assert.equal(en.bytes(-1536), '-1.5 KiB');
});

test('bytes that round up to 1,024 of a unit are one of the next', () => {
  assert.equal(en.bytes(1024 * 1024 - 1), '1 MiB');
});

test('the number before a unit is never 1,024 or more, but in the largest', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 70n - 1n }), (value) => {
      const [number = '', unit] = en.bytes(value).split(' ');
      assert.ok(Number(number.replaceAll(',', '')) < 1024 || unit === 'EiB', en.bytes(value));
    }),
  );
});

test('durations show their two largest units', () => {
  const hour = 3_600_000;
  assert.equal(en.duration(7 * 24 * hour), '7 d');
  assert.equal(en.duration(36 * hour), '1 d 12 h');
  assert.equal(en.duration(hour), '1 h');
  assert.equal(en.duration(hour + 90_000), '1 h 1 min');
  assert.equal(en.duration(61_000), '1 min 1 s');
  assert.equal(en.duration(43_000), '43 s');
  assert.equal(en.duration(350), '350 ms');
  assert.equal(en.duration(-43_000), '-43 s');
  assert.equal(en.duration(Number.NaN), '–');
});

test('a row has at most three facts and no empty one', () => {
  assert.equal(facts('a', undefined, '', 'b', 'c', 'd'), 'a · b · c');
  assert.equal(facts(undefined), '');
});

test('one is one, as number and as bigint', () => {
  assert.deepEqual([isOne(1), isOne(1n), isOne(0), isOne(2n)], [true, true, false, false]);
});

test('a label is one line without hidden characters', () => {
  assert.equal(oneLine('a\nb\tc\u202Ed'), 'a b c d');
  assert.equal(oneLine('\uD800'), '\uFFFD');
  assert.equal(oneLine('주문 🎉'), '주문 🎉');
  assert.equal(oneLine('x'.repeat(400)), `${'x'.repeat(300)}…`);
});

test('a name never becomes an icon', () => {
  assert.equal(withoutIcons('a $(zap) $ b'), 'a $ (zap) $ b');
});
