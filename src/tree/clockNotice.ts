import { l10n } from 'vscode';
import type { TreeView } from 'vscode';

import { clockWords } from '../model/problemRefusals.ts';
import type { TreeNode } from './treeNode.ts';

/** The line above the tree that says that a server's clock is followed instead of this computer's. */
export class ClockNotice {
  readonly #skews = new Map<string, number>();
  #view: TreeView<TreeNode> | undefined;

  /** @param skewMs milliseconds this computer is ahead of the host; 0 when they agree again */
  changed(skewMs: number, host: string): void {
    if (skewMs === 0) this.#skews.delete(host);
    else this.#skews.set(host, skewMs);
    this.#show();
  }

  /** Where it shows. */
  attach(view: TreeView<TreeNode>): void {
    this.#view = view;
    this.#show();
  }

  #show(): void {
    if (this.#view === undefined) return;
    const largest = [...this.#skews.values()].sort((a, b) => Math.abs(b) - Math.abs(a))[0];
    this.#view.message = largest === undefined
      ? ''
      : l10n.t("{0} Requests are signed with the server's time until it is right.", clockWords(largest));
  }
}
