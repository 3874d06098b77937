import { findJsonProblem, type JsonProblemCode } from '../reading/jsonProblem.ts';
import { allMembersOf, JsonTokens, type Span, stringOf } from '../reading/jsonTokens.ts';
import type { Place } from '../message.ts';
import { type Flaw, lengthOnLine, placeAfter } from '../reading/places.ts';
import { TAKEN_NAMES } from './builtIns.ts';

/** Variables of a workspace, by environment. */
export interface VariablesFile {
  /** In the order of the file. */
  readonly environments: readonly string[];
  /** The shared ones, and those of the environment, which win; the shared ones alone for no environment, or one that is not there. */
  variablesOf(environment: string | undefined): ReadonlyMap<string, string>;
}

/** Why a variables file cannot be used, with all that its words need. */
export type VariablesReason =
  | { readonly kind: 'notJson'; readonly code: JsonProblemCode }
  /** Where an object is expected: the file itself, or an environment. */
  | { readonly kind: 'notAnObject' }
  /** A variable that is no text, number, true or false. */
  | { readonly kind: 'notAValue'; readonly name: string }
  /** A name that cannot stand between braces: it has blanks or signs in it. */
  | { readonly kind: 'badName'; readonly name: string }
  /** A name that means something already, such as `uuid`. */
  | { readonly kind: 'nameTaken'; readonly name: string }
  | { readonly kind: 'duplicateName'; readonly name: string };

/** What is wrong with a variables file, and where. */
export interface VariablesIssue {
  readonly place: Place;
  /** UTF-16 code units on that line. */
  readonly length: number;
  readonly reason: VariablesReason;
}

/** Name of the variables that every environment has. */
const SHARED_VARIABLES = '$shared';

type Variables = ReadonlyMap<string, string>;

const NAME = /^[\p{L}_][\p{L}\p{M}\p{N}_.-]*$/u;
const SCALAR = /^["\dtf-]/;

/**
 * Reads `{"$shared": {"name": "value"}, "dev": {…}, "prod": {…}}`. A number is the text it is written as.
 * @param text without a byte order mark
 */
export function readVariablesFile(text: string): VariablesFile | { readonly issue: VariablesIssue } {
  const read = environmentsIn(text);
  if ('reason' in read) {
    const { offset, length, reason } = read;
    return { issue: { place: placeAfter({ line: 1, column: 1 }, text, 0, offset), length: lengthOnLine(text, offset, length), reason } };
  }
  const shared = read.get(SHARED_VARIABLES) ?? new Map<string, string>();
  return {
    environments: [...read.keys()].filter((name) => name !== SHARED_VARIABLES),
    variablesOf: (environment) => (environment === undefined ? shared : new Map([...shared, ...(read.get(environment) ?? [])])),
  };
}

function environmentsIn(text: string): ReadonlyMap<string, Variables> | Flaw<VariablesReason> {
  const problem = findJsonProblem(text);
  if (problem !== undefined) return { offset: problem.offset, length: problem.length, reason: { kind: 'notJson', code: problem.code } };
  const tokens = new JsonTokens(text);
  if (!tokens.is('{')) return { offset: tokens.start, length: text.length, reason: { kind: 'notAnObject' } };
  const environments = new Map<string, Variables>();
  for (const { name, value } of allMembersOf(tokens)) {
    const environment = stringOf(text, name) ?? '';
    if (environment === '$schema') continue;
    if (environments.has(environment)) return flawAt(name, { kind: 'duplicateName', name: environment });
    if (text.charAt(value.start) !== '{') return flawAt(value, { kind: 'notAnObject' });
    const variables = variablesIn(text, value);
    if ('reason' in variables) return variables;
    environments.set(environment, variables);
  }
  return environments;
}

function variablesIn(text: string, { start }: Span): Variables | Flaw<VariablesReason> {
  const variables = new Map<string, string>();
  for (const { name: span, value } of allMembersOf(new JsonTokens(text, start))) {
    const name = stringOf(text, span) ?? '';
    if (variables.has(name)) return flawAt(span, { kind: 'duplicateName', name });
    if (TAKEN_NAMES.has(name)) return flawAt(span, { kind: 'nameTaken', name });
    if (!NAME.test(name)) return flawAt(span, { kind: 'badName', name });
    const written = text.slice(value.start, value.end);
    if (!SCALAR.test(written)) return flawAt(value, { kind: 'notAValue', name });
    variables.set(name, stringOf(text, value) ?? written);
  }
  return variables;
}

function flawAt({ start, end }: Span, reason: VariablesReason): Flaw<VariablesReason> {
  return { offset: start, length: end - start, reason };
}
