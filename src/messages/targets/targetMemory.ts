import type { Memento } from 'vscode';

import { Emitter } from '../../host/emitter.ts';
import { putFirst, readTarget, type SendTarget } from '../../sending/target.ts';

const STATE_KEY = 'cloudStreams.message.targets';
const MAX_RECENT = 3;
const MAX_DOCUMENTS = 100;

/** How a bare JSON array is sent: a message for each element, or all of it as one. */
export type ArrayReading = 'elements' | 'value';

/** The topic a document goes to, and what the user said of the document. */
export interface Binding {
  readonly target: SendTarget;
  /** `undefined` where it was never asked. */
  readonly array: ArrayReading | undefined;
}

/** A document, as far as the memory knows it. */
export interface BoundDocument {
  readonly uri: string;
  /** Whether it still has no file. */
  readonly isUntitled: boolean;
}

/**
 * Where messages go: the last targets of this workspace, and the target of each document. Documents without a file are
 * remembered in memory alone, for their address is given to another document later.
 */
export class TargetMemory {
  readonly #state: Memento;
  readonly #untitled = new Map<string, Binding>();
  readonly #changes = new Emitter<undefined>();

  /** A document has another target. */
  readonly onDidChange = this.#changes.event;

  constructor(state: Memento) {
    this.#state = state;
  }

  /** The targets a document will most likely go to, the most likely first. */
  recent(documentUri: string): readonly SendTarget[] {
    const { recent } = this.#read();
    const own = this.bindingOf(documentUri)?.target;
    return own === undefined ? recent : putFirst(own, recent).slice(0, MAX_RECENT);
  }

  /** Where a document goes without a question; `undefined` where it was never said. */
  bindingOf(documentUri: string): Binding | undefined {
    return this.#untitled.get(documentUri) ?? this.#read().documents.get(documentUri);
  }

  /** Binds a document without a file to a topic, before anything was sent. */
  bindUntitled(documentUri: string, target: SendTarget): void {
    this.#untitled.set(documentUri, { target, array: this.#untitled.get(documentUri)?.array });
    this.#changes.fire(undefined);
  }

  /** Remembers where a document goes; what was said of its array stays, unless it is said anew. */
  async bind({ uri, isUntitled }: BoundDocument, target: SendTarget, array?: ArrayReading): Promise<void> {
    const binding = { target, array: array ?? this.bindingOf(uri)?.array };
    const { recent, documents } = this.#read();
    if (isUntitled) {
      this.#untitled.set(uri, binding);
    } else {
      // Last used last: what falls out is what was not used for longest.
      documents.delete(uri);
      documents.set(uri, binding);
    }
    await this.#write(putFirst(target, recent), documents);
  }

  /** Remembers a target that is no document's. */
  async used(target: SendTarget): Promise<void> {
    const { recent, documents } = this.#read();
    await this.#write(putFirst(target, recent), documents);
  }

  /** A file, or a folder with files, has another address; what was remembered there belongs to a file that is gone. */
  async renamed(from: string, to: string): Promise<void> {
    const { recent, documents } = this.#read();
    const addressOf = (uri: string): string => (uri === from || uri.startsWith(`${from}/`) ? `${to}${uri.slice(from.length)}` : uri);
    const taken = new Set([...documents.keys()].filter((uri) => addressOf(uri) !== uri).map(addressOf));
    if (taken.size === 0) return;
    const left = [...documents].filter(([uri]) => addressOf(uri) !== uri || !taken.has(uri));
    await this.#write(recent, new Map(left.map(([uri, binding]) => [addressOf(uri), binding])));
  }

  /** A document without a file became a file; one that went somewhere already stays with that. */
  async saved(untitledUri: string, fileUri: string): Promise<void> {
    const binding = this.#untitled.get(untitledUri);
    if (binding === undefined || this.bindingOf(fileUri) !== undefined) return;
    await this.bind({ uri: fileUri, isUntitled: false }, binding.target, binding.array);
  }

  /** Forgets a document without a file that was closed. */
  closed(documentUri: string): void {
    this.#untitled.delete(documentUri);
  }

  async #write(recent: readonly SendTarget[], documents: ReadonlyMap<string, Binding>): Promise<void> {
    const entries = [...documents].slice(-MAX_DOCUMENTS);
    const saved = this.#state.update(STATE_KEY, {
      recent: recent.slice(0, MAX_RECENT),
      documents: entries.map(([uri, { target: { accountId, topicId, topicName }, array }]) => {
        const target = { accountId, topicId, topicName };
        return [uri, array === undefined ? target : { ...target, array }];
      }),
    });
    this.#changes.fire(undefined);
    await saved;
  }

  #read(): { readonly recent: readonly SendTarget[]; readonly documents: Map<string, Binding> } {
    const stored: unknown = this.#state.get(STATE_KEY);
    const { recent, documents } = typeof stored === 'object' && stored !== null ? (stored as Readonly<Record<string, unknown>>) : {};
    return {
      recent: list(recent).flatMap((entry) => readTarget(entry) ?? []),
      documents: new Map(
        list(documents).flatMap((entry): [string, Binding][] => {
          const [uri, stored] = list(entry);
          const target = readTarget(stored);
          return typeof uri === 'string' && target !== undefined ? [[uri, { target, array: readArray(stored) }]] : [];
        }),
      ),
    };
  }
}

function readArray(stored: unknown): ArrayReading | undefined {
  const array: unknown = typeof stored === 'object' && stored !== null && 'array' in stored ? stored.array : undefined;
  return array === 'elements' || array === 'value' ? array : undefined;
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
