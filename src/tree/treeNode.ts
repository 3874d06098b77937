import type { MarkdownString, TreeItem } from 'vscode';

import type { NodeFlag, NodeKind } from '../ids.ts';
import type { Account } from '../model/account.ts';
import type { Resource } from './resource.ts';

/** What a row of the tree looks like; the provider adds id, context value and collapsible state. */
export type NodeFace = Pick<TreeItem, 'label' | 'description' | 'tooltip' | 'iconPath' | 'command'> & {
  /** What a screen reader says: kind, name and state in words. The provider adds account and stage. */
  readonly accessibilityLabel: string;
};

/**
 * One row of the tree. It shows itself and, where it can, loads what belongs to it; the provider caches children, turns a
 * throw into a problem node and an empty list into an empty node.
 */
export abstract class TreeNode {
  abstract readonly kind: NodeKind;
  readonly parent: TreeNode | undefined;
  #id: string;

  /** @param key what tells this node from its siblings; any text */
  constructor(parent: TreeNode | undefined, key: string) {
    this.parent = parent;
    const step = encodeURIComponent(key.toWellFormed());
    this.#id = parent === undefined ? step : `${parent.id}/${step}`;
  }

  /** Path from the account, each step encoded: stable over refreshes, so expansion and selection stay. */
  get id(): string {
    return this.#id;
  }

  /**
   * Gives the n-th of several siblings with one key an id of its own. Called once, by the provider, before anything is below
   * this row. `#` is in no encoded key.
   */
  distinguish(n: number): void {
    this.#id = `${this.#id}#${String(n)}`;
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

  /** The tooltip, made when the pointer rests on the row; from what is known, never a request. */
  details?(): MarkdownString;

  /**
   * Loads the rows below, with one request for a list and never one for each row.
   * Rows without children do not have this method.
   * @throws CloudError where the cloud failed; PartialLoadError where some rows are known all the same
   */
  children?(signal: AbortSignal): Promise<readonly TreeNode[]>;

  /** The text of the row that stands for "nothing here": says how to create the first. */
  emptyText?(): string;

  /** Whether the row starts expanded (accounts and services do). */
  get startsExpanded(): boolean {
    return false;
  }

  /** Whether the rows below follow from this row alone, without a request: then they are made anew and never kept. */
  get isLocal(): boolean {
    return false;
  }

  /** Whether the service is still at work on it (being created, being deleted), so that it is worth looking again soon. */
  get isSettling(): boolean {
    return false;
  }

  /** What the row stands for, where it can be opened, copied and pinned. */
  get resource(): Resource | undefined {
    return undefined;
  }

  /** Everything this row shows, for comparison; rows without it are compared by their face. */
  get facts(): unknown {
    return undefined;
  }
}

/** Thrown by `children` where a part of the rows is known and a part failed: both are shown. */
export class PartialLoadError extends Error {
  override readonly name = 'PartialLoadError';
  readonly rows: readonly TreeNode[];

  constructor(rows: readonly TreeNode[], cause: unknown) {
    super('Some rows could not be loaded', { cause });
    this.rows = rows;
  }
}
