import { FileSystemError, l10n } from 'vscode';

import { withoutLinks } from '../host/notifications.ts';
import type { Account } from '../model/account.ts';
import { CancelledError } from '../model/cloudError.ts';
import { ProblemError, problemOf, problemText } from '../model/problem.ts';

/** An error whose words alone are shown, and no link in them: the editor puts the name of any other before them, and makes links. */
export function shownError(message: string): FileSystemError {
  const error = FileSystemError.Unavailable(withoutLinks(message));
  error.name = '';
  return error;
}

/** What the editor shows of an error. What was not told to anybody before is logged. */
export function fileError(error: unknown, account: Account | undefined, log: { readonly error: (message: string, error?: unknown) => void }): Error {
  if (error instanceof FileSystemError) return error;
  if (error instanceof CancelledError) return shownError(l10n.t('Nothing was sent. The text stays as it is.'));
  if (!(error instanceof ProblemError)) log.error('A document failed', error);
  const problem = problemOf(error, account === undefined ? {} : { accountName: account.name });
  return shownError(problem === undefined ? '' : problemText(problem));
}
