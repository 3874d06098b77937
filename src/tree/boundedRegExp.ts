import { runInNewContext } from 'node:vm';

import * as l10n from '@vscode/l10n';

import { FilterError } from '../model/filter.ts';

/** Milliseconds a filter may take over a whole list. */
const TIME_LIMIT_MS = 200;

const PROGRAM = 'const e = new RegExp(source, flags); names.map((name) => e.test(name));';

/**
 * Tests an expression the user typed against many names. JavaScript's own engine can take forever over one name, and nothing
 * but `node:vm` can stop it, so the work is done there under a time limit.
 * @throws FilterError when the limit is reached or the expression is wrong
 */
export function testRegExp(source: string, flags: string, names: readonly string[]): readonly boolean[] {
  const options = { timeout: TIME_LIMIT_MS, contextCodeGeneration: { strings: false, wasm: false } };
  try {
    const answer: unknown = runInNewContext(PROGRAM, { source, flags, names: [...names] }, options);
    return Array.isArray(answer) ? answer.map((isMatch) => isMatch === true) : names.map(() => false);
  } catch (error) {
    throw new FilterError(l10n.t('The expression takes too long. Use a simpler one.'), { cause: error });
  }
}
