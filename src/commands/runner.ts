import { commands, Disposable } from 'vscode';

import type { RemedyHandlers } from '../host/notifications.ts';
import { withCancellableProgress } from '../host/progress.ts';
import type { Prompts } from '../host/prompts.ts';
import { COMMANDS } from '../ids.ts';
import type { CommandId } from '../ids.ts';
import { CancelledError } from '../model/cloudError.ts';
import { problemOf } from '../model/problem.ts';
import type { Problem } from '../model/problem.ts';
import { StatusNode } from '../tree/statusNodes.ts';
import { TreeNode } from '../tree/treeNode.ts';
import type { Command, NodeCommand } from './command.ts';
import { pickNode } from './nodePicker.ts';
import type { NodeSource } from './nodePicker.ts';

/** What the runner does to the tree. */
interface RunnerTree extends NodeSource {
  busy(node: TreeNode, text: string): Disposable;
  refresh(node?: TreeNode): Promise<void>;
}

/** What the runner needs. */
export interface RunnerDeps {
  readonly tree: RunnerTree;
  readonly prompts: Prompts;
  readonly log: { info(message: string): void; error(message: string, error?: unknown): void };
  readonly showProblem: (problem: Problem, remedies: RemedyHandlers) => void;
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
  /** Commands under way on a node: a second click changes nothing. */
  readonly #underWay = new Set<string>();

  constructor(deps: RunnerDeps) {
    this.#deps = deps;
  }

  async run(id: CommandId, command: Command, args: readonly unknown[]): Promise<void> {
    let node: TreeNode | undefined;
    try {
      if (command.type === 'global') {
        this.#deps.log.info(`Command ${id}`);
        await command.run();
        return;
      }
      node = nodeFor(command, args[0]) ?? (await pickNode(this.#deps.tree, this.#deps.prompts, command));
      await this.#runOnNode(id, command, node);
    } catch (error) {
      this.#fail(error, id, node);
    }
  }

  async #runOnNode(id: CommandId, command: NodeCommand, node: TreeNode): Promise<void> {
    const key = `${id} ${node.id}`;
    if (this.#underWay.has(key)) return;
    this.#underWay.add(key);
    this.#deps.log.info(`Command ${id} on ${node.id}`);
    const { busy, refresh } = command.options;
    const busyText = busy?.();
    const busyRow = busyText === undefined ? undefined : this.#deps.tree.busy(node, busyText);
    try {
      await withProgress(command, node);
      if (refresh === 'node') await this.#deps.tree.refresh(node);
      else if (refresh === 'parent') await this.#deps.tree.refresh(node.parent);
      else if (refresh === 'all') await this.#deps.tree.refresh();
    } finally {
      busyRow?.dispose();
      this.#underWay.delete(key);
    }
  }

  #fail(error: unknown, id: CommandId, node: TreeNode | undefined): void {
    if (error instanceof CancelledError) return;
    const accountName = node?.account?.name;
    const problem = problemOf(error, accountName === undefined ? {} : { accountName });
    if (problem === undefined) return;
    this.#deps.log.error(`Command ${id} failed`, error);
    this.#deps.showProblem(problem, { ...accountRemedies(accountRow(node)), retry: execute(id, ...(node === undefined ? [] : [node])) });
  }
}

/** The node a menu gave; a command on a status row works on the nearest row above it that fits. */
function nodeFor(command: NodeCommand, given: unknown): TreeNode | undefined {
  if (!(given instanceof TreeNode)) return undefined;
  if (command.matches(given)) return given;
  if (!(given instanceof StatusNode)) return undefined;
  for (let at = given.parent; at !== undefined; at = at.parent) {
    if (command.matches(at)) return at;
  }
  return undefined;
}

async function withProgress(command: NodeCommand, node: TreeNode): Promise<void> {
  const title = command.options.progress?.();
  if (title === undefined) {
    await command.run(node, { signal: new AbortController().signal });
    return;
  }
  await withCancellableProgress(title, async (signal) => command.run(node, { signal }));
}

/** The buttons below a problem of an account; without its row, a command asks which account it is for. */
export function accountRemedies(account: TreeNode | undefined): RemedyHandlers {
  const args = account === undefined ? [] : [account];
  return {
    editAccount: execute(COMMANDS.editAccount, ...args),
    testAccount: execute(COMMANDS.testAccount, ...args),
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

function accountRow(node: TreeNode | undefined): TreeNode | undefined {
  let at = node;
  while (at?.parent !== undefined) at = at.parent;
  return at;
}
