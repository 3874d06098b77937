import type { NodeKind } from '../ids.ts';
import type { Resource } from '../tree/resource.ts';
import type { TreeNode } from '../tree/treeNode.ts';

/** What the runner hands to the handler of a node command. */
export interface RunContext {
  /** Ends when the user cancels the progress notification; never, where there is none. */
  readonly signal: AbortSignal;
  /** Shows a text ("Deleting…") in the rows the command works on, in place of their description, until it ends. */
  readonly busy: (text: string) => void;
}

/** A class of tree nodes, as a value: what a node command works on. */
export type NodeClass<N extends TreeNode> = abstract new (...args: never[]) => N;

/** How the runner behaves around a node command. */
export interface NodeCommandOptions {
  /** Shown in the row, in place of its description, from the start; a command that asks first says it itself ({@link RunContext.busy}). */
  readonly busy?: () => string;
  /** What is loaded again when the command succeeded. */
  readonly refresh?: 'node' | 'parent' | 'all';
  /** Progress text; with it the run can be cancelled. */
  readonly progress?: () => string;
  /** Which of the rows it works on are offered where it asks; all of them without it. */
  readonly offers?: (node: TreeNode) => boolean;
  /** Gets the rows that stand for others as they are, in place of the rows they stand for. */
  readonly takesReferences?: true;
  /** Working on a resource does not make it recently used. */
  readonly isNoUse?: true;
  /** The question when the command comes from the palette, e.g. "Choose the topic to delete". */
  readonly ask?: () => string;
  /**
   * Rows that are opened to find nodes to choose from; else accounts and all lists. Each list costs a request, so only so many are
   * opened. What is loaded already is looked through in any case.
   */
  readonly through?: readonly NodeKind[];
}

/** A command that works on one node; from the palette the runner asks which. */
export interface NodeCommand {
  readonly type: 'node';
  readonly matches: (node: TreeNode) => boolean;
  readonly run: (node: TreeNode, context: RunContext) => Promise<void> | void;
  /** Works on all rows that are selected in the view at the same time, in place of `run` on one; rows that do not match are left out. */
  readonly runAll?: (nodes: readonly TreeNode[], context: RunContext) => Promise<void> | void;
  readonly options: NodeCommandOptions;
}

/** A command that needs no node. What VS Code passes along does not reach it. */
export interface GlobalCommand {
  readonly type: 'global';
  readonly run: () => Promise<void> | void;
}

/** A command that gets what the editor passes: the arguments of a lens, the files that were selected in the Explorer. */
export interface ArgumentCommand {
  readonly type: 'argument';
  /** @param args anything: whoever can run a command may have written them */
  readonly run: (args: readonly unknown[]) => Promise<void> | void;
  /** Names what it works on: while it is under way there, the command does nothing more. Where it names nothing, each call runs. */
  readonly key?: (args: readonly unknown[]) => string | undefined;
}

/** A command as data: the one runner does logging, the busy row, cancellation and problems. */
export type Command = NodeCommand | GlobalCommand | ArgumentCommand;

/** A command on nodes of one class. The handler needs no `try` and no "was I given a node?". */
export function nodeCommand<N extends TreeNode>(
  nodeClass: NodeClass<N>,
  run: (node: N, context: RunContext) => Promise<void> | void,
  options: NodeCommandOptions = {},
): NodeCommand {
  const isN = (node: TreeNode): node is N => node instanceof nodeClass;
  return {
    type: 'node',
    matches: isN,
    run: (node, context) => {
      if (!isN(node)) throw new TypeError(`Not a ${nodeClass.name}: ${node.kind}`);
      return run(node, context);
    },
    options,
  };
}

/** A command on every row of one class that is selected; with one row on a list of that one. */
export function nodesCommand<N extends TreeNode>(
  nodeClass: NodeClass<N>,
  runAll: (nodes: readonly N[], context: RunContext) => Promise<void> | void,
  options: NodeCommandOptions = {},
): NodeCommand {
  const isN = (node: TreeNode): node is N => node instanceof nodeClass;
  const all = (nodes: readonly TreeNode[], context: RunContext): Promise<void> | void => runAll(nodes.filter(isN), context);
  return { type: 'node', matches: isN, run: (node, context) => all([node], context), runAll: all, options };
}

/** A command on every row that stands for something in a cloud, and of which `matches` holds. */
export function resourceCommand(
  matches: (resource: Resource, node: TreeNode) => boolean,
  run: (resource: Resource, node: TreeNode, context: RunContext) => Promise<void> | void,
  options: NodeCommandOptions = {},
): NodeCommand {
  return {
    type: 'node',
    matches: (node) => node.resource !== undefined && matches(node.resource, node),
    run: (node, context) => {
      if (node.resource === undefined) throw new TypeError(`No resource: ${node.kind}`);
      return run(node.resource, node, context);
    },
    options,
  };
}

/** A command without a node. */
export function globalCommand(run: GlobalCommand['run']): GlobalCommand {
  return { type: 'global', run };
}

/** A command on what the editor passes. */
export function argumentCommand(run: ArgumentCommand['run'], options: Pick<ArgumentCommand, 'key'> = {}): ArgumentCommand {
  return { type: 'argument', run, ...options };
}
