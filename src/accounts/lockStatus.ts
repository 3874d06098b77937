import { l10n, StatusBarAlignment, ThemeColor, window } from 'vscode';
import type { Command, Disposable, StatusBarItem, TreeView, Uri } from 'vscode';

import { Disposables } from '../host/disposables.ts';
import { COMMANDS, RESOURCES_VIEW } from '../ids.ts';
import { permits } from '../model/account.ts';
import type { Account } from '../model/account.ts';
import { accessName, providerName, stageBadge, stageName } from '../model/accountWords.ts';
import { withoutIcons } from '../model/format.ts';
import { unlockedText, unlockedWords } from '../tree/countdown.ts';
import type { TreeNode } from '../tree/treeNode.ts';
import type { AccountStore } from './accountStore.ts';
import type { Unlocks } from './unlocks.ts';

/** What the status bar's word on an account rests on. */
export interface LockStatusDeps {
  readonly view: TreeView<TreeNode>;
  readonly store: AccountStore;
  readonly unlocks: Unlocks;
  readonly accountRow: (accountId: string) => TreeNode | undefined;
  /** The account whose resource a document shows; undefined for every other document. */
  readonly accountOfDocument: (uri: Uri) => string | undefined;
}

/**
 * The status bar's word on the account of the document in front, else of the selected row: its stage, and a lock where not
 * everything may be done. An account that is unlocked is never out of sight.
 */
export class LockStatus implements Disposable {
  readonly #deps: LockStatusDeps;
  readonly #disposables = new Disposables();
  readonly #item: StatusBarItem = this.#disposables.add(window.createStatusBarItem('cloudStreams.lane', StatusBarAlignment.Left));
  #selectedId: string | undefined;

  constructor(deps: LockStatusDeps) {
    this.#deps = deps;
    this.#item.name = l10n.t('Cloud Streams account');
    const show = (): void => this.#show();
    this.#disposables.add(deps.view.onDidChangeSelection(({ selection: [node] }) => {
      this.#selectedId = node?.account?.id;
      show();
    }));
    this.#disposables.add(window.onDidChangeActiveTextEditor(show));
    for (const event of [deps.unlocks.onDidChange, deps.unlocks.onDidTick, deps.store.onDidChange]) this.#disposables.add(event(show));
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #account(): Account | undefined {
    const { unlocks, accountOfDocument } = this.#deps;
    const uri = window.activeTextEditor?.document.uri;
    const ids = [uri === undefined ? undefined : accountOfDocument(uri), this.#selectedId];
    const accounts = ids.flatMap((id) => (id === undefined ? [] : (unlocks.get(id) ?? [])));
    return accounts[0] ?? this.#unlocked()[0];
  }

  #unlocked(): readonly Account[] {
    const { unlocks } = this.#deps;
    return unlocks.list().filter(({ id }) => unlocks.remainingMs(id) !== undefined);
  }

  #show(): void {
    const account = this.#account();
    if (account === undefined) {
      this.#item.hide();
      return;
    }
    const { id, name, provider, lane: { stage, access } } = account;
    const leftMs = this.#deps.unlocks.remainingMs(id);
    const isLocked = !permits(access, 'write');
    const lane = leftMs === undefined ? accessName(access) : unlockedText(leftMs);
    const facts = [name, stageBadge(stage), ...(isLocked || leftMs !== undefined ? [lane] : [])].join(' · ');
    const others = this.#unlocked().filter((other) => other.id !== id).map((other) => ` $(unlock) ${withoutIcons(other.name)}`);
    this.#item.text = `$(${leftMs !== undefined ? 'unlock' : isLocked ? 'lock' : 'cloud'}) ${withoutIcons(facts)}${others.join('')}`;
    const command = this.#commandFor(id, leftMs !== undefined ? 'unlocked' : isLocked ? 'locked' : 'open');
    this.#item.command = command;
    this.#item.tooltip = `${providerName(provider)} · ${name}\n${stageName(stage)} · ${lane}\n${command.title}`;
    this.#item.backgroundColor = stage === 'prod' ? new ThemeColor('statusBarItem.warningBackground') : undefined;
    const words = leftMs === undefined ? accessName(access) : unlockedWords(leftMs);
    const label = l10n.t('Account {0}, {1}, {2}, {3}', name, providerName(provider), stageName(stage), words);
    this.#item.accessibilityInformation = { label: `${label}. ${command.title}` };
    this.#item.show();
  }

  /** What a click does: the next step of the lock, or a look at the tree. */
  #commandFor(accountId: string, state: 'unlocked' | 'locked' | 'open'): Command {
    const row = this.#deps.accountRow(accountId);
    const target = row === undefined ? {} : { arguments: [row] };
    switch (state) {
      case 'unlocked':
        return { command: COMMANDS.lockAccount, title: l10n.t('Lock Again'), ...target };
      case 'locked':
        return { command: COMMANDS.unlockAccount, title: l10n.t('Unlock for 15 Minutes'), ...target };
      case 'open':
        return { command: `${RESOURCES_VIEW}.focus`, title: l10n.t('Show in the tree') };
    }
  }
}
