const SECOND_MS = 1_000n;
const MINUTE_MS = 60n * SECOND_MS;
const HOUR_MS = 60n * MINUTE_MS;
const DAY_MS = 24n * HOUR_MS;

/** Units of time in milliseconds, as English, Korean and Japanese write them. */
const TIMES = units([
  [1n, 'ms', 'millisecond', 'milliseconds', '밀리초', 'ミリ秒'],
  [SECOND_MS, 's', 'sec', 'second', 'seconds', '초', '秒'],
  [MINUTE_MS, 'm', 'min', 'mins', 'minute', 'minutes', '분', '分'],
  [HOUR_MS, 'h', 'hr', 'hrs', 'hour', 'hours', '시간', '時間'],
  [DAY_MS, 'd', 'day', 'days', '일', '日'],
  [7n * DAY_MS, 'w', 'week', 'weeks', '주', '週', '週間'],
]);

/** A unit of sizes. */
export type ByteUnit = 'B' | 'KiB' | 'MiB' | 'GiB' | 'TiB';

/** Units of sizes in bytes. The consoles of both clouds write KB, MB and GB where they count in powers of 1,024, and so do these. */
const SIZES = units([
  [1n, 'b', 'byte', 'bytes', '바이트', 'バイト'],
  [1024n, 'kib', 'kb', 'k'],
  [1024n ** 2n, 'mib', 'mb', 'm'],
  [1024n ** 3n, 'gib', 'gb', 'g'],
  [1024n ** 4n, 'tib', 'tb', 't'],
  [1024n ** 5n, 'pib', 'pb', 'p'],
  [1024n ** 6n, 'eib', 'eb', 'e'],
]);

/** A number with its unit, where it has one: `1,440`, `1.5 d`, `7일`. */
const PART = /\s*(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,9}))?\s*([^\d\s.,]*)/uy;

/**
 * A time as people write it: `7 d`, `36h`, `1 d 12 h`, `90 min`, `7일`, `36 時間`; a plain number is hours. What `Formatter.duration`
 * prints comes back.
 * @returns milliseconds; undefined where the text is no such time, or not a whole number of milliseconds
 */
export function parseDuration(text: string): number | undefined {
  const ms = parse(text, TIMES, HOUR_MS);
  return ms === undefined || ms > BigInt(Number.MAX_SAFE_INTEGER) ? undefined : Number(ms);
}

/**
 * A size as people write it: `3 GiB`, `256KiB`, `1.5 GiB`.
 * @param plainUnit what a number without a unit counts
 * @returns bytes; undefined where the text is no such size, or not a whole number of bytes
 */
export function parseBytes(text: string, plainUnit: ByteUnit = 'B'): bigint | undefined {
  return parse(text, SIZES, SIZES.get(plainUnit.toLowerCase()) ?? 1n);
}

function units(table: readonly (readonly [bigint, ...string[]])[]): ReadonlyMap<string, bigint> {
  return new Map(table.flatMap(([size, ...words]) => words.map((word) => [word, size] as const)));
}

/** The sum of all parts, the largest unit first; a single number may do without a unit. */
function parse(text: string, known: ReadonlyMap<string, bigint>, plainUnit: bigint): bigint | undefined {
  // Full-width digits and letters, as Korean and Japanese input methods give them, are the same as the others.
  const rest = text.normalize('NFKC').trim().toLowerCase();
  let sum = 0n;
  let before: bigint | undefined;
  PART.lastIndex = 0;
  for (let at = 0; at < rest.length; at = PART.lastIndex) {
    PART.lastIndex = at;
    const part = PART.exec(rest);
    if (part === null) return undefined;
    const [all, whole = '', fraction = '', word = ''] = part;
    const isOnly = all.length === rest.length;
    const unit = word === '' && isOnly ? plainUnit : known.get(word);
    if (unit === undefined || (before !== undefined && unit >= before)) return undefined;
    const scaled = BigInt(whole.replaceAll(',', '') + fraction) * unit;
    const scale = 10n ** BigInt(fraction.length);
    if (scaled % scale !== 0n) return undefined;
    sum += scaled / scale;
    before = unit;
  }
  return before === undefined ? undefined : sum;
}
