import { commands, EventEmitter, l10n, window } from 'vscode';
import type { TreeView } from 'vscode';

import { wait } from '../host/clock.ts';
import { Disposables } from '../host/disposables.ts';
import { showStatus } from '../host/notifications.ts';
import { onDidChangeSettings, readNumber } from '../host/settings.ts';
import { CONTEXTS, RESOURCES_VIEW, SETTINGS } from '../ids.ts';
import type { ResourceRef } from '../model/resource.ts';
import type { AutoRefreshDeps } from '../tree/autoRefresh.ts';
import { ReferenceNode } from '../tree/referenceNodes.ts';
import type { ResourceTree } from '../tree/resourceTree.ts';
import type { TreeNode } from '../tree/treeNode.ts';
import type { AccountStore } from './accountStore.ts';
import { AccountTree } from './accountTree.ts';
import type { AccountTreeDeps } from './accountTree.ts';
import { LockStatus } from './lockStatus.ts';
import type { LockStatusDeps } from './lockStatus.ts';

/** The view of all accounts in the side bar: the tree, what is selected in it, and the clouds it follows while somebody looks. */
export class ResourceView extends Disposables {
  readonly view: TreeView<TreeNode>;
  readonly #accounts: AccountTree;

  /** @param deps `accountOfDocument` tells whose resource a document shows */
  constructor(deps: AccountTreeDeps & Pick<LockStatusDeps, 'accountOfDocument'>) {
    super();
    this.#accounts = this.add(new AccountTree(deps));
    const { tree } = this;
    this.view = this.add(window.createTreeView(RESOURCES_VIEW, { treeDataProvider: tree, showCollapseAll: true, canSelectMany: true }));
    for (const following of tree.follow(this.view)) this.add(following);
    const { store, unlocks, accountOfDocument } = deps;
    this.add(new LockStatus({ view: this.view, store, unlocks, accountOfDocument, accountRow: (id) => tree.accountRow(id) }));
    this.#followStore(deps.store);
    this.#followSelection();
    this.#followClouds(deps.now);
  }

  get tree(): ResourceTree {
    return this.#accounts.tree;
  }

  /** Notes what a command worked on; see {@link AccountTree.used}. */
  used(refs: readonly ResourceRef[], isChanged: boolean): void {
    this.#accounts.used(refs, isChanged);
  }

  /** Looks again at what references to these resources show. */
  reread(refs: readonly ResourceRef[]): void {
    this.#accounts.reread(refs);
  }

  /** Notes that a resource was changed in a document, and shows it as it is now. */
  changed(ref: ResourceRef): Promise<void> {
    return this.#accounts.changed(ref);
  }

  /** Rows of the resources used last. */
  recentRows(): Promise<readonly TreeNode[]> {
    return this.#accounts.recentRows();
  }

  /** Loads a list anew and selects the row that is looked for, where the list shows it. Never throws. */
  async reveal(list: TreeNode, isIt: (row: TreeNode) => boolean): Promise<void> {
    await this.tree.refresh(list);
    const shown = await this.#accounts.rowLike(list);
    const row = shown === undefined ? undefined : (await this.tree.rows(shown)).find(isIt);
    if (row !== undefined) await this.#select(row);
  }

  /** Selects the row a reference stands for; says so where no list shows it. Never throws. */
  async #showTarget(target: TreeNode): Promise<void> {
    const row = await this.#accounts.rowLike(target);
    if (row !== undefined && await this.#select(row)) return;
    const name = target.resource?.ref.name ?? '';
    showStatus(l10n.t('"{0}" is not among the rows of its list: a filter hides it, or more have to be loaded.', name));
  }

  async #select(row: TreeNode): Promise<boolean> {
    try {
      await this.view.reveal(row, { select: true, focus: false });
      return true;
    } catch {
      // The list changed meanwhile, or the view is not there to show it.
      return false;
    }
  }

  #followSelection(): void {
    this.add(this.view.onDidChangeSelection(({ selection }) => {
      const [row, ...others] = selection;
      // Nobody waits for it: it selects the row, or says why it cannot.
      if (others.length === 0 && row instanceof ReferenceNode && row.target !== undefined) void this.#showTarget(row.target);
    }));
  }

  #followStore(store: AccountStore): void {
    const tellContext = (): void => {
      // Nobody waits for a menu to hear of it.
      void commands.executeCommand('setContext', CONTEXTS.hasAccounts, store.list().length > 0);
      void commands.executeCommand('setContext', CONTEXTS.isReady, true);
    };
    tellContext();
    this.add(store.onDidChange(tellContext));
    // Another window may have changed them.
    this.add(this.view.onDidChangeVisibility(({ visible }) => {
      if (visible) store.reload();
    }));
    this.add(window.onDidChangeWindowState(({ focused }) => {
      if (focused) store.reload();
    }));
  }

  #followClouds(now: () => number): void {
    const changes = this.add(new EventEmitter<undefined>());
    const tell = (): void => {
      changes.fire(undefined);
    };
    this.add(this.view.onDidChangeVisibility(tell));
    this.add(window.onDidChangeWindowState(tell));
    this.add(onDidChangeSettings(tell));
    const deps: AutoRefreshDeps = {
      tree: this.tree,
      isWatched: () => this.view.visible && window.state.focused,
      onDidChange: changes.event,
      intervalMs: () => readNumber(SETTINGS.autoRefreshSeconds, { fallback: 30, min: 0, max: 3_600 }) * 1_000,
      wait,
      now,
    };
    // There is nothing to refresh before rows were loaded.
    const first = this.add(this.tree.onDidLoad(() => {
      first.dispose();
      // Nobody waits for it: the first round is seconds away.
      void this.#refresh(deps);
    }));
  }

  async #refresh(deps: AutoRefreshDeps): Promise<void> {
    const { AutoRefresh } = await import('../tree/autoRefresh.ts');
    this.add(new AutoRefresh(deps));
  }
}
