import type { Memento } from 'vscode';

import type { DocumentValue, DocumentValues } from './documentType.ts';

/** A state of a document: what the editor was given, or would be given now. */
export interface Version {
  readonly text: string;
  /** What can be changed; undefined for documents that are only read, or where it is not known any more. */
  readonly values: DocumentValues | undefined;
  /** Milliseconds since the epoch. The editor takes a later one for a change on disk. */
  readonly mtime: number;
}

const STATE_KEY = 'cloudStreams.documents.drafts';
const MAX_DRAFTS = 50;

/**
 * What unsaved documents were made from, kept over a restart: the editor keeps their text itself, but not the state it has to be
 * compared with. Kept in the state of the workspace.
 */
export class Drafts {
  readonly #state: Memento;

  constructor(state: Memento) {
    this.#state = state;
  }

  get(uri: string): Version | undefined {
    return this.#read().get(uri);
  }

  async keep(uri: string, version: Version): Promise<void> {
    const drafts = this.#read();
    drafts.delete(uri);
    drafts.set(uri, version);
    await this.#state.update(STATE_KEY, [...drafts].slice(-MAX_DRAFTS));
  }

  async forget(uri: string): Promise<void> {
    const drafts = this.#read();
    if (!drafts.delete(uri)) return;
    await this.#state.update(STATE_KEY, drafts.size === 0 ? undefined : [...drafts]);
  }

  #read(): Map<string, Version> {
    const stored: unknown = this.#state.get(STATE_KEY);
    return new Map(list(stored).flatMap(readEntry));
  }
}

function readEntry(entry: unknown): [string, Version][] {
  const [uri, version] = list(entry);
  if (typeof uri !== 'string' || !isRecord(version)) return [];
  const { text, values, mtime } = version;
  return typeof text === 'string' && isValues(values) && typeof mtime === 'number' ? [[uri, { text, values, mtime }]] : [];
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isValues(value: unknown): value is DocumentValues {
  return isRecord(value) && Object.values(value).every(isValue);
}

function isValue(value: unknown): value is DocumentValue {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
