import { randomInt } from 'node:crypto';

/** A source of numbers and identifiers. */
export interface Random {
  /** A number from 0 (included) to 1 (excluded). */
  next(): number;
  /** An integer from `low` to `high`, both included. */
  integer(low: number, high: number): number;
  /** A text of `length` characters of the given alphabet. */
  text(length: number, alphabet: string): string;
}

/** Characters of the identifiers of both clouds' samples. */
export const alphanumeric = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Lower-case hexadecimal digits (activation ids: 32 of them, cloudfunctions.md §6.1). */
export const hexadecimal = '0123456789abcdef';

/** Upper-case letters and digits. */
export const upperAlphanumeric = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/**
 * Makes a generator (mulberry32) for a seed and a purpose, so that one purpose never shifts the numbers of another: the same seed gives the
 * same sequence.
 */
export function seededRandom(seed: number, purpose: string): Random {
  let state = (seed ^ hash(purpose)) >>> 0;
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }
  const integer = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  return { next, integer, text: textBy(integer) };
}

/** What nobody can guess: for keys and tokens. */
export function secretRandom(): Random {
  const integer = (low: number, high: number): number => randomInt(low, high + 1);
  return { next: () => randomInt(2 ** 32) / 2 ** 32, integer, text: textBy(integer) };
}

function textBy(integer: Random['integer']): Random['text'] {
  return (length, alphabet) => {
    let result = '';
    for (let count = 0; count < length; count += 1) result += alphabet.charAt(integer(0, alphabet.length - 1));
    return result;
  };
}

/** FNV-1a: a steady number for a text. */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value >>> 0;
}
