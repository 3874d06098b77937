import * as l10n from '@vscode/l10n';

import { parseJson, writeJson } from './json.ts';
import type { Parameters } from './functions.ts';

/** Code of an action, as it is sent: text, or an archive as Base64 (cloudfunctions.md §10.2). Bytes. */
export const MAX_CODE_BYTES = 38 * 1024 * 1024;
/** Time limit of an action, milliseconds (cloudfunctions.md §5.3). */
export const MIN_TIMEOUT_MS = 500;
/** Five minutes (cloudfunctions.md §5.3). */
export const MAX_TIMEOUT_MS = 300_000;
/** One minute (cloudfunctions.md §10.2). */
export const DEFAULT_TIMEOUT_MS = 60_000;
/** What an action can have of memory, MB (cloudfunctions.md §5.3). */
export const MEMORY_MB = [128, 256, 512, 1024] as const;
/** MB (cloudfunctions.md §10.2). */
export const DEFAULT_MEMORY_MB = 256;
/** Description of a package, an action or a trigger; bytes, not characters (cloudfunctions.md §3). */
export const MAX_DESCRIPTION_BYTES = 3000;
/** Parameters of a package, an action, a trigger or a run; bytes (cloudfunctions.md §10.2). */
export const MAX_PARAMETERS_BYTES = 1024 * 1024;
/** Packages, actions and triggers of an account: so many of each (cloudfunctions.md §10.2). */
export const MAX_THINGS = 500;

/** Longest name, characters (cloudfunctions.md §3). */
const MAX_NAME_LENGTH = 50;

/**
 * What is wrong with the name of a package, an action or a trigger, in the user's language; undefined where nothing is.
 * @param taken names that are in use: the three share them (cloudfunctions.md §3)
 */
export function nameProblem(text: string, taken: Iterable<string> = []): string | undefined {
  if (text === '') return l10n.t('Enter a name.');
  if (!/^[A-Za-z0-9_-]+$/.test(text)) return l10n.t('A name holds only letters (A to Z), digits, "-" and "_".');
  if (text.startsWith('-')) return l10n.t('A name cannot start with "-".');
  if (text.length > MAX_NAME_LENGTH) return l10n.t('A name can have at most {0} characters, this one has {1}.', MAX_NAME_LENGTH, text.length);
  return [...taken].includes(text) ? l10n.t('"{0}" is taken. A package, an action and a trigger cannot have the same name.', text) : undefined;
}

/** What is wrong with a description, in the user's language; undefined where nothing is. */
export function descriptionProblem(text: string): string | undefined {
  const size = bytesOf(text);
  return size > MAX_DESCRIPTION_BYTES
    ? l10n.t('A description can have at most {0} bytes, this one has {1}.', MAX_DESCRIPTION_BYTES, size)
    : undefined;
}

/** What is wrong with a time limit in milliseconds, in the user's language; undefined where nothing is. */
export function timeoutProblem(value: unknown): string | undefined {
  if (typeof value !== 'number' || !Number.isInteger(value)) return l10n.t('Enter a whole number.');
  return value >= MIN_TIMEOUT_MS && value <= MAX_TIMEOUT_MS
    ? undefined
    : l10n.t('An action can run for {0} to {1} ms.', MIN_TIMEOUT_MS, MAX_TIMEOUT_MS);
}

/** What is wrong with parameters, in the user's language; undefined where nothing is. @param value as JSON was read */
export function parametersProblem(value: unknown): string | undefined {
  if (!isObject(value)) return l10n.t('Parameters are a JSON object: {0}', '{"name": "value"}');
  const endless = endlessIn(value);
  if (endless !== undefined) return l10n.t('The number at "{0}" is too large to be sent: write it as a text, in quotation marks.', endless.join('.'));
  const size = bytesOf(writeJson(value));
  return size > MAX_PARAMETERS_BYTES ? l10n.t('Parameters can have at most 1 MB as JSON, these have {0} bytes.', size) : undefined;
}

/** Parameters somebody typed: an empty text is none, integers beyond 2^53 stay exact. */
export function readParameters(text: string): { readonly value: Parameters } | { readonly problem: string } {
  if (text.trim() === '') return { value: {} };
  try {
    const value = parseJson(text);
    const problem = parametersProblem(value);
    return problem === undefined && isObject(value) ? { value } : { problem: problem ?? '' };
  } catch {
    return { problem: l10n.t('This is not JSON yet. Parameters look like this: {0}', '{"name": "value"}') };
  }
}

/** Bytes of a text as it is sent. */
export function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** The way to a number that was too large to be read (`1e400`); undefined where there is none. */
function endlessIn(value: unknown): readonly string[] | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : [];
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, member] of Object.entries(value)) {
    const within = endlessIn(member);
    if (within !== undefined) return [key, ...within];
  }
  return undefined;
}

function isObject(value: unknown): value is Parameters {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
