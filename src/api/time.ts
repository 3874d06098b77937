const KST_OFFSET_MS = 9 * 3_600_000;

/** `yyyy-MM-ddTHH:mm:ss` in Korean time, which has had no summer time since 1988. */
export function koreanLocalTime(ms: number): string {
  return new Date(ms + KST_OFFSET_MS).toISOString().slice(0, 19);
}

/** ISO 8601 in Korean time with its offset, as in the documents' samples (`2023-10-27T19:30:00+09:00`). */
export function koreanTime(ms: number): string {
  return `${koreanLocalTime(ms)}+09:00`;
}
