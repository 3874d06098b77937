import { l10n } from 'vscode';

import type { PickItem, Prompts } from '../host/prompts.ts';
import { stageBadge } from '../model/accountWords.ts';
import { LoadMoreNode, ProblemNode } from '../tree/statusNodes.ts';
import type { TreeNode } from '../tree/treeNode.ts';
import type { NodeCommand } from './command.ts';

/** Where the rows to choose from are. */
export interface NodeSource {
  /** Rows below a node, or the accounts; loads them where they are not known. */
  rows(node?: TreeNode): Promise<readonly TreeNode[]>;
  replaceRows(node: TreeNode, loader: (signal: AbortSignal) => Promise<readonly TreeNode[]>): Promise<void>;
}

/**
 * Asks which row a command is for, over all accounts at the same time: rows appear as they come, and an account that fails says so
 * in a row of its own.
 * @throws CancelledError when the user closed the question
 */
export async function pickNode(source: NodeSource, prompts: Prompts, command: NodeCommand): Promise<TreeNode> {
  for (;;) {
    const chosen = await prompts.pick<TreeNode | undefined>({
      placeholder: command.options.ask?.() ?? l10n.t('Choose a resource'),
      items: (show, signal) => loadItems(source, command, show, signal),
    });
    if (chosen !== undefined && command.matches(chosen)) return chosen;
    if (chosen instanceof LoadMoreNode) await source.replaceRows(chosen.list, (signal) => chosen.list.loadMore(signal));
  }
}

type Item = PickItem<TreeNode | undefined>;

async function loadItems(
  source: NodeSource,
  command: NodeCommand,
  show: (items: readonly Item[]) => void,
  signal: AbortSignal,
): Promise<void> {
  const roots = await source.rows();
  const found = new Map<TreeNode, readonly Item[]>();
  const showAll = (): void => {
    show(roots.flatMap((root) => found.get(root) ?? []));
  };
  await Promise.all(
    roots.map(async (root) => {
      found.set(root, await collect(source, command, root, signal));
      if (!signal.aborted) showAll();
    }),
  );
  if (!signal.aborted && [...found.values()].flat().length === 0) {
    const text = l10n.t('There is nothing to choose from');
    show([{ label: text, value: undefined, unavailable: text, alwaysShow: true }]);
  }
}

async function collect(source: NodeSource, command: NodeCommand, node: TreeNode, signal: AbortSignal): Promise<readonly Item[]> {
  if (signal.aborted) return [];
  if (command.matches(node)) return [itemOf(node, undefined)];
  if (node instanceof ProblemNode) return [itemOf(node, node.problem.message)];
  if (node instanceof LoadMoreNode) return [{ ...itemOf(node, undefined), alwaysShow: true }];
  if (!leadsOn(node, command)) return [];
  // Services of one account side by side, their rows in the order of the tree.
  const below = await Promise.all((await source.rows(node)).map((row) => collect(source, command, row, signal)));
  return below.flat();
}

function leadsOn(node: TreeNode, { options }: NodeCommand): boolean {
  if (node.children === undefined) return false;
  return options.through?.includes(node.kind) ?? (node.kind === 'account' || node.flags.includes('list'));
}

function itemOf(node: TreeNode, unavailable: string | undefined): Item {
  const { account } = node;
  const above: string[] = [];
  for (let at = node.parent; at !== undefined && at.kind !== 'account'; at = at.parent) above.unshift(labelOf(at));
  const place = account === undefined ? [] : node.kind === 'account' ? [stageBadge(account.lane.stage)] : [account.name, stageBadge(account.lane.stage)];
  return { label: labelOf(node), description: [...above, ...place].join(' · '), value: node, unavailable };
}

function labelOf(node: TreeNode): string {
  const { label } = node.face();
  return typeof label === 'string' ? label : (label?.label ?? '');
}
