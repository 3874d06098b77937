import { flawOfAll, type FoundPart, MAX_KEPT_LENGTH } from './foundPart.ts';
import { findDocumentProblem } from './jsonProblem.ts';
import { elementsOf, JsonTokens, type Span } from './jsonTokens.ts';
import type { Place } from '../message.ts';
import { ALONE_FIELDS, envelopeFields, LISTED_FIELDS, topicFlaw } from './messageFields.ts';
import { isBlank, type Part, Places } from './places.ts';
import { asElement, asMessage, type PartReader } from './readingMaker.ts';

/** What matters of the target. */
export interface DocumentTarget {
  /** Full name of the topic the messages go to. */
  readonly topicName: string;
  readonly maxValueBytes: number;
}

/** What the parts of a document are read as. */
export type DocumentContent = 'messages' | 'elements';

/**
 * The messages of a JSON document, in their order: one message, a list of them or an envelope; or the elements of a list. Yields
 * `undefined` now and then where a large text takes long, so that others can run. Where the document is no JSON, or what surrounds the
 * messages is wrong, that is all there is.
 */
export function* partsOfDocument(text: string, content: DocumentContent, start: Place, target: DocumentTarget): Generator<FoundPart | undefined> {
  if (isBlank(text)) {
    yield flawOfAll(start, { kind: 'empty' });
    return;
  }
  const problem = yield* findDocumentProblem(text);
  if (problem !== undefined) {
    const { offset, length, code } = problem;
    yield { part: { text, start: 0, end: text.length, place: start }, content: { offset, length, reason: { kind: 'notJson', code } }, isWhole: true };
    return;
  }
  const places = new Places(text, start);
  const root = partOf(text, { start: new JsonTokens(text).start, end: text.trimEnd().length }, places);
  if (content === 'messages') yield* messagesIn(root, places, target);
  else if (text.charAt(root.start) === '[') yield* listed(root, root.start, asElement, { places, target });
  else yield found(root, asElement, target);
}

function* messagesIn(root: Part, places: Places, target: DocumentTarget): Generator<FoundPart | undefined> {
  if (root.text.charAt(root.start) === '[') {
    yield* listed(root, root.start, asMessage(LISTED_FIELDS), { places, target });
    return;
  }
  const fields = yield* envelopeFields(root);
  if (fields === undefined) {
    yield found(root, asMessage(ALONE_FIELDS), target);
    return;
  }
  const flaw = 'reason' in fields ? fields : topicFlaw(root.text, fields.topic, target.topicName);
  if (flaw !== undefined) yield { part: root, content: flaw, isWhole: true };
  else if ('messages' in fields) yield* listed(root, fields.messages.start, asMessage(LISTED_FIELDS), { places, target });
}

function* listed(
  root: Part, start: number, reader: PartReader, { places, target }: { readonly places: Places; readonly target: DocumentTarget },
): Generator<FoundPart | undefined> {
  let isEmpty = true;
  for (const element of elementsOf(new JsonTokens(root.text, start))) {
    isEmpty = false;
    yield element === undefined ? undefined : found(partOf(root.text, element, places), reader, target);
  }
  if (isEmpty) yield { part: root, content: { offset: start, length: 1, reason: { kind: 'empty' } }, isWhole: true };
}

/** A part that is so long that no value fits into a message is not looked at: that alone would hold everybody up. */
function found(part: Part, reader: PartReader, { maxValueBytes }: DocumentTarget): FoundPart {
  const { text, start, end } = part;
  if (end - start <= MAX_KEPT_LENGTH) return { part, content: reader };
  const reason = { kind: 'tooLarge', bytes: Buffer.byteLength(text.slice(start, end)), maxBytes: maxValueBytes } as const;
  return { part, content: { offset: start, length: 0, reason } };
}

function partOf(text: string, { start, end }: Span, places: Places): Part {
  return { text, start, end, place: places.at(start) };
}
