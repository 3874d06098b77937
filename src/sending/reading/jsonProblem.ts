import { type ParseErrorCode, printParseErrorCode, visit } from 'jsonc-parser';

import { MAX_KEPT_LENGTH } from './foundPart.ts';
import { elementsOf, JsonTokens, membersOf, type Span } from './jsonTokens.ts';

/** Why a text is not JSON, as a word of jsonc-parser (`CommaExpected`, …); `NotJson` where it cannot say more. */
export type JsonProblemCode = ReturnType<typeof printParseErrorCode> | 'NotJson';

/** Where a text stops being JSON. */
export interface JsonProblem {
  readonly code: JsonProblemCode;
  /** UTF-16 code units from the start of the text. */
  readonly offset: number;
  readonly length: number;
}

/**
 * The first place where a text is not JSON, or `undefined` where it is. `JSON.parse` decides (comments and trailing
 * commas are not JSON, whatever the editor calls the document); jsonc-parser only says where.
 */
export function findJsonProblem(text: string): JsonProblem | undefined {
  return isJson(text) ? undefined : locate(text);
}

/**
 * As {@link findJsonProblem}, but never holds more than one element of a list in memory, and yields now and then so that others can run.
 * An element that is too long for any message is not looked into.
 */
export function* findDocumentProblem(text: string): Generator<undefined, JsonProblem | undefined> {
  const pieces = piecesOf(text);
  let known = NOTHING;
  for (let piece = pieces.next(); ; piece = pieces.next()) {
    if (piece.done === true) return piece.value ? undefined : locate(text, known);
    if (piece.value !== undefined) {
      const { span, tokens, short } = piece.value;
      if (tokens.hasComment || !isFine(text, span)) return locate(text, known);
      known = { end: span.end, short };
    }
    yield;
  }
}

/** What is known to be JSON, as far as it goes: up to where, and something short that could stand in its place, with a blank behind it. */
interface Known {
  readonly end: number;
  readonly short: string;
}

const NOTHING: Known = { end: 0, short: '' };

/** What has to be JSON for itself, so that the text is; `short` could stand in the place of all up to its end. */
interface Piece {
  readonly span: Span;
  readonly tokens: JsonTokens;
  readonly short: string;
}

function isFine(text: string, { start, end }: Span): boolean {
  return end - start > MAX_KEPT_LENGTH || isJson(text.slice(start, end));
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function* piecesOf(text: string): Generator<Piece | undefined, boolean> {
  const tokens = new JsonTokens(text);
  let isWhole: boolean;
  if (tokens.is('[')) isWhole = yield* piecesOfList(tokens, '[0 ');
  else if (tokens.is('{')) isWhole = yield* piecesOfObject(tokens);
  else {
    const span = yield* tokens.passValue();
    if (span === undefined) return false;
    yield { span, tokens, short: '0 ' };
    isWhole = true;
  }
  return isWhole && tokens.is('') && !tokens.hasComment;
}

function* piecesOfList(tokens: JsonTokens, short: string): Generator<Piece | undefined, boolean> {
  const elements = elementsOf(tokens);
  for (let element = elements.next(); ; element = elements.next()) {
    if (element.done === true) return element.value;
    yield element.value === undefined ? undefined : { span: element.value, tokens, short };
  }
}

function* piecesOfObject(tokens: JsonTokens): Generator<Piece | undefined, boolean> {
  const members = membersOf(tokens);
  for (let member = members.next(); ; member = members.next()) {
    if (member.done === true) return member.value;
    if (member.value === undefined) {
      yield;
      continue;
    }
    const { name, value } = member.value;
    yield { span: name, tokens, short: '{"" ' };
    if (tokens.text.charAt(value.start) !== '[') yield { span: value, tokens, short: '{"":0 ' };
    else if (!(yield* piecesOfList(new JsonTokens(tokens.text, value.start), '{"":[0 '))) return false;
  }
}

/** So far behind the first problem no other is looked for. */
const FAR = 1_000;

/** Only what comes behind that what is known is gone through. */
function locate(text: string, { end, short }: Known = NOTHING): JsonProblem {
  let first: { readonly code: ParseErrorCode; readonly offset: number; readonly length: number } | undefined;
  const onError = (code: ParseErrorCode, offset: number, length: number): void => {
    if (first === undefined || offset < first.offset) first = { code, offset, length };
  };
  const goOn = (offset: number): void => {
    if (first !== undefined && offset > first.offset + FAR) throw new RangeError('Found');
  };
  const onLiteralValue = (_value: unknown, offset: number): void => goOn(offset);
  const onSeparator = (_mark: string, offset: number): void => goOn(offset);
  try {
    visit(short + text.slice(end), { onError, onLiteralValue, onSeparator }, { disallowComments: true, allowTrailingComma: false });
  } catch {
    // Found; or, as it is recursive, a text nested some ten thousand levels deep ended its stack, and then nobody can say where.
  }
  if (first === undefined) return { code: 'NotJson', offset: end, length: 0 };
  return { code: printParseErrorCode(first.code), offset: Math.max(end, first.offset - short.length + end), length: first.length };
}
