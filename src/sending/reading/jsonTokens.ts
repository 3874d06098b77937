import { createScanner, type JSONScanner } from 'jsonc-parser';

/** A stretch of a text, in UTF-16 code units; `end` is behind the last one. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A property of an object: its name with quotes, and its value. */
export interface Member {
  readonly name: Span;
  readonly value: Span;
}

const NO_VALUE = ',:]}';

/** Others may want to run after so many tokens: a tenth of a millisecond. */
const REST_AFTER = 1_000;

/**
 * The tokens of a JSON text, one at a time, without blanks and comments. Goes through any text without failing, and as deep as it is
 * nested: only brackets are counted.
 */
export class JsonTokens {
  readonly text: string;
  /** Of the token it stands at. */
  start = 0;
  end = 0;
  /** First character of the token it stands at, which tells what it is; empty at the end of the text. */
  mark = '';
  /** Whether a comment was passed, which JSON does not have. */
  hasComment = false;
  readonly #scanner: JSONScanner;
  #passed = 0;

  constructor(text: string, from = 0) {
    this.text = text;
    this.#scanner = createScanner(text, false);
    this.#scanner.setPosition(from);
    this.next();
  }

  /** Whether the token it stands at begins with this character; the empty one is the end of the text. */
  is(mark: string): boolean {
    return this.mark === mark;
  }

  /** Goes on to the next token. */
  next(): void {
    do {
      this.#scanner.scan();
      this.start = this.#scanner.getTokenOffset();
      this.end = this.#scanner.getPosition();
      this.mark = this.text.charAt(this.start);
    } while (this.mark !== '' && (isBlank(this.mark) || this.#isComment()));
  }

  /**
   * Goes behind the value it stands at, or to the end of the text where the value has none. Yields now and then where that takes long.
   * @returns `undefined` where there is no value
   */
  *passValue(): Generator<undefined, Span | undefined> {
    const { start } = this;
    if (this.is('') || NO_VALUE.includes(this.mark)) return undefined;
    let depth = 0;
    let end: number;
    do {
      if (this.is('{') || this.is('[')) depth += 1;
      else if (this.is('}') || this.is(']')) depth -= 1;
      ({ end } = this);
      this.next();
      this.#passed += 1;
      if (this.#passed % REST_AFTER === 0) yield;
    } while (depth > 0 && !this.is(''));
    return { start, end };
  }

  #isComment(): boolean {
    // A slash alone is a token of one character.
    const isComment = this.mark === '/' && this.end - this.start > 1;
    this.hasComment ||= isComment;
    return isComment;
  }
}

/**
 * The elements of the array the tokens stand at, each when it was passed; the tokens must not be moved meanwhile. Yields `undefined` now
 * and then where that takes long.
 * @returns whether the array is whole: commas between the elements only, and a bracket at the end
 */
export function* elementsOf(tokens: JsonTokens): Generator<Span | undefined, boolean> {
  tokens.next();
  let isOpen = !tokens.is(']');
  while (isOpen) {
    const element = yield* tokens.passValue();
    if (element === undefined) return false;
    yield element;
    isOpen = tokens.is(',');
    if (isOpen) tokens.next();
    else if (!tokens.is(']')) return false;
  }
  tokens.next();
  return true;
}

/**
 * The properties of the object the tokens stand at, each when it was passed; the tokens must not be moved meanwhile. Yields `undefined`
 * now and then where that takes long.
 * @returns whether the object is whole
 */
export function* membersOf(tokens: JsonTokens): Generator<Member | undefined, boolean> {
  tokens.next();
  let isOpen = !tokens.is('}');
  while (isOpen) {
    const name = tokens.is('"') ? yield* tokens.passValue() : undefined;
    if (name === undefined || !tokens.is(':')) return false;
    tokens.next();
    const value = yield* tokens.passValue();
    if (value === undefined) return false;
    yield { name, value };
    isOpen = tokens.is(',');
    if (isOpen) tokens.next();
    else if (!tokens.is('}')) return false;
  }
  tokens.next();
  return true;
}

/** The same without a rest between: for texts that are short, or whose beginning is enough. */
export function* allMembersOf(tokens: JsonTokens): Generator<Member, void> {
  for (const member of membersOf(tokens)) if (member !== undefined) yield member;
}

function isBlank(mark: string): boolean {
  return mark === ' ' || mark === '\n' || mark === '\r' || mark === '\t';
}

/** The string a token stands for; `undefined` where it is none. */
export function stringOf(text: string, { start, end }: Span): string | undefined {
  if (text.charAt(start) !== '"') return undefined;
  const token = text.slice(start, end);
  try {
    return JSON.parse(token) as string;
  } catch {
    return undefined;
  }
}
