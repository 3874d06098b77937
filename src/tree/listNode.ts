import { l10n } from 'vscode';

import type { NodeFlag } from '../ids.ts';
import { literalPart, matchNames, parseFilter } from '../model/filter.ts';
import type { Filter, RegExpTest } from '../model/filter.ts';
import { facts } from '../model/format.ts';
import type { Formatter } from '../model/format.ts';
import type { ListState, NodeMemory, TreeMemory } from './treeMemory.ts';
import { EmptyNode, LoadMoreNode } from './statusNodes.ts';
import type { PagedList } from './statusNodes.ts';
import { TreeNode } from './treeNode.ts';

/** What lists share. */
export interface ListDeps {
  readonly memory: TreeMemory;
  readonly format: Formatter;
  /** Rows of one page, 1–3,000 (easyqueue seed, "토픽 목록 조회": `limit`). */
  readonly pageSize: () => number;
  readonly testRegExp: RegExpTest;
}

/** What one request of a list asks for. Services without pages ignore it and give everything. */
export interface PageQuery {
  /** From 1. */
  readonly page: number;
  readonly limit: number;
  /** Part of the name, for services that search themselves. */
  readonly search: string | undefined;
}

/** What a request of a list gave. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** How many there are in all for this search; undefined where the service does not say or gives everything at once. */
  readonly total: number | undefined;
}

/** Largest page a service gives. */
const MAX_PAGE_SIZE = 3000;

interface Loaded<Item> {
  readonly items: readonly Item[];
  readonly search: string | undefined;
  readonly pageSize: number;
  readonly total: number | undefined;
}

/** A row with a list below it: pages, a filter, and "Load more". */
export abstract class ListNode<Item> extends TreeNode implements PagedList {
  readonly #deps: ListDeps;
  readonly #states: NodeMemory<ListState<Item>>;

  constructor(parent: TreeNode, key: string, deps: ListDeps, states: NodeMemory<ListState<Item>>) {
    super(parent, key);
    this.#deps = deps;
    this.#states = states;
  }

  /** One request. */
  protected abstract fetch(query: PageQuery, signal: AbortSignal): Promise<Page<Item>>;
  /** What the filter looks at and what tells two items apart. */
  protected abstract nameOf(item: Item): string;
  protected abstract rowOf(item: Item): TreeNode;

  /** Whether the service finds names by a part of them. */
  protected get hasSearch(): boolean {
    return false;
  }

  /** The order of the rows, where it is not the service's. */
  protected sorted(items: readonly Item[]): readonly Item[] {
    return items;
  }

  /** Rows that are no items and no filter hides. */
  protected extraRows(): readonly TreeNode[] {
    return [];
  }

  override get flags(): readonly NodeFlag[] {
    return this.filterText === '' ? ['list'] : ['list', 'filtered'];
  }

  /** The filter as typed; empty for none. */
  get filterText(): string {
    return this.#deps.memory.filter(this.id);
  }

  /** Names of all that is loaded, to try a filter on. */
  get loadedNames(): readonly string[] {
    return this.loadedItems.map((item) => this.nameOf(item));
  }

  /** Whether a filter finds more than what is loaded: the service searches the rest. */
  get isSearchedBeyond(): boolean {
    return this.hasSearch && (this.knownTotal ?? 0) > this.loadedItems.length;
  }

  protected get loadedItems(): readonly Item[] {
    return this.#states.get(this.id)?.items ?? [];
  }

  /** How many there are, once it is known. */
  protected get knownTotal(): number | undefined {
    return this.#states.get(this.id)?.totalOfAll;
  }

  /** The description: the filter and what it lets through, else the fact given. */
  protected describe(fact: string | undefined): string {
    const state = this.#states.get(this.id);
    if (this.filterText === '' || state === undefined) return facts(this.filterText, fact);
    const shown = this.#deps.format.count(state.shown);
    if (state.totalOfAll === undefined) return facts(this.filterText, shown);
    return facts(this.filterText, l10n.t('{0} of {1}', shown, this.#deps.format.count(state.totalOfAll)));
  }

  override emptyText(): string {
    return this.filterText === '' ? this.nothingText() : l10n.t('Nothing here matches "{0}".', this.filterText);
  }

  /** Says how to create the first. */
  protected abstract nothingText(): string;

  /** As much as was loaded before, or the first page. */
  override async children(signal: AbortSignal): Promise<readonly TreeNode[]> {
    const filter = parseFilter(this.filterText);
    const before = this.#states.get(this.id);
    const pageSize = Math.max(1, Math.min(MAX_PAGE_SIZE, Math.trunc(this.#deps.pageSize())));
    const wanted = this.#searchFor(filter);
    const isKnownToBeLong = (before?.totalOfAll ?? 0) > pageSize;
    const isSameSearch = before !== undefined && before.search === wanted && before.pageSize === pageSize;
    const keep = isSameSearch ? Math.max(pageSize, Math.ceil(before.items.length / pageSize) * pageSize) : pageSize;

    const plain = wanted === undefined || !isKnownToBeLong;
    let loaded = await this.#load(plain ? undefined : wanted, plain && wanted !== undefined ? pageSize : keep, pageSize, signal);
    const totalOfAll = plain ? (loaded.total ?? loaded.items.length) : before?.totalOfAll;
    // A list that fits in one page is filtered here, where upper and lower case make no difference.
    if (plain && wanted !== undefined && isLonger(loaded)) loaded = await this.#load(wanted, pageSize, pageSize, signal);
    return this.#show(loaded, filter, totalOfAll);
  }

  /** The next page below what is there. */
  async loadMore(signal: AbortSignal): Promise<readonly TreeNode[]> {
    const state = this.#states.get(this.id);
    if (state === undefined) return this.children(signal);
    const { pageSize, search } = state;
    const page = Math.floor(state.items.length / pageSize) + 1;
    const next = await this.fetch({ page, limit: pageSize, search }, signal);
    const total = next.items.length === 0 ? state.items.length : (next.total ?? state.total);
    const loaded = { items: [...this.loadedItems, ...next.items], search, pageSize, total };
    return this.#show(loaded, parseFilter(this.filterText), search === undefined ? total : state.totalOfAll);
  }

  #searchFor(filter: Filter | undefined): string | undefined {
    return this.hasSearch && filter !== undefined ? literalPart(filter) : undefined;
  }

  /** The first `count` items, in as few requests as the service allows. */
  async #load(search: string | undefined, count: number, pageSize: number, signal: AbortSignal): Promise<Loaded<Item>> {
    const limit = count <= pageSize ? pageSize : MAX_PAGE_SIZE;
    const items: Item[] = [];
    let total: number | undefined;
    for (let page = 1; items.length < count; page += 1) {
      const answer = await this.fetch({ page, limit, search }, signal);
      items.push(...answer.items);
      total = answer.total ?? total;
      if (answer.items.length < limit || (total !== undefined && items.length >= total)) break;
    }
    // A service without pages gives all at once; one with pages is cut at a whole page, so that the next one fits.
    return { items: total === undefined ? items : items.slice(0, count), search, pageSize, total };
  }

  #show(loaded: Loaded<Item>, filter: Filter | undefined, totalOfAll: number | undefined): readonly TreeNode[] {
    // While pages were loaded one by one, items may have moved from one to the next.
    const unique = [...new Map(loaded.items.map((item) => [this.nameOf(item), item])).values()];
    const items = loaded.total === undefined ? loaded.items : unique;
    const names = items.map((item) => this.nameOf(item));
    const passes = filter === undefined ? undefined : matchNames(filter, names, this.#deps.testRegExp);
    const passed = passes === undefined ? items : items.filter((_, index) => passes[index] === true);
    this.#states.set(this.id, { ...loaded, totalOfAll, shown: passed.length });
    const rows: TreeNode[] = this.sorted(passed).map((item) => this.rowOf(item));
    const extra = this.extraRows();
    if (isLonger(loaded)) rows.push(new LoadMoreNode(this, this.#moreLabel(loaded)));
    // Without any row the provider puts the empty row itself.
    if (rows.length === 0 && extra.length > 0) rows.push(new EmptyNode(this, this.emptyText()));
    return [...rows, ...extra];
  }

  #moreLabel({ items, total }: Loaded<Item>): string {
    const { format } = this.#deps;
    const here = format.count(items.length);
    const all = total === undefined ? '?' : format.count(total);
    return this.filterText === ''
      ? l10n.t('Load more ({0} of {1})', here, all)
      : l10n.t('Search more ({0} of {1} searched)', here, all);
  }
}

function isLonger(loaded: Loaded<unknown>): boolean {
  return loaded.total !== undefined && loaded.total > loaded.items.length;
}
