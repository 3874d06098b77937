import * as l10n from '@vscode/l10n';

import { CancelledError, CloudError, type CloudErrorDetails, type CloudErrorKind } from './cloudError.ts';
import { network, timeout, unavailable, unexpectedResponse } from './problemNetwork.ts';
import {
  conflict,
  forbidden,
  invalid,
  locked,
  notFound,
  quotaExceeded,
  rateLimited,
  unauthorized,
} from './problemRefusals.ts';
import type { Explain, ProblemSubject, Words } from './problemWords.ts';

/** What a button under a problem does. */
export type Remedy = Words['remedies'][number];

/** A failure as the user is told it: the same in the tree, in a notification and in a panel. */
export interface Problem extends Words {
  /** For tooltips and "Details": host, status, code and the service's own words. */
  readonly detail?: string;
}

/** A failure that has its words already, made where more was known of it than whoever shows it knows. */
export class ProblemError extends Error {
  override readonly name: string = 'ProblemError';
  readonly problem: Problem;
  /** The account it is about, for the remedies; undefined where it is about none, or that is not known. */
  readonly accountId: string | undefined;

  constructor(problem: Problem, cause?: unknown, accountId?: string) {
    super(problemText(problem), { cause });
    this.problem = problem;
    this.accountId = accountId;
  }
}

/** All that is said of a problem, in one line: what happened, and what to do. */
export function problemText({ message, hint }: Problem): string {
  return hint === undefined ? message : `${message} ${hint}`;
}

/**
 * What the user is told about an error; `undefined` for {@link CancelledError}, which is silent. Anything that is not a
 * {@link CloudError} is a mistake of ours.
 */
export function problemOf(error: unknown, subject: ProblemSubject = {}): Problem | undefined {
  if (error instanceof CancelledError) return undefined;
  if (error instanceof ProblemError) return error.problem;
  if (!(error instanceof CloudError)) {
    return {
      message: about(subject, l10n.t('Unexpected error.')),
      hint: l10n.t('The log says where it happened.'),
      remedies: ['showLog'],
    };
  }
  const { message, hint, remedies } = (error.details.explain ?? KINDS[error.kind])(error.details, subject);
  const detail = technical(error.details);
  return {
    message: about(subject, message),
    ...(hint === undefined ? {} : { hint }),
    remedies,
    ...(detail === undefined ? {} : { detail }),
  };
}

function about({ what }: ProblemSubject, message: string): string {
  return what === undefined ? message : l10n.t('{0}: {1}', what, message);
}

function technical({ host, status, code, detail, path }: CloudErrorDetails): string | undefined {
  const parts = [host, status === undefined ? undefined : `HTTP ${status}`, code, path, detail];
  const text = parts.filter((part) => part !== undefined && part !== '').join(' · ');
  return text === '' ? undefined : text;
}

const KINDS: Readonly<Record<CloudErrorKind, Explain>> = {
  unauthorized,
  forbidden,
  locked,
  notFound,
  conflict,
  invalid,
  quotaExceeded,
  rateLimited,
  unavailable,
  timeout,
  network,
  unexpectedResponse,
};
