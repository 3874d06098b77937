import * as l10n from '@vscode/l10n';

import type { Formatter } from './format.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Korean time has no daylight saving (cloudfunctions.md §7.5). */
const KST_MS = 9 * 60 * MINUTE_MS;

/** Five times 29 February takes up to 24 years, and a whole round of weekdays 40 where a year has no such day: 2100. */
const FAR_DAYS = 40 * 366;

/** What the five fields hold, lowest and highest value (cloudfunctions.md §7.5). Both 0 and 7 are Sunday. */
const RANGES = [[0, 59], [0, 23], [1, 31], [1, 12], [0, 7]] as const;

type Values = ReadonlySet<number>;

interface Schedule {
  readonly minutes: Values;
  readonly hours: Values;
  readonly days: Values;
  readonly months: Values;
  readonly weekdays: Values;
  /** Where both day fields are restricted, UNIX cron takes either. */
  readonly isEitherDay: boolean;
}

/**
 * What is wrong with the schedule of a trigger, in the user's language; undefined where nothing is. Five numeric fields
 * (cloudfunctions.md §7.5): names such as MON are documented nowhere.
 */
export function cronProblem(text: string): string | undefined {
  const fields = fieldsOf(text);
  if (text.trim() === '') return l10n.t('Enter a schedule, e.g. {0}: {1}', '*/5 * * * *', fieldNames().join(', '));
  if (fields.length !== RANGES.length) return l10n.t('A schedule has five fields, this one has {0}: {1}', fields.length, fieldNames().join(', '));
  const at = RANGES.findIndex(([low, high], index) => readField(fields[index] ?? '', low, high) === undefined);
  const range = RANGES[at];
  if (range === undefined) return undefined;
  const field = fields[at] ?? '';
  const name = fieldNames()[at] ?? '';
  if (/[a-z?#]/i.test(field)) return l10n.t('"{0}" ({1}): only numbers, "*", "-", "," and "/" are supported.', field, name);
  return l10n.t('"{0}" ({1}) is not right: numbers are {2} to {3}, "*" is all of them, "1-5" a range, "1,3" a list, "*/5" every fifth.', field, name, range[0], range[1]);
}

/**
 * The next times a schedule is due, by Korean time, soonest first; fewer than asked for where it is due less often in 40 years, and
 * none where the text is no schedule.
 * @param nowMs Unix milliseconds; so is what comes back, each later than this
 */
export function nextFirings(text: string, count: number, nowMs: number): readonly number[] {
  const schedule = parse(text);
  if (schedule === undefined || count < 1) return [];
  const found: number[] = [];
  // Dates of Korea, as if they were UTC.
  const now = nowMs + KST_MS;
  const today = Math.floor(now / DAY_MS) * DAY_MS;
  for (let day = today; day < today + FAR_DAYS * DAY_MS; day += DAY_MS) {
    if (!isDay(schedule, new Date(day))) continue;
    for (const time of timesOfDay(schedule)) {
      if (day + time <= now) continue;
      found.push(day + time - KST_MS);
      if (found.length === count) return found;
    }
  }
  return found;
}

/** A time a trigger fires at, in Korea, which it says: `Mon, Nov 23, 10:00 KST`. @param ms Unix milliseconds */
export function firingText(ms: number, format: Pick<Formatter, 'locale'>): string {
  return `${koreanTime(ms, format)} KST`;
}

/** The same where the zone is said elsewhere. */
export function koreanTime(ms: number, { locale }: Pick<Formatter, 'locale'>): string {
  return new Intl.DateTimeFormat(locale, {
    timeZone: 'Asia/Seoul', weekday: 'short', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
  }).format(ms);
}

function fieldsOf(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}

function fieldNames(): readonly string[] {
  return [l10n.t('minute'), l10n.t('hour'), l10n.t('day of the month'), l10n.t('month'), l10n.t('day of the week')];
}

function parse(text: string): Schedule | undefined {
  const fields = fieldsOf(text);
  if (fields.length !== RANGES.length) return undefined;
  const [minutes, hours, days, months, weekdays] = RANGES.map(([low, high], index) => readField(fields[index] ?? '', low, high));
  if (minutes === undefined || hours === undefined || days === undefined || months === undefined || weekdays === undefined) return undefined;
  const isRestricted = (field: string | undefined): boolean => field?.startsWith('*') === false;
  return { minutes, hours, days, months, weekdays, isEitherDay: isRestricted(fields[2]) && isRestricted(fields[4]) };
}

function readField(field: string, low: number, high: number): Values | undefined {
  const values = new Set<number>();
  for (const part of field.split(',')) {
    const match = /^(?:(\*)|(\d{1,2})(?:-(\d{1,2}))?)(?:\/(\d{1,2}))?$/.exec(part);
    if (match === null) return undefined;
    const [, star, from, to, every] = match;
    const step = every === undefined ? 1 : Number(every);
    const first = star === undefined ? Number(from) : low;
    // "5/10" goes on to the end, as "5-59/10" does.
    const isOpen = star !== undefined || (to === undefined && every !== undefined);
    const last = isOpen ? high : Number(to ?? from);
    if (step === 0 || first < low || last > high || first > last) return undefined;
    for (let value = first; value <= last; value += step) values.add(value);
  }
  return values;
}

function isDay({ days, months, weekdays, isEitherDay }: Schedule, date: Date): boolean {
  if (!months.has(date.getUTCMonth() + 1)) return false;
  const weekday = date.getUTCDay();
  const isDayOfMonth = days.has(date.getUTCDate());
  const isWeekday = weekdays.has(weekday) || (weekday === 0 && weekdays.has(7));
  return isEitherDay ? isDayOfMonth || isWeekday : isDayOfMonth && isWeekday;
}

/** Milliseconds since midnight, in order. */
function* timesOfDay({ hours, minutes }: Schedule): Generator<number> {
  for (let minute = 0; minute < 24 * 60; minute += 1) {
    if (hours.has(Math.floor(minute / 60)) && minutes.has(minute % 60)) yield minute * MINUTE_MS;
  }
}
