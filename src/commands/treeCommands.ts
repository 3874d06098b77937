import { l10n, window } from 'vscode';

import type { InputNote, Prompts } from '../host/prompts.ts';
import { COMMANDS, RESOURCES_VIEW } from '../ids.ts';
import { FilterError, matchNames, parseFilter } from '../model/filter.ts';
import type { RegExpTest } from '../model/filter.ts';
import type { Formatter } from '../model/format.ts';
import { ListNode } from '../tree/listNode.ts';
import type { ResourceTree } from '../tree/resourceTree.ts';
import { ReferenceNode } from '../tree/referenceNodes.ts';
import { LoadMoreNode, ProblemNode } from '../tree/statusNodes.ts';
import type { TreeMemory } from '../tree/treeMemory.ts';
import { TreeNode } from '../tree/treeNode.ts';
import { globalCommand, nodeCommand } from './command.ts';
import type { Command } from './command.ts';

/** What the tree's commands need. */
export interface TreeCommandDeps {
  readonly tree: Pick<ResourceTree, 'refresh' | 'replaceRows'>;
  readonly memory: TreeMemory;
  readonly prompts: Prompts;
  readonly format: Formatter;
  readonly testRegExp: RegExpTest;
  readonly showLog: () => void;
}

type TreeCommandId =
  (typeof COMMANDS)['refresh' | 'refreshNode' | 'retryNode' | 'loadMore' | 'filterList' | 'clearFilter' | 'showLog'];

/** The commands that look at the tree and change nothing in any cloud. */
export function treeCommands(deps: TreeCommandDeps): Readonly<Record<TreeCommandId, Command>> {
  const { tree, memory, showLog } = deps;
  return {
    [COMMANDS.refresh]: globalCommand(async () => {
      await window.withProgress({ location: { viewId: RESOURCES_VIEW } }, () => tree.refresh());
    }),
    [COMMANDS.refreshNode]: nodeCommand(TreeNode, (node) => tree.refresh(node), {
      busy: () => l10n.t('Refreshing…'), takesReferences: true, isNoUse: true,
    }),
    [COMMANDS.retryNode]: retry(tree),
    [COMMANDS.loadMore]: nodeCommand(
      LoadMoreNode,
      ({ list }, { signal }) => tree.replaceRows(list, (ended) => list.loadMore(AbortSignal.any([ended, signal]))),
      { busy: () => l10n.t('Loading…') },
    ),
    [COMMANDS.filterList]: nodeCommand(ListNode, (list) => filterList(list, deps), {
      ask: () => l10n.t('Choose the list to filter'),
    }),
    [COMMANDS.clearFilter]: nodeCommand(
      ListNode,
      async (list) => {
        await memory.setFilter(list.id, '');
        await tree.refresh(list);
      },
      {
        ask: () => l10n.t('Choose the list to show in full'),
        offers: (node) => node.flags.includes('filtered'),
        through: ['account'],
      },
    ),
    [COMMANDS.showLog]: globalCommand(() => {
      showLog();
    }),
  };
}

/** Loads again what a row says could not be loaded: a list, or what a pin stands for. */
function retry(tree: TreeCommandDeps['tree']): Command {
  return {
    ...nodeCommand(TreeNode, (node) => tree.refresh(node), { busy: () => l10n.t('Loading…'), takesReferences: true, isNoUse: true }),
    matches: (node) => node instanceof ProblemNode || node instanceof ReferenceNode,
  };
}

async function filterList(list: ListNode<unknown>, deps: TreeCommandDeps): Promise<void> {
  const names = list.loadedNames;
  const typed = await deps.prompts.input({
    title: l10n.t('Filter'),
    prompt: l10n.t('A part of the name, a pattern such as orders*, or an expression such as /^orders-[0-9]+$/'),
    placeholder: l10n.t('Empty shows everything'),
    value: list.filterText,
    validate: (text) => filterNote(text, names, list.isSearchedBeyond, deps),
  });
  await deps.memory.setFilter(list.id, typed.trim());
  await deps.tree.refresh(list);
}

/** What is wrong with a filter, or how much of what is loaded it lets through. */
function filterNote(
  text: string, names: readonly string[], isSearchedBeyond: boolean, { format, testRegExp }: TreeCommandDeps,
): InputNote | undefined {
  try {
    const filter = parseFilter(text);
    if (filter === undefined || names.length === 0) return undefined;
    const count = matchNames(filter, names, testRegExp).filter((isMatch) => isMatch).length;
    const message = l10n.t('{0} of {1} loaded match', format.count(count), format.count(names.length));
    return { severity: 'info', message: isSearchedBeyond ? l10n.t('{0}. The service searches the rest.', message) : message };
  } catch (error) {
    if (error instanceof FilterError) return { severity: 'error', message: error.message };
    throw error;
  }
}
