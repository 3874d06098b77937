import { tickDetail, timeTicks } from './ticks.ts';

/** Times of one zone, as charts need them. */
export interface ZoneTime {
  /** `2026-11-22 14:03:22` */
  dateTime(ms: number): string;
  /** `KST` */
  zoneName(ms: number): string;
}

/** Marks of a time axis with their words; a word of two lines has a line break in it. */
export interface TimeMarks {
  /** Unix seconds. */
  readonly ticks: readonly number[];
  readonly words: readonly string[];
}

/**
 * Marks at whole minutes, hours and days of a zone. The date and the zone stand under the first, the date wherever it is another.
 * @param count how many marks there is room for
 */
export function timeMarks(time: ZoneTime, fromSeconds: number, toSeconds: number, count: number): TimeMarks {
  const { step, ticks } = timeTicks(fromSeconds, toSeconds, count, (seconds) => offsetOf(time, seconds));
  const detail = tickDetail(step);
  let before: string | undefined;
  const words = ticks.map((tick) => {
    const words = time.dateTime(tick * 1_000);
    const date = words.slice(5, 10);
    const isFirst = before === undefined;
    const isNew = date !== before;
    before = date;
    // What zone it is stands there once, under the first mark.
    const zone = isFirst ? time.zoneName(tick * 1_000) : '';
    if (detail === 'days') return isFirst ? `${date}\n${zone}` : date;
    const clock = words.slice(11, detail === 'seconds' ? 19 : 16);
    return isNew ? `${clock}\n${date} ${zone}`.trimEnd() : clock;
  });
  return { ticks, words };
}

/** Seconds the zone is ahead of UTC at a time in Unix seconds: its own clock tells. */
function offsetOf(time: ZoneTime, seconds: number): number {
  const whole = Math.floor(seconds);
  const wall = Date.parse(`${time.dateTime(whole * 1_000).replace(' ', 'T')}Z`);
  return Number.isNaN(wall) ? 0 : wall / 1_000 - whole;
}

/** The clock of a time, `14:03:22`. */
export function clockOf(time: ZoneTime, ms: number): string {
  return time.dateTime(ms).slice(11);
}

/** From one time to another with the zone; the day stands once where both are on it. */
export function spanWords(time: ZoneTime, fromMs: number, toMs: number): { readonly from: string; readonly to: string } {
  const [from, to] = [time.dateTime(fromMs), time.dateTime(toMs)];
  const isOneDay = from.slice(0, 10) === to.slice(0, 10);
  return { from, to: `${isOneDay ? to.slice(11) : to} ${time.zoneName(toMs)}` };
}

/** A time with its day and its zone, `2026-11-22 14:03:22 KST`. */
export function wholeTime(time: ZoneTime, ms: number): string {
  return `${time.dateTime(ms)} ${time.zoneName(ms)}`;
}
