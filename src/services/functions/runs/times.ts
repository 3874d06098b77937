import type { Formatter } from '../../../model/format.ts';

/** The zone the consoles and the schedules of these clouds are in; it has had no summer time since 1988. */
const KOREA = 'Asia/Seoul';
const KOREA_MS = 9 * 3_600_000;

/** `2026-11-22 11:32:05 KST`; where this computer is in another zone, that follows in brackets. @param zone of this computer */
export function momentText(ms: number, format: Formatter, zone = zoneHere()): string {
  if (!isMoment(ms)) return String(ms);
  const korean = `${koreanIso(ms).slice(0, 19).replace('T', ' ')} KST`;
  return zone === KOREA ? korean : `${korean} (${hereText(ms, zone, format)})`;
}

/** `2026-11-22 11:32`, in Korea. */
export function koreanMinute(ms: number): string {
  return koreanIso(ms).slice(0, 16).replace('T', ' ');
}

/** An ISO time whose digits are those of the clock in Korea. @throws RangeError where {@link isMoment} does not hold */
export function koreanIso(ms: number): string {
  return new Date(ms + KOREA_MS).toISOString();
}

/** Years that have four digits: whatever a service tells, nothing else is a moment. */
export function isMoment(ms: number): boolean {
  return ms > Date.UTC(1, 0, 1) && ms < Date.UTC(9_999, 0, 1);
}

/** In digits that are the same in every language. */
function hereText(ms: number, timeZone: string, { locale }: Formatter): string {
  const parts = new Intl.DateTimeFormat('en-u-nu-latn', {
    timeZone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23',
  }).formatToParts(ms);
  const part = (wanted: Intl.DateTimeFormatPartTypes): string => parts.find(({ type }) => type === wanted)?.value ?? '';
  const name = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: 'short' }).formatToParts(ms).find(({ type }) => type === 'timeZoneName')?.value;
  return `${part('year')}-${part('month')}-${part('day')} ${part('hour')}:${part('minute')}:${part('second')} ${name ?? timeZone}`;
}

function zoneHere(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}
