import type { TimeZone } from '../../src/protocol/view.ts';

/** Korea has had one offset since 1988. */
const SEOUL_MS = 9 * 3_600_000;
const MINUTE_MS = 60_000;

/** A time as an input of the type `datetime-local` has it, `2026-11-22T14:03`, on the clock of a zone. */
export function toWallTime(ms: number, zone: TimeZone): string {
  return new Date(ms + offsetAt(ms, zone)).toISOString().slice(0, 16);
}

/** The time that a clock of a zone shows, Unix milliseconds; NaN where none was entered whole. */
export function fromWallTime(text: string, zone: TimeZone): number {
  // Of a text without an offset, the language takes the machine's own zone.
  return zone === 'local' ? new Date(text).getTime() : new Date(`${text}Z`).getTime() - offsetAt(0, zone);
}

function offsetAt(ms: number, zone: TimeZone): number {
  switch (zone) {
    case 'local':
      return -new Date(ms).getTimezoneOffset() * MINUTE_MS;
    case 'Asia/Seoul':
      return SEOUL_MS;
    case 'UTC':
      return 0;
  }
}
