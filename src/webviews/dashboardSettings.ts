import { readChoice, readNumber } from '../host/settings.ts';
import { SETTINGS } from '../ids.ts';
import { INTERVALS } from '../protocol/ranges.ts';
import type { DashboardView, TimeZone } from '../protocol/view.ts';

/** Seconds between two reads of a dashboard that is opened. */
export function readIntervalSeconds(): DashboardView['intervalSeconds'] {
  const seconds = readNumber(SETTINGS.dashboardSeconds, { fallback: 10, min: 0, max: 300 });
  return INTERVALS.find((interval) => interval === seconds) ?? 10;
}

/** The time zone that all dashboards are drawn in. */
export function readTimeZone(): TimeZone {
  return readChoice(SETTINGS.timeZone, ['local', 'Asia/Seoul', 'UTC'], 'local');
}
