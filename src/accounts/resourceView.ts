import { commands, EventEmitter, window } from 'vscode';
import type { TreeView } from 'vscode';

import { wait } from '../host/clock.ts';
import { Disposables } from '../host/disposables.ts';
import { onDidChangeSettings, readNumber } from '../host/settings.ts';
import { CONTEXTS, RESOURCES_VIEW, SETTINGS } from '../ids.ts';
import type { Account } from '../model/account.ts';
import { AccountNode } from '../tree/accountNode.ts';
import type { AccountServices } from '../tree/accountNode.ts';
import { AutoRefresh } from '../tree/autoRefresh.ts';
import { ResourceTree } from '../tree/resourceTree.ts';
import type { TreeMemory } from '../tree/treeMemory.ts';
import type { TreeNode } from '../tree/treeNode.ts';
import type { AccountStore } from './accountStore.ts';
import { LockStatus } from './lockStatus.ts';

/** What the view of all accounts needs. */
export interface ResourceViewDeps {
  readonly store: AccountStore;
  readonly memory: TreeMemory;
  readonly services: AccountServices;
  /** Runs before anything below an account is asked for. */
  readonly prepare: (account: Account) => Promise<void>;
  readonly logError: (where: string, error: unknown) => void;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** The tree of all accounts in the side bar, kept in step with the account store and, while somebody looks, with the clouds. */
export class ResourceView extends Disposables {
  readonly tree: ResourceTree;
  readonly view: TreeView<TreeNode>;

  constructor({ store, memory, services, prepare, logError, now }: ResourceViewDeps) {
    super();
    this.tree = this.add(
      new ResourceTree({
        roots: () => store.list().map((account) => new AccountNode(account, services, prepare)),
        logError,
        wait,
        now,
      }),
    );
    this.view = this.add(window.createTreeView(RESOURCES_VIEW, { treeDataProvider: this.tree, showCollapseAll: true }));
    for (const following of this.tree.follow(this.view)) this.add(following);
    this.add(new LockStatus(this.view, store));
    this.#followStore(store, memory);
    this.#followClouds(now);
  }

  #followStore(store: AccountStore, memory: TreeMemory): void {
    const tellContext = (): void => {
      // Nobody waits for a menu to hear of it.
      void commands.executeCommand('setContext', CONTEXTS.hasAccounts, store.list().length > 0);
      void commands.executeCommand('setContext', CONTEXTS.isReady, true);
    };
    tellContext();
    this.add(store.onDidChange(({ id, change, credentialsChanged }) => {
      tellContext();
      // Nobody waits: filters that could not be taken away belong to an id that is never used again.
      if (change === 'removed') void memory.forgetAccount(id);
      else if (credentialsChanged) memory.forgetFacts(id);
      if (credentialsChanged) this.tree.forgetAccount(id);
      else this.tree.rootsChanged();
    }));
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
    this.add(new AutoRefresh({
      tree: this.tree,
      isWatched: () => this.view.visible && window.state.focused,
      onDidChange: changes.event,
      intervalMs: () => readNumber(SETTINGS.autoRefreshSeconds, { fallback: 30, min: 0, max: 3_600 }) * 1_000,
      wait,
      now,
    }));
  }
}
