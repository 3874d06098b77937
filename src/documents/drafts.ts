import type { Memento } from 'vscode';

import { parseJson } from '../model/json.ts';
import type { DocumentValue, DocumentValues } from './documentType.ts';
import { valueJson } from './values.ts';

/** A state of a document: what the editor was given, or would be given now. */
export interface Version {
  readonly text: string;
  /** What can be changed; undefined for documents that are only read, or where it is not known any more. */
  readonly values: DocumentValues | undefined;
  /** Milliseconds since the epoch. The editor takes a later one for a change on disk. */
  readonly mtime: number;
  /** Of which thing it is, where one is told from another at its address. */
  readonly identity?: string;
  /** Never kept over a restart: it may hold secrets. */
  readonly isPrivate?: true;
}

const STATE_KEY = 'cloudStreams.documents.drafts';
const MAX_DRAFTS = 50;
/** In UTF-16 code units: of the values of one document, and of all that is kept. The editor writes the whole state each time. */
const MAX_VALUES = 512 * 1024;
const MAX_KEPT = 2 * 1024 * 1024;

/**
 * What unsaved documents were made from, kept over a restart: the editor keeps their text itself, but not the state it has to be
 * compared with. Kept in the state of the workspace; not where it is large or may hold secrets, and of many large ones the newest.
 */
export class Drafts {
  readonly #state: Memento;

  constructor(state: Memento) {
    this.#state = state;
  }

  get(uri: string): Version | undefined {
    return readVersion(this.#read().get(uri));
  }

  async keep(uri: string, { text, values, mtime, identity, isPrivate }: Version): Promise<void> {
    // As text: the state holds no `bigint`.
    const written = values === undefined || isPrivate === true || hasLongText(values) ? undefined : valueJson(values);
    if (written === undefined || written.length > MAX_VALUES) {
      await this.forget(uri);
      return;
    }
    const drafts = this.#read();
    drafts.delete(uri);
    drafts.set(uri, { text, values: written, mtime, ...(identity === undefined ? {} : { identity }) });
    await this.#state.update(STATE_KEY, newest([...drafts]));
  }

  async forget(uri: string): Promise<void> {
    const drafts = this.#read();
    if (!drafts.delete(uri)) return;
    await this.#state.update(STATE_KEY, drafts.size === 0 ? undefined : [...drafts]);
  }

  #read(): Map<string, unknown> {
    const stored: unknown = this.#state.get(STATE_KEY);
    return new Map(list(stored).flatMap((entry): [string, unknown][] => {
      const [uri, version] = list(entry);
      return typeof uri === 'string' ? [[uri, version]] : [];
    }));
  }
}

/** Whether a text alone is too large, so that megabytes of source code need not be written to know. */
function hasLongText(values: DocumentValues): boolean {
  return Object.values(values).some((value) => typeof value === 'string' && value.length > MAX_VALUES);
}

/** As many of the last entries as there is room for; the last one in any case. */
function newest(entries: readonly (readonly [string, unknown])[]): readonly (readonly [string, unknown])[] {
  let size = 0;
  const last = entries.slice(-MAX_DRAFTS);
  const tooOld = last.findLastIndex(([, version], index) => {
    size += sizeOf(version);
    return size > MAX_KEPT && index < last.length - 1;
  });
  return last.slice(tooOld + 1);
}

function sizeOf(version: unknown): number {
  const { text, values } = isRecord(version) ? version : {};
  return (typeof text === 'string' ? text.length : 0) + (typeof values === 'string' ? values.length : 0);
}

function readVersion(version: unknown): Version | undefined {
  if (!isRecord(version)) return undefined;
  const { text, values: written, mtime, identity } = version;
  // Earlier versions of the extension kept them as they are.
  const values = typeof written === 'string' ? parsed(written) : written;
  if (typeof text !== 'string' || !isValues(values) || typeof mtime !== 'number') return undefined;
  return { text, values, mtime, ...(typeof identity === 'string' ? { identity } : {}) };
}

function parsed(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isValues(value: unknown): value is DocumentValues {
  return isRecord(value) && Object.values(value).every(isValue);
}

function isValue(value: unknown): value is DocumentValue {
  if (Array.isArray(value)) return value.every(isValue);
  return value === null || ['string', 'number', 'bigint', 'boolean'].includes(typeof value) || isValues(value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
