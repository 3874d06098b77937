import type { EmulatorRequest } from '../http.ts';
import { isObject, tryParse } from '../json.ts';
import { refuse, unreadable } from './errors.ts';
import type { DataStreamCode } from './errors.ts';

/** The JSON body of a request, field by field; each reader refuses with the code of datastream.md §6.4 it is given. */
export interface BodyReader {
  /** A string; `undefined` when the field is absent or null. */
  text(name: string, code: DataStreamCode): string | undefined;
  /** A required string. */
  requiredText(name: string, code: DataStreamCode): string;
  /** A required boolean. */
  requiredFlag(name: string): boolean;
  /** An integer in a range; `undefined` when the field is absent or null. */
  integer(name: string, low: number, high: number, code: DataStreamCode): number | undefined;
  /** A required integer in a range. */
  requiredInteger(name: string, low: number, high: number, code: DataStreamCode): number;
  /** One of some words; `undefined` when the field is absent or null. */
  word<T extends string>(name: string, words: readonly T[], code: DataStreamCode): T | undefined;
  /** One of some words, required. */
  requiredWord<T extends string>(name: string, words: readonly T[], code: DataStreamCode): T;
}

/** Reads the body. @throws Refusal 400 when it is not a JSON object. */
export function readBody(request: EmulatorRequest): BodyReader {
  const body = tryParse(request.body.toString('utf8'));
  if (!isObject(body)) throw unreadable(request);
  const fields = body;

  function text(name: string, code: DataStreamCode): string | undefined {
    const value = fields[name] ?? undefined;
    if (value !== undefined && typeof value !== 'string') throw refuse(request, code, `${name} must be a string`);
    return value;
  }
  function integer(name: string, low: number, high: number, code: DataStreamCode): number | undefined {
    const value = fields[name] ?? undefined;
    if (value === undefined) return undefined;
    if (typeof value === 'number' && Number.isInteger(value) && value >= low && value <= high) return value;
    throw refuse(request, code, `${name} must be an integer from ${String(low)} to ${String(high)}`);
  }
  function word<T extends string>(name: string, words: readonly T[], code: DataStreamCode): T | undefined {
    const value = text(name, code);
    const found = words.find((candidate) => candidate === value);
    if (value !== undefined && found === undefined) {
      throw refuse(request, code, `${name} must be one of ${words.join(', ')}`);
    }
    return found;
  }
  function need<T>(name: string, value: T | undefined): T {
    if (value === undefined) throw refuse(request, 'InvalidParameter', `${name} is required`);
    return value;
  }
  return {
    text,
    integer,
    word,
    requiredText: (name, code) => need(name, text(name, code)),
    requiredInteger: (name, low, high, code) => need(name, integer(name, low, high, code)),
    requiredWord: (name, words, code) => need(name, word(name, words, code)),
    requiredFlag(name) {
      const value = need(name, fields[name] ?? undefined);
      if (typeof value !== 'boolean') throw refuse(request, 'InvalidParameter', `${name} must be true or false`);
      return value;
    },
  };
}

/** A description of at most 200 characters (datastream.md §3.3, §4.1). */
export function checkDescription(request: EmulatorRequest, text: string): string {
  if (Array.from(text).length > 200)
    throw refuse(request, 'InvalidDescription', 'description has more than 200 characters');
  return text;
}
