import { LineSplitter } from './jsonLines.ts';
import { allMembersOf, elementsOf, JsonTokens, type Span, stringOf } from './jsonTokens.ts';
import type { Place } from '../message.ts';
import { isBlank, Places } from './places.ts';
import type { MessageSource } from '../source.ts';

/** Where the messages of a document stand, for what is shown beside them. */
export interface Outline {
  /** The topic an envelope or a lone message names. */
  readonly topic?: { readonly name: string; readonly place: Place };
  /** `index` is what `SourceRef.only` takes. */
  readonly messages: readonly { readonly index: number; readonly place: Place }[];
}

/** Messages that are pointed out; nobody looks at more lenses. */
const MOST_MESSAGES = 1000;

/** Of a longer text only the beginning is looked at: this is asked again with each key that is pressed. */
const MOST_LENGTH = 4 * 1024 * 1024;

const START: Place = { line: 1, column: 1 };

/** The outline of a document, as far as it can be told of a text that is just being written; empty where its text is one value. */
export function outlineOf(text: string, { format, content }: Pick<MessageSource, 'format' | 'content'>): Outline {
  const head = text.slice(0, MOST_LENGTH);
  if (format === 'jsonLines') return { messages: content === 'messages' ? linesIn(head) : [] };
  if (content === 'value') return { messages: [] };
  const tokens = new JsonTokens(head);
  const root = tokens.start;
  const places = new Places(head, START);
  if (tokens.is('[')) return { messages: listed(elementsOf(tokens), places) };
  if (!tokens.is('{') || content === 'elements') return { messages: [] };
  const { topic, messages } = rootFields(tokens);
  const spans = messages === undefined ? [{ start: root, end: root }] : elementsAt(head, messages);
  const found = { messages: listed(spans, places) };
  const name = topic === undefined ? undefined : stringOf(head, topic);
  return topic === undefined || name === undefined ? found : { topic: { name, place: new Places(head, START).at(topic.start) }, ...found };
}

function elementsAt(text: string, { start }: Span): Iterable<Span | undefined> {
  return text.charAt(start) === '[' ? elementsOf(new JsonTokens(text, start)) : [];
}

function rootFields(tokens: JsonTokens): { readonly topic?: Span; readonly messages?: Span } {
  const fields: { topic?: Span; messages?: Span } = {};
  for (const { name, value } of allMembersOf(tokens)) {
    const field = stringOf(tokens.text, name);
    if (field === 'topic') fields.topic = value;
    if (field === 'messages') fields.messages = value;
  }
  return fields;
}

function listed(spans: Iterable<Span | undefined>, places: Places): Outline['messages'] {
  const messages: { readonly index: number; readonly place: Place }[] = [];
  for (const span of spans) {
    if (messages.length === MOST_MESSAGES) break;
    if (span !== undefined) messages.push({ index: messages.length, place: places.at(span.start) });
  }
  return messages;
}

function linesIn(text: string): Outline['messages'] {
  const messages: { readonly index: number; readonly place: Place }[] = [];
  const splitter = new LineSplitter(START, text.length);
  for (const line of splitter.push(`${text}\n`)) {
    if (!isBlank(line.text)) messages.push({ index: messages.length, place: line.place });
    if (messages.length === MOST_MESSAGES) break;
  }
  return messages;
}
