/** `JSON.parse` with the third argument its reviver has had since Node 21. */
type ParseWithSource = (
  text: string,
  revive: (this: object, key: string, value: unknown, context?: { readonly source?: string }) => unknown,
) => unknown;

const parseWithSource: ParseWithSource = JSON.parse;

/** 2^53 has 16 digits: a text without that many in a row holds no integer that a double cannot. */
const LONG = 16;
const INTEGER = /^-?\d+$/;

/** A number that may be written another way than it stands: with a fraction, an exponent, or as `-0`. In a text it does no harm. */
const ODD = /[:,[]\s*(?:-?\d+[.eE]|-0)/;

/**
 * Parses JSON without rounding: an integer beyond ±(2^53 − 1) becomes a `bigint`, every other number stays a number.
 * Offsets and byte counts are 64-bit (easyqueue.md §2.4), and `JSON.parse` alone would alter them.
 * Objects and lists know how such numbers of theirs stood that JavaScript writes otherwise (`1.0`, twenty decimals): {@link writeJson} writes
 * them as they stood. A copy of an object does not know it.
 * @throws SyntaxError where the text is not JSON
 */
export function parseJson(text: string): unknown {
  if (!hasLongDigits(text) && !ODD.test(text)) return JSON.parse(text) as unknown;
  const stood = new Map<object, Map<string, Stood>>();
  const parsed = parseWithSource(text, function (this: object, key, value, context) {
    const source = context?.source;
    if (typeof value !== 'number' || source === undefined) return value;
    if (!Number.isSafeInteger(value) && INTEGER.test(source)) return BigInt(source);
    if (String(value) === source) return value;
    const members = stood.get(this) ?? new Map<string, Stood>();
    stood.set(this, members.set(key, { value, source }));
    return value;
  });
  for (const [holder, members] of stood) rememberNumbers(holder, members);
  return parsed;
}

/** `JSON.rawJSON`, which Node has had since version 21: text that is written as it stands. */
const { rawJSON } = JSON as unknown as { readonly rawJSON: (text: string) => unknown };

/** A number, and the text it was read from. */
interface Stood {
  readonly value: number;
  readonly source: string;
}

/** `JSON.stringify` asks whatever it writes for this; nothing else sees it. */
const WRITTEN_AS = 'toJSON';

/** Lets an object or a list be written with the numbers as they stood, so far as they are still the same. */
function rememberNumbers(holder: object, members: ReadonlyMap<string, Stood>): void {
  // Somebody's own member of that name comes first.
  if (Object.hasOwn(holder, WRITTEN_AS)) return;
  const asItStood = (key: string, value: unknown): unknown => {
    const member = members.get(key);
    return member !== undefined && Object.is(member.value, value) ? rawJSON(member.source) : value;
  };
  Object.defineProperty(holder, WRITTEN_AS, {
    value: () => (Array.isArray(holder)
      ? holder.map((value, at) => asItStood(String(at), value))
      : Object.fromEntries(Object.entries(holder).map(([key, value]) => [key, asItStood(key, value)]))),
  });
}

/** Writes JSON without rounding: a `bigint` becomes its digits, and numbers that {@link parseJson} read stand as they stood. */
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
