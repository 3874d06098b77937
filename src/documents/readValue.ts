import * as l10n from '@vscode/l10n';
import type { Node } from 'jsonc-parser';

import type { DocumentValue } from './documentType.ts';
import type { Finding } from './places.ts';

/** What reads and writes values calls itself for each level. */
const MAX_DEPTH = 200;
const INTEGER = /^-?\d+$/;

/** A value of a text, and what of it no JSON can say twice the same. */
export interface ReadValue {
  readonly value: DocumentValue;
  readonly findings: readonly Finding[];
}

/** The value of a node of a text. Whatever is wrong with it, there is one. */
export function readValue(text: string, node: Node): ReadValue {
  const findings: Finding[] = [];
  return { value: read(text, node, 0, findings), findings };
}

function read(text: string, node: Node, depth: number, findings: Finding[]): DocumentValue {
  const { type, offset, length, children = [] } = node;
  if (depth > MAX_DEPTH) {
    findings.push({ offset, length, message: l10n.t('Lists and objects can be nested {0} levels deep here.', MAX_DEPTH) });
    return null;
  }
  if (type === 'array') return children.map((child) => read(text, child, depth + 1, findings));
  if (type === 'object') return readMembers(text, children, depth, findings);
  return type === 'number' ? readNumber(text, node, findings) : (node.value as DocumentValue);
}

function readMembers(text: string, members: readonly Node[], depth: number, findings: Finding[]): DocumentValue {
  const entries = new Map<string, DocumentValue>();
  for (const { children = [] } of members) {
    const [key, value] = children;
    if (key === undefined || value === undefined) continue;
    const name = String(key.value);
    if (entries.has(name)) findings.push({ offset: key.offset, length: key.length, message: l10n.t('"{0}" is there twice.', name) });
    entries.set(name, read(text, value, depth + 1, findings));
  }
  // Sets own members only, whatever they are called.
  return Object.fromEntries(entries);
}

/** An integer keeps every digit. */
function readNumber(text: string, { offset, length, value }: Node, findings: Finding[]): DocumentValue {
  const number = Number(value);
  if (!Number.isFinite(number)) findings.push({ offset, length, message: l10n.t('No number can be that large.') });
  if (!Number.isFinite(number) || Number.isSafeInteger(number)) return number;
  const source = text.slice(offset, offset + length);
  return INTEGER.test(source) ? BigInt(source) : number;
}
