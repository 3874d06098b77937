import { allMembersOf, JsonTokens, type Member, membersOf, type Span, stringOf } from './jsonTokens.ts';
import type { IssueReason } from '../message.ts';
import type { Flaw, Part } from './places.ts';

/** Where the fields of a message stand in its text, as JSON tokens. */
export interface MessageFields {
  readonly topic: Span | undefined;
  readonly key: Span | undefined;
  readonly value: Span;
  readonly partition: Span | undefined;
}

/** Where the fields of an envelope stand: a list of messages, and the topic they are for. */
export interface EnvelopeFields {
  readonly topic: Span | undefined;
  readonly messages: Span;
}

/** Fields of a message in a list. */
export const LISTED_FIELDS: ReadonlySet<string> = new Set(['key', 'value', 'partition']);

/** Fields of a message that stands alone in its document or on its line. */
export const ALONE_FIELDS: ReadonlySet<string> = new Set([...LISTED_FIELDS, 'topic', '$schema']);

/** Fields of an envelope. */
export const ENVELOPE_FIELDS: ReadonlySet<string> = new Set(['$schema', 'topic', 'messages']);

/** Fields a Kafka message has, but nothing here can carry: leaving them out unasked would change the message. */
const NOT_CARRIED: ReadonlySet<string> = new Set(['headers', 'timestamp']);

/** Finds the fields of a message in a text that is JSON. */
export function messageFields(part: Part, known: ReadonlySet<string>): MessageFields | Flaw<IssueReason> {
  const tokens = new JsonTokens(part.text, part.start);
  if (!tokens.is('{')) return { offset: part.start, length: part.end - part.start, reason: { kind: 'notAMessage' } };
  const found = fieldsOf(part.text, allMembersOf(tokens), known);
  if ('reason' in found) return found;
  const value = found.get('value');
  if (value === undefined) return { offset: part.start, length: part.end - part.start, reason: { kind: 'valueMissing' } };
  return { topic: found.get('topic'), key: found.get('key'), value, partition: found.get('partition') };
}

/** Finds the fields of an envelope in a text that is JSON; `undefined` where it is none: only an envelope has `messages`. Yields now and then. */
export function* envelopeFields({ text, start }: Part): Generator<undefined, EnvelopeFields | Flaw<IssueReason> | undefined> {
  const tokens = new JsonTokens(text, start);
  if (!tokens.is('{')) return undefined;
  const members: Member[] = [];
  let messages: Span | undefined;
  for (const member of membersOf(tokens)) {
    if (member === undefined) {
      yield;
      continue;
    }
    members.push(member);
    if (messages === undefined && stringOf(text, member.name) === 'messages') messages = member.value;
  }
  if (messages === undefined) return undefined;
  const found = fieldsOf(text, members, ENVELOPE_FIELDS);
  if ('reason' in found) return found;
  if (text.charAt(messages.start) !== '[') return { offset: messages.start, length: messages.end - messages.start, reason: { kind: 'messagesNotAList' } };
  return { topic: found.get('topic'), messages };
}

/** What is wrong with the topic a document names; `undefined` where it names none, or the target. */
export function topicFlaw(text: string, topic: Span | undefined, target: string): Flaw<IssueReason> | undefined {
  if (topic === undefined) return undefined;
  const name = stringOf(text, topic);
  const at = { offset: topic.start, length: topic.end - topic.start };
  if (name === undefined) return { ...at, reason: { kind: 'topicNotText' } };
  return name === target ? undefined : { ...at, reason: { kind: 'otherTopic', topic: name, target } };
}

function fieldsOf(text: string, members: Iterable<Member>, known: ReadonlySet<string>): ReadonlyMap<string, Span> | Flaw<IssueReason> {
  const found = new Map<string, Span>();
  for (const { name, value } of members) {
    const field = stringOf(text, name) ?? '';
    const reason = reasonAgainst(field, known, found);
    if (reason !== undefined) return { offset: name.start, length: name.end - name.start, reason };
    found.set(field, value);
  }
  return found;
}

function reasonAgainst(field: string, known: ReadonlySet<string>, found: ReadonlyMap<string, Span>): IssueReason | undefined {
  if (found.has(field)) return { kind: 'duplicateField', field };
  if (known.has(field)) return undefined;
  return NOT_CARRIED.has(field) ? { kind: 'fieldNotCarried', field } : { kind: 'unknownField', field };
}
