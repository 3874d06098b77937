import { accountRemedies } from '../commands/runner.ts';
import { showProblem } from '../host/notifications.ts';
import type { TreeNode } from '../tree/treeNode.ts';
import type { ReportFailure } from './createWizard.ts';
import type { ReportDeletion } from './deletion.ts';
import type { ServiceDeps } from './deps.ts';

/** Tells what was not deleted of some rows, with the remedies for the account concerned. */
export function tellingDeletions(rows: readonly TreeNode[]): ReportDeletion {
  return (problem, account) => {
    const row = rows.find((one) => one.account?.id === account?.id);
    showProblem(problem, accountRemedies(account === undefined || row === undefined ? undefined : rootOf(row)));
  };
}

/** Logs what a wizard ran into, and offers what mends it beside the wizard, which stays open. */
export function tellingFailures(row: TreeNode, title: string, { log }: Pick<ServiceDeps, 'log'>): ReportFailure {
  return (error, problem) => {
    log.error(`${title} failed`, error);
    if (problem !== undefined) showProblem(problem, accountRemedies(rootOf(row)));
  };
}

function rootOf(row: TreeNode): TreeNode {
  return row.parent === undefined ? row : rootOf(row.parent);
}
