import type { DocumentObject, DocumentValue, DocumentValues } from './documentType.ts';

/** `JSON` with the method it has had since Node 21: text that is written as it stands. */
const { rawJSON } = JSON as typeof JSON & { readonly rawJSON: (text: string) => unknown };

/** Whether two values say the same: lists in order, objects in any. */
export function isSameValue(a: DocumentValue, b: DocumentValue): boolean {
  if (a === b) return true;
  if (typeof a === 'bigint' && typeof b === 'number') return Number.isInteger(b) && BigInt(b) === a;
  if (typeof a === 'number' && typeof b === 'bigint') return isSameValue(b, a);
  if (isList(a)) return isList(b) && a.length === b.length && a.every((item, n) => isSameMember(item, b[n]));
  if (!isObjectValue(a) || !isObjectValue(b)) return false;
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => isSameMember(memberOf(a, name), memberOf(b, name)));
}

/** The same for members, of which one may not be there: that is not `null`. */
export function isSameMember(a: DocumentValue | undefined, b: DocumentValue | undefined): boolean {
  return a === undefined || b === undefined ? a === b : isSameValue(a, b);
}

/** A member of an object, and nothing it inherited. */
export function memberOf(values: DocumentObject, name: string): DocumentValue | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}

/** Whether a value is an object, and no list. */
export function isObjectValue(value: DocumentValue | undefined): value is DocumentObject {
  return typeof value === 'object' && value !== null && !isList(value);
}

/** Whether a value is a list. */
export function isList(value: DocumentValue | undefined): value is readonly DocumentValue[] {
  return Array.isArray(value);
}

/**
 * A value as JSON that reads back as the same: a `bigint` with every digit, and a number of its size with an exponent, because digits
 * alone would be taken for a `bigint`.
 * @param indent spaces for each level; all on one line without it
 */
export function valueJson(value: DocumentValue | DocumentValues, indent?: number): string {
  return JSON.stringify(value, (_name, part: unknown) => {
    if (typeof part === 'bigint') return rawJSON(String(part));
    return typeof part === 'number' && Number.isInteger(part) && !Number.isSafeInteger(part) ? rawJSON(part.toExponential()) : part;
  }, indent);
}
