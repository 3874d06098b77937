import type { TreeNode } from './treeNode.ts';

/** One load of the rows below a node. */
export interface Load {
  readonly controller: AbortController;
  /** Ends with the load, never rejects; holds what went wrong. */
  done: Promise<unknown>;
}

/** What is known below one node. Belongs to {@link RowCache}. */
export class Slot {
  /** The newest object with this id: loads run on it. */
  node: TreeNode;
  /** What is shown or would be, problem and empty rows included; undefined before the first load ended. */
  rows: readonly TreeNode[] | undefined;
  /** The rows that came from the last load that worked. */
  data: readonly TreeNode[] = [];
  /** What the editor was given last: the objects it knows. */
  shown: readonly TreeNode[] | undefined;
  /** Why the last load failed. */
  error: unknown;
  /** When the last load ended, milliseconds. */
  loadedAtMs = 0;
  isStale = false;
  isCollapsed = false;
  /** Calls of the editor that are about to get the newest rows. */
  waiters = 0;
  load: Load | undefined;

  constructor(node: TreeNode) {
    this.node = node;
  }
}

/** Gives siblings with one key ids of their own; the editor refuses a tree with an id that occurs twice. */
export function distinguishSiblings(rows: readonly TreeNode[]): readonly TreeNode[] {
  const taken = new Set<string>();
  for (const row of rows) {
    for (let n = 2; taken.has(row.id); n += 1) row.distinguish(n);
    taken.add(row.id);
  }
  return rows;
}
