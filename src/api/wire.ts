import * as z from 'zod/mini';

/**
 * Building blocks of the schemas. The services promise no field (datastream.md §2), so whatever does not name a row is
 * optional: absent and `null` are `undefined`. A number may come as text (error `status`, `expires_in`, `duration`), a
 * 64-bit one as either; a field of another shape is a mismatch with its path.
 */

type Read<T> = (value: unknown) => T | undefined;

/** Absent, `null`, or something `read` understands. */
function optional<T>(expected: string, read: Read<T>): z.ZodMiniType<T | undefined> {
  return z.optional(
    z.pipe(
      z.unknown(),
      z.transform((value, context) => {
        if (value === undefined || value === null) return undefined;
        const result = read(value);
        if (result === undefined) {
          context.issues.push({ code: 'custom', message: `expected ${expected}`, input: undefined });
        }
        return result;
      }),
    ),
  );
}

const INTEGER = /^-?\d{1,30}$/;

function readText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean' ? String(value) : undefined;
}

function readBigInt(value: unknown): bigint | undefined {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : undefined;
  return typeof value === 'string' && INTEGER.test(value.trim()) ? BigInt(value.trim()) : undefined;
}

function readNumber(value: unknown): number | undefined {
  if (typeof value === 'string' && value.trim() === '') return undefined;
  const number = typeof value === 'string' || typeof value === 'bigint' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

function readInteger(value: unknown): number | undefined {
  const number = readNumber(value);
  return Number.isSafeInteger(number) ? number : undefined;
}

function readBoolean(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (value === 'true') return true;
  return value === 'false' ? false : undefined;
}

function readRecord(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}

/** Text; an unknown word of an enumeration stays as it is. */
export const optionalText = optional('text', readText);
/** A whole number that a double holds. */
export const optionalInteger = optional('a whole number', readInteger);
/** A finite number. */
export const optionalNumber = optional('a number', readNumber);
/** A 64-bit number. */
export const optionalBigInt = optional('a whole number', readBigInt);
/** True or false, as such or as text. */
export const optionalBoolean = optional('true or false', readBoolean);
/** A JSON object whose members are the user's own. */
export const optionalRecord = optional('an object', readRecord);

/** What names a row: never empty, never absent. */
export const name: z.ZodMiniType<string> = z.pipe(
  z.unknown(),
  z.transform((value, context) => {
    const text = readText(value);
    if (text !== undefined && text !== '') return text;
    context.issues.push({ code: 'custom', message: 'expected a name', input: undefined });
    return z.NEVER;
  }),
);

/** The number that names a row, e.g. a partition's. */
export const ordinal: z.ZodMiniType<number> = z.pipe(
  z.unknown(),
  z.transform((value, context) => {
    const number = readInteger(value);
    if (number !== undefined) return number;
    context.issues.push({ code: 'custom', message: 'expected a whole number', input: undefined });
    return z.NEVER;
  }),
);

/** A list of rows; absent and `null` are empty. */
export function rows<T>(row: z.core.$ZodType<T>): z.ZodMiniType<readonly T[]> {
  return z.pipe(
    z.nullish(z.array(row)),
    z.transform((list) => list ?? []),
  );
}

/** The list an answer consists of: `null` is empty, but an answer without it is another answer than the one asked for. */
export function answerRows<T>(row: z.core.$ZodType<T>): z.ZodMiniType<readonly T[]> {
  return z.pipe(
    z.nullable(z.array(row)),
    z.transform((list) => list ?? []),
  );
}
