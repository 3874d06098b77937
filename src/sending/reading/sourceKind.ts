import { allMembersOf, elementsOf, JsonTokens, stringOf } from './jsonTokens.ts';
import { ENVELOPE_FIELDS } from './messageFields.ts';
import type { SourceContent, TextFormat } from '../source.ts';

/** What a document or file is, as far as messages go. */
export interface SourceKind {
  readonly format: TextFormat;
  readonly content: SourceContent;
  /** Whether it says of itself that it holds messages. */
  readonly isMessageDocument: boolean;
  /** How many elements a bare list at its root has; 0 where there is none. */
  readonly elements: number;
}

/** Our schemas, by which a document says that it holds messages. */
const MESSAGE_SCHEMAS: ReadonlySet<string> = new Set(['cloud-streams:///schema/message.json', 'cloud-streams:///schema/messages.json']);

const FORMATS: ReadonlyMap<string, TextFormat> = new Map([['json', 'json'], ['jsonc', 'json'], ['jsonl', 'jsonLines']]);

/**
 * What a document or file is: by its name, by its `$schema`, or because it cannot be anything else than an envelope.
 * @param name file name or path
 * @param languageId of the editor; `undefined` for a file that is not open
 * @param text where it is long, its beginning will do
 */
export function sourceKind(name: string, languageId: string | undefined, text: string): SourceKind {
  const format = formatOf(name, languageId);
  const isNamed = /\.messages?\.json$|\.messages\.(?:jsonl|ndjson)$/i.test(name);
  if (format === 'text') return { format, content: 'value', isMessageDocument: false, elements: 0 };
  if (format === 'jsonLines') return { format, content: isNamed ? 'messages' : 'value', isMessageDocument: isNamed, elements: 0 };
  if (isNamed || saysSo(text)) return { format, content: 'messages', isMessageDocument: true, elements: 0 };
  return { format, content: 'value', isMessageDocument: false, elements: countElements(text) };
}

function formatOf(name: string, languageId: string | undefined): TextFormat {
  // The editor may know no language for JSON Lines; a name that says so is believed.
  if (/\.(?:jsonl|ndjson)$/i.test(name)) return 'jsonLines';
  const ofLanguage = languageId === undefined ? undefined : FORMATS.get(languageId);
  return ofLanguage ?? (/\.json$/i.test(name) ? 'json' : 'text');
}

/** Whether a JSON text says of itself that it holds messages. */
function saysSo(text: string): boolean {
  const tokens = new JsonTokens(text);
  if (!tokens.is('{')) return false;
  let hasMessages = false;
  let isEnvelope = true;
  for (const { name, value } of allMembersOf(tokens)) {
    const field = stringOf(text, name) ?? '';
    if (field === '$schema' && MESSAGE_SCHEMAS.has(stringOf(text, value) ?? '')) return true;
    isEnvelope &&= ENVELOPE_FIELDS.has(field);
    hasMessages ||= field === 'messages' && text.charAt(value.start) === '[';
  }
  return isEnvelope && hasMessages;
}

function countElements(text: string): number {
  const tokens = new JsonTokens(text);
  return tokens.is('[') ? elementsOf(tokens).reduce((count, element) => (element === undefined ? count : count + 1), 0) : 0;
}
