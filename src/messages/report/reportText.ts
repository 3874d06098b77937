import type { Place } from '../../sending/message.ts';

/** A stretch of a line that leads to a place in a source. */
export interface ReportLink {
  /** Line of the report, from 0. */
  readonly line: number;
  /** UTF-16 code units on that line. */
  readonly start: number;
  readonly length: number;
  /** Address of the source. */
  readonly uri: string;
  readonly place: Place;
}

/** A report as it is shown. */
export interface Rendering {
  readonly text: string;
  readonly links: readonly ReportLink[];
}

/** A part of a line: words, or words that lead somewhere. */
export type Cell = string | { readonly text: string; readonly uri: string; readonly place: Place };

/** Control characters, line breaks, half surrogate pairs, and marks that are not seen or turn text around. */
const HIDDEN = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF]/gu;
const MAX_SUMMARY = 300;

/** Characters that take two columns in a fixed font: Hangul, kana, ideographs and full-width forms. */
const WIDE = /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]/g;

/**
 * A name, a key or the words of a service within a line of ours: what would not be seen, break the line or turn it around stands as
 * its escape, and a long text is cut.
 */
export function visible(text: string): string {
  const cut = text.length <= MAX_SUMMARY ? text : `${text.slice(0, MAX_SUMMARY).toWellFormed()}…`;
  return cut.replace(HIDDEN, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Words of a cell. */
function wordsOf(cell: Cell): string {
  return typeof cell === 'string' ? cell : cell.text;
}

/** Columns a text takes in a fixed font. */
export function columnsOf(text: string): number {
  return text.length + (text.match(WIDE)?.length ?? 0);
}

/** Collects the lines of a report and where their links are. */
export class ReportWriter {
  readonly #lines: string[] = [];
  readonly #links: ReportLink[] = [];

  /** One line; nothing in it may hold a line break. */
  line(...cells: readonly Cell[]): void {
    let text = '';
    for (const cell of cells) {
      if (typeof cell !== 'string') {
        this.#links.push({ line: this.#lines.length, start: text.length, length: cell.text.length, uri: cell.uri, place: cell.place });
      }
      text += wordsOf(cell);
    }
    this.#lines.push(text);
  }

  /** Names and values below each other, the values in one column. */
  fields(rows: readonly (readonly [label: string, ...value: readonly Cell[]])[]): void {
    const width = Math.max(0, ...rows.map(([label]) => columnsOf(label)));
    for (const [label, ...value] of rows) this.line(`${label}:${' '.repeat(width - columnsOf(label) + 2)}`, ...value);
  }

  /** Rows whose cells stand below each other; the last of a row is as long as it is. */
  table(rows: readonly (readonly Cell[])[]): void {
    const widths: number[] = [];
    for (const row of rows) {
      row.forEach((cell, column) => {
        widths[column] = Math.max(widths[column] ?? 0, columnsOf(wordsOf(cell)));
      });
    }
    for (const row of rows) {
      this.line(...row.flatMap((cell, column): readonly Cell[] => {
        const isLast = column === row.length - 1;
        return isLast ? [cell] : [cell, ' '.repeat((widths[column] ?? 0) - columnsOf(wordsOf(cell)) + 2)];
      }));
    }
  }

  /** The whole of it. */
  done(): Rendering {
    return { text: `${this.#lines.join('\n')}\n`, links: this.#links };
  }
}

/** What stands before each line of a message's body: no line of ours begins so. */
export const BODY_MARK = '│ ';

/** The lines of a body, and what stands in them for something that cannot be seen. */
export interface Body {
  readonly lines: readonly string[];
  /** Carriage returns are shown as ␍: a document of the editor has one kind of line break. */
  readonly hasCarriageReturns: boolean;
  /** Other control characters are shown as their pictures; a document with NUL would be taken for a binary file. */
  readonly hasControls: boolean;
}

/** C0 but tab and line feed, and DEL. */
const CONTROLS = /[\0-\x08\x0B-\x1F\x7F]/g;

/** A value as the lines of a report: each character as it is, but those that a line of a document cannot hold. */
export function bodyOf(value: string): Body {
  const found = new Set(value.match(CONTROLS));
  const hasCarriageReturns = found.delete('\r');
  const text = found.size === 0 && !hasCarriageReturns ? value : value.replace(CONTROLS, pictureOf);
  return { lines: text.split('\n').map((line) => BODY_MARK + line), hasCarriageReturns, hasControls: found.size > 0 };
}

/** Unicode has a picture for each of them, from U+2400 on. */
function pictureOf(control: string): string {
  const code = control.charCodeAt(0);
  return String.fromCharCode(code === 0x7f ? 0x2421 : 0x2400 + code);
}
