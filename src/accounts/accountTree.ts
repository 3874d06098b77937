import { wait } from '../host/clock.ts';
import { Disposables } from '../host/disposables.ts';
import type { Account } from '../model/account.ts';
import type { ResourceRef } from '../model/resource.ts';
import { AccountNode } from '../tree/accountNode.ts';
import type { AccountServices } from '../tree/accountNode.ts';
import { AccountQueue } from '../tree/accountQueue.ts';
import type { Pins } from '../tree/pins.ts';
import { ReferenceGroupNode } from '../tree/referenceNodes.ts';
import { References } from '../tree/references.ts';
import { ResourceTree } from '../tree/resourceTree.ts';
import type { TreeMemory } from '../tree/treeMemory.ts';
import type { TreeNode } from '../tree/treeNode.ts';
import type { AccountStore } from './accountStore.ts';
import type { Unlocks } from './unlocks.ts';

/** What the tree of all accounts needs. */
export interface AccountTreeDeps {
  readonly store: AccountStore;
  readonly unlocks: Unlocks;
  readonly memory: TreeMemory;
  readonly pins: Pins;
  readonly services: AccountServices;
  /** The row of one resource; see `Service.find`. */
  readonly find: (ref: ResourceRef, account: Account, root: TreeNode, signal: AbortSignal) => Promise<TreeNode | undefined>;
  readonly logError: (where: string, error: unknown) => void;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** The tree over all accounts, with what is pinned and what was used last on top, kept in step with all three. */
export class AccountTree extends Disposables {
  readonly tree: ResourceTree;
  readonly #deps: AccountTreeDeps;
  readonly #references: References;

  constructor(deps: AccountTreeDeps) {
    super();
    this.#deps = deps;
    const { unlocks, pins, services, logError, now } = deps;
    const queue = new AccountQueue();
    this.#references = new References({
      find: (ref, signal) => this.#find(ref, signal),
      account: (accountId) => unlocks.get(accountId),
      now,
      onChange: (ref) => this.tree.repaintReferences(ref),
      // Nobody waits: at worst it is offered once more.
      onGone: (ref) => void pins.forgetRecent(ref),
      queue,
    });
    this.add({ dispose: () => this.#references.clear() });
    this.tree = this.add(
      new ResourceTree({
        // What was used last comes and goes by itself: below, where it moves no row under the pointer.
        roots: () => [
          ...this.#group('pins', () => pins.pinned()),
          ...unlocks.list().map((account) => new AccountNode(account, services, (id) => unlocks.remainingMs(id))),
          ...this.#group('recents', () => pins.recents()),
        ],
        logError,
        wait,
        now,
        isPinned: (ref) => pins.isPinned(ref),
        queue,
      }),
    );
    this.#followAccounts(deps);
    this.add(pins.onDidChange(() => this.tree.referencesChanged()));
    this.add(this.tree.onDidLoad((node) => {
      if (!(node instanceof ReferenceGroupNode)) this.#references.saw(this.tree.knownRows(node) ?? []);
    }));
  }

  /** Notes what a command worked on, and looks again at what it changed. */
  used(refs: readonly ResourceRef[], isChanged: boolean): void {
    // Nobody waits: at worst it is not offered among those used last.
    for (const ref of refs) void this.#deps.pins.note(ref);
    if (isChanged) this.reread(refs);
  }

  /** Looks again at what references to these resources show. */
  reread(refs: readonly ResourceRef[]): void {
    this.#references.outdate(refs);
    this.tree.referencesChanged();
  }

  /** Notes that a resource was changed elsewhere, in a document, and shows it as it is now. */
  async changed(ref: ResourceRef): Promise<void> {
    this.used([ref], true);
    await this.tree.refreshLists(ref);
  }

  /** Rows of the resources used last, those that can be read, the last one first. */
  async recentRows(): Promise<readonly TreeNode[]> {
    const rows = await Promise.allSettled(this.#deps.pins.recents().map((ref) => this.#references.target(ref)));
    return rows.flatMap((row) => (row.status === 'fulfilled' ? [row.value] : []));
  }

  /** The row of the tree that stands where a node that was made elsewhere would; undefined where no loaded list shows it. */
  async rowLike(node: TreeNode): Promise<TreeNode | undefined> {
    const above = node.parent === undefined ? undefined : await this.rowLike(node.parent);
    if (node.parent !== undefined && above === undefined) return undefined;
    return (await this.tree.rows(above)).find(({ id }) => id === node.id);
  }

  async #find(ref: ResourceRef, signal: AbortSignal): Promise<TreeNode | undefined> {
    const account = this.#deps.unlocks.get(ref.accountId);
    const root = this.tree.accountRow(ref.accountId);
    return account === undefined || root === undefined ? undefined : this.#deps.find(ref, account, root, signal);
  }

  /** A group of references, where there is anything in it. */
  #group(kind: 'pins' | 'recents', refs: () => readonly ResourceRef[]): readonly TreeNode[] {
    const group = new ReferenceGroupNode(kind, refs, this.#references);
    return group.refs.length === 0 ? [] : [group];
  }

  #followAccounts({ store, unlocks, memory, pins }: AccountTreeDeps): void {
    this.add(store.onDidChange(({ id, change, credentialsChanged, bindingChanged }) => {
      this.#references.forgetAccount(id);
      if (change === 'removed') {
        // Nobody waits: what could not be taken away belongs to an id that is never used again.
        void memory.forgetAccount(id);
        void pins.forgetAccount(id);
      } else if (bindingChanged) {
        memory.forgetFacts(id);
      }
      if (credentialsChanged) this.tree.forgetAccount(id);
      else this.tree.rootsChanged();
      this.tree.referencesChanged();
    }));
    this.add(unlocks.onDidChange((id) => {
      this.#references.forgetAccount(id);
      this.tree.rootsChanged();
      this.tree.referencesChanged();
    }));
    this.add(unlocks.onDidTick((id) => {
      const row = this.tree.accountRow(id);
      if (row !== undefined) this.tree.repaint(row);
    }));
  }
}
