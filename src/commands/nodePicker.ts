import { l10n } from 'vscode';

import { withHeading } from '../host/prompts.ts';
import type { PickItem, Prompts } from '../host/prompts.ts';
import type { Account } from '../model/account.ts';
import { accessName, stageBadge } from '../model/accountWords.ts';
import { ReferenceNode } from '../tree/referenceNodes.ts';
import { LoadMoreNode, ProblemNode, StatusNode } from '../tree/statusNodes.ts';
import type { TreeNode } from '../tree/treeNode.ts';
import type { NodeCommand } from './command.ts';

/** Where the rows to choose from are. */
export interface NodeSource {
  /** Rows below a node, or those at the top; loads them where they are not known. */
  rows(node?: TreeNode): Promise<readonly TreeNode[]>;
  /** Rows below a node, where they are known; never a request. */
  knownRows(node: TreeNode): readonly TreeNode[] | undefined;
  replaceRows(node: TreeNode, loader: (signal: AbortSignal) => Promise<readonly TreeNode[]>): Promise<void>;
}

/** Rows of the resources used last. */
export type RecentRows = () => Promise<readonly TreeNode[]>;

/** How many lists one question loads at most. */
const MAX_LOADS = 40;

/**
 * Asks which row a command is for, over all accounts at the same time: rows appear as they come, what was used last on top, and an
 * account that fails says so in a row of its own.
 * @throws CancelledError when the user closed the question
 */
export async function pickNode(
  source: NodeSource, prompts: Prompts, command: NodeCommand, recentRows: RecentRows = () => Promise.resolve([]),
): Promise<TreeNode> {
  for (;;) {
    const chosen = await prompts.pick<TreeNode | undefined>({
      placeholder: command.options.ask?.() ?? l10n.t('Choose a resource'),
      items: (show, signal) => new Search(source, command, signal).run(show, recentRows),
    });
    if (chosen !== undefined && command.matches(chosen)) return chosen;
    if (chosen instanceof LoadMoreNode) await source.replaceRows(chosen.list, (signal) => chosen.list.loadMore(signal));
  }
}

type Item = PickItem<TreeNode | undefined>;

/** One search for the rows a command can work on. */
class Search {
  readonly #source: NodeSource;
  readonly #command: NodeCommand;
  readonly #signal: AbortSignal;
  readonly #found = new Map<TreeNode, readonly Item[]>();
  #recent: readonly Item[] = [];
  #loads = 0;
  #isCutShort = false;

  constructor(source: NodeSource, command: NodeCommand, signal: AbortSignal) {
    this.#source = source;
    this.#command = command;
    this.#signal = signal;
  }

  async run(show: (items: readonly Item[]) => void, recentRows: RecentRows): Promise<void> {
    const { through } = this.#command.options;
    // Groups of references stand beside the accounts, and would show everything twice.
    const roots = (await this.#source.rows()).filter(({ kind }) => (isGroup(kind) ? through?.includes(kind) === true : true));
    const isForResources = through?.some((kind) => kind !== 'account' && !isGroup(kind)) === true;
    const showAll = (): void => {
      if (!this.#signal.aborted) show(this.#items(roots));
    };
    await Promise.all([
      ...roots.map(async (root) => {
        this.#found.set(root, await this.#collect(root));
        showAll();
      }),
      (async () => {
        const rows = isForResources ? await recentRows() : [];
        this.#recent = rows.filter((row) => this.#isOffered(row)).map((row) => itemOf(row, undefined));
        if (this.#recent.length > 0) showAll();
      })(),
    ]);
    showAll();
  }

  #items(roots: readonly TreeNode[]): readonly Item[] {
    const recentIds = new Set(this.#recent.map(({ value }) => value?.id));
    const others = roots.flatMap((root) => this.#found.get(root) ?? []).filter(({ value }) => value === undefined || !recentIds.has(value.id));
    const isDone = this.#found.size === roots.length;
    const end: Item[] = [];
    if (this.#isCutShort) end.push(note(l10n.t('Not every list was loaded. Select the row in the tree to reach the rest.')));
    if (isDone && this.#recent.length + others.length + end.length === 0) end.push(note(l10n.t('There is nothing to choose from')));
    const isSplit = this.#recent.length > 0;
    return [
      ...withHeading(this.#recent, isSplit ? l10n.t('Recently used') : undefined),
      ...withHeading(others, isSplit ? l10n.t('All') : undefined),
      ...end,
    ];
  }

  #isOffered(node: TreeNode): boolean {
    return this.#command.matches(node) && this.#command.options.offers?.(node) !== false;
  }

  async #collect(node: TreeNode): Promise<readonly Item[]> {
    if (this.#signal.aborted) return [];
    if (node instanceof ProblemNode) return [itemOf(node, node.problem.message)];
    if (node instanceof LoadMoreNode) return [{ ...itemOf(node, undefined), alwaysShow: true }];
    const own = this.#isOffered(node) ? [itemOf(node, undefined)] : [];
    const rows = await this.#rowsBelow(node, own.length > 0);
    // Services of one account side by side, their rows in the order of the tree.
    const below = await Promise.all(rows.map((row) => this.#collect(row)));
    return [...own, ...below.flat()];
  }

  /** A row that is offered itself is opened only where the command says so: a deletion of topics looks for none below a topic. */
  async #rowsBelow(node: TreeNode, isOffered: boolean): Promise<readonly TreeNode[]> {
    const { through } = this.#command.options;
    if (node.children === undefined || (through === undefined && isOffered)) return [];
    const known = this.#source.knownRows(node);
    if (!leadsOn(node, through)) return known?.filter((row) => !(row instanceof StatusNode)) ?? [];
    if (known === undefined && !node.isLocal) {
      if (this.#loads >= MAX_LOADS) {
        this.#isCutShort = true;
        return [];
      }
      this.#loads += 1;
    }
    return this.#source.rows(node);
  }
}

function leadsOn(node: TreeNode, through: readonly string[] | undefined): boolean {
  return through?.includes(node.kind) ?? (node.kind === 'account' || node.flags.includes('list'));
}

function isGroup(kind: string): boolean {
  return kind === 'pins' || kind === 'recents';
}

function note(text: string): Item {
  return { label: text, value: undefined, unavailable: text, alwaysShow: true };
}

function itemOf(node: TreeNode, unavailable: string | undefined): Item {
  const { account } = node;
  const above: string[] = [];
  const isReference = node instanceof ReferenceNode;
  for (let at = node.parent; !isReference && at !== undefined && at.kind !== 'account'; at = at.parent) above.unshift(labelOf(at));
  const place = account === undefined ? [] : [...(node.kind === 'account' ? [] : [account.name]), ...laneOf(account)];
  return { label: labelOf(node), description: [...above, ...place].join(' · '), value: node, unavailable };
}

/** The stage, and what may not be done, so that nobody chooses a row to be refused. */
function laneOf({ lane: { stage, access } }: Account): readonly string[] {
  return access === 'full' ? [stageBadge(stage)] : [stageBadge(stage), accessName(access)];
}

function labelOf(node: TreeNode): string {
  const { label } = node.face();
  return typeof label === 'string' ? label : (label?.label ?? '');
}
