import { type Problem, ProblemError } from '../model/problem.ts';
import type { Finding } from './places.ts';

/** Why a document was not applied, in the user's language; it stays as it is. */
export class SaveProblem extends ProblemError {
  override readonly name = 'SaveProblem';
  /** Places of the text it is about. */
  readonly findings: readonly Finding[];

  constructor(problem: Problem, findings: readonly Finding[] = [], cause?: unknown, accountId?: string) {
    super(problem, cause, accountId);
    this.findings = findings;
  }
}
