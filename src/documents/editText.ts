import * as l10n from '@vscode/l10n';
import { type Node, type ParseError, parseTree } from 'jsonc-parser';

import type { DocumentField, DocumentValue, DocumentValues } from './documentType.ts';
import { type Finding, placeOf, type Span } from './places.ts';
import { readValue } from './readValue.ts';
import { valueJson } from './values.ts';

/** An editable document as it was read. */
export interface EditReading {
  /** Undefined where something is wrong. */
  readonly values: DocumentValues | undefined;
  readonly findings: readonly Finding[];
  /** Where the value of each known field stands. */
  readonly spans: ReadonlyMap<string, Span>;
  /** Whether the text is no JSON at all, which the editor's own JSON support marks too. */
  readonly isBroken: boolean;
}

/** The text of an editable document: its fields in their order, and no others. */
export function editText(fields: readonly DocumentField[], values: DocumentValues): string {
  const known = fields.flatMap(({ name }): [string, DocumentValue][] => {
    const value = values[name];
    return value === undefined ? [] : [[name, value]];
  });
  return `${valueJson(Object.fromEntries(known), 2)}\n`;
}

/**
 * Reads the text of an editable document and checks all of it.
 * @param opened the values it was made from; undefined where they are not known
 */
export function readEditText(text: string, fields: readonly DocumentField[], opened: DocumentValues | undefined): EditReading {
  const errors: ParseError[] = [];
  const root = parse(text, errors);
  const [first] = errors.toSorted((a, b) => a.offset - b.offset);
  if (first !== undefined || root === undefined) return broken(text, first ?? { offset: 0, length: 0 });
  if (root.type !== 'object') return wrong({ ...spanOf(root), message: l10n.t('An object with the fields is expected.') });
  return readFields(text, root, fields, opened ?? {});
}

function parse(text: string, errors: ParseError[]): Node | undefined {
  try {
    return parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  } catch {
    // Recursive: a text nested some ten thousand levels deep ends its stack.
    return undefined;
  }
}

function broken(text: string, { offset, length }: Span): EditReading {
  const { line, column } = placeOf(text, offset);
  const message = l10n.t('The text is not valid JSON: line {0}, column {1}.', line + 1, column + 1);
  return { ...wrong({ offset, length, message }), isBroken: true };
}

function wrong(...findings: readonly Finding[]): EditReading {
  return { values: undefined, findings, spans: new Map(), isBroken: false };
}

function readFields(text: string, root: Node, fields: readonly DocumentField[], opened: DocumentValues): EditReading {
  const findings: Finding[] = [];
  const values: Record<string, DocumentValue> = {};
  const spans = new Map<string, Span>();
  for (const { children } of root.children ?? []) {
    const [key, value] = children ?? [];
    if (key === undefined || value === undefined) continue;
    const name = String(key.value);
    const field = fields.find((candidate) => candidate.name === name);
    const message = field === undefined ? notAField(name, fields) : spans.has(name) ? l10n.t('"{0}" is there twice.', name) : undefined;
    if (field === undefined || message !== undefined) {
      findings.push({ ...spanOf(key), message: message ?? '' });
      continue;
    }
    spans.set(name, spanOf(value));
    const read = readValue(text, value);
    const problem = problemWith(field, read.value, opened[name]);
    // Its own words for a value tell more than what is wrong with any value.
    if (problem === undefined) findings.push(...read.findings);
    else findings.push({ ...spanOf(value), message: problem });
    values[name] = read.value;
  }
  const missing = fields.filter(({ name, isOptional }) => isOptional !== true && !spans.has(name));
  findings.push(...missing.map(({ name }) => ({ offset: root.offset, length: 1, message: l10n.t('"{0}" is missing.', name) })));
  return { values: findings.length === 0 ? values : undefined, findings, spans, isBroken: false };
}

function problemWith({ check }: DocumentField, value: DocumentValue, opened: DocumentValue | undefined): string | undefined {
  const problem = check(value, opened);
  // A field of smaller numbers tells its range rather than that this is none.
  return problem !== undefined && typeof value === 'bigint' ? (check(Number(value), opened) ?? problem) : problem;
}

function notAField(name: string, fields: readonly DocumentField[]): string {
  return l10n.t('"{0}" cannot be changed here. What can be changed: {1}.', name, fields.map((field) => field.name).join(', '));
}

function spanOf({ offset, length }: Node): Span {
  return { offset, length };
}
