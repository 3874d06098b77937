import type { Place } from '../message.ts';

/** One line of a text, without its line break. */
export interface Line {
  /** Empty where the line was too long to be kept. */
  readonly text: string;
  readonly place: Place;
  /** Length in UTF-8 of a line that was too long to be kept. */
  readonly lostBytes?: number;
}

/** Counts UTF-8 bytes of a text that comes in pieces, which may cut a surrogate pair. */
export class ByteCount {
  #bytes = 0;
  #half = '';

  add(piece: string): void {
    const text = this.#half + piece;
    const last = text.charCodeAt(text.length - 1);
    this.#half = last >= 0xd800 && last <= 0xdbff ? text.slice(-1) : '';
    this.#bytes += Buffer.byteLength(this.#half === '' ? text : text.slice(0, -1));
  }

  get total(): number {
    return this.#bytes + Buffer.byteLength(this.#half);
  }
}

/**
 * Cuts a text that comes in pieces into lines, wherever the pieces end. A line ends with LF, CRLF or CR, as in the editor; U+2028 ends
 * none, as it may stand in a JSON string.
 */
export class LineSplitter {
  readonly #maxLength: number;
  #line: number;
  #column: number;
  #rest = '';
  #lost: ByteCount | undefined;
  #endsInReturn = false;

  /** @param maxLength UTF-16 code units; of a longer line, only the bytes are counted */
  constructor(start: Place, maxLength: number) {
    this.#line = start.line;
    this.#column = start.column;
    this.#maxLength = maxLength;
  }

  /** The lines that end in this piece. */
  *push(piece: string): Generator<Line> {
    let from = this.#endsInReturn && piece.startsWith('\n') ? 1 : 0;
    if (piece !== '') this.#endsInReturn = false;
    let feed = piece.indexOf('\n', from);
    let back = piece.indexOf('\r', from);
    while (feed >= 0 || back >= 0) {
      const isReturn = back >= 0 && (feed < 0 || back < feed);
      const end = isReturn ? back : feed;
      yield this.#take(piece.slice(from, end));
      from = end + 1;
      if (isReturn) {
        this.#endsInReturn = from === piece.length;
        if (piece.charAt(from) === '\n') from += 1;
        back = piece.indexOf('\r', from);
      }
      if (feed >= 0 && feed < from) feed = piece.indexOf('\n', from);
    }
    this.#keep(piece.slice(from));
  }

  /** The last line, which no line break ends. */
  end(): Line {
    return this.#take('');
  }

  #take(last: string): Line {
    this.#keep(last);
    const lost = this.#lost === undefined ? {} : { lostBytes: this.#lost.total };
    const line = { text: this.#rest, place: { line: this.#line, column: this.#column }, ...lost };
    this.#rest = '';
    this.#lost = undefined;
    this.#line += 1;
    this.#column = 1;
    return line;
  }

  #keep(piece: string): void {
    if (this.#lost === undefined && this.#rest.length + piece.length <= this.#maxLength) {
      this.#rest = this.#rest === '' ? piece : this.#rest + piece;
      return;
    }
    this.#lost ??= new ByteCount();
    this.#lost.add(this.#rest);
    this.#lost.add(piece);
    this.#rest = '';
  }
}
