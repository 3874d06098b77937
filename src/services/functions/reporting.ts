import type { Account } from '../../model/account.ts';
import { ProblemError } from '../../model/problem.ts';
import type { ReportFailure } from '../createWizard.ts';
import type { ReportDeletion } from '../deletion.ts';
import type { FunctionsDeps } from './context.ts';

/** Logs what a wizard ran into, and offers what mends it beside the wizard, which stays open. */
export function reportingFailures(what: string, { log, report }: Pick<FunctionsDeps, 'log' | 'report'>, account: Account): ReportFailure {
  return (error, problem) => {
    if (problem === undefined) log.error(`${what} failed`, error);
    else report(what, error, account);
  };
}

/** Says which deletions failed; of several accounts the first is named for the buttons, of which only the log's is left then. */
export function reportingDeletions(what: string, { report }: Pick<FunctionsDeps, 'report'>, accounts: readonly Account[]): ReportDeletion {
  return (problem, account) => {
    const [first] = accounts;
    const about = account ?? first;
    if (about !== undefined) report(what, new ProblemError(problem, undefined, about.id), about);
  };
}
