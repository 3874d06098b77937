import * as l10n from '@vscode/l10n';

import { isOne, oneLine, type Formatter } from '../../src/model/format.ts';
import type { SeriesUnit } from '../../src/protocol/series.ts';

/** Values of charts in words. */
export interface ValueWords {
  /** A value with its unit, `1.2 MiB/s`; `–` where there is none. */
  value(value: number | undefined, unit: SeriesUnit): string;
  /** A mark of an axis: as a value, without a unit that stands above the axis. */
  mark(value: number, unit: SeriesUnit): string;
  /** Several lines at one time: `14:03:22 KST · billing: 1,204 · audit: 88,210 · 4 more lines`. */
  line(time: string, entries: readonly ValueEntry[], unit: SeriesUnit, count: number): string;
}

/** A line's value at one time. */
interface ValueEntry {
  readonly label: string;
  /** NaN where it has none there. */
  readonly value: number;
}

/** Stands for a value that is not known. */
const NONE = '–';

/** Words for values in the language of the formatter; made once for each page. */
export function createValueWords(format: Formatter): ValueWords {
  const one = new Intl.NumberFormat(format.locale, { maximumFractionDigits: 1 });
  const two = new Intl.NumberFormat(format.locale, { maximumFractionDigits: 2 });
  const decimal = (value: number): string => {
    const size = Math.abs(value);
    if (Number.isInteger(value) || size >= 100) return format.count(Math.round(value));
    return (size >= 10 ? one : two).format(value);
  };
  const bytes = (value: number): string => (Math.abs(value) < 10 && !Number.isInteger(value) ? `${two.format(value)} B` : format.bytes(Math.round(value)));

  const words = (value: number | undefined, unit: SeriesUnit): string => {
    if (value === undefined || !Number.isFinite(value)) return NONE;
    switch (unit) {
      case 'bytesPerSecond': return l10n.t('{0}/s', bytes(value));
      case 'messagesPerSecond': return l10n.t('{0}/s', decimal(value));
      case 'bytes': return bytes(value);
      case 'milliseconds': return durationWords(value, decimal, format);
      case 'messages':
      case 'count': return decimal(value);
    }
  };
  return {
    value: words,
    mark: (value, unit) => words(value, unit === 'messagesPerSecond' ? 'count' : unit),
    line: (time, entries, unit, count) => {
      const known = entries.filter(({ value }) => !Number.isNaN(value));
      const largest = known.length > count ? known.toSorted((a, b) => b.value - a.value).slice(0, count) : known;
      const rest = known.length - largest.length;
      const parts = largest.map(({ label, value }) => `${oneLine(label)}: ${words(value, unit)}`);
      if (known.length === 0) parts.push(l10n.t('nothing recorded'));
      if (rest > 0) parts.push(isOne(rest) ? l10n.t('1 more line') : l10n.t('{0} more lines', format.count(rest)));
      return [time, ...parts].join(' · ');
    },
  };
}

/** Under a minute with its fraction: the difference between 1.2 and 1.9 seconds is what people look for. */
function durationWords(ms: number, decimal: (value: number) => string, format: Formatter): string {
  const size = Math.abs(ms);
  if (size < 1_000) return l10n.t('{0} ms', decimal(ms));
  return size < 60_000 ? l10n.t('{0} s', decimal(ms / 1_000)) : format.duration(ms);
}

/** What stands above the axis of values; undefined where each value has its unit. */
export function axisUnit(unit: SeriesUnit): string | undefined {
  if (unit === 'messages') return l10n.t('messages');
  return unit === 'messagesPerSecond' ? unitWords(unit) : undefined;
}

/** What a chart counts; undefined where its title or each value says it. */
export function unitWords(unit: SeriesUnit): string | undefined {
  switch (unit) {
    case 'bytesPerSecond': return l10n.t('bytes per second');
    case 'messagesPerSecond': return l10n.t('messages per second');
    case 'bytes': return l10n.t('bytes');
    case 'messages':
    case 'milliseconds':
    case 'count': return undefined;
  }
}

/** How much of the data a table shows, in words; every sentence stands for itself. */
export function tableNotes(
  facts: { readonly isReduced: boolean; readonly pointCount: number; readonly rows: number; readonly shownRows: number; readonly lines: number; readonly shownLines: number },
  format: Formatter,
): readonly string[] {
  const notes: string[] = [];
  if (facts.isReduced) {
    notes.push(l10n.t('Reduced from {0} points to the smallest and largest value of each time slice. "Copy CSV" has all of them.', format.count(facts.pointCount)));
  }
  if (facts.shownRows < facts.rows) notes.push(l10n.t('The newest {0} of {1} rows. Zoom in to see others.', format.count(facts.shownRows), format.count(facts.rows)));
  if (facts.shownLines < facts.lines) notes.push(l10n.t('The {0} largest of {1} lines.', format.count(facts.shownLines), format.count(facts.lines)));
  return notes;
}
