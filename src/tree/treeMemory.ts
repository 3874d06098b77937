import type { Memento } from 'vscode';

const FILTERS_KEY = 'cloudStreams.filters';

/** What is known of one list beyond its rows. */
export interface ListState<Item> {
  /** Items loaded so far, in the service's order. */
  readonly items: readonly Item[];
  /** What the service's own search was asked for. */
  readonly search: string | undefined;
  readonly pageSize: number;
  /** How many there are for this search, as the service says. */
  readonly total: number | undefined;
  /** How many there are without any search. */
  readonly totalOfAll: number | undefined;
  /** How many rows the filter let through. */
  readonly shown: number;
}

/** Facts by node id; they outlive the node objects, which every refresh makes anew. Ids begin with the account's id. */
export class NodeMemory<Fact> {
  readonly #facts = new Map<string, Fact>();

  get(nodeId: string): Fact | undefined {
    return this.#facts.get(nodeId);
  }

  set(nodeId: string, fact: Fact): void {
    this.#facts.set(nodeId, fact);
  }

  /** Forgets everything below a place. */
  forget(prefix: string): void {
    for (const id of this.#facts.keys()) {
      if (id.startsWith(prefix)) this.#facts.delete(id);
    }
  }
}

/** Anything that keeps facts by node id. */
interface Forgetful {
  forget(prefix: string): void;
}

/** What the tree remembers: facts until the window closes, filters for good. */
export class TreeMemory {
  readonly #kept: Forgetful[] = [];
  readonly #memento: Memento;

  /** @param memento not bound to a workspace, so that a filter is the same everywhere */
  constructor(memento: Memento) {
    this.#memento = memento;
  }

  /** Takes part in {@link forgetAccount}. */
  keep<T extends Forgetful>(memory: T): T {
    this.#kept.push(memory);
    return memory;
  }

  /** The filter of a list, as typed; empty for none. */
  filter(listId: string): string {
    return this.#filters()[listId] ?? '';
  }

  /** Keeps a filter; an empty one is removed. */
  async setFilter(listId: string, text: string): Promise<void> {
    const others = Object.entries(this.#filters()).filter(([id]) => id !== listId);
    await this.#memento.update(FILTERS_KEY, Object.fromEntries(text === '' ? others : [...others, [listId, text]]));
  }

  /** Forgets the facts of an account: its key changed, or it is gone. */
  forgetFacts(accountId: string): void {
    for (const memory of this.#kept) memory.forget(prefixOf(accountId));
  }

  /** Forgets facts and filters of an account that was removed. */
  async forgetAccount(accountId: string): Promise<void> {
    this.forgetFacts(accountId);
    const filters = Object.entries(this.#filters());
    const left = filters.filter(([id]) => !id.startsWith(prefixOf(accountId)));
    if (left.length < filters.length) await this.#memento.update(FILTERS_KEY, Object.fromEntries(left));
  }

  #filters(): Readonly<Record<string, string>> {
    const stored: unknown = this.#memento.get(FILTERS_KEY);
    if (typeof stored !== 'object' || stored === null) return {};
    return Object.fromEntries(Object.entries(stored).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
  }
}

function prefixOf(accountId: string): string {
  return `${encodeURIComponent(accountId)}/`;
}
