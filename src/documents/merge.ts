import type { DocumentValues } from './documentType.ts';
import { isSameMember } from './values.ts';

/** Names of the fields in which two states differ; `null` says the same as leaving a field out. */
export function changedFields(from: DocumentValues, to: DocumentValues): readonly string[] {
  return [...new Set([...Object.keys(from), ...Object.keys(to)])].filter((name) => differs(from, to, name));
}

/** Whether two states are the same. */
export function isSame(a: DocumentValues, b: DocumentValues): boolean {
  return changedFields(a, b).length === 0;
}

/**
 * The state with the changes of both sides.
 * @param base what both started from
 * @returns undefined where both changed one field, and not to the same
 */
export function keepBoth(base: DocumentValues, mine: DocumentValues, theirs: DocumentValues): DocumentValues | undefined {
  const own = changedFields(base, mine);
  const other = changedFields(base, theirs);
  if (own.some((name) => other.includes(name) && differs(mine, theirs, name))) return undefined;
  const merged = Object.entries({ ...theirs, ...pick(mine, own) }).filter(([name]) => !own.includes(name) || mine[name] !== undefined);
  return Object.fromEntries(merged);
}

function differs(a: DocumentValues, b: DocumentValues, name: string): boolean {
  return !isSameMember(a[name] ?? undefined, b[name] ?? undefined);
}

function pick(values: DocumentValues, names: readonly string[]): DocumentValues {
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.includes(name)));
}
