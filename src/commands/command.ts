import type { NodeKind } from '../ids.ts';
import type { TreeNode } from '../tree/treeNode.ts';

/** What the runner hands to the handler of a node command. */
export interface RunContext {
  /** Ends when the user cancels the progress notification; never, where there is none. */
  readonly signal: AbortSignal;
}

/** A class of tree nodes, as a value: what a node command works on. */
export type NodeClass<N extends TreeNode> = abstract new (...args: never[]) => N;

/** How the runner behaves around a node command. */
export interface NodeCommandOptions {
  /** Shown in the row, in place of its description, while the command runs ("Deleting…"). */
  readonly busy?: () => string;
  /** What is loaded again when the command succeeded. */
  readonly refresh?: 'node' | 'parent' | 'all';
  /** Progress text; with it the run can be cancelled. */
  readonly progress?: () => string;
  /** The question when the command comes from the palette, e.g. "Choose the topic to delete". */
  readonly ask?: () => string;
  /** Rows that are opened to find nodes to choose from; else accounts and all lists. Each list costs a request. */
  readonly through?: readonly NodeKind[];
}

/** A command that works on one node; from the palette the runner asks which. */
export interface NodeCommand {
  readonly type: 'node';
  readonly matches: (node: TreeNode) => boolean;
  readonly run: (node: TreeNode, context: RunContext) => Promise<void> | void;
  readonly options: NodeCommandOptions;
}

/** A command that needs no node. What VS Code passes along does not reach it. */
export interface GlobalCommand {
  readonly type: 'global';
  readonly run: () => Promise<void> | void;
}

/** A command as data: the one runner does logging, the busy row, cancellation and problems. */
export type Command = NodeCommand | GlobalCommand;

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

/** A command without a node. */
export function globalCommand(run: GlobalCommand['run']): GlobalCommand {
  return { type: 'global', run };
}

