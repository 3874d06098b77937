import type { SeriesColumns } from './series.ts';

/** A cell: text, a number of any size, or nothing. */
export type CsvCell = string | number | bigint | undefined;

/** What a spreadsheet could take for a formula, or begin a row anew with; full-width signs count in East Asian ones. */
const FORMULA = /^(?:[\r\n]|\s*[=+\-@＝＋－＠])/u;
/** The same further on: after a semicolon, which parts cells in many languages, or a line break, quotes or not. */
const FORMULA_WITHIN = /([;\r\n][\s"]*)(?=[=+\-@＝＋－＠])/gu;
const NUMBER = /^-?\d+(?:\.\d+)?$/u;
const NEEDS_QUOTES = /[",;\r\n]|^\s|\s$/u;

/**
 * A table as CSV (RFC 4180): commas, lines ended by CRLF, the last one as well, quotes where they are needed.
 *
 * Names come from clouds and files, and a spreadsheet runs what looks like a formula: text that begins with `=`, `+`, `-` or `@`, with or
 * without blanks before it, or with a line break, gets an apostrophe in front, which spreadsheets take for "this is text"; so does what
 * would be a formula after a semicolon or a line break. A tab, which parts cells where text is pasted, is a blank. Numbers stay plain, and
 * so does text that is nothing but a decimal number, as 64-bit numbers pass by; `undefined`, NaN and infinities are empty.
 */
export function toCsv(head: readonly string[], rows: Iterable<readonly CsvCell[]>): string {
  const lines = [line(head)];
  for (const row of rows) lines.push(line(row));
  return lines.join('');
}

/**
 * Lines of a chart as CSV: a row for each time, written in ISO 8601 in UTC, numbers in full. A time without any value, which only marks a
 * gap, is left out.
 * @param head title of the time's column and of each of the others
 */
export function seriesCsv(head: readonly string[], { times, columns }: SeriesColumns): string {
  return toCsv(head, seriesRows(times, columns));
}

function* seriesRows(times: Float64Array, columns: readonly Float64Array[]): Generator<readonly CsvCell[]> {
  for (const [index, seconds] of times.entries()) {
    const values = columns.map((column) => column[index]);
    if (values.some(Number.isFinite)) yield [isoText(seconds), ...values];
  }
}

/** `2026-11-22T05:03:22Z`, with milliseconds where there are some. */
function isoText(seconds: number): string {
  const date = new Date(Math.round(seconds * 1000));
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().replace('.000Z', 'Z');
}

function line(cells: readonly CsvCell[]): string {
  return `${cells.map(cellText).join(',')}\r\n`;
}

function cellText(cell: CsvCell): string {
  if (cell === undefined) return '';
  if (typeof cell === 'number') return numberText(cell);
  if (typeof cell === 'bigint') return cell.toString();
  const plain = cell.replaceAll('\t', ' ').replace(FORMULA_WITHIN, "$1'");
  const text = FORMULA.test(plain) && !NUMBER.test(plain) ? `'${plain}` : plain;
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function numberText(value: number): string {
  if (!Number.isFinite(value)) return '';
  return Number.isInteger(value) ? BigInt(value).toString() : String(value);
}
