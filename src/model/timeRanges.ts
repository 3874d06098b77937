import * as l10n from '@vscode/l10n';

import type { Formatter } from './format.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Presets of the range, shortest first, in milliseconds: the statistics go from 60 seconds to 30 days a query (easyqueue.md §2.4). */
export const PRESETS = {
  '15m': 15 * MINUTE_MS,
  '1h': HOUR_MS,
  '3h': 3 * HOUR_MS,
  '6h': 6 * HOUR_MS,
  '12h': 12 * HOUR_MS,
  '24h': DAY_MS,
  '3d': 3 * DAY_MS,
  '7d': 7 * DAY_MS,
  '30d': 30 * DAY_MS,
} as const;

/** Name of a preset. */
export type RangePreset = keyof typeof PRESETS;

/** A range of time: the last so long, moving with the clock, or from one time to another. */
export type RangeOfTime = { readonly last: RangePreset } | TimeBounds;

/** From one time to another, Unix milliseconds. */
export interface TimeBounds {
  readonly fromMs: number;
  readonly toMs: number;
}

/** What a service lets one ask for; milliseconds. */
export interface RangeLimits {
  readonly shortestMs: number;
  readonly longestMs: number;
  /** How long ago a range can begin: what is older is not kept. */
  readonly oldestMs: number;
}

/** EasyQueue's statistics: 60 seconds to 30 days, kept for 90 days (easyqueue.md §2.4 and codes 4000301, 4000302). */
export const STATISTICS_LIMITS: RangeLimits = { shortestMs: MINUTE_MS, longestMs: 30 * DAY_MS, oldestMs: 90 * DAY_MS };

/** From when to when a range goes now. */
export function boundsOf(range: RangeOfTime, nowMs: number): TimeBounds {
  return 'last' in range ? { fromMs: nowMs - PRESETS[range.last], toMs: nowMs } : { fromMs: range.fromMs, toMs: range.toMs };
}

/**
 * What is wrong with a range, in one sentence of the user's language, and what to do; undefined where it can be asked for. The end may be up to
 * a minute ahead: fields for times know no seconds.
 * @param fromMs Unix milliseconds, as all three; NaN where it could not be read
 * @param limits those of the service: {@link STATISTICS_LIMITS}
 */
export function rangeProblem(fromMs: number, toMs: number, nowMs: number, limits: RangeLimits, format: Pick<Formatter, 'duration'>): string | undefined {
  if (!Number.isFinite(fromMs) || !Number.isFinite(toMs)) return l10n.t('Enter a start and an end.');
  if (toMs <= fromMs) return l10n.t('The end has to be later than the start.');
  if (toMs > nowMs + MINUTE_MS) return l10n.t('Enter a time that is not in the future.');
  if (toMs - fromMs < limits.shortestMs) return l10n.t('Choose a range of at least {0}.', format.duration(limits.shortestMs));
  if (fromMs < nowMs - limits.oldestMs) return l10n.t('Choose a later start: data is kept for {0}.', format.duration(limits.oldestMs));
  if (toMs - fromMs > limits.longestMs) return l10n.t('Choose a range of at most {0}.', format.duration(limits.longestMs));
  return undefined;
}

/** Names of the setting's time zones: that of the machine, Korea's, UTC. */
type ZoneChoice = 'local' | 'Asia/Seoul' | 'UTC';

/** Writes times of one zone, in digits from the year to the second: they stand in columns, and need no language. */
export interface TimeFormat {
  readonly zone: ZoneChoice;
  /** `14:03:22`; with the time that it is now, the day stands in front where it is another: `11-21 14:03:22`. Unix milliseconds. */
  clock(ms: number, nowMs?: number): string;
  /** `14:03:22 KST` */
  clockZone(ms: number): string;
  /** `2026-11-22 14:03:22` */
  dateTime(ms: number): string;
  /** `2026-11-22 14:03:22 KST` */
  dateTimeZone(ms: number): string;
  /** `KST`, `JST`, `UTC`, else as the language writes it: `GMT+2`, `EST`. It can change with the time of year. */
  zoneName(ms: number): string;
}

/** Names that language data does not have: it writes `GMT+9` for both. */
const ZONE_NAMES: Readonly<Record<string, string>> = { 'Asia/Seoul': 'KST', 'Asia/Tokyo': 'JST', UTC: 'UTC', 'Etc/UTC': 'UTC' };

/** Clocks are changed at a whole quarter of an hour: within one, the zone's offset is the same. */
const QUARTER_MS = 15 * MINUTE_MS;
const MAX_QUARTERS = 4_096;

/**
 * Times of one zone; what is no time is empty. Fast enough for every row of a long table: the zone is looked up once a quarter of an hour of data.
 * @param locale a language tag, for zones that have no name of their own; one the runtime does not know falls back to English
 * @param localZone the machine's zone, an IANA name; asked of the runtime unless given
 */
export function timeFormat(locale: string, zone: ZoneChoice, localZone?: string): TimeFormat {
  const timeZone = zone === 'local' ? localZone : zone;
  const offset = offsets(timeZone);
  const zoneName = zoneNames(locale, timeZone);
  const dateTime = (ms: number): string => (isTime(ms) ? isoText(ms + offset(ms)) : '');
  const clock = (ms: number): string => dateTime(ms).slice(11);
  const withZone = (text: string, ms: number): string => (text === '' ? '' : `${text} ${zoneName(ms)}`);
  return {
    zone,
    clock: (ms, nowMs) => (nowMs === undefined || dateTime(ms).slice(0, 10) === dateTime(nowMs).slice(0, 10) ? clock(ms) : dateTime(ms).slice(5)),
    clockZone: (ms) => withZone(clock(ms), ms),
    dateTime,
    dateTimeZone: (ms) => withZone(dateTime(ms), ms),
    zoneName,
  };
}

/** From year 1000 to 9998: of four digits in every zone. */
function isTime(ms: number): boolean {
  return ms >= -30_609_000_000_000 && ms < 253_370_764_800_000;
}

/** `2026-11-22 14:03:22`, of UTC. */
function isoText(ms: number): string {
  return new Date(ms).toISOString().slice(0, -5).replace('T', ' ');
}

/** What has to be added to UTC, milliseconds. */
function offsets(timeZone: string | undefined): (ms: number) => number {
  let clock: Intl.DateTimeFormat | undefined;
  const known = new Map<number, number>();
  return (ms) => {
    const quarter = Math.floor(ms / QUARTER_MS);
    const before = known.get(quarter);
    if (before !== undefined) return before;
    // Made when first needed: language data takes long to load.
    clock ??= new Intl.DateTimeFormat('en-u-nu-latn-ca-iso8601', {
      ...zoneOption(timeZone),
      year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric', hourCycle: 'h23',
    });
    const found = offsetAt(clock, quarter * QUARTER_MS);
    if (known.size >= MAX_QUARTERS) known.clear();
    known.set(quarter, found);
    return found;
  };
}

function offsetAt(clock: Intl.DateTimeFormat, ms: number): number {
  const parts = new Map(clock.formatToParts(ms).map(({ type, value }) => [type, Number(value)]));
  const part = (wanted: Intl.DateTimeFormatPartTypes): number => parts.get(wanted) ?? 0;
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second')) - Math.floor(ms / 1000) * 1000;
}

function zoneNames(locale: string, timeZone: string | undefined): (ms: number) => string {
  let names: Intl.DateTimeFormat | undefined;
  return (ms) => {
    if (!isTime(ms)) return '';
    names ??= new Intl.DateTimeFormat(supportedLocale(locale), { ...zoneOption(timeZone), timeZoneName: 'short' });
    const told = names.formatToParts(ms).find(({ type }) => type === 'timeZoneName')?.value;
    return ZONE_NAMES[names.resolvedOptions().timeZone] ?? told ?? '';
  };
}

function zoneOption(timeZone: string | undefined): { readonly timeZone?: string } {
  return timeZone === undefined ? {} : { timeZone };
}

function supportedLocale(locale: string): string {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf([locale])[0] ?? 'en';
  } catch {
    return 'en';
  }
}
