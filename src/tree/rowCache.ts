import { isDeepStrictEqual } from 'node:util';

import { CancelledError, CloudError } from '../model/cloudError.ts';
import { AccountQueue } from './accountQueue.ts';
import { distinguishSiblings, Slot } from './slot.ts';
import type { Load } from './slot.ts';
import { PartialLoadError } from './treeNode.ts';
import type { TreeNode } from './treeNode.ts';

/** What the cache needs from its surroundings. */
export interface RowCacheDeps {
  readonly problemRow: (node: TreeNode, error: unknown) => TreeNode;
  readonly emptyRow: (node: TreeNode) => TreeNode | undefined;
  readonly loadingRow: (node: TreeNode) => TreeNode;
  /** All that shows in a row, as text. */
  readonly faceKey: (node: TreeNode) => string;
  /** Tells that the rows below a node are not what the editor was given. */
  readonly onRowsChanged: (node: TreeNode) => void;
  /** Tells that a load ended: rows above may show other numbers now. */
  readonly onLoaded: (node: TreeNode) => void;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly now: () => number;
  /** Shared with others who ask the same accounts. */
  readonly queue?: AccountQueue;
}

/** How long the editor waits for first rows before it gets a "Loading…" row: it draws nothing before all have answered. */
const PATIENCE_MS = 400;
/** How long it waits for newer rows where it could have the old ones. */
const GRACE_MS = 40;

/**
 * The rows below every node that was opened. Loads are shared, and superseded ones are aborted; old rows stay until the new
 * ones are there; every node fails alone.
 */
export class RowCache {
  readonly #deps: RowCacheDeps;
  readonly #slots = new Map<string, Slot>();
  readonly #queue: AccountQueue;
  #isEnded = false;

  constructor(deps: RowCacheDeps) {
    this.#deps = deps;
    this.#queue = deps.queue ?? new AccountQueue();
  }

  /** Whether anything is being loaded. */
  get isLoading(): boolean {
    return this.#slots.values().some((slot) => slot.load !== undefined);
  }

  /** The slot of a node, where it has one. */
  peek(node: TreeNode): Slot | undefined {
    return this.#slots.get(node.id);
  }

  /** Rows for the editor: at once where there are any, else as soon as they are there, else a row that says "Loading…". */
  async rowsToShow(node: TreeNode): Promise<readonly TreeNode[]> {
    const slot = this.#slotOf(node);
    if (this.#freshen(slot)) {
      slot.waiters += 1;
      await this.#waitFor(slot, slot.rows === undefined ? PATIENCE_MS : GRACE_MS);
      slot.waiters -= 1;
      // Forgotten meanwhile: nobody would tell of its rows when they come.
      if (!this.#isEnded && this.#slots.get(node.id) !== slot) return this.rowsToShow(node);
    }
    slot.shown = slot.rows ?? [this.#deps.loadingRow(node)];
    return slot.shown;
  }

  /** Rows for everyone else: waits until they are there. */
  async rows(node: TreeNode): Promise<readonly TreeNode[]> {
    const slot = this.#slotOf(node);
    this.#freshen(slot);
    await settled(slot);
    return slot.rows ?? [];
  }

  /** Loads the rows below a node anew, in place of a load under way. @returns what went wrong, if something did */
  reload(node: TreeNode): Promise<unknown> {
    return this.#start(this.#slotOf(node)).done;
  }

  /** Like {@link reload}, but joins a load under way, and being told to wait leaves no trace in the tree. */
  reloadQuietly(node: TreeNode): Promise<unknown> {
    const slot = this.#slotOf(node);
    return (slot.load ?? this.#start(slot, undefined, 'quiet')).done;
  }

  /**
   * Sets the rows below a node from another load, e.g. of the next page. What was there stays where it fails.
   * @throws whatever the load throws
   */
  async replace(node: TreeNode, loader: (signal: AbortSignal) => Promise<readonly TreeNode[]>): Promise<void> {
    const error = await this.#start(this.#slotOf(node), loader, 'keep').done;
    if (error !== undefined) throw error instanceof Error ? error : new Error('Loading failed', { cause: error });
  }

  /** Marks what is below a node, itself included, as old; without a node everything. @returns the slots concerned */
  outdate(node?: TreeNode): readonly Slot[] {
    const slots = [...this.#slots.values()].filter((slot) => node === undefined || isWithin(slot.node, node));
    for (const slot of slots) slot.isStale = true;
    return slots;
  }

  /** Nodes whose rows are on the screen, or would be after scrolling, and came from a request. */
  expanded(): readonly TreeNode[] {
    return [...this.#slots.values()]
      .filter((slot) => slot.shown !== undefined && !slot.node.isLocal && this.isOpen(slot.node))
      .map((slot) => slot.node);
  }

  /** Nodes below which one of these rows is. */
  holding(isIt: (row: TreeNode) => boolean): readonly TreeNode[] {
    return [...this.#slots.values()].filter((slot) => slot.data.some(isIt)).map((slot) => slot.node);
  }

  /** Whether neither this node nor one above it was collapsed. */
  isOpen(node: TreeNode): boolean {
    for (let at: TreeNode | undefined = node; at !== undefined; at = at.parent) {
      if (this.#slots.get(at.id)?.isCollapsed === true) return false;
    }
    return true;
  }

  /** Forgets what is below a node, e.g. of an account whose key changed, and ends its loads. */
  drop(node: TreeNode): void {
    for (const [id, slot] of this.#slots) {
      if (!isWithin(slot.node, node)) continue;
      this.#slots.delete(id);
      slot.load?.controller.abort();
      slot.load = undefined;
    }
  }

  /** Ends all loads and forgets everything. */
  clear(): void {
    this.#isEnded = true;
    for (const slot of this.#slots.values()) {
      slot.load?.controller.abort();
      slot.load = undefined;
    }
    this.#slots.clear();
  }

  #slotOf(node: TreeNode): Slot {
    const slot = this.#slots.get(node.id) ?? new Slot(node);
    slot.node = node;
    this.#slots.set(node.id, slot);
    return slot;
  }

  /** Sees to it that a load runs where the rows are not the newest. @returns whether one has to be waited for */
  #freshen(slot: Slot): boolean {
    if (slot.rows !== undefined && !slot.isStale && !slot.node.isLocal) return false;
    if (slot.load === undefined) this.#start(slot);
    return true;
  }

  async #waitFor(slot: Slot, ms: number): Promise<void> {
    const timer = new AbortController();
    const timeUp = this.#deps.wait(ms, timer.signal).catch(() => undefined);
    await Promise.race([settled(slot), timeUp]);
    timer.abort();
  }

  #start(slot: Slot, loader = childrenOf(slot), manner: 'plain' | 'quiet' | 'keep' = 'plain'): Load {
    slot.load?.controller.abort();
    const load: Load = { controller: new AbortController(), done: Promise.resolve() };
    slot.load = load;
    load.done = this.#run(slot, load, loader, manner);
    return load;
  }

  async #run(slot: Slot, load: Load, loader: Loader, manner: 'plain' | 'quiet' | 'keep'): Promise<unknown> {
    let failure: unknown;
    let rows: readonly TreeNode[] | undefined;
    try {
      const { signal } = load.controller;
      rows = await this.#queue.run(queueOf(slot.node), () => loader(signal), signal);
    } catch (error) {
      failure = error;
    }
    const cause = failure instanceof PartialLoadError ? failure.cause : failure;
    // Superseded or dropped: whatever came is nobody's any more.
    if (slot.load !== load) return cause instanceof CancelledError ? undefined : cause;
    slot.load = undefined;
    slot.isStale = false;
    slot.loadedAtMs = this.#deps.now();
    if (rows !== undefined) this.#take(slot, rows);
    else if (manner !== 'keep') this.#fail(slot, failure, manner);
    this.#tell(slot);
    return cause;
  }

  #take(slot: Slot, rows: readonly TreeNode[]): void {
    slot.error = undefined;
    distinguishSiblings(rows);
    this.#dropGone(slot, rows);
    slot.data = rows;
    const empty = rows.length === 0 ? this.#deps.emptyRow(slot.node) : undefined;
    this.#setRows(slot, empty === undefined ? rows : [empty]);
  }

  #fail(slot: Slot, failure: unknown, manner: 'plain' | 'quiet'): void {
    const error = failure instanceof PartialLoadError ? failure.cause : failure;
    slot.error = error;
    if (failure instanceof PartialLoadError) slot.data = failure.rows;
    else if (!isPassing(error)) slot.data = [];
    const wasToldToWait = error instanceof CloudError && error.kind === 'rateLimited';
    if (manner === 'quiet' && wasToldToWait && slot.rows !== undefined) return;
    this.#setRows(slot, [this.#deps.problemRow(slot.node, error), ...slot.data]);
  }

  #setRows(slot: Slot, rows: readonly TreeNode[]): void {
    distinguishSiblings(rows);
    // The same rows again: the editor keeps the objects it knows, and nothing is drawn anew.
    if (slot.rows !== undefined && this.#areSame(slot.rows, rows)) return;
    slot.rows = rows;
  }

  #areSame(before: readonly TreeNode[], after: readonly TreeNode[]): boolean {
    return (
      before.length === after.length &&
      before.every((old, index) => {
        const row = after[index];
        if (row?.id !== old.id || row.parent !== old.parent || row.isSettling !== old.isSettling) return false;
        if (row.facts === undefined) return this.#deps.faceKey(row) === this.#deps.faceKey(old);
        return isDeepStrictEqual(row.facts, old.facts);
      })
    );
  }

  #dropGone(slot: Slot, rows: readonly TreeNode[]): void {
    const ids = new Set(rows.map((row) => row.id));
    for (const { node } of [...this.#slots.values()]) {
      if (node.parent?.id === slot.node.id && !ids.has(node.id)) this.drop(node);
    }
  }

  #tell(slot: Slot): void {
    if (slot.waiters === 0 && slot.shown !== undefined && slot.shown !== slot.rows) this.#deps.onRowsChanged(slot.node);
    this.#deps.onLoaded(slot.node);
  }
}

type Loader = (signal: AbortSignal) => Promise<readonly TreeNode[]>;

function childrenOf(slot: Slot): Loader {
  return async (signal) => (await slot.node.children?.(signal)) ?? [];
}

/** Rows that cost no request wait for none. */
function queueOf(node: TreeNode): string {
  // No id of an account begins like this: the row of an account has its very id.
  return node.isLocal || node.account === undefined ? `!${node.id}` : node.account.id;
}

async function settled(slot: Slot): Promise<void> {
  while (slot.load !== undefined) await slot.load.done;
}

function isWithin(node: TreeNode, ancestor: TreeNode): boolean {
  return node.id === ancestor.id || node.id.startsWith(`${ancestor.id}/`);
}

/** A failure that says nothing about the rows that are there: they stay, below the problem. */
function isPassing(error: unknown): boolean {
  return (
    error instanceof CancelledError ||
    (error instanceof CloudError && ['network', 'timeout', 'unavailable', 'rateLimited'].includes(error.kind))
  );
}
