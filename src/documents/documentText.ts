import type { DocumentValues, EditableType } from './documentType.ts';
import { type EditReading, editText, readEditText } from './editText.ts';
import type { Finding, Span } from './places.ts';
import { asOpened } from './wholeText.ts';

/** What of a type says how its texts are read. */
export type TextType = Pick<EditableType, 'fields' | 'text' | 'checkTogether'>;

/** The start of a text: where stands what is said of no place in it. */
const START: Span = { offset: 0, length: 0 };

/** The text of an editable document. */
export function documentText(type: TextType, values: DocumentValues): string {
  if (type.text !== 'whole') return editText(type.fields, values);
  const value = values[type.fields[0]?.name ?? ''];
  return typeof value === 'string' ? value : '';
}

/**
 * Reads the text of an editable document and checks all of it.
 * @param opened the values it was made from; undefined where they are not known
 */
export function readDocument(type: TextType, text: string, opened: DocumentValues | undefined): EditReading {
  const reading = type.text === 'whole' ? readWhole(type, text, opened) : readEditText(text, type.fields, opened);
  if (reading.values === undefined) return reading;
  const findings = findingsTogether(type, reading.values, opened, reading.spans);
  return findings.length === 0 ? reading : { ...reading, values: undefined, findings };
}

/** What is wrong with fields together, where they stand in a text. */
export function findingsTogether(
  type: TextType, values: DocumentValues, opened: DocumentValues | undefined, spans: EditReading['spans'],
): readonly Finding[] {
  const found = type.checkTogether?.(values, opened) ?? [];
  return found.map(({ field, message }) => ({ ...(spans.get(field) ?? START), message }));
}

function readWhole({ fields }: TextType, text: string, opened: DocumentValues | undefined): EditReading {
  const [field] = fields;
  if (field === undefined) return { values: {}, findings: [], spans: new Map(), isBroken: false };
  const { name, check } = field;
  const before = opened?.[name];
  const value = asOpened(text, typeof before === 'string' ? before : undefined);
  const first: Span = { offset: 0, length: /[\r\n]/.exec(text)?.index ?? text.length };
  const problem = check(value, before);
  return {
    values: problem === undefined ? { [name]: value } : undefined,
    findings: problem === undefined ? [] : [{ ...first, message: problem }],
    spans: new Map([[name, first]]),
    isBroken: false,
  };
}
