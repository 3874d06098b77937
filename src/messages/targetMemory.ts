import type { Memento } from 'vscode';

import { putFirst, readTarget, type SendTarget } from '../sending/target.ts';

const STATE_KEY = 'cloudStreams.message.targets';
const MAX_RECENT = 3;
const MAX_DOCUMENTS = 100;

/**
 * Where messages went: the last targets of this workspace, and the target of each document. Documents without a file are
 * remembered in memory alone, for their address is given to another document later.
 */
export class TargetMemory {
  readonly #state: Memento;
  readonly #untitled = new Map<string, SendTarget>();

  constructor(state: Memento) {
    this.#state = state;
  }

  /** The targets a document will most likely go to, the most likely first. */
  recent(documentUri: string): readonly SendTarget[] {
    const { recent, documents } = this.#read();
    const own = this.#untitled.get(documentUri) ?? documents.get(documentUri);
    return own === undefined ? recent : putFirst(own, recent).slice(0, MAX_RECENT);
  }

  /** Binds a document without a file to a topic, before anything was sent. */
  bindUntitled(documentUri: string, target: SendTarget): void {
    this.#untitled.set(documentUri, target);
  }

  /** Remembers that a document went to a target. */
  async sent(documentUri: string, isUntitled: boolean, target: SendTarget): Promise<void> {
    const { recent, documents } = this.#read();
    if (isUntitled) {
      this.#untitled.set(documentUri, target);
    } else {
      // Last used last: what falls out is what was not used for longest.
      documents.delete(documentUri);
      documents.set(documentUri, target);
    }
    await this.#state.update(STATE_KEY, {
      recent: putFirst(target, recent).slice(0, MAX_RECENT),
      documents: [...documents].slice(-MAX_DOCUMENTS),
    });
  }

  /** Forgets a document without a file that was closed. */
  closed(documentUri: string): void {
    this.#untitled.delete(documentUri);
  }

  #read(): { readonly recent: readonly SendTarget[]; readonly documents: Map<string, SendTarget> } {
    const stored: unknown = this.#state.get(STATE_KEY);
    const { recent, documents } = typeof stored === 'object' && stored !== null ? (stored as Readonly<Record<string, unknown>>) : {};
    return {
      recent: list(recent).flatMap((entry) => readTarget(entry) ?? []),
      documents: new Map(
        list(documents).flatMap((entry): [string, SendTarget][] => {
          const [uri, target] = list(entry);
          const read = readTarget(target);
          return typeof uri === 'string' && read !== undefined ? [[uri, read]] : [];
        }),
      ),
    };
  }
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
