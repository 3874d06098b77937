import * as l10n from '@vscode/l10n';

import { ProblemError } from '../../model/problem.ts';

/** The journal cannot be written, so nothing may be sent. */
export class JournalError extends ProblemError {
  override readonly name: string = 'JournalError';
}

/** Another window is sending this run. */
export class RunBusyError extends ProblemError {
  override readonly name: string = 'RunBusyError';

  constructor() {
    super({ message: l10n.t('Another window is sending this run.'), hint: l10n.t('Wait until it has ended there.'), remedies: [] });
  }
}

/** There is nothing to resume: the run has ended, or its journal is gone. */
export class RunOverError extends ProblemError {
  override readonly name: string = 'RunOverError';

  constructor(reason: 'ended' | 'gone') {
    super(reason === 'ended' ? ended() : gone());
  }
}

function ended(): ProblemError['problem'] {
  return { message: l10n.t('This run has ended already.'), hint: l10n.t('Send the rest again from its result.'), remedies: [] };
}

function gone(): ProblemError['problem'] {
  return { message: l10n.t('This run is no longer in the journal.'), hint: l10n.t('It was cleared, or made room for newer ones.'), remedies: [] };
}

/** A run that consists of so many pieces that its first line could not be read back. */
export function tooManyPieces(): JournalError {
  return new JournalError({
    message: l10n.t('What is to be sent is in too many pieces to be one run.'),
    hint: l10n.t('Nothing was sent. Send its documents in several parts.'),
    remedies: [],
  });
}

const FULL = ['ENOSPC', 'EDQUOT', 'EFBIG'];
const DENIED = ['EACCES', 'EPERM', 'EROFS'];

/** What went wrong at a file of the journal, in words. @param folder where the journal is */
export function journalError(error: unknown, folder: string): ProblemError {
  if (error instanceof ProblemError) return error;
  const code = codeOf(error);
  const problem = {
    ...wordsOf(code, folder),
    remedies: ['showLog'],
    ...(code === undefined ? {} : { detail: `${code} · ${folder}` }),
  } as const;
  return new JournalError(problem, error);
}

function wordsOf(code: string | undefined, folder: string): { readonly message: string; readonly hint: string } {
  if (code !== undefined && FULL.includes(code)) {
    return {
      message: l10n.t('The disk is full: the journal of what is sent cannot be written.'),
      hint: l10n.t('Free some space. Nothing is sent without its journal.'),
    };
  }
  if (code !== undefined && DENIED.includes(code)) {
    return {
      message: l10n.t('The journal of what is sent cannot be written: "{0}" may not be changed.', folder),
      hint: l10n.t('Make the folder writable. Nothing is sent without its journal.'),
    };
  }
  return {
    message: l10n.t('The journal of what is sent cannot be written to "{0}".', folder),
    hint: l10n.t('Nothing is sent without its journal. The log says what went wrong.'),
  };
}

/** The system's name of an error, as `ENOENT`. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
