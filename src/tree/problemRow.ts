import { l10n } from 'vscode';

import { FilterError } from '../model/filter.ts';
import { problemOf } from '../model/problem.ts';
import type { Problem } from '../model/problem.ts';
import { ProblemNode } from './statusNodes.ts';
import type { TreeNode } from './treeNode.ts';

/** The row that stands where the rows below a node could not be loaded. */
export function problemRow(node: TreeNode, error: unknown): ProblemNode {
  const accountName = node.account?.name;
  const problem = error instanceof FilterError ? undefined : problemOf(error, accountName === undefined ? {} : { accountName });
  return new ProblemNode(node, problem ?? interrupted(error));
}

function interrupted(error: unknown): Problem {
  const message = error instanceof FilterError ? error.message : l10n.t('Loading was interrupted.');
  return { message, remedies: ['retry'] };
}
