import { commands, Disposable } from 'vscode';

import type { RemedyHandlers } from '../host/notifications.ts';
import { withCancellableProgress } from '../host/progress.ts';
import type { Prompts } from '../host/prompts.ts';
import { COMMANDS } from '../ids.ts';
import type { CommandId } from '../ids.ts';
import { permits } from '../model/account.ts';
import type { Account } from '../model/account.ts';
import { CancelledError, CloudError } from '../model/cloudError.ts';
import { ProblemError, problemOf } from '../model/problem.ts';
import type { Problem } from '../model/problem.ts';
import type { ResourceRef } from '../model/resource.ts';
import { ReferenceNode } from '../tree/referenceNodes.ts';
import { StatusNode } from '../tree/statusNodes.ts';
import { TreeNode } from '../tree/treeNode.ts';
import type { ArgumentCommand, Command, NodeCommand } from './command.ts';
import type { NodeSource, RecentRows } from './nodePicker.ts';

/** What the runner does to the tree. */
interface RunnerTree extends NodeSource {
  busy(node: TreeNode, text: string): Disposable;
  refresh(node?: TreeNode): Promise<void>;
  accountRow(accountId: string): TreeNode | undefined;
}

/** What the runner needs. */
export interface RunnerDeps {
  readonly tree: RunnerTree;
  readonly prompts: Prompts;
  readonly log: { info(message: string): void; error(message: string, error?: unknown): void };
  readonly showProblem: (problem: Problem, remedies: RemedyHandlers) => void;
  /** Rows of the resources used last, offered first where a command asks. */
  readonly recentRows?: RecentRows;
  /** Told of the resources a command worked on, and whether it changed anything that shows. */
  readonly onUsed?: (refs: readonly ResourceRef[], isChanged: boolean) => void;
  /** The same for a command that is no use worth remembering, such as a deletion. */
  readonly onChanged?: (refs: readonly ResourceRef[]) => void;
}

/** A row a command works on, and the row it was started from where that stands for another. */
interface Work {
  readonly node: TreeNode;
  readonly from: TreeNode;
}

/** Registers every command. The one place that logs, shows progress, and turns what a handler throws into a problem. */
export function registerCommands(table: Readonly<Record<CommandId, Command>>, deps: RunnerDeps): Disposable {
  const runner = new CommandRunner(deps);
  const registrations = Object.values(COMMANDS).map((id) => {
    const command = table[id];
    return commands.registerCommand(id, (...args: readonly unknown[]) => runner.run(id, command, args));
  });
  return Disposable.from(...registrations);
}

/** Runs single commands; see {@link registerCommands}. */
export class CommandRunner {
  readonly #deps: RunnerDeps;
  /** Commands under way on a node, or on what a lens is about: a second click changes nothing. */
  readonly #underWay = new Set<string>();

  constructor(deps: RunnerDeps) {
    this.#deps = deps;
  }

  /** @param args what the editor passes: the row that was clicked, and all rows that are selected */
  async run(id: CommandId, command: Command, args: readonly unknown[]): Promise<void> {
    let given: readonly TreeNode[] = [];
    try {
      if (command.type !== 'node') {
        await (command.type === 'argument' ? this.#runWith(id, command, args) : this.#runPlain(id, command.run));
        return;
      }
      given = givenRows(command, args);
      const works = await this.#worksOf(command, given);
      if (works.length === 0) {
        const { tree, prompts, recentRows } = this.#deps;
        const { pickNode } = await import('./nodePicker.ts');
        const node = await pickNode(tree, prompts, command, recentRows);
        given = [node];
        works.push({ node, from: node });
      }
      await this.#runOn(id, command, works);
    } catch (error) {
      this.#fail(error, id, given);
    }
  }

  async #runPlain(id: CommandId, run: () => Promise<void> | void): Promise<void> {
    this.#deps.log.info(`Command ${id}`);
    await run();
  }

  async #runWith(id: CommandId, { run, key: keyOf }: ArgumentCommand, args: readonly unknown[]): Promise<void> {
    const named = keyOf?.(args);
    if (named === undefined) return this.#runPlain(id, () => run(args));
    const key = `${id} ${named}`;
    if (this.#underWay.has(key)) return;
    this.#underWay.add(key);
    try {
      await this.#runPlain(id, () => run(args));
    } finally {
      this.#underWay.delete(key);
    }
  }

  async #worksOf(command: NodeCommand, rows: readonly TreeNode[]): Promise<Work[]> {
    const works = new Map<string, Work>();
    for (const from of rows) {
      // A row that is about another one stands for it where it is what was clicked; among several rows it stands for nothing.
      if (rows.length > 1 && from instanceof StatusNode) continue;
      const node = await this.#nodeFor(command, from);
      if (node !== undefined && !works.has(node.id)) works.set(node.id, { node, from });
    }
    return [...works.values()];
  }

  /** The row a command works on: another one for a row that stands for it, or that is about a row above. */
  async #nodeFor(command: NodeCommand, row: TreeNode): Promise<TreeNode | undefined> {
    if (row instanceof ReferenceNode) {
      if (command.options.takesReferences === true && command.matches(row)) return row;
      const account = row.account === undefined ? undefined : this.#deps.tree.accountRow(row.account.id);
      if (account !== undefined && command.matches(account)) return account;
      const target = await row.resolve();
      return command.matches(target) ? target : undefined;
    }
    if (command.matches(row)) return row;
    if (!(row instanceof StatusNode)) return undefined;
    for (let at = row.parent; at !== undefined; at = at.parent) {
      if (command.matches(at)) return at;
    }
    return undefined;
  }

  async #runOn(id: CommandId, command: NodeCommand, all: readonly Work[]): Promise<void> {
    const works = all.filter(({ node }) => !this.#underWay.has(`${id} ${node.id}`));
    if (works.length === 0) return;
    const keys = works.map(({ node }) => `${id} ${node.id}`);
    for (const key of keys) this.#underWay.add(key);
    this.#deps.log.info(`Command ${id} on ${works.map(({ node }) => node.id).join(', ')}`);
    const rows = this.#busyRows(works);
    const nodes = works.map(({ node }) => node);
    try {
      const initially = command.options.busy?.();
      if (initially !== undefined) rows.show(initially);
      await withProgress(command, nodes, rows.show);
      this.#tellUse(command, nodes, rows.wereShown());
      await this.#refresh(command, nodes);
    } catch (error) {
      // A part of the work may be done.
      if (rows.wereShown()) await this.#refresh(command, nodes);
      throw error;
    } finally {
      rows.clear();
      for (const key of keys) this.#underWay.delete(key);
    }
  }

  /** The rows that say what is being done: those the command works on, and those it was started from. */
  #busyRows(works: readonly Work[]): { show: (text: string) => void; clear: () => void; wereShown: () => boolean } {
    const rows = new Set(works.flatMap(({ node, from }) => (from instanceof ReferenceNode ? [node, from] : [node])));
    let shown: readonly Disposable[] = [];
    let wereShown = false;
    const clear = (): void => {
      for (const row of shown) row.dispose();
      shown = [];
    };
    const show = (text: string): void => {
      const before = shown;
      shown = [...rows].map((row) => this.#deps.tree.busy(row, text));
      wereShown = true;
      for (const row of before) row.dispose();
    };
    return { show, clear, wereShown: () => wereShown };
  }

  #tellUse({ options: { isNoUse, refresh } }: NodeCommand, nodes: readonly TreeNode[], wasBusy: boolean): void {
    const refs = nodes.flatMap(({ resource }) => resource?.ref ?? []);
    if (refs.length === 0) return;
    const isChanged = wasBusy || refresh !== undefined;
    if (isNoUse !== true) this.#deps.onUsed?.(refs, isChanged);
    else if (isChanged) this.#deps.onChanged?.(refs);
  }

  async #refresh({ options: { refresh } }: NodeCommand, nodes: readonly TreeNode[]): Promise<void> {
    const { tree } = this.#deps;
    if (refresh === undefined) return;
    if (refresh === 'all') return tree.refresh();
    const targets = refresh === 'node' ? nodes : nodes.flatMap(({ parent }) => parent ?? []);
    const once = new Map(targets.map((target) => [target.id, target]));
    if (once.size === 0) return tree.refresh();
    await Promise.all([...once.values()].map((target) => tree.refresh(target)));
  }

  #fail(error: unknown, id: CommandId, given: readonly TreeNode[]): void {
    if (error instanceof CancelledError) return;
    const account = concerned(error, given);
    const problem = problemOf(error, account === undefined ? {} : { accountName: account.name });
    if (problem === undefined) return;
    this.#deps.log.error(`Command ${id} failed`, error);
    const accountId = account?.id ?? (error instanceof ProblemError ? error.accountId : undefined);
    const row = accountId === undefined ? undefined : this.#deps.tree.accountRow(accountId);
    const again = given.length > 1 ? [given[0], given] : given;
    this.#deps.showProblem(problem, { ...accountRemedies(row), retry: execute(id, ...again) });
  }
}

/** The account a failure is about: of several, the one that is locked where something is. */
function concerned(error: unknown, given: readonly TreeNode[]): Account | undefined {
  const accounts = given.flatMap(({ account }) => account ?? []);
  const isLocked = error instanceof CloudError && error.kind === 'locked';
  const locked = isLocked ? accounts.find(({ lane }) => !permits(lane.access, error.details.operation ?? 'write')) : undefined;
  return locked ?? accounts[0];
}

/** The rows the editor passed: all that are selected only where the clicked one is among them and the command takes many. */
function givenRows({ runAll }: NodeCommand, [clicked, selected]: readonly unknown[]): readonly TreeNode[] {
  if (!(clicked instanceof TreeNode)) return [];
  if (runAll === undefined || !Array.isArray(selected) || !selected.includes(clicked)) return [clicked];
  return selected.filter((row) => row instanceof TreeNode);
}

async function withProgress({ run, runAll, options }: NodeCommand, nodes: readonly TreeNode[], busy: (text: string) => void): Promise<void> {
  const work = async (signal: AbortSignal): Promise<void> => {
    if (runAll !== undefined) await runAll(nodes, { signal, busy });
    else for (const node of nodes) await run(node, { signal, busy });
  };
  const title = options.progress?.();
  if (title === undefined) await work(new AbortController().signal);
  else await withCancellableProgress(title, work);
}

/** The buttons below a problem of an account; without its row, a command asks which account it is for. */
export function accountRemedies(account: TreeNode | undefined): RemedyHandlers {
  const args = account === undefined ? [] : [account];
  return {
    editAccount: execute(COMMANDS.editAccount, ...args),
    testAccount: execute(COMMANDS.testAccount, ...args),
    unlock: execute(COMMANDS.unlockAccount, ...args),
    showLog: execute(COMMANDS.showLog),
    openProxySettings: execute('workbench.action.openSettings', 'http.proxy'),
  };
}

function execute(command: string, ...args: readonly unknown[]): () => void {
  return () => {
    // A button starts a command of its own, which reports for itself.
    void commands.executeCommand(command, ...args);
  };
}
