import * as l10n from '@vscode/l10n';

/** Longest filter that is taken, in characters. */
export const MAX_FILTER_LENGTH = 200;

/** What the user typed to narrow a list, understood. */
export type Filter =
  /** Part of the name, upper or lower case. */
  | { readonly kind: 'text'; readonly text: string }
  /** The whole name, where `*` is any run of characters and `?` any one; upper or lower case. */
  | { readonly kind: 'glob'; readonly text: string }
  /** A JavaScript expression between slashes. */
  | { readonly kind: 'regexp'; readonly text: string; readonly source: string; readonly flags: string };

/** Runs a regular expression over many names; throws when that takes too long. */
export type RegExpTest = (source: string, flags: string, names: readonly string[]) => readonly boolean[];

/** A filter that cannot be used, with what to tell the user. */
export class FilterError extends Error {
  override readonly name = 'FilterError';
}

const EXPRESSION = /^\/(.+)\/([a-z]*)$/su;

/**
 * Reads a filter: `orders` (part of the name), `orders*` (whole name), `/^orders-\d+$/i` (expression).
 * @returns undefined for nothing but blanks
 * @throws FilterError where it is too long or not an expression
 */
export function parseFilter(typed: string): Filter | undefined {
  const text = typed.trim();
  if (text === '') return undefined;
  if (text.length > MAX_FILTER_LENGTH) {
    throw new FilterError(l10n.t('The filter is too long: use at most {0} characters.', String(MAX_FILTER_LENGTH)));
  }
  const expression = EXPRESSION.exec(text);
  if (expression !== null) return readExpression(text, expression[1] ?? '', expression[2] ?? '');
  return { kind: /[*?]/u.test(text) ? 'glob' : 'text', text };
}

function readExpression(text: string, source: string, flags: string): Filter {
  // `g` and `y` would make one test depend on the one before.
  if (!/^[imsuv]*$/u.test(flags)) {
    throw new FilterError(l10n.t('Use only the flags i, m, s, u and v after the expression.'));
  }
  try {
    new RegExp(source, flags);
  } catch (error) {
    throw new FilterError(l10n.t('Not a valid expression: {0}', error instanceof Error ? error.message : String(error)));
  }
  return { kind: 'regexp', text, source, flags };
}

/**
 * Which names the filter lets through, in their order. Text and globs take time in proportion to the name;
 * expressions are handed to `testRegExp`, which has a time limit.
 */
export function matchNames(filter: Filter, names: readonly string[], testRegExp: RegExpTest): readonly boolean[] {
  if (filter.kind === 'regexp') return testRegExp(filter.source, filter.flags, names);
  const wanted = folded(filter.text);
  if (filter.kind === 'text') return names.map((name) => folded(name).includes(wanted));
  const pattern = Array.from(wanted);
  return names.map((name) => matchesGlob(pattern, Array.from(folded(name))));
}

function folded(text: string): string {
  return text.normalize('NFC').toLowerCase();
}

/** Greedy with one point of return: at worst pattern × name steps, never exponential. */
function matchesGlob(pattern: readonly string[], name: readonly string[]): boolean {
  let p = 0;
  let n = 0;
  let star = -1;
  let starName = 0;
  while (n < name.length) {
    const wanted = pattern[p];
    if (wanted === '*') {
      star = p;
      starName = n;
      p += 1;
    } else if (wanted === '?' || (wanted !== undefined && wanted === name[n])) {
      p += 1;
      n += 1;
    } else if (star >= 0) {
      p = star + 1;
      starName += 1;
      n = starName;
    } else {
      return false;
    }
  }
  while (pattern[p] === '*') p += 1;
  return p === pattern.length;
}

/**
 * The longest text every match must contain: what a service with a search of its own is asked for.
 * @returns undefined for expressions and for globs of nothing but `*` and `?`
 */
export function literalPart(filter: Filter): string | undefined {
  if (filter.kind === 'regexp') return undefined;
  if (filter.kind === 'text') return filter.text;
  const parts = filter.text.split(/[*?]+/u);
  const longest = parts.reduce((best, part) => (part.length > best.length ? part : best), '');
  return longest === '' ? undefined : longest;
}
