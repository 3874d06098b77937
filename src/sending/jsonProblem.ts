import { parse, type ParseError, printParseErrorCode } from 'jsonc-parser';

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
  try {
    JSON.parse(text);
    return undefined;
  } catch {
    return locate(text);
  }
}

function locate(text: string): JsonProblem {
  const errors: ParseError[] = [];
  try {
    parse(text, errors, { disallowComments: true, allowTrailingComma: false });
  } catch {
    // Recursive: a text nested some ten thousand levels deep ends its stack, and then nobody can say where.
    return { code: 'NotJson', offset: 0, length: 0 };
  }
  const first = errors.reduce<ParseError | undefined>(
    (best, error) => (best === undefined || error.offset < best.offset ? error : best),
    undefined,
  );
  if (first === undefined) return { code: 'NotJson', offset: 0, length: 0 };
  return { code: printParseErrorCode(first.error), offset: first.offset, length: first.length };
}
