import { constants } from 'node:buffer';

import { partsOfDocument } from './documentParts.ts';
import { flawAtPlace, flawOfAll, type FoundPart, MAX_KEPT_LENGTH } from './foundPart.ts';
import { ByteCount, type Line, LineSplitter } from './jsonLines.ts';
import { isBlank } from './places.ts';
import { asLine, asValue, type PartReader } from './readingMaker.ts';
import { type MessageSource, SourceError } from '../source.ts';

/** What finding needs to know of the target. */
export interface FindContext {
  /** Full name. */
  readonly topicName: string;
  readonly maxValueBytes: number;
}

/** Some of the parts of a source; `undefined` now and then where finding them takes long. */
export type SomeParts = Iterable<FoundPart | undefined>;

/**
 * The parts of a source that are messages, in their order. What cannot be read, or holds nothing, is one part with that flaw.
 * @throws CancelledError
 */
export async function* partsOf(source: MessageSource, context: FindContext, signal: AbortSignal): AsyncGenerator<SomeParts> {
  try {
    if (source.format === 'jsonLines') yield* partsOfLines(source, context, signal);
    else if (source.content === 'value') yield [await partOfText(source, context, signal)];
    else yield partsOfDocument(await documentOf(source, signal), source.content, source.start, context);
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    yield [flawOfAll(source.start, error.reason)];
  }
}

async function* partsOfLines(source: MessageSource, { maxValueBytes }: FindContext, signal: AbortSignal): AsyncGenerator<SomeParts> {
  const splitter = new LineSplitter(source.start, MAX_KEPT_LENGTH);
  const reader = source.content === 'messages' ? asLine : asValue('json');
  const seen = { isEmpty: true };
  function* partsIn(lines: Iterable<Line>): Generator<FoundPart> {
    for (const line of lines) {
      const part = partOfLine(line, reader, maxValueBytes);
      if (part === undefined) continue;
      seen.isEmpty = false;
      yield part;
    }
  }
  for await (const piece of source.read(signal)) yield partsIn(splitter.push(piece));
  yield partsIn([splitter.end()]);
  if (seen.isEmpty) yield [flawOfAll(source.start, { kind: 'empty' })];
}

function partOfLine({ text, place, lostBytes }: Line, reader: PartReader, maxBytes: number): FoundPart | undefined {
  if (lostBytes !== undefined) return flawAtPlace(place, { kind: 'tooLarge', bytes: lostBytes, maxBytes });
  return isBlank(text) ? undefined : { part: { text, start: 0, end: text.length, place }, content: reader };
}

/** A text that is one value. */
async function partOfText(source: MessageSource, { maxValueBytes }: FindContext, signal: AbortSignal): Promise<FoundPart> {
  const { start, format } = source;
  const count = new ByteCount();
  let text = '';
  let isKept = true;
  for await (const piece of source.read(signal)) {
    count.add(piece);
    isKept &&= text.length + piece.length <= MAX_KEPT_LENGTH;
    text = isKept ? text + piece : '';
  }
  if (!isKept) return flawOfAll(start, { kind: 'tooLarge', bytes: count.total, maxBytes: maxValueBytes });
  if (format === 'text' ? text.trim() === '' : isBlank(text)) return flawOfAll(start, { kind: 'empty' });
  return { part: { text, start: 0, end: text.length, place: start }, content: asValue(format) };
}

async function documentOf(source: MessageSource, signal: AbortSignal): Promise<string> {
  let text = '';
  for await (const piece of source.read(signal)) {
    if (text.length + piece.length > constants.MAX_STRING_LENGTH) throw new SourceError({ kind: 'documentTooLarge' });
    text += piece;
  }
  return text;
}
