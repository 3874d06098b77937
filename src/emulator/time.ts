const kstMs = 9 * 3_600_000;

/** Milliseconds of one day. */
export const dayMs = 86_400_000;

/** A clock that never goes back, in ms since the epoch: states are computed from it and must not be undone. */
export function steadyClock(clock: () => number): () => number {
  let last = Number.NEGATIVE_INFINITY;
  return () => {
    last = Math.max(last, clock());
    return last;
  };
}

/** ISO 8601 in UTC without fractions, `2025-05-22T10:25:19Z` (datastream.md §3.1). */
export function isoUtc(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

/** ISO 8601 at Korean time, `2023-10-27T19:30:00+09:00` (easyqueue.md §3). */
export function isoKorean(ms: number): string {
  return `${new Date(ms + kstMs).toISOString().slice(0, 19)}+09:00`;
}

/** Calendar fields at Korean time. */
export function koreanDate(ms: number): Date {
  return new Date(ms + kstMs);
}

const dateTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/;

/** Reads an ISO 8601 time with offset; `undefined` when it is not one. */
export function parseIso(text: string): number | undefined {
  return dateTime.test(text) ? finite(Date.parse(text)) : undefined;
}

const localDateTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/;

/** Reads a Korean local time `yyyy-MM-ddTHH:mm:ss` (cloudfunctions.md §6.1, v2.0); `undefined` when it is not one. */
export function parseKoreanLocal(text: string): number | undefined {
  return localDateTime.test(text) ? finite(Date.parse(`${text}+09:00`)) : undefined;
}

function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}
