import { MAX_DATA_STREAM_VALUE_BYTES } from '../model/dataStream.ts';
import { findJsonProblem, type JsonProblem } from './jsonProblem.ts';

/** What a text claims to be: one JSON value, one JSON value a line, or anything. */
export type TextFormat = 'json' | 'jsonLines' | 'text';

/** A message value as it will go out, byte for byte. */
export interface MessageValue {
  readonly value: string;
  /** Length in UTF-8. */
  readonly bytes: number;
}

/** Why a text cannot go out, or not without being asked. Offsets are in UTF-16 code units of the text as given. */
export type MessageProblem =
  | { readonly kind: 'empty' }
  | { readonly kind: 'tooLarge'; readonly bytes: number; readonly maxBytes: number }
  /** Half of a surrogate pair: UTF-8 cannot carry it, so it could not arrive as it stands. */
  | { readonly kind: 'notUnicode'; readonly offset: number }
  /** `message` is what goes out if the user wants the text sent as it is. */
  | { readonly kind: 'notJson'; readonly at: JsonProblem; readonly message: MessageValue }
  /** JSON Lines with more than one value: a message each, but a send is one message. */
  | { readonly kind: 'severalLines'; readonly count: number; readonly message: MessageValue };

/** A text read as one message. */
export type MessageReading =
  | { readonly ok: true; readonly message: MessageValue }
  | { readonly ok: false; readonly problem: MessageProblem };

const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Reads a text as the value of one message (datastream.md §5). Nothing is trimmed, parsed and written again, or
 * normalised; only a byte order mark at the start stays out, which belongs to the file and not to the text.
 */
export function readMessage(text: string, format: TextFormat): MessageReading {
  const start = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;
  const value = text.slice(start);
  if (value.trim() === '') return problem({ kind: 'empty' });

  const bytes = Buffer.byteLength(value, 'utf8');
  if (bytes > MAX_DATA_STREAM_VALUE_BYTES) {
    return problem({ kind: 'tooLarge', bytes, maxBytes: MAX_DATA_STREAM_VALUE_BYTES });
  }
  if (!value.isWellFormed()) return problem({ kind: 'notUnicode', offset: start + loneSurrogateAt(value) });

  const message = { value, bytes };
  if (format === 'text') return { ok: true, message };
  if (format === 'jsonLines') {
    const count = value.split(/\r\n|\n|\r/).filter((line) => line.trim() !== '').length;
    if (count > 1) return problem({ kind: 'severalLines', count, message });
  }
  const at = findJsonProblem(value);
  if (at === undefined) return { ok: true, message };
  return problem({ kind: 'notJson', at: { ...at, offset: start + at.offset }, message });
}

function problem(found: MessageProblem): MessageReading {
  return { ok: false, problem: found };
}

function loneSurrogateAt(text: string): number {
  let offset = 0;
  for (const character of text) {
    if (!character.isWellFormed()) return offset;
    offset += character.length;
  }
  return 0;
}
