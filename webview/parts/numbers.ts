import * as l10n from '@vscode/l10n';

import type { Formatter } from '../../src/model/format.ts';
import type { Whole } from '../../src/protocol/whole.ts';

/** Stands where a value is not known. */
export const UNKNOWN = '–';

/** Numbers of a page as text. Made once for each page: the language's data is slow to load. */
export interface Numbers {
  /** A whole number of any size with all its digits, `9,007,199,254,740,993`. */
  whole(value: Whole | number | undefined): string;
  /** Messages a second, `12/s`; below ten with one decimal. */
  rate(perSecond: number | undefined): string;
  /** A part of a whole, 0 to 1, as per cent with at most one decimal. */
  share(part: number | undefined): string;
  /** A whole number in as few characters as the language has for it, `88K`: for cells too narrow for all digits. */
  brief(value: bigint): string;
}

/** Numbers in the language of a formatter. */
export function createNumbers(format: Formatter): Numbers {
  const tenths = new Intl.NumberFormat(format.locale, { maximumFractionDigits: 1 });
  const ones = new Intl.NumberFormat(format.locale, { maximumFractionDigits: 0 });
  const percent = new Intl.NumberFormat(format.locale, { style: 'percent', maximumFractionDigits: 1 });
  const compact = new Intl.NumberFormat(format.locale, { notation: 'compact', maximumFractionDigits: 1 });
  return {
    whole(value) {
      const count = typeof value === 'number' ? value : wholeOf(value);
      return count === undefined ? UNKNOWN : format.count(count);
    },
    rate(perSecond) {
      if (perSecond === undefined || !Number.isFinite(perSecond)) return UNKNOWN;
      if (perSecond > 0 && perSecond < 0.05) return l10n.t('under {0}', l10n.t('{0}/s', tenths.format(0.1)));
      return l10n.t('{0}/s', (perSecond < 10 ? tenths : ones).format(perSecond));
    },
    share(part) {
      if (part === undefined || !Number.isFinite(part)) return UNKNOWN;
      // What is there is not nothing, however small it is.
      return part > 0 && part < 0.0005 ? l10n.t('under {0}', percent.format(0.001)) : percent.format(part);
    },
    brief: (value) => compact.format(value),
  };
}

/** The number that a decimal text is; undefined where it is none. */
export function wholeOf(text: Whole | undefined): bigint | undefined {
  return text !== undefined && /^-?\d+$/.test(text) ? BigInt(text) : undefined;
}

/** Order of two whole numbers by their value; what is not known comes first. */
export function compareWholes(a: Whole | undefined, b: Whole | undefined): number {
  return compareKnown(wholeOf(a), wholeOf(b));
}

/** Order of two numbers; what is not known comes first. */
export function compareKnown<T extends number | bigint>(a: T | undefined, b: T | undefined): number {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined);
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Whether a number is known and more than nothing. */
export function isSome(text: Whole | undefined): boolean {
  return (wholeOf(text) ?? 0n) > 0n;
}
