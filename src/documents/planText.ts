import * as l10n from '@vscode/l10n';

import { oneLine } from '../model/format.ts';
import { changedFields } from './merge.ts';
import type { DocumentField, DocumentValue, DocumentValues } from './documentType.ts';

/** What changes, a line for each field in the order of the document: `Retention: 1 d → 7 d (604800000)`. */
export function changeLines(fields: readonly DocumentField[], from: DocumentValues, to: DocumentValues): string {
  return lines(fields, from, to, () => l10n.t('none'));
}

/** The same for what the user wants: a field that is left out is left to the service. */
export function ownLines(fields: readonly DocumentField[], from: DocumentValues, to: DocumentValues): string {
  return lines(fields, from, to, leftOut);
}

/** What changes, and below each line what is lost by it; what several changes lose alike is said once. */
export function planLines(fields: readonly DocumentField[], from: DocumentValues, to: DocumentValues): string {
  const told = new Set<string>();
  return changed(fields, from, to).flatMap((field) => {
    const [before, after] = [from[field.name], to[field.name]];
    const line = changeLine(field, before, after, leftOut);
    const loss = field.loses?.(before, after);
    if (loss === undefined || told.has(loss)) return [line];
    told.add(loss);
    return [line, `↳ ${loss}`];
  }).join('\n');
}

function lines(fields: readonly DocumentField[], from: DocumentValues, to: DocumentValues, absent: () => string): string {
  return changed(fields, from, to).map((field) => changeLine(field, from[field.name], to[field.name], absent)).join('\n');
}

function changed(fields: readonly DocumentField[], from: DocumentValues, to: DocumentValues): readonly DocumentField[] {
  const names = changedFields(from, to);
  return fields.filter(({ name }) => names.includes(name));
}

/** @param absent what stands where there is no value any more */
function changeLine(field: DocumentField, from: DocumentValue | undefined, to: DocumentValue | undefined, absent: () => string): string {
  const line = l10n.t('{0}: {1} → {2}', field.label(), shown(field, from) ?? l10n.t('none'), shown(field, to) ?? absent());
  return to === undefined || wordsOf(field, to) === undefined ? line : `${line} (${String(to)})`;
}

function leftOut(): string {
  return l10n.t('the service decides');
}

function shown(field: DocumentField, value: DocumentValue | undefined): string | undefined {
  if (value === undefined || value === null) return undefined;
  return wordsOf(field, value) ?? (typeof value === 'string' ? `"${oneLine(value)}"` : String(value));
}

function wordsOf(field: DocumentField, value: DocumentValue | undefined): string | undefined {
  return value === undefined ? undefined : field.words?.(value);
}

/** A thing's name within a sentence: `topic "orders"`; only the word it begins with is ours. */
export function withinSentence(title: string): string {
  return title.charAt(0).toLowerCase() + title.slice(1);
}
