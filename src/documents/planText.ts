import * as l10n from '@vscode/l10n';

import { oneLine } from '../model/format.ts';
import { changedFields } from './merge.ts';
import type { DocumentField, DocumentObject, DocumentValue, DocumentValues } from './documentType.ts';
import { isList, isObjectValue, isSameMember, memberOf, valueJson } from './values.ts';

type Value = DocumentValue | undefined;

/** Of each side of a line that tells of a list or an object, in UTF-16 code units. */
const MAX_JSON = 100;
/** Of what is alike at its beginning. */
const MAX_ALIKE = 20;
const MAX_MEMBERS = 20;
/** More of a text than `oneLine` leaves. */
const MAX_TEXT = 1_000;

/** What changes, a line for each field in the order of the document: `Retention: 1 d → 7 d (604800000)`. */
export function changeLines(fields: readonly DocumentField[], from: DocumentValues, to: DocumentValues): string {
  return lines(fields, from, to, none);
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
    const own = fieldLines(field, before, after, leftOut);
    const loss = field.loses?.(before, after);
    if (loss === undefined || told.has(loss)) return own;
    told.add(loss);
    return [...own, `↳ ${loss}`];
  }).join('\n');
}

function lines(fields: readonly DocumentField[], from: DocumentValues, to: DocumentValues, absent: () => string): string {
  return changed(fields, from, to).flatMap((field) => fieldLines(field, from[field.name], to[field.name], absent)).join('\n');
}

function changed(fields: readonly DocumentField[], from: DocumentValues, to: DocumentValues): readonly DocumentField[] {
  const names = changedFields(from, to);
  return fields.filter(({ name }) => names.includes(name));
}

/** @param absent what stands where there is no value any more */
function fieldLines(field: DocumentField, from: Value, to: Value, absent: () => string): readonly string[] {
  const own = field.change?.(from, to);
  if (own !== undefined) return [own];
  const members = hasMembers(field, from, to) ? memberLines(field, from ?? {}, to) : [];
  return members.length > 0 ? members : [changeLine(field, from, to, absent)];
}

/** Whether a change is told member by member. */
function hasMembers(field: DocumentField, from: Value, to: Value): to is DocumentObject {
  return isObjectValue(to) && (isObjectValue(from) || from === undefined || from === null) && wordsOf(field, to) === undefined;
}

/** A line for each member that changes: `Parameters · currency: "KRW" → "USD"`. */
function memberLines({ label }: DocumentField, from: DocumentValue, to: DocumentObject): readonly string[] {
  const before = isObjectValue(from) ? from : {};
  const names = [...new Set([...Object.keys(before), ...Object.keys(to)])].filter((name) => !isSameMember(memberOf(before, name), memberOf(to, name)));
  const more = names.length - MAX_MEMBERS;
  const told = names.slice(0, MAX_MEMBERS).map((name) => {
    const [was, is] = jsonPair(memberOf(before, name), memberOf(to, name));
    return l10n.t('{0}: {1} → {2}', `${label()} · ${oneLine(name)}`, was ?? none(), is ?? none());
  });
  return more > 0 ? [...told, l10n.t('{0}: {1}', label(), l10n.t('and {0} more', more))] : told;
}

function changeLine(field: DocumentField, from: Value, to: Value, absent: () => string): string {
  const [was, is] = shownPair(field, from, to);
  const line = l10n.t('{0}: {1} → {2}', field.label(), was ?? none(), is ?? absent());
  return to === undefined || wordsOf(field, to) === undefined || isList(to) || isObjectValue(to) ? line : `${line} (${String(to)})`;
}

function none(): string {
  return l10n.t('none');
}

function leftOut(): string {
  return l10n.t('the service decides');
}

type Shown = readonly [string | undefined, string | undefined];

function shownPair(field: DocumentField, from: Value, to: Value): Shown {
  if (![from, to].some((value) => isList(value) || isObjectValue(value))) return [shown(field, from), shown(field, to)];
  const [was, is] = jsonPair(from ?? undefined, to ?? undefined);
  return [wordsOf(field, from) ?? was, wordsOf(field, to) ?? is];
}

function shown(field: DocumentField, value: Value): string | undefined {
  if (value === undefined || value === null) return undefined;
  // No more of it than a line can have is made fit for one.
  return wordsOf(field, value) ?? (typeof value === 'string' ? `"${oneLine(value.slice(0, MAX_TEXT))}"` : valueJson(value));
}

/** Two values as JSON on one line. Of long ones that begin alike, the part that differs is what is shown. */
function jsonPair(from: Value, to: Value): Shown {
  const texts = [from, to].map((value) => (value === undefined ? undefined : valueJson(value)));
  const [was, is] = texts;
  const isLong = texts.some((text) => text !== undefined && text.length > MAX_JSON);
  const alike = was === undefined || is === undefined || !isLong ? 0 : beginAlike(was, is);
  const start = alike > MAX_ALIKE ? alike - MAX_ALIKE : 0;
  return [excerpt(was, start), excerpt(is, start)];
}

function excerpt(text: string | undefined, start: number): string | undefined {
  if (text === undefined) return undefined;
  const end = start + MAX_JSON;
  return oneLine(`${start > 0 ? '…' : ''}${text.slice(start, end)}${end < text.length ? '…' : ''}`);
}

/** How many code units two texts have in common at their beginning. */
function beginAlike(a: string, b: string): number {
  let count = 0;
  while (count < a.length && count < b.length && a.charCodeAt(count) === b.charCodeAt(count)) count += 1;
  return count;
}

function wordsOf(field: DocumentField, value: Value): string | undefined {
  return value === undefined ? undefined : field.words?.(value);
}

/** A thing's name within a sentence: `topic "orders"`; only the word it begins with is ours. */
export function withinSentence(title: string): string {
  return title.charAt(0).toLowerCase() + title.slice(1);
}
