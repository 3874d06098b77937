import type { Place } from '../message.ts';

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** Part of a text, and where it begins in its document. Offsets are in UTF-16 code units; `end` is behind the last one. */
export interface Part {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Place of `start`. */
  readonly place: Place;
}

/** What is wrong at an offset of a text. */
export interface Flaw<R> {
  readonly offset: number;
  readonly length: number;
  readonly reason: R;
}

/** Whether there is nothing but what JSON calls blank (RFC 8259 section 2); a no-break space, say, is something. */
export function isBlank(text: string): boolean {
  return !/[^ \t\r\n]/.test(text);
}

/** Place of offset `to`, from the place of an offset before it. Lines end where the editor ends them: LF, CRLF and CR. */
export function placeAfter(place: Place, text: string, from: number, to: number): Place {
  let { line, column } = place;
  for (let offset = from; offset < to; offset += 1) {
    const code = text.charCodeAt(offset);
    if (code === LINE_FEED || (code === CARRIAGE_RETURN && text.charCodeAt(offset + 1) !== LINE_FEED)) {
      line += 1;
      column = 1;
    } else {
      column += 1;
    }
  }
  return { line, column };
}

/** Places of growing offsets of one text: however many there are, the text is gone through once. */
export class Places {
  readonly #text: string;
  #offset = 0;
  #place: Place;

  /** @param start place of offset 0 */
  constructor(text: string, start: Place) {
    this.#text = text;
    this.#place = start;
  }

  /** @param offset not before the one asked for last */
  at(offset: number): Place {
    this.#place = placeAfter(this.#place, this.#text, this.#offset, offset);
    this.#offset = offset;
    return this.#place;
  }
}

/** How much of a stretch is on the line it begins on. */
export function lengthOnLine(text: string, offset: number, length: number): number {
  const stretch = text.slice(offset, offset + length);
  const end = stretch.search(/[\r\n]/);
  return end < 0 ? stretch.length : end;
}

/** Offset of the first half of a surrogate pair that stands alone, 0 where there is none. */
export function loneSurrogateAt(text: string): number {
  let offset = 0;
  for (const character of text) {
    if (!character.isWellFormed()) return offset;
    offset += character.length;
  }
  return 0;
}
