import type { TreeItem } from 'vscode';

import type { NodeFlag, NodeKind } from '../ids.ts';
import type { Account } from '../model/account.ts';

/** What a row of the tree looks like; the provider adds id, context value and collapsible state. */
export type NodeFace = Pick<TreeItem, 'label' | 'description' | 'tooltip' | 'iconPath' | 'command'> & {
  /** What a screen reader says: kind, name and state in words. */
  readonly accessibilityLabel: string;
};

/**
 * One row of the tree. It shows itself and, where it can, loads what belongs to it; the provider caches children, turns a
 * throw into a problem node and an empty list into an empty node.
 */
export abstract class TreeNode {
  abstract readonly kind: NodeKind;
  /** Path from the account, each step encoded: stable over refreshes, so expansion and selection stay. */
  readonly id: string;
  readonly parent: TreeNode | undefined;

  /** @param key what tells this node from its siblings; any text */
  constructor(parent: TreeNode | undefined, key: string) {
    this.parent = parent;
    this.id = parent === undefined ? encodeURIComponent(key) : `${parent.id}/${encodeURIComponent(key)}`;
  }

  /** The account this row belongs to. */
  get account(): Account | undefined {
    return this.parent?.account;
  }

  /** What can be done with this row, for `when` clauses. */
  get flags(): readonly NodeFlag[] {
    return [];
  }

  /** How the row is drawn, from what is known now; never a request. */
  abstract face(): NodeFace;

  /**
   * Loads the rows below, with one request for a list and never one for each row.
   * Rows without children do not have this method.
   * @throws CloudError where the cloud failed
   */
  children?(signal: AbortSignal): Promise<readonly TreeNode[]>;

  /** The text of the row that stands for "nothing here": says how to create the first. */
  emptyText?(): string;

  /** Whether the row starts expanded (accounts and services do). */
  get startsExpanded(): boolean {
    return false;
  }
}
