import { asJsonObject, isObject, tryParse } from '../json.ts';
import type { JsonObject } from '../json.ts';
import { refuse, refuseMalformed } from './errors.ts';
import type { FunctionCode } from './errors.ts';

/** The three codes a resource has for bad bodies (cloudfunctions.md §11). */
export interface BodyCodes {
  readonly type: FunctionCode;
  readonly missing: FunctionCode;
  readonly value: FunctionCode;
}

/** Codes by resource. */
export const bodyCodes = {
  package: { type: 80103, missing: 80104, value: 80105 },
  action: { type: 80305, missing: 80306, value: 80307 },
  trigger: { type: 80505, missing: 80506, value: 80507 },
} as const satisfies Readonly<Record<string, BodyCodes>>;

/** An object of a request body, field by field; a field that is null counts as absent. */
export class Fields {
  readonly #object: Readonly<Record<string, unknown>>;
  readonly codes: BodyCodes;

  constructor(object: Readonly<Record<string, unknown>>, codes: BodyCodes) {
    this.#object = object;
    this.codes = codes;
  }

  /** The whole body. @throws Refusal 80031 when it is no JSON object; an empty body is none (cloudfunctions.md §3). */
  static ofBody(body: Buffer, codes: BodyCodes): Fields {
    const value = tryParse(body.toString('utf8'));
    if (!isObject(value)) throw refuseMalformed();
    return new Fields(value, codes);
  }

  has(name: string): boolean {
    return (this.#object[name] ?? undefined) !== undefined;
  }

  text(name: string): string | undefined {
    return this.#typed(name, (value) => typeof value === 'string');
  }

  flag(name: string): boolean | undefined {
    return this.#typed(name, (value) => typeof value === 'boolean');
  }

  integer(name: string): number | undefined {
    return this.#typed(name, (value): value is number => typeof value === 'number' && Number.isInteger(value));
  }

  /** An object inside. */
  object(name: string): Fields | undefined {
    const value = this.#typed(name, isObject);
    return value === undefined ? undefined : new Fields(value, this.codes);
  }

  /** A list of objects. */
  objects(name: string): readonly Fields[] | undefined {
    return this.#list(name, isObject)?.map((value) => new Fields(value, this.codes));
  }

  /** A list of texts. */
  texts(name: string): readonly string[] | undefined {
    return this.#list(name, (value) => typeof value === 'string');
  }

  /** Parameters as a plain object; absent means none (cloudfunctions.md §3). */
  parameters(): JsonObject {
    return asJsonObject(this.#typed('parameters', isObject) ?? {});
  }

  /** A description of at most 3000 bytes (cloudfunctions.md §3). */
  description(): string {
    const description = this.text('description') ?? '';
    if (Buffer.byteLength(description) > 3000) throw refuse(this.codes.value);
    return description;
  }

  /** The value, or the refusal for a missing field. */
  need<T>(value: T | undefined): T {
    if (value === undefined) throw refuse(this.codes.missing);
    return value;
  }

  #typed<T>(name: string, is: (value: unknown) => value is T): T | undefined {
    const value = this.#object[name] ?? undefined;
    if (value === undefined || is(value)) return value;
    throw refuse(this.codes.type);
  }

  #list<T>(name: string, is: (value: unknown) => value is T): readonly T[] | undefined {
    return this.#typed(name, (value): value is T[] => Array.isArray(value) && value.every((item) => is(item)));
  }
}

/** The free JSON of a run. @throws Refusal with `code` when the body is no JSON object, or larger than 1 MB (§10.2). */
export function readParameters(body: Buffer, code: FunctionCode): JsonObject {
  const value = tryParse(body.toString('utf8'));
  if (!isObject(value) || body.length > 1_048_576) throw refuse(code);
  return asJsonObject(value);
}

/** Names of packages, actions and triggers (cloudfunctions.md §3). @throws Refusal with `code` */
export function checkName(name: string, code: FunctionCode): void {
  if (!/^[A-Za-z0-9_][A-Za-z0-9_-]{0,49}$/.test(name)) throw refuse(code);
}
