import { l10n, StatusBarAlignment, ThemeColor, window } from 'vscode';
import type { Disposable, StatusBarItem, TreeView } from 'vscode';

import { Disposables } from '../host/disposables.ts';
import { RESOURCES_VIEW } from '../ids.ts';
import type { Account } from '../model/account.ts';
import { accessName, providerName, stageBadge, stageName } from '../model/accountWords.ts';
import { withoutIcons } from '../model/format.ts';
import type { TreeNode } from '../tree/treeNode.ts';
import type { AccountStore } from './accountStore.ts';

/** The status bar's word on the account of the selected row: its stage, and a lock where not everything may be done. */
export class LockStatus implements Disposable {
  readonly #disposables = new Disposables();
  readonly #item: StatusBarItem = this.#disposables.add(window.createStatusBarItem('cloudStreams.lane', StatusBarAlignment.Left));
  #accountId: string | undefined;

  constructor(view: TreeView<TreeNode>, store: AccountStore) {
    this.#item.name = l10n.t('Cloud Streams account');
    this.#item.command = `${RESOURCES_VIEW}.focus`;
    this.#disposables.add(view.onDidChangeSelection(({ selection: [node] }) => {
      this.#accountId = node?.account?.id;
      this.#show(node?.account);
    }));
    this.#disposables.add(store.onDidChange(({ id }) => {
      if (id === this.#accountId) this.#show(store.get(id));
    }));
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #show(account: Account | undefined): void {
    if (account === undefined) {
      this.#item.hide();
      return;
    }
    const { name, provider, lane: { stage, access } } = account;
    const isLocked = access !== 'full';
    const facts = [name, stageBadge(stage), ...(isLocked ? [accessName(access)] : [])].join(' · ');
    this.#item.text = `$(${isLocked ? 'lock' : 'cloud'}) ${withoutIcons(facts)}`;
    this.#item.tooltip = `${providerName(provider)} · ${name}\n${stageName(stage)} · ${accessName(access)}`;
    this.#item.backgroundColor = stage === 'prod' ? new ThemeColor('statusBarItem.warningBackground') : undefined;
    this.#item.accessibilityInformation = {
      label: l10n.t('Account {0}, {1}, {2}, {3}', name, providerName(provider), stageName(stage), accessName(access)),
    };
    this.#item.show();
  }
}
