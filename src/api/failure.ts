import type { Failure } from './operation.ts';

/** `value[key]` where `value` is an object that has it. */
export function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined;
}

/** What a table says of a key that came over the wire; never what every object says of `constructor`. */
export function entryOf<T>(table: Readonly<Record<string, T>>, key: string | undefined): T | undefined {
  return key !== undefined && Object.hasOwn(table, key) ? table[key] : undefined;
}

/** A code or a message: services send either as text or as number. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** The texts that differ, as one. */
export function joinTexts(...texts: readonly (string | undefined)[]): string | undefined {
  const distinct = new Set(texts.filter((text) => text !== undefined));
  return distinct.size === 0 ? undefined : [...distinct].join(': ');
}

const BY_STATUS: Readonly<Record<number, Failure>> = {
  401: { kind: 'unauthorized', reason: 'credentials' },
  403: { kind: 'forbidden', reason: 'role' },
  404: { kind: 'notFound' },
  407: { kind: 'network', reason: 'proxy' },
  409: { kind: 'conflict' },
  413: { kind: 'invalid', reason: 'tooLarge' },
  429: { kind: 'rateLimited' },
};

/**
 * What a status alone says, for answers whose body says nothing: `undefined` for 2xx. A 4xx is a refusal, the service did
 * nothing; after a 408 or a 5xx nobody knows.
 */
export function statusFailure(status: number): Failure | undefined {
  if (status >= 200 && status < 300) return undefined;
  if (status >= 500) return { kind: 'unavailable', isRefusal: false };
  if (status === 408) return { kind: 'timeout', isRefusal: false };
  if (status >= 400) return { ...(BY_STATUS[status] ?? { kind: 'invalid' }), isRefusal: true };
  return { kind: 'unexpectedResponse', isRefusal: false };
}
