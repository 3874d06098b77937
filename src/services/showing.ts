import { withCancellableProgress } from '../host/progress.ts';
import type { Account } from '../model/account.ts';
import type { TreeNode } from '../tree/treeNode.ts';
import type { ServiceDeps } from './deps.ts';
import type { WithProgress } from './writing.ts';

/** Whether a row is the one to select. */
export type IsIt = (row: TreeNode) => boolean;

/** Selects no row. */
export function nothing(): boolean {
  return false;
}

/**
 * Runs a change, and shows what is there then, with the row it gives selected. Also where it failed or was called off, once something was
 * asked of the cloud: a part of it may have been done.
 * @param lists rows that are loaded anew
 * @param onStart called when the questions are answered
 */
export async function thenShow(
  { reveal }: Pick<ServiceDeps, 'reveal'>, lists: readonly TreeNode[], work: (progress: WithProgress) => Promise<IsIt>, onStart?: () => void,
): Promise<void> {
  let isWorthALook = false;
  let isIt: IsIt = nothing;
  try {
    isIt = await work((title, change) => {
      isWorthALook = true;
      onStart?.();
      return withCancellableProgress(title, change);
    });
    // Also where there was nothing left to do: then the rows are old.
    isWorthALook = true;
  } finally {
    if (isWorthALook) await Promise.all(lists.map((list) => reveal(list, isIt)));
  }
}

/** The rows above, each once. */
export function listsOf(nodes: readonly TreeNode[]): readonly TreeNode[] {
  return [...new Map(nodes.flatMap(({ parent }) => (parent === undefined ? [] : [[parent.id, parent] as const]))).values()];
}

/** The account of a row of a service. */
export function accountOf(node: TreeNode): Account {
  if (node.account === undefined) throw new TypeError(`No account: ${node.kind}`);
  return node.account;
}
