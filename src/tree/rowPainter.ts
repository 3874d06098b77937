import { l10n, ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';

import type { NodeFlag } from '../ids.ts';
import { permits } from '../model/account.ts';
import type { Account } from '../model/account.ts';
import { stageName } from '../model/accountWords.ts';
import { oneLine } from '../model/format.ts';
import type { ResourceRef } from '../model/resource.ts';
import { ReferenceNode } from './referenceNodes.ts';
import { StatusNode } from './statusNodes.ts';
import type { NodeFace, TreeNode } from './treeNode.ts';

/** Turns nodes into rows of the editor, and remembers what it painted. */
export class RowPainter {
  readonly #painted = new WeakMap<TreeNode, string>();
  /** The same words for each of thousands of rows. */
  readonly #accounts = new WeakMap<Account, string>();
  readonly #isPinned: (ref: ResourceRef) => boolean;

  constructor(isPinned: (ref: ResourceRef) => boolean) {
    this.#isPinned = isPinned;
  }

  /** @param busyText stands in place of the description while something is done to the row */
  paint(node: TreeNode, busyText: string | undefined): TreeItem {
    const face = node.face();
    const flags = [...node.flags, ...this.#resourceFlags(node)];
    this.#painted.set(node, faceKey(node, busyText, face, flags));
    const item = new TreeItem(typeof face.label === 'string' ? oneLine(face.label) : (face.label ?? ''), stateOf(node));
    item.id = node.id;
    item.contextValue = [node.kind, ...flags].join(';');
    if (typeof face.description === 'string') item.description = oneLine(face.description);
    if (face.iconPath !== undefined) item.iconPath = face.iconPath;
    if (face.tooltip !== undefined) item.tooltip = face.tooltip;
    if (face.command !== undefined) item.command = face.command;
    if (busyText !== undefined) {
      item.description = busyText;
      item.iconPath = new ThemeIcon('loading~spin');
    }
    item.accessibilityInformation = { label: this.#spoken(node, face, busyText) };
    return item;
  }

  /** Whether a row was painted and would look different now. */
  isOutdated(node: TreeNode, busyText: string | undefined): boolean {
    const before = this.#painted.get(node);
    if (before === undefined) return false;
    return before !== faceKey(node, busyText, node.face(), [...node.flags, ...this.#resourceFlags(node)]);
  }

  /** What menus offer follows from what the row stands for, and from what its account may do now. */
  #resourceFlags(node: TreeNode): readonly NodeFlag[] {
    if (node instanceof StatusNode) return [];
    const { account, resource } = node;
    const flags: NodeFlag[] = [];
    if (account !== undefined && permits(account.lane.access, 'write')) flags.push('canWrite');
    // A pin can be taken away although nothing is behind it any more.
    const ref = node instanceof ReferenceNode ? node.ref : resource?.ref;
    if (ref !== undefined && this.#isPinned(ref)) flags.push('pinned');
    else if (resource !== undefined) flags.push('pinnable');
    if (resource === undefined) return flags;
    if (resource.opens !== undefined) flags.push(resource.opens);
    for (const key of ['id', 'endpoint', 'kafka', 'curl', 'console', 'dashboard'] as const) {
      if (resource[key] !== undefined) flags.push(key);
    }
    return flags;
  }

  #spoken(node: TreeNode, face: NodeFace, busyText: string | undefined): string {
    const label = busyText === undefined ? face.accessibilityLabel : `${face.accessibilityLabel}, ${busyText}`;
    const { account } = node;
    return oneLine(account === undefined || node.kind === 'account' ? label : `${label}, ${this.#accountWords(account)}`);
  }

  #accountWords(account: Account): string {
    const words = this.#accounts.get(account) ?? l10n.t('account {0}, {1}', account.name, stageName(account.lane.stage));
    this.#accounts.set(account, words);
    return words;
  }
}

/** All that shows in a row, as text: two rows with the same key look the same. */
export function faceKey(
  node: TreeNode, busyText: string | undefined, face: NodeFace = node.face(), flags: readonly NodeFlag[] = node.flags,
): string {
  const icon = face.iconPath instanceof ThemeIcon ? `${face.iconPath.id} ${face.iconPath.color?.id ?? ''}` : '';
  const label = typeof face.label === 'string' ? face.label : (face.label?.label ?? '');
  return [label, face.description, face.accessibilityLabel, icon, node.kind, flags.join(), busyText].join('\n');
}

function stateOf(node: TreeNode): TreeItemCollapsibleState {
  if (node.children === undefined) return TreeItemCollapsibleState.None;
  return node.startsExpanded ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed;
}
