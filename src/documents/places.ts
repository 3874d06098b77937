/** A place in a text, both counted from 0. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A part of a text, in UTF-16 code units. */
export interface Span {
  readonly offset: number;
  readonly length: number;
}

/** Something wrong with a text, in the user's language, and where. */
export interface Finding extends Span {
  readonly message: string;
}

const LINE_END = /\r\n|\n|\r/g;

/** The line of an offset and the column in it. */
export function placeOf(text: string, offset: number): Place {
  return placesIn(text.slice(0, offset))(offset);
}

/** The same for many places of one text, which is looked through once. */
export function placesIn(text: string): (offset: number) => Place {
  const starts = [0, ...Array.from(text.matchAll(LINE_END), ({ index, 0: end }) => index + end.length)];
  return (offset) => {
    const line = lastAtMost(starts, offset);
    return { line, column: offset - (starts[line] ?? 0) };
  };
}

/** Where the last of the ascending numbers stands that is not above a limit. */
function lastAtMost(numbers: readonly number[], limit: number): number {
  let low = 0;
  let high = numbers.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((numbers[middle] ?? 0) <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}
