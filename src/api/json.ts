/** `JSON.parse` with the third argument its reviver has had since Node 21. */
type ParseWithSource = (
  text: string,
  revive: (key: string, value: unknown, context?: { readonly source?: string }) => unknown,
) => unknown;

const parseWithSource: ParseWithSource = JSON.parse;

/** 2^53 has 16 digits: a text without that many in a row holds no integer that a double cannot. */
const LONG = 16;
const INTEGER = /^-?\d+$/;

/**
 * Parses JSON without rounding: an integer beyond ±(2^53 − 1) becomes a `bigint`, every other number stays a number.
 * Offsets and byte counts are 64-bit (easyqueue.md §2.4), and `JSON.parse` alone would alter them.
 * @throws SyntaxError where the text is not JSON
 */
export function parseJson(text: string): unknown {
  if (!hasLongDigits(text)) return JSON.parse(text) as unknown;
  return parseWithSource(text, (_key, value, context) => {
    if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
    const source = context?.source;
    return source !== undefined && INTEGER.test(source) ? BigInt(source) : value;
  });
}

/** `JSON.rawJSON`, which Node has had since version 21: text that is written as it stands. */
const { rawJSON } = JSON as unknown as { readonly rawJSON: (text: string) => unknown };

/** Writes JSON without rounding: a `bigint` becomes its digits. */
export function writeJson(value: unknown): string {
  try {
    // A replacer is asked for every member, and makes a large body slow: few hold a `bigint`, which throws here.
    return JSON.stringify(value);
  } catch {
    return JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? rawJSON(String(item)) : item));
  }
}

/** A run of 16 covers one of every 16 places, so the rest need no look: a megabyte costs less than a millisecond. */
function hasLongDigits(text: string): boolean {
  for (let place = LONG - 1; place < text.length; place += LONG) {
    if (!isDigit(text, place)) continue;
    let first = place;
    let last = place;
    while (isDigit(text, first - 1)) first -= 1;
    while (isDigit(text, last + 1)) last += 1;
    if (last - first + 1 >= LONG) return true;
  }
  return false;
}

function isDigit(text: string, place: number): boolean {
  const code = text.charCodeAt(place);
  return code >= 48 && code <= 57;
}
