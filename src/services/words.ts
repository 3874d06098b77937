import * as l10n from '@vscode/l10n';

import { isOne } from '../model/format.ts';
import type { Formatter } from '../model/format.ts';

/** "3 topics" */
export function topicsText(format: Formatter, count: number | bigint): string {
  return isOne(count) ? l10n.t('{0} topic', format.count(count)) : l10n.t('{0} topics', format.count(count));
}

/** "2 packages" */
export function packagesText(format: Formatter, count: number | bigint): string {
  return isOne(count) ? l10n.t('{0} package', format.count(count)) : l10n.t('{0} packages', format.count(count));
}

/** "5 partitions" */
export function partitionsText(format: Formatter, count: number | bigint): string {
  return isOne(count) ? l10n.t('{0} partition', format.count(count)) : l10n.t('{0} partitions', format.count(count));
}

/** "12,480,112 messages" */
export function messagesText(format: Formatter, count: number | bigint): string {
  return isOne(count) ? l10n.t('{0} message', format.count(count)) : l10n.t('{0} messages', format.count(count));
}

/** A word of the service and what it means, e.g. "WARNING (has a warning)"; the meaning alone where it told no word. */
export function statusText(word: string | undefined, meaning: string): string {
  return word === undefined || word.toLowerCase() === meaning.toLowerCase() ? (word ?? meaning) : `${word} (${meaning})`;
}

/** The value through the function, where there is one. */
export function ifKnown<T, R>(value: T | undefined, use: (value: T) => R): R | undefined {
  return value === undefined ? undefined : use(value);
}
