import * as l10n from '@vscode/l10n';

import type { DocumentField, DocumentObject, DocumentValue, DocumentValues, FieldFinding } from '../../../documents/documentType.ts';
import { isList, isObjectValue, isSameMember, isSameValue } from '../../../documents/values.ts';
import { descriptionProblem, parametersProblem } from '../../../model/functionNames.ts';
import type { Parameters } from '../../../model/functions.ts';

/** What is wrong with the value of a field. */
export type Check = DocumentField['check'];

/** What everything of Cloud Functions has. */
export function descriptionField(): DocumentField {
  return { name: 'description', label: () => l10n.t('Description'), check: asOpenedOr(text(descriptionProblem)) };
}

/** Parameters, as any JSON object. */
export function parametersField(): DocumentField {
  return { name: 'parameters', label: () => l10n.t('Parameters'), check: asOpenedOr((value) => parametersProblem(value)) };
}

/** What the cloud told once is right, whatever the documents say. */
function asOpenedOr(check: Check): Check {
  return (value, opened) => (opened !== undefined && isSameValue(value, opened) ? undefined : check(value, opened));
}

/** The same where the field may be left out: so is `null`. */
export function orNone(check: Check): Check {
  return (value, opened) => (value === null ? undefined : asOpenedOr(check)(value, opened));
}

/** A text without another fault. */
export function text(problemOf: (value: string) => string | undefined): Check {
  return (value) => (typeof value === 'string' ? problemOf(value) : l10n.t('Enter a text in quotation marks.'));
}

/** True or false. */
export function flag(value: DocumentValue): string | undefined {
  return typeof value === 'boolean' ? undefined : l10n.t('Enter true or false.');
}

/** Whether a field has a value: `null` says the same as leaving it out. */
export function has(values: DocumentValues, name: string): boolean {
  return (values[name] ?? undefined) !== undefined;
}

/** Said of a field that has to be there, and is not. */
export function missing(field: string): FieldFinding {
  return { field, message: l10n.t('"{0}" is missing.', field) };
}

/** Parameters as they go back: those that were read, where nothing was changed. */
export function parametersIn(values: DocumentValues, remote: DocumentValues, asRead: Parameters): Parameters {
  const given = values['parameters'] ?? undefined;
  if (given === undefined || isSameMember(given, remote['parameters'])) return asRead;
  return isObjectValue(given) ? given : asRead;
}

/** A description as it goes back: the one that was read, where nothing was changed. */
export function descriptionIn(values: DocumentValues, remote: DocumentValues, asRead: string | undefined): string | undefined {
  const given = values['description'];
  return typeof given !== 'string' || given === remote['description'] ? asRead : given;
}

/** Anything that was read as JSON, as values of a document. */
export function asDocumentObject(parameters: Parameters): DocumentObject {
  return parameters as DocumentObject;
}

/** What is wrong with the members of an object: such that it has not, such that it must have, and their values. */
export function membersProblem(value: DocumentValue, members: Readonly<Record<string, Member>>): string | undefined {
  if (!isObjectValue(value)) return l10n.t('Write an object with {0}.', Object.keys(members).join(', '));
  for (const name of Object.keys(value)) {
    if (!Object.hasOwn(members, name)) return l10n.t('"{0}" cannot be used here. Use {1}.', name, Object.keys(members).join(', '));
  }
  for (const [name, { isOptional, problemOf }] of Object.entries(members)) {
    const member = value[name] ?? undefined;
    if (member === undefined && isOptional !== true) return l10n.t('"{0}" is missing.', name);
    const problem = member === undefined ? undefined : problemOf(member);
    if (problem !== undefined) return l10n.t('"{0}": {1}', name, problem);
  }
  return undefined;
}

/** A member of an object. */
export interface Member {
  readonly isOptional?: true;
  readonly problemOf: (value: DocumentValue) => string | undefined;
}

/** A text that says something. */
export function filled(value: DocumentValue): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? undefined : l10n.t('Enter a text in quotation marks.');
}

/** A whole number between two bounds. */
export function wholeNumber(min: number, max: number): (value: DocumentValue) => string | undefined {
  return (value) => {
    if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) return undefined;
    return max === Number.MAX_SAFE_INTEGER ? l10n.t('Enter a whole number from {0} up.', min) : l10n.t('Enter a whole number from {0} to {1}.', min, max);
  };
}

/** A list whose items are right; at least one. */
export function listOf(problemOf: (item: DocumentValue) => string | undefined): Check {
  return (value) => {
    if (!isList(value) || value.length === 0) return l10n.t('Write a list with at least one entry.');
    for (const [n, item] of value.entries()) {
      const problem = problemOf(item);
      if (problem !== undefined) return value.length === 1 ? problem : l10n.t('Entry {0}: {1}', n + 1, problem);
    }
    return undefined;
  };
}
