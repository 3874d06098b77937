import type { ResourceRef } from '../model/resource.ts';
import type { DocumentType } from './documentType.ts';

/** What a document shows: what can be changed, all that is known, the service's answer, or what can be changed as it is in the cloud now. */
export type DocumentMode = 'edit' | 'view' | 'raw' | 'remote';

/** What a document's address says. */
export interface DocumentAddress {
  readonly ref: ResourceRef;
  readonly mode: DocumentMode;
}

/** The ending of the documents of a kind of row with these keys; undefined where there is no such document. */
export type EndingOf = (kind: string, keys: readonly string[]) => string | undefined;

const MODES: readonly DocumentMode[] = ['edit', 'view', 'raw', 'remote'];

/** Letters and digits of any language, and marks that neither a path nor a pattern gives a meaning. */
const PLAIN = /^[\p{L}\p{N}\p{M} ._~,@=+-]$/u;

/** What stands for an empty segment, which a path might lose; no text is written so. */
const EMPTY = '%-';

/**
 * The path of a document's address: `/{mode}/{accountId}/{kind}/{keys…}/{name}{ending}`. No segment is empty, a dot segment or
 * holds a slash, whatever the names are, so it comes back from any editor's URI as it went in. The file name at the end is for
 * people and for the JSON schema: only what can be changed carries the ending the schema matches.
 */
export function documentPath({ ref, mode }: DocumentAddress, ending: string): string {
  const segments = [mode, ref.accountId, ref.kind, ...ref.keys].map(escapeSegment);
  return `/${segments.join('/')}/${escapeName(ref.name)}${fileEnding(mode, ending)}`;
}

/** What a path of {@link documentPath} says; undefined for any other. */
export function readDocumentPath(path: string, endingOf: EndingOf): DocumentAddress | undefined {
  const [start, mode, ...segments] = path.split('/');
  const known = MODES.find((candidate) => candidate === mode);
  const file = segments.pop();
  const [accountId, kind, ...rest] = segments.map(unescapeSegment);
  const keys = rest.filter((key) => key !== undefined);
  if (start !== '' || known === undefined || file === undefined || accountId === undefined || kind === undefined) return undefined;
  if (keys.length < rest.length) return undefined;
  const ending = endingOf(kind, keys);
  if (ending === undefined) return undefined;
  const suffix = fileEnding(known, ending);
  const name = file.endsWith(suffix) ? unescapeSegment(file.slice(0, file.length - suffix.length)) : undefined;
  return name === undefined ? undefined : { mode: known, ref: { accountId, kind, keys, name } };
}

/** The name of the JSON schema at an address of package.json's `jsonValidation`: `/schema/{name}.json`; undefined for any other. */
export function schemaName(path: string): string | undefined {
  return /^\/schema\/(\w+)\.json$/.exec(path)?.[1];
}

/**
 * Whether a path that leads to no document is a folder on the way to one: the editor asks for those of a file it writes.
 * @param kinds those that have documents
 */
export function isFolder(path: string, kinds: readonly string[]): boolean {
  const [, mode, ...segments] = path.split('/');
  if (path === '/') return true;
  if (!MODES.some((candidate) => candidate === mode)) return false;
  const kind = unescapeSegment(segments[1] ?? '');
  return !(segments.at(-1) ?? '').endsWith('.json') || (kind !== undefined && kinds.includes(kind));
}

/** The ending of a resource's documents; undefined where it has none. */
export function endingOf({ ending }: Pick<DocumentType, 'ending'>, ref: Pick<ResourceRef, 'keys'>): string | undefined {
  return typeof ending === 'string' ? ending : ending(ref);
}

function fileEnding(mode: DocumentMode, ending: string): string {
  return mode === 'edit' || mode === 'remote' ? ending : `${ending.replace(/\.json$/, '')} (${mode}).json`;
}

function escapeSegment(text: string): string {
  if (text === '') return EMPTY;
  return text === '.' || text === '..' ? text.replaceAll('.', '%002e') : escapeName(text);
}

/** Unit by unit, so that half of a surrogate pair survives too. */
function escapeName(text: string): string {
  return Array.from(text, (character) => (PLAIN.test(character) ? character : Array.from({ length: character.length }, (_, n) => escapeUnit(character.charCodeAt(n))).join(''))).join('');
}

function escapeUnit(unit: number): string {
  return `%${unit.toString(16).padStart(4, '0')}`;
}

function unescapeSegment(text: string): string | undefined {
  if (text === EMPTY) return '';
  return /^(?:[^%]|%[0-9a-f]{4})*$/u.test(text)
    ? text.replaceAll(/%([0-9a-f]{4})/g, (_, unit: string) => String.fromCharCode(Number.parseInt(unit, 16)))
    : undefined;
}
