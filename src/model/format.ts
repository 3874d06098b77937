import * as l10n from '@vscode/l10n';

/** Writes numbers for people: separators of the locale, never a rounded count, units of two or three letters. */
export interface Formatter {
  readonly locale: string;
  /** Order of two names: by the language's rules, and `orders-9` before `orders-10`. */
  compare(a: string, b: string): number;
  /** A whole number in full with the locale's separators, e.g. `12,480,112`; 64-bit values keep every digit. */
  count(value: number | bigint): string;
  /** Bytes in B, KiB, MiB, GiB, TiB, PiB or EiB with at most one decimal, e.g. `3.1 GiB`. */
  bytes(value: number | bigint): string;
  /** Milliseconds in their two largest neighbouring units, e.g. `7 d`, `1 d 12 h`, `43 s`, `350 ms`. */
  duration(ms: number): string;
}

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'] as const;
const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/**
 * A formatter for one language.
 * @param locale a language tag such as `ko`; one the runtime does not know falls back to English
 */
export function createFormatter(locale: string): Formatter {
  // Made when first needed: the language data takes longer to load than all of the extension.
  const tag = once(() => supportedLocale(locale));
  const whole = once(() => new Intl.NumberFormat(tag(), { maximumFractionDigits: 0 }));
  const tenths = once(() => new Intl.NumberFormat(tag(), { maximumFractionDigits: 1 }));
  const names = once(() => new Intl.Collator(tag(), { numeric: true }));
  const count = (value: number | bigint): string => whole().format(value);
  return {
    get locale() {
      return tag();
    },
    compare: (a, b) => names().compare(a, b),
    count,
    bytes: (value) => formatBytes(toWhole(value), tenths()),
    duration: (ms) => formatDuration(ms, count),
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

function supportedLocale(locale: string): string {
  try {
    return Intl.NumberFormat.supportedLocalesOf([locale])[0] ?? 'en';
  } catch {
    return 'en';
  }
}

function toWhole(value: number | bigint): bigint {
  if (typeof value === 'bigint') return value;
  return Number.isFinite(value) ? BigInt(Math.trunc(value)) : 0n;
}

function formatBytes(value: bigint, tenths: Intl.NumberFormat): string {
  const sign = value < 0n ? '-' : '';
  const size = value < 0n ? -value : value;
  let step = 0;
  let divisor = 1n;
  // A value that rounds up to 1,024 of a unit is shown as 1 of the next.
  while (step < UNITS.length - 1 && roundedTenths(size, divisor) >= 10_240n) {
    step += 1;
    divisor *= 1024n;
  }
  return `${sign}${tenths.format(Number(roundedTenths(size, divisor)) / 10)} ${UNITS[step] ?? 'B'}`;
}

function roundedTenths(size: bigint, divisor: bigint): bigint {
  return (size * 10n + divisor / 2n) / divisor;
}

function formatDuration(ms: number, count: (value: number) => string): string {
  if (!Number.isFinite(ms)) return '–';
  const sign = ms < 0 ? '-' : '';
  const rest = Math.abs(Math.trunc(ms));
  if (rest < SECOND_MS) return `${sign}${l10n.t('{0} ms', count(rest))}`;
  const days = Math.floor(rest / DAY_MS);
  const hours = Math.floor(rest / HOUR_MS) % 24;
  const minutes = Math.floor(rest / MINUTE_MS) % 60;
  const seconds = Math.floor(rest / SECOND_MS) % 60;
  if (days > 0) return sign + pair(l10n.t('{0} d', count(days)), hours, l10n.t('{0} h', count(hours)));
  if (hours > 0) return sign + pair(l10n.t('{0} h', count(hours)), minutes, l10n.t('{0} min', count(minutes)));
  if (minutes > 0) return sign + pair(l10n.t('{0} min', count(minutes)), seconds, l10n.t('{0} s', count(seconds)));
  return sign + l10n.t('{0} s', count(seconds));
}

function pair(large: string, smallValue: number, small: string): string {
  return smallValue === 0 ? large : `${large} ${small}`;
}

/** Whether English takes the singular; Korean and Japanese have one form for both. */
export function isOne(value: number | bigint): boolean {
  return value === 1 || value === 1n;
}

/** Facts of one row, at most three, in the order of their use; what is unknown is left out. */
export function facts(...parts: readonly (string | undefined)[]): string {
  return parts
    .filter((part) => part !== undefined && part !== '')
    .slice(0, 3)
    .join(' · ');
}

/** Control characters, line breaks, and the marks that turn text around: they could make one name look like another. */
const HIDDEN = /[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/gu;
const MAX_LINE = 300;

/** A text from a service as one line for a label: line breaks and hidden characters become blanks, at most 300 characters. */
export function oneLine(text: string): string {
  const line = text.toWellFormed().replace(HIDDEN, ' ');
  return line.length <= MAX_LINE ? line : `${line.slice(0, MAX_LINE).toWellFormed()}…`;
}

/** A text for a place where the editor draws `$(name)` as an icon: nothing in it is one. */
export function withoutIcons(text: string): string {
  return text.replaceAll('$(', '$ (');
}
