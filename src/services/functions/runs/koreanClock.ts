import { isMoment, koreanIso } from './times.ts';

/** `11:32:05.123`, in Korea. */
export function koreanClock(ms: number): string {
  return isMoment(ms) ? koreanIso(ms).slice(11, 23) : String(ms);
}

/** `11:32:05`, in Korea. */
export function koreanSeconds(ms: number): string {
  return koreanClock(ms).slice(0, 8);
}

/** What somebody typed as a time in Korea, e.g. `2026-11-22 11:30`, or a day alone; undefined where it is none. Milliseconds since the epoch. */
export function readKoreanTime(text: string): number | undefined {
  const [, date, time = '00:00'] = /^\s*(\d{4}-\d{2}-\d{2})(?:[ T]+(\d{2}:\d{2}(?::\d{2})?))?\s*$/.exec(text) ?? [];
  if (date === undefined) return undefined;
  const wanted = `${date}T${time.length === 5 ? `${time}:00` : time}`;
  const ms = Date.parse(`${wanted}+09:00`);
  // 31 February is the 3rd of March to the parser.
  return isMoment(ms) && koreanIso(ms).startsWith(wanted) ? ms : undefined;
}
