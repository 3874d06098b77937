import { Buffer } from 'node:buffer';

import * as l10n from '@vscode/l10n';

import { isOne } from '../../../model/format.ts';
import type { Formatter } from '../../../model/format.ts';

/** How many lines one text has that the other has not. */
export interface LineChange {
  readonly added: number;
  readonly removed: number;
}

/** As many comparisons are a few milliseconds. Beyond, lines are counted without their order. */
const MAX_COMPARISONS = 4_000_000;

/**
 * How the lines of two texts differ: exactly for changes of up to some two thousand lines each way. For larger ones a line that only moved
 * counts for nothing, and the time grows with the length of the texts alone.
 */
export function lineChange(from: string, to: string): LineChange {
  const [before, after] = [linesOf(from), linesOf(to)];
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let end = 0;
  const most = Math.min(before.length, after.length) - start;
  while (end < most && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  const [old, fresh] = [before.slice(start, before.length - end), after.slice(start, after.length - end)];
  const common = old.length * fresh.length <= MAX_COMPARISONS ? longestCommon(old, fresh) : commonAnywhere(old, fresh);
  return { added: fresh.length - common, removed: old.length - common };
}

/** What changes in a text: `3 lines added, 1 removed (1.2 KiB → 1.3 KiB)`. */
export function codeChangeText(from: string, to: string, format: Formatter): string {
  const { added, removed } = lineChange(from, to);
  const sizes = l10n.t('{0} → {1}', format.bytes(Buffer.byteLength(from)), format.bytes(Buffer.byteLength(to)));
  return l10n.t('{0} ({1})', linesText(added, removed, format), sizes);
}

function linesText(added: number, removed: number, format: Formatter): string {
  if (added === 0 && removed === 0) return l10n.t('only line ends or spacing');
  if (removed === 0) return isOne(added) ? l10n.t('{0} line added', format.count(added)) : l10n.t('{0} lines added', format.count(added));
  if (added === 0) return isOne(removed) ? l10n.t('{0} line removed', format.count(removed)) : l10n.t('{0} lines removed', format.count(removed));
  return isOne(added)
    ? l10n.t('{0} line added, {1} removed', format.count(added), format.count(removed))
    : l10n.t('{0} lines added, {1} removed', format.count(added), format.count(removed));
}

/** An empty text has no line. */
function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.split(/\r\n|\n|\r/);
}

/** Length of the longest common subsequence; two rows of the table suffice. */
function longestCommon(a: readonly string[], b: readonly string[]): number {
  let above = new Uint32Array(b.length + 1);
  for (const line of a) {
    const row = new Uint32Array(b.length + 1);
    for (const [n, other] of b.entries()) row[n + 1] = line === other ? (above[n] ?? 0) + 1 : Math.max(above[n + 1] ?? 0, row[n] ?? 0);
    above = row;
  }
  return above[b.length] ?? 0;
}

function commonAnywhere(a: readonly string[], b: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const line of a) counts.set(line, (counts.get(line) ?? 0) + 1);
  let common = 0;
  for (const line of b) {
    const left = counts.get(line) ?? 0;
    if (left === 0) continue;
    counts.set(line, left - 1);
    common += 1;
  }
  return common;
}
