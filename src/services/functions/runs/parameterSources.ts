import { stripComments } from 'jsonc-parser';
import * as l10n from '@vscode/l10n';
import type { Memento } from 'vscode';

import { MAX_PARAMETERS_BYTES, readParameters } from '../../../model/functionNames.ts';
import type { Parameters } from '../../../model/functions.ts';
import { parseJson } from '../../../model/json.ts';

/** Where parameters came from; nothing of what they hold. */
export type ParameterSource =
  | { readonly kind: 'none' }
  | { readonly kind: 'typed' }
  | { readonly kind: 'document'; readonly uri: string; readonly name: string }
  | { readonly kind: 'set'; readonly uri: string; readonly name: string; readonly set: string };

/** One named set of a parameter file. */
export interface ParameterSet {
  readonly name: string;
  /** Undefined where it is none; `problem` says why. */
  readonly parameters: Parameters | undefined;
  readonly problem: string | undefined;
}

/** Ending of a file with named sets of parameters, which stands beside the code. */
export const PARAMETER_FILE_ENDING = '.params.json';

const STATE_KEY = 'cloudStreams.functions.parameterSources';
const MAX_REMEMBERED = 200;

/** The parameters of a document; comments are none of them. */
export function readParameterText(text: string): ReturnType<typeof readParameters> {
  return readParameters(plainJson(text));
}

/** The sets of a parameter file: an object of named objects. */
export function readParameterFile(text: string): readonly ParameterSet[] | { readonly problem: string } {
  let value: unknown;
  try {
    value = parseJson(plainJson(text));
  } catch {
    return { problem: l10n.t('Not JSON.') };
  }
  if (!isObject(value)) return { problem: l10n.t('Not an object of named parameter sets.') };
  return Object.entries(value).map(([name, parameters]): ParameterSet => (isObject(parameters)
    ? { name, parameters, problem: undefined }
    : { name, parameters: undefined, problem: l10n.t('Not an object of parameters.') }));
}

/** What a new parameter file holds. */
export function newParameterFile(): string {
  return `${JSON.stringify({ example: { name: 'value' } }, undefined, 2)}\n`;
}

/** Whether a text may be parameters at all, before it is read: larger ones are refused by the service. */
export function isTooLong(text: string): boolean {
  // Spaces and comments take room, too.
  return text.length > 4 * MAX_PARAMETERS_BYTES;
}

/** In words, for a list and for the result. */
export function sourceText(source: ParameterSource): string {
  switch (source.kind) {
    case 'none':
      return l10n.t('none');
    case 'typed':
      return l10n.t('typed');
    case 'document':
      return source.name;
    case 'set':
      return l10n.t('{0} · {1}', source.set, source.name);
  }
}

/** Where the parameters of a subject came from last. @param subject as `subjectKey` writes it */
export function lastSource(subject: string, state: Pick<Memento, 'get'>): ParameterSource | undefined {
  return readAll(state).get(subject);
}

/** Remembers where parameters came from, never what they were: they may hold a secret. */
export async function rememberSource(subject: string, source: ParameterSource, state: Pick<Memento, 'get' | 'update'>): Promise<void> {
  const all = readAll(state);
  all.delete(subject);
  all.set(subject, source);
  await state.update(STATE_KEY, [...all].slice(-MAX_REMEMBERED));
}

/** Anything may stand in the state: another version may have written it. */
function readAll(state: Pick<Memento, 'get'>): Map<string, ParameterSource> {
  const stored = state.get<unknown>(STATE_KEY);
  const entries: readonly unknown[] = Array.isArray(stored) ? stored : [];
  return new Map(entries.flatMap((entry): [string, ParameterSource][] => {
    const [subject, value] = Array.isArray(entry) ? (entry as readonly unknown[]) : [];
    const source = readSource(value);
    return typeof subject === 'string' && source !== undefined ? [[subject, source]] : [];
  }));
}

function readSource(value: unknown): ParameterSource | undefined {
  if (!isObject(value)) return undefined;
  const { kind, uri, name, set } = value;
  if (kind === 'none' || kind === 'typed') return { kind };
  if (typeof uri !== 'string' || typeof name !== 'string') return undefined;
  if (kind === 'document') return { kind, uri, name };
  return kind === 'set' && typeof set === 'string' ? { kind, uri, name, set } : undefined;
}

function plainJson(text: string): string {
  return stripComments(text.replace(/^\uFEFF/, ''));
}

function isObject(value: unknown): value is Parameters {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
