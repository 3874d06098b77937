const DAY_MS = 86_400_000;
const UNITS_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: DAY_MS, w: 7 * DAY_MS };

/** Times that JavaScript can write end here, both ways. */
const MAX_MS = 8.64e15;

/**
 * `{{now}}` as its words say: `-15m` or `+1d` moves it, `+09:00` writes it for a zone, `epoch` and `epochSeconds` as a number.
 * @returns `undefined` where the words make no sense
 */
export function momentOf(words: readonly string[], nowMs: number): string | undefined {
  let ms = nowMs;
  let zoneMinutes: number | undefined;
  let unit: 'epoch' | 'epochSeconds' | undefined;
  for (const word of words) {
    const move = /^([+-]\d{1,12})(ms|s|m|h|d|w)$/.exec(word);
    const zone = /^([+-])([01]\d|2[0-3]):([0-5]\d)$/.exec(word);
    if (move !== null) ms += Number(move[1]) * (UNITS_MS[move[2] ?? ''] ?? 0);
    else if (zone !== null && zoneMinutes === undefined) zoneMinutes = Number(`${zone[1] ?? ''}1`) * (Number(zone[2]) * 60 + Number(zone[3]));
    else if ((word === 'epoch' || word === 'epochSeconds') && unit === undefined) unit = word;
    else return undefined;
  }
  // A day is kept for the zone.
  if (Math.abs(ms) > MAX_MS - DAY_MS) return undefined;
  if (unit === undefined) return isoOf(ms, zoneMinutes);
  // A number of milliseconds is the same everywhere: a zone would say something else than it does.
  if (zoneMinutes !== undefined) return undefined;
  return String(unit === 'epoch' ? ms : Math.floor(ms / 1000));
}

/** ISO 8601 with milliseconds, in UTC or at an offset from it. */
function isoOf(ms: number, zoneMinutes: number | undefined): string {
  const text = new Date(ms + (zoneMinutes ?? 0) * 60_000).toISOString();
  if (zoneMinutes === undefined) return text;
  const minutes = Math.abs(zoneMinutes);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${text.slice(0, -1)}${zoneMinutes < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
