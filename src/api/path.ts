import { CloudError } from '../model/cloudError.ts';

declare const pathBrand: unique symbol;

/** A request path whose parameters are percent-encoded: only {@link path} and {@link joinPath} make one. */
export type Path = string & { readonly [pathBrand]: true };

/** Values of a query parameter; `undefined` leaves it out, a list repeats it. */
type QueryValue = string | number | boolean | readonly string[] | undefined;

/** Query parameters in the order they are sent (and signed). */
export type Query = Readonly<Record<string, QueryValue>>;

/**
 * Percent-encodes everything but RFC 3986's unreserved characters. A lone surrogate, which has no UTF-8 form, becomes
 * U+FFFD as in every browser.
 */
function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/**
 * Tag for request paths: path`/topics/${name}` encodes each parameter as one path segment.
 * @throws CloudError `invalid` for a parameter that is empty, `.` or `..`: servers and proxies resolve those, and the
 * request would reach another resource than the one named
 */
export function path(literals: TemplateStringsArray, ...parameters: readonly string[]): Path {
  const joined = literals.reduce((text, literal, index) => {
    const parameter = parameters[index - 1] ?? '';
    if (parameter === '' || parameter === '.' || parameter === '..') {
      throw new CloudError('invalid', { reason: 'name', detail: parameter, mayHaveArrived: false });
    }
    return text + encode(parameter) + literal;
  });
  return joined as Path;
}

/** One path behind another. */
export function joinPath(first: Path, second: Path): Path {
  return `${first}${second}` as Path;
}

/** Path and query exactly as they go over the wire and into the signature (datastream.md §7: sign what you send). */
export function targetOf(requestPath: Path, query: Query = {}): string {
  const pairs = Object.entries(query).flatMap(([name, value]) => {
    if (value === undefined) return [];
    const values = typeof value === 'object' ? value : [String(value)];
    return values.map((one) => `${encode(name)}=${encode(one)}`);
  });
  return pairs.length === 0 ? requestPath : `${requestPath}?${pairs.join('&')}`;
}
