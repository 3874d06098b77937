import { koreanDate } from '../time.ts';

/** The minutes at which a schedule is due: allowed values of minute, hour, day, month, weekday. */
export interface Schedule {
  readonly minutes: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  readonly days: ReadonlySet<number>;
  readonly months: ReadonlySet<number>;
  readonly weekdays: ReadonlySet<number>;
  /** UNIX cron: when both day fields are restricted, either is enough. */
  readonly isEitherDay: boolean;
}

const ranges = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 7],
] as const;

/** Reads a 5-field UNIX cron text (cloudfunctions.md §7.5); `undefined` when it is not one. Names are not accepted. */
export function parseCron(text: string): Schedule | undefined {
  const fields = text.trim().split(/\s+/);
  if (fields.length !== ranges.length) return undefined;
  const sets = ranges.map(([low, high], index) => parseField(fields[index] ?? '', low, high));
  const [minutes, hours, days, months, weekdays] = sets;
  if (!minutes || !hours || !days || !months || !weekdays) return undefined;
  // 7 is Sunday as well.
  if (weekdays.has(7)) weekdays.add(0);
  const isEitherDay = !fields[2]?.startsWith('*') && !fields[4]?.startsWith('*');
  return { minutes, hours, days, months, weekdays, isEitherDay };
}

/** Whether a schedule is due in the minute of `at` (ms), by Korean time (cloudfunctions.md §7.5). */
export function isDue(schedule: Schedule, at: number): boolean {
  const date = koreanDate(at);
  if (!schedule.minutes.has(date.getUTCMinutes()) || !schedule.hours.has(date.getUTCHours())) return false;
  if (!schedule.months.has(date.getUTCMonth() + 1)) return false;
  const isDay = schedule.days.has(date.getUTCDate());
  const isWeekday = schedule.weekdays.has(date.getUTCDay());
  return schedule.isEitherDay ? isDay || isWeekday : isDay && isWeekday;
}

function parseField(field: string, low: number, high: number): Set<number> | undefined {
  const values = new Set<number>();
  for (const part of field.split(',')) {
    const match = /^(?:(\*)|(\d{1,2})(?:-(\d{1,2}))?)(?:\/(\d{1,2}))?$/.exec(part);
    if (match === null) return undefined;
    const [, star, from, to, every] = match;
    const step = every === undefined ? 1 : Number(every);
    const first = star === undefined ? Number(from) : low;
    const open = star !== undefined || (to === undefined && every !== undefined);
    const last = open ? high : Number(to ?? from);
    if (step === 0 || first < low || last > high || first > last) return undefined;
    for (let value = first; value <= last; value += step) values.add(value);
  }
  return values;
}
