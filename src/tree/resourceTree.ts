import { isDeepStrictEqual } from 'node:util';

import { Disposable, EventEmitter } from 'vscode';
import type { Event, TreeDataProvider, TreeItem, TreeView } from 'vscode';

import { isSameResource } from '../model/resource.ts';
import type { ResourceRef } from '../model/resource.ts';
import type { AccountQueue } from './accountQueue.ts';
import { problemRow } from './problemRow.ts';
import { ReferenceGroupNode, ReferenceNode } from './referenceNodes.ts';
import { RowCache } from './rowCache.ts';
import { faceKey, RowPainter } from './rowPainter.ts';
import { distinguishSiblings } from './slot.ts';
import { EmptyNode, LoadingNode, StatusNode } from './statusNodes.ts';
import { TreeNews } from './treeNews.ts';
import type { TreeNode } from './treeNode.ts';

/** What the tree needs from its surroundings. */
export interface ResourceTreeDeps {
  /** The rows at the top, accounts and groups of references, from what is known: no request, no secret. */
  readonly roots: () => readonly TreeNode[];
  /** Takes what went wrong below a row, for the log. */
  readonly logError: (where: string, error: unknown) => void;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly now: () => number;
  readonly isPinned?: (ref: ResourceRef) => boolean;
  /** Shared with others who ask the same accounts. */
  readonly queue?: AccountQueue;
}

/** Age from which rows are loaded anew when a collapsed row is opened again, milliseconds. */
const REOPEN_AGE_MS = 10_000;

/** The one tree: turns {@link TreeNode}s into rows. What is below them, and when it is loaded, is the {@link RowCache}'s. */
export class ResourceTree implements TreeDataProvider<TreeNode>, Disposable {
  readonly #deps: ResourceTreeDeps;
  readonly #cache: RowCache;
  readonly #changes = new EventEmitter<TreeNode | TreeNode[] | undefined>();
  readonly #loads = new EventEmitter<TreeNode>();
  readonly #busy = new Map<string, string[]>();
  readonly #painter: RowPainter;
  readonly #news: TreeNews;
  #shownRoots: readonly TreeNode[] = [];

  readonly onDidChangeTreeData: Event<TreeNode | TreeNode[] | undefined> = this.#changes.event;
  /** Told when the rows below a node were loaded or could not be. */
  readonly onDidLoad: Event<TreeNode> = this.#loads.event;

  constructor(deps: ResourceTreeDeps) {
    this.#deps = deps;
    this.#painter = new RowPainter(deps.isPinned ?? (() => false));
    this.#news = new TreeNews({ tell: (rows) => this.#changes.fire(rows), wait: deps.wait });
    this.#cache = new RowCache({
      problemRow: (node, error) => {
        deps.logError(node.id, error);
        return problemRow(node, error);
      },
      emptyRow: (node) => {
        const text = node.emptyText?.();
        return text === undefined ? undefined : new EmptyNode(node, text);
      },
      loadingRow: (node) => new LoadingNode(node),
      faceKey: (node) => faceKey(node, undefined),
      onRowsChanged: (node) => {
        this.#announce(node);
      },
      onLoaded: (node) => {
        this.#announceFaces(node);
        this.#loads.fire(node);
      },
      wait: deps.wait,
      now: deps.now,
      ...(deps.queue === undefined ? {} : { queue: deps.queue }),
    });
  }

  /** Whether anything is being loaded. */
  get isLoading(): boolean {
    return this.#cache.isLoading;
  }

  getTreeItem(node: TreeNode): TreeItem {
    return this.#painter.paint(node, this.#busyText(node));
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    if (node === undefined) {
      const roots = this.#roots();
      this.#news.gaveRoots(roots);
      return [...roots];
    }
    const answered = this.#news.asked();
    try {
      return [...await this.#cache.rowsToShow(node)];
    } finally {
      answered();
    }
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return node.parent;
  }

  resolveTreeItem(item: TreeItem, node: TreeNode): TreeItem {
    const details = node.details?.();
    if (details !== undefined) item.tooltip = details;
    return item;
  }

  /** The rows below a node, or at the top, once they are there; for pickers. */
  rows(node?: TreeNode): Promise<readonly TreeNode[]> {
    return node === undefined ? Promise.resolve(this.#roots()) : this.#cache.rows(node);
  }

  /** The rows below a node, where they are known; never a request. */
  knownRows(node: TreeNode): readonly TreeNode[] | undefined {
    return this.#cache.peek(node)?.rows;
  }

  /** The row of an account, where it is there. */
  accountRow(accountId: string): TreeNode | undefined {
    return this.#roots().find(({ account }) => account?.id === accountId);
  }

  /**
   * Loads anew what is shown below a row, or below the row whose child it is when it has nothing of its own. Old rows stay until
   * the new ones are there. Without a row: everything.
   */
  async refresh(node?: TreeNode): Promise<void> {
    if (node instanceof ReferenceNode) return node.reload();
    for (const at of node === undefined ? this.#groups() : [node]) if (at instanceof ReferenceGroupNode) at.outdate();
    const target = node === undefined ? undefined : this.#refreshable(node);
    if (node !== undefined && target === undefined) {
      this.#announce(node);
      return;
    }
    const slots = this.#cache.outdate(target);
    // Row by row: told that everything changed, the editor throws away the answers it is still waiting for.
    if (target === undefined) for (const root of this.#shownRoots) this.#announce(root);
    const { open = [], collapsed = [] } = Object.groupBy(slots, ({ node }) => (this.#cache.isOpen(node) ? 'open' : 'collapsed'));
    // Forgotten here and in the editor, loaded when it is opened again.
    for (const { node } of collapsed) {
      this.#announce(node);
      this.#cache.drop(node);
    }
    await Promise.all(open.map(({ node }) => this.#cache.reload(node)));
  }

  /** Loads the lists anew in which a resource stands. */
  async refreshLists(ref: ResourceRef): Promise<void> {
    const lists = this.#cache.holding(({ resource }) => resource !== undefined && isSameResource(resource.ref, ref));
    await Promise.all(lists.filter((list) => !(list instanceof ReferenceGroupNode)).map((list) => this.refresh(list)));
  }

  /** Loads a row anew without a sign of it. @returns what went wrong, if something did */
  refreshQuietly(node: TreeNode): Promise<unknown> {
    return this.#cache.reloadQuietly(node);
  }

  /** Nodes whose rows are open to the eye and came from a request. */
  expandedLists(): readonly TreeNode[] {
    return this.#cache.expanded();
  }

  /** Why the rows below a node could not be loaded last time, and whether some of them are still changing by themselves. */
  stateOf(node: TreeNode): { readonly error: unknown; readonly isSettling: boolean } {
    const slot = this.#cache.peek(node);
    return { error: slot?.error, isSettling: slot?.data.some((row) => row.isSettling) ?? false };
  }

  /** Shows the rows another load gives below a node; what was there stays while it runs and where it fails. */
  replaceRows(node: TreeNode, loader: (signal: AbortSignal) => Promise<readonly TreeNode[]>): Promise<void> {
    return this.#cache.replace(node, loader);
  }

  /** Forgets all that is known of an account (its key or hosts changed, or it is gone) and shows the accounts as they are now. */
  forgetAccount(accountId: string): void {
    for (const root of this.#shownRoots) {
      if (root.account?.id === accountId) this.#cache.drop(root);
    }
    this.#news.rootsChanged();
  }

  /** Shows the accounts as they are now; what is below those that did not change stays. */
  rootsChanged(): void {
    this.#news.rootsChanged();
  }

  /** Draws a row again where it shows something else now. */
  repaint(node: TreeNode): void {
    const known = this.#known(node);
    if (this.#painter.isOutdated(known, this.#busyText(known))) this.#announce(known);
  }

  /** Draws the references to a resource again. */
  repaintReferences(ref: ResourceRef): void {
    for (const group of this.#groups()) {
      for (const row of this.#cache.peek(group)?.shown ?? []) {
        if (row instanceof ReferenceNode && isSameResource(row.ref, ref)) this.repaint(row);
      }
    }
  }

  /** Shows the references that are there now; the editor hears of groups that came or went. */
  referencesChanged(): void {
    const before = this.#shownRoots.length;
    if (before !== this.#roots().length) this.#news.rootsChanged();
    for (const group of this.#groups()) {
      this.#cache.outdate(group);
      this.#announce(group);
    }
  }

  /** Shows a text and a spinner in a row until the result is disposed of. */
  busy(node: TreeNode, text: string): Disposable {
    const texts = this.#busy.get(node.id) ?? [];
    this.#busy.set(node.id, [...texts, text]);
    this.#announce(node);
    let isOver = false;
    return new Disposable(() => {
      if (isOver) return;
      isOver = true;
      const left = [...(this.#busy.get(node.id) ?? [])];
      left.splice(left.indexOf(text), 1);
      if (left.length === 0) this.#busy.delete(node.id);
      else this.#busy.set(node.id, left);
      this.#announce(node);
    });
  }

  /** Follows which rows are open in the view. */
  follow(view: Pick<TreeView<TreeNode>, 'onDidCollapseElement' | 'onDidExpandElement' | 'onDidChangeVisibility'>): Disposable[] {
    return [
      view.onDidChangeVisibility(() => this.#news.shown()),
      view.onDidCollapseElement(({ element }) => {
        this.#news.turned(element, 'closed');
        const slot = this.#cache.peek(element);
        if (slot !== undefined) slot.isCollapsed = true;
      }),
      view.onDidExpandElement(({ element }) => {
        this.#news.turned(element, 'open');
        const slot = this.#cache.peek(element);
        if (slot === undefined) return;
        const isOld = slot.isCollapsed && this.#deps.now() - slot.loadedAtMs > REOPEN_AGE_MS;
        slot.isCollapsed = false;
        if (isOld && !element.isLocal) void this.#cache.reloadQuietly(element);
      }),
    ];
  }

  dispose(): void {
    this.#news.dispose();
    this.#cache.clear();
    this.#changes.dispose();
    this.#loads.dispose();
  }

  #roots(): readonly TreeNode[] {
    const roots = new Map(distinguishSiblings(this.#deps.roots()).map((root) => [root.id, root]));
    for (const before of this.#shownRoots) {
      const now = roots.get(before.id);
      if (now === undefined) this.#cache.drop(before);
      // The same account: a picker asks for the rows too, and must not take away the objects the editor knows.
      else if (isDeepStrictEqual(now.facts, before.facts)) roots.set(before.id, before);
      // Another name or lane: rows below were made for the account as it was.
      else this.#cache.outdate(now);
    }
    this.#shownRoots = [...roots.values()];
    return this.#shownRoots;
  }

  #refreshable(node: TreeNode): TreeNode | undefined {
    let at: TreeNode | undefined = node instanceof StatusNode ? node.target : node;
    while (at !== undefined && (at.children === undefined || this.#cache.peek(at) === undefined || at.isLocal)) at = at.parent;
    return at;
  }

  #groups(): readonly ReferenceGroupNode[] {
    return this.#shownRoots.filter((root) => root instanceof ReferenceGroupNode);
  }

  #busyText(node: TreeNode): string | undefined {
    return this.#busy.get(node.id)?.at(-1);
  }

  /** The object the editor knows for this id: it ignores changes of any other. */
  #known(node: TreeNode): TreeNode {
    const siblings = node.parent === undefined ? this.#shownRoots : this.#cache.peek(node.parent)?.shown;
    return siblings?.find((row) => row.id === node.id) ?? node;
  }

  #announceFaces(node: TreeNode): void {
    for (let at: TreeNode | undefined = node; at !== undefined; at = at.parent) this.repaint(at);
  }

  /** Tells the editor once for everything that changed in this turn. */
  #announce(node: TreeNode): void {
    this.#news.rowChanged(this.#known(node));
  }
}
