import { findJsonProblem } from './jsonProblem.ts';
import { type Span, stringOf } from './jsonTokens.ts';
import type { IssueReason } from '../message.ts';
import { ALONE_FIELDS, messageFields, topicFlaw } from './messageFields.ts';
import { type Flaw, loneSurrogateAt, type Part } from './places.ts';
import type { TextFormat } from '../source.ts';
import { mayHaveVariables, resolveJson, resolveText } from '../variables/resolve.ts';
import type { Scope } from '../variables/scope.ts';

/** A message as its document gives it, its variables resolved. */
export interface Draft {
  readonly key: string | undefined;
  readonly value: string;
  readonly partition: number | undefined;
  /** Where key, value and partition stand in the text, for what is still to be said of them. */
  readonly at: { readonly key: Span | undefined; readonly value: Span; readonly partition: Span | undefined };
}

/** What is in the way of a draft. */
export type Stop = Flaw<IssueReason>;

/** Whether it is no message, but what is in the way of it. */
export function isStop(made: Draft | string | Stop): made is Stop {
  return typeof made === 'object' && 'reason' in made;
}

/** A text that is a value as it stands. */
export function draftOfValue(part: Part, format: TextFormat, scope: Scope): Draft | Stop {
  const text = textOf(part, part);
  const flaw = format === 'text' ? undefined : jsonFlaw(part, text);
  if (flaw !== undefined) return flaw;
  if (format !== 'text' || !mayHaveVariables(text)) return draftOfElement(part, scope);
  const value = movedBy(resolveText(text, scope), part.start);
  return typeof value === 'string' ? draftOf(part, value) : value;
}

/** An element of a JSON list that is a value as it stands. */
export function draftOfElement(part: Part, scope: Scope): Draft | Stop {
  const value = resolvedOf(part, part, scope);
  return typeof value === 'string' ? draftOf(part, value) : value;
}

/** A line that is a message: unlike a part of a document, nobody looked yet whether it is JSON. */
export function draftOfLine(part: Part, scope: Scope): Draft | Stop {
  return jsonFlaw(part, textOf(part, part)) ?? draftOfMessage(part, ALONE_FIELDS, scope);
}

/** A part of a JSON text that is a message. */
export function draftOfMessage(part: Part, known: ReadonlySet<string>, scope: Scope): Draft | Stop {
  const at = messageFields(part, known);
  if ('reason' in at) return at;
  const flaw = topicFlaw(part.text, at.topic, scope.topicName);
  if (flaw !== undefined) return flaw;
  const key = at.key === undefined ? undefined : keyOf(part, at.key, scope);
  if (key !== undefined && isStop(key)) return key;
  const value = valueOf(part, at.value, scope);
  if (isStop(value)) return value;
  const partition = at.partition === undefined ? undefined : partitionOf(part, at.partition, scope);
  if (typeof partition === 'object') return partition;
  return { key, value, partition, at };
}

function draftOf(part: Part, value: string): Draft {
  return { key: undefined, value, partition: undefined, at: { key: undefined, value: part, partition: undefined } };
}

function keyOf(part: Part, span: Span, scope: Scope): string | Stop {
  if (part.text.charAt(span.start) !== '"') return flawAt(span, { kind: 'keyNotText' });
  return decodedOf(part, span, scope);
}

/** A string is the value itself; anything else is sent as it stands in the text. */
function valueOf(part: Part, span: Span, scope: Scope): string | Stop {
  const mark = part.text.charAt(span.start);
  if (mark === 'n') return flawAt(span, { kind: 'valueNull' });
  return mark === '"' ? decodedOf(part, span, scope) : resolvedOf(part, span, scope);
}

function partitionOf(part: Part, span: Span, scope: Scope): number | Stop {
  const text = resolvedOf(part, span, scope);
  if (typeof text !== 'string') return text;
  return /^\d{1,9}$/.test(text) ? Number(text) : flawAt(span, { kind: 'partitionNotNumber' });
}

function decodedOf(part: Part, span: Span, scope: Scope): string | Stop {
  const token = resolvedOf(part, span, scope);
  // `{{number …}}` leaves no quotes.
  return typeof token === 'string' ? (stringOf(token, { start: 0, end: token.length }) ?? token) : token;
}

function resolvedOf(part: Part, span: Span, scope: Scope): string | Stop {
  const token = textOf(part, span);
  return mayHaveVariables(token) ? movedBy(resolveJson(token, scope), span.start) : token;
}

function jsonFlaw(part: Part, text: string): Flaw<IssueReason> | undefined {
  const problem = findJsonProblem(text);
  if (problem === undefined) return undefined;
  const { offset, length, code } = problem;
  return { offset: part.start + offset, length, reason: { kind: 'notJson', code } };
}

/** Half of a surrogate pair in what would be sent. */
export function surrogateFlaw(part: Part, { key, value, at }: Draft): Flaw<IssueReason> | undefined {
  const span = value.isWellFormed() ? (key?.isWellFormed() ?? true ? undefined : at.key) : at.value;
  if (span === undefined) return undefined;
  const token = textOf(part, span);
  // It may also come from an escape or a variable: then its string is the place.
  return token.isWellFormed()
    ? flawAt(span, { kind: 'notUnicode' })
    : { offset: span.start + loneSurrogateAt(token), length: 1, reason: { kind: 'notUnicode' } };
}

/** Something that is wrong with all of a stretch. */
export function flawAt({ start, end }: Span, reason: IssueReason): Flaw<IssueReason> {
  return { offset: start, length: end - start, reason };
}

function movedBy(made: string | Stop, offset: number): string | Stop {
  return typeof made === 'string' ? made : { ...made, offset: made.offset + offset };
}

function textOf({ text }: Part, { start, end }: Span): string {
  return text.slice(start, end);
}
