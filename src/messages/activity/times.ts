import * as l10n from '@vscode/l10n';

const DAY_MS = 86_400_000;

/** Writes moments for people, in one language and one time zone. Arguments are milliseconds since the epoch. */
export interface Times {
  /** `14:03` */
  time(ms: number): string;
  /** What tells the days apart, `2026-11-21`. */
  dayKey(ms: number): string;
  /** "Today", "Yesterday", or the date. */
  dayName(ms: number, nowMs: number): string;
  /** Day and time, to be read out. */
  spoken(ms: number): string;
  /** With seconds and the offset of the time zone: `2026-11-21 14:03:22.120 +09:00`. */
  exact(ms: number): string;
}

/**
 * Times in one language.
 * @param locale a language tag the runtime knows
 * @param timeZone the machine's own without it
 */
export function createTimes(locale: string, timeZone?: string): Times {
  const zone = timeZone === undefined ? {} : { timeZone };
  const time = new Intl.DateTimeFormat(locale, { ...zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const date = new Intl.DateTimeFormat(locale, { ...zone, weekday: 'short', year: 'numeric', month: 'short', day: 'numeric' });
  const spoken = new Intl.DateTimeFormat(locale, { ...zone, dateStyle: 'medium', timeStyle: 'short' });
  const parts = new Intl.DateTimeFormat('en', {
    ...zone, hourCycle: 'h23', timeZoneName: 'longOffset', fractionalSecondDigits: 3,
    year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit',
  });
  const part = (ms: number): ((type: Intl.DateTimeFormatPartTypes) => string) => {
    const found = parts.formatToParts(ms);
    return (type) => found.find((one) => one.type === type)?.value ?? '';
  };
  const dayKey = (ms: number): string => {
    const of = part(ms);
    return `${of('year')}-${of('month')}-${of('day')}`;
  };
  return {
    time: (ms) => time.format(ms),
    dayKey,
    dayName: (ms, nowMs) => {
      const key = dayKey(ms);
      const today = dayKey(nowMs);
      if (key === today) return l10n.t('Today');
      // By the calendar: a day may have 23 hours.
      return key === new Date(Date.parse(today) - DAY_MS).toISOString().slice(0, 10) ? l10n.t('Yesterday') : date.format(ms);
    },
    spoken: (ms) => spoken.format(ms),
    exact: (ms) => {
      const of = part(ms);
      const offset = of('timeZoneName').replace('GMT', '');
      const clock = `${of('hour')}:${of('minute')}:${of('second')}.${of('fractionalSecond')}`;
      return `${dayKey(ms)} ${clock} ${offset === '' ? '+00:00' : offset}`;
    },
  };
}
