import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';

import { seriesCsv, toCsv } from '../../../src/model/csv.ts';

test('a head and rows, lines ended by CRLF, quotes where they are needed', () => {
  assert.equal(toCsv(['name', 'lag'], [['billing', 12n], ['a,b', 1], ['say "hi"', -3], ['two\r\nlines', undefined], [' blank', 0]]),
    'name,lag\r\nbilling,12\r\n"a,b",1\r\n"say ""hi""",-3\r\n"two\r\nlines",\r\n" blank",0\r\n');
});

test('numbers are in full, and plain', () => {
  assert.equal(toCsv([], [[9_007_199_254_740_993n, -1n, 1e21, -0, 0.5, Number.NaN, Number.POSITIVE_INFINITY]]),
    '\r\n9007199254740993,-1,1000000000000000000000,0,0.5,,\r\n');
});

test('what a spreadsheet would run begins with an apostrophe; decimal numbers as text do not', () => {
  const cells = ['=1+1', '+82', '-3', '-3.25', '-', '-1+1', '@SUM(A1)', ' =1', '＝1', '\t=1', 'a=1'];
  assert.equal(toCsv([], [cells]), `\r\n${["'=1+1", "'+82", '-3', '-3.25', "'-", "'-1+1", "'@SUM(A1)", "' =1", "'＝1", "' =1", 'a=1'].join(',')}\r\n`);
});

test('a tab is a blank, a semicolon needs quotes, and no formula begins after either or on a new line', () => {
  const cells = ['shop\t=HYPERLINK("http://evil")', 'a;b', 'a;=1', 'a; "=1"', 'a\r\n@b', 'a;-3', '\t=1'];
  const safe = ['"shop =HYPERLINK(""http://evil"")"', '"a;b"', '"a;\'=1"', '"a; ""\'=1"""', '"a\r\n\'@b"', '"a;\'-3"', '\' =1'];
  assert.equal(toCsv([], [cells]), `\r\n${safe.join(',')}\r\n`);
});

test('a reader of CSV gets back every text, and never a formula', () => {
  const text = fc.oneof(fc.string({ unit: fc.constantFrom('a', ',', ';', '"', '\r', '\n', '=', '+', '-', '@', ' ', '\t', '1') }), fc.string());
  fc.assert(
    fc.property(fc.array(fc.array(text, { minLength: 2, maxLength: 3 }), { minLength: 1 }), (rows) => {
      const read = parse(toCsv(['head', 'line'], rows)).slice(1);
      assert.deepEqual(read.map((row) => row.map(bare)), rows.map((row) => row.map(bare)));
      for (const cell of read.flat()) assert.doesNotMatch(cell, /\t|[;\r\n]\s*[=+\-@]/u);
      for (const cell of read.flat()) assert.ok(/^-?\d+(\.\d+)?$/u.test(cell) || !/^\s*[=+\-@]/u.test(cell), cell);
    }),
  );
});

test('lines of a chart: times in ISO 8601, a gap is empty, and a time that only marks a gap is left out', () => {
  const times = Float64Array.of(1_763_766_000, 1_763_766_060, 1_763_766_120.5);
  const columns = [Float64Array.of(1, Number.NaN, 3), Float64Array.of(Number.NaN, Number.NaN, 0.25)];
  assert.equal(seriesCsv(['time', 'in', '=out'], { times, columns }),
    "time,in,'=out\r\n2025-11-21T23:00:00Z,1,\r\n2025-11-21T23:02:00.500Z,3,0.25\r\n");
});

/** Without what was changed on purpose. */
function bare(cell: string): string {
  return cell.replaceAll("'", '').replaceAll('\t', ' ');
}

/** A reader by the letter of RFC 4180. */
function parse(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain = '', end = ''] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gu)) {
    row.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}
