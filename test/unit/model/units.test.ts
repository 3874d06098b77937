import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import * as l10n from '@vscode/l10n';
import fc from 'fast-check';

import { createFormatter } from '../../../src/model/format.ts';
import { parseBytes, parseDuration } from '../../../src/model/units.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** What the product says in a language. */
function speak(locale: string): void {
  const file = new URL(`../../../l10n/bundle.l10n${locale === 'en' ? '' : `.${locale}`}.json`, import.meta.url);
  l10n.config({ contents: JSON.parse(readFileSync(file, 'utf8')) as Record<string, string> });
}

after(() => speak('en'));

/** Times that are printed in full: at most two neighbouring units. */
const printable = fc.oneof(
  fc.tuple(fc.integer({ min: 1, max: 100_000 }), fc.integer({ min: 0, max: 23 })).map(([d, h]) => d * DAY + h * HOUR),
  fc.tuple(fc.integer({ min: 1, max: 23 }), fc.integer({ min: 0, max: 59 })).map(([h, m]) => h * HOUR + m * 60_000),
  fc.tuple(fc.integer({ min: 1, max: 59 }), fc.integer({ min: 0, max: 59 })).map(([m, s]) => m * 60_000 + s * 1_000),
  fc.integer({ min: 0, max: 59 }).map((s) => s * 1_000),
  fc.integer({ min: 0, max: 999 }),
);

for (const locale of ['en', 'ko', 'ja']) {
  test(`a time and a size as they are printed come back (${locale})`, () => {
    speak(locale);
    const format = createFormatter(locale);
    fc.assert(fc.property(printable, (ms) => {
      assert.equal(parseDuration(format.duration(ms)), ms, format.duration(ms));
    }));
    fc.assert(fc.property(fc.integer({ min: 0, max: 2 ** 53 - 1 }), (ms) => {
      const text = format.duration(ms);
      assert.equal(format.duration(parseDuration(text) ?? -1), text);
    }));
    fc.assert(fc.property(fc.bigInt({ min: 0n, max: 1023n }), fc.integer({ min: 0, max: 6 }), (count, power) => {
      const bytes = count * 1024n ** BigInt(power);
      assert.equal(parseBytes(format.bytes(bytes)), bytes, format.bytes(bytes));
    }));
  });
}

test('a time in the words people use', () => {
  const cases: readonly (readonly [string, number])[] = [
    ['7 d', 7 * DAY], ['36h', 36 * HOUR], ['1 d 12 h', 36 * HOUR], ['1d12h', 36 * HOUR], ['90 min', 90 * 60_000], ['24', DAY], ['1.5', 1.5 * HOUR],
    ['1.5 days', 36 * HOUR], ['2 Weeks', 14 * DAY], ['1,440 min', DAY], [' 15 D ', 15 * DAY], ['0', 0],
    ['7일', 7 * DAY], ['36시간', 36 * HOUR], ['1일 12시간', 36 * HOUR], ['90분', 90 * 60_000], ['2주', 14 * DAY],
    ['7 日', 7 * DAY], ['３６ 時間', 36 * HOUR], ['1日12時間', 36 * HOUR], ['2週間', 14 * DAY], ['86400000 ms', DAY],
  ];
  for (const [text, ms] of cases) assert.equal(parseDuration(text), ms, text);
});

test('a size in the words people use', () => {
  const cases: readonly (readonly [string, bigint])[] = [
    ['3 GiB', 3n * 1024n ** 3n], ['256KiB', 262_144n], ['1.5 GiB', 1_610_612_736n], ['25 GB', 25n * 1024n ** 3n], ['1 GiB 512 MiB', 1_610_612_736n],
    ['1,073,741,824 B', 1_073_741_824n], ['512바이트', 512n], ['512 バイト', 512n], ['9007199254740993', 9_007_199_254_740_993n],
  ];
  for (const [text, bytes] of cases) assert.equal(parseBytes(text), bytes, text);
  assert.equal(parseBytes('3', 'GiB'), 3n * 1024n ** 3n);
  assert.equal(parseBytes('0.5', 'KiB'), 512n);
});

test('what is no time and no size is nothing', () => {
  for (const text of ['', ' ', 'd', '7 x', '-1 d', '1 d 2', '12 h 1 d', '1 d 1 d', '1.2.3', '1..5 d', '1,44 min', '0.0001 ms', '∞', '7 d!', '1e3', '9'.repeat(30), 'NaN', '7 GiB']) {
    assert.equal(parseDuration(text), undefined, text);
  }
  for (const text of ['', 'GiB', '-1', '1 d', '3 GiB 4', '0.5', '3.1 GiB', '0x10', '1 MiB 1 GiB']) assert.equal(parseBytes(text), undefined, text);
});

test('no text at all breaks the reading', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
    const ms = parseDuration(text);
    assert.ok(ms === undefined || (Number.isSafeInteger(ms) && ms >= 0));
    assert.ok((parseBytes(text) ?? 0n) >= 0n);
  }));
});
