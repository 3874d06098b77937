/**
 * JSON that keeps 64-bit numbers: offsets and byte counts are `bigint` here and stand as plain digits in the text
 * (easyqueue.md, the `Long` fields).
 */

/** Anything that can be written as JSON. A property that is `undefined` is left out. */
export type Json = null | boolean | number | bigint | string | readonly Json[] | JsonObject;

/** A JSON object to be written. */
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

/** Writes a value as compact JSON; a `bigint` becomes its digits, a number that JSON cannot hold becomes `null`. */
export function toJson(value: Json): string {
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (isList(value)) {
    let text = '[';
    for (let index = 0; index < value.length; index += 1) {
      text += (index === 0 ? '' : ',') + toJson(value[index] ?? null);
    }
    return `${text}]`;
  }
  let text = '{';
  for (const key of Object.keys(value)) {
    const item = value[key];
    if (item !== undefined) text += `${text.length === 1 ? '' : ','}${quote(key)}:${toJson(item)}`;
  }
  return `${text}}`;
}

type LosslessParse = (
  text: string,
  reviver: (key: string, value: unknown, context: { readonly source?: string }) => unknown,
) => unknown;

/**
 * Reads JSON; an integer beyond 2^53 comes out as `bigint`, all other numbers as `number`.
 * @throws SyntaxError when the text is not JSON.
 */
export function parseLossless(text: string): unknown {
  return (JSON.parse as LosslessParse)(text, (_key, value, context) => {
    if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
    return context.source !== undefined && /^-?\d+$/.test(context.source) ? BigInt(context.source) : value;
  });
}

/** Reads JSON, or `undefined` when the text is not JSON or nests too deeply to be read. */
export function tryParse(text: string): unknown {
  try {
    const value = parseLossless(text);
    return isShallow(value, 0) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a value read from JSON is an object (not a list, not null). */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A JSON object read from a client, as something that can be written again. */
export function asJsonObject(value: Readonly<Record<string, unknown>>): JsonObject {
  return value as JsonObject;
}

const maxDepth = 200;

/** Deep nesting would let a small body exhaust the stack when it is written again. */
function isShallow(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return depth < maxDepth && Object.values(value).every((item) => isShallow(item, depth + 1));
}

/** Most texts need no escapes; finding that out is cheaper than escaping. */
const needsEscape = /["\\\u0000-\u001f\ud800-\udfff]/;

function quote(text: string): string {
  return needsEscape.test(text) ? JSON.stringify(text) : `"${text}"`;
}

function isList(value: object): value is readonly Json[] {
  return Array.isArray(value);
}
