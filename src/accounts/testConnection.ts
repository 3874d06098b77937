import * as l10n from '@vscode/l10n';

import type { Account, AccountSecrets } from '../model/account.ts';
import { CancelledError } from '../model/cloudError.ts';
import { problemOf } from '../model/problem.ts';
import type { Remedy } from '../model/problem.ts';
import type { PickItem } from '../host/prompts.ts';

/** What one place of an account said when it was tried. */
export interface Finding {
  /** What was tried, e.g. "Data Stream" or "EasyQueue · KR1 · shop". */
  readonly target: string;
  /** Undefined when it worked; else what `problemOf` gets. */
  readonly error: unknown;
  /** A fact worth telling, e.g. "3 topics". */
  readonly detail: string | undefined;
}

/** Tries an account at one service, saved or not. */
export type AccountCheck = (account: Account, secrets: AccountSecrets, signal: AbortSignal) => Promise<readonly Finding[]>;

/** One line of the result. */
export interface TestLine {
  readonly target: string;
  readonly isOk: boolean;
  /** What was found, or what exactly is wrong. */
  readonly text: string;
  /** What to do about it. */
  readonly hint: string | undefined;
  readonly remedies: readonly Remedy[];
  readonly error: unknown;
}

/**
 * Makes a real signed request to every place the account reaches, all at the same time, and tells the lines so far as each
 * answers: a service that hangs hides no other.
 * @throws CancelledError
 */
export async function testConnection(
  checks: readonly AccountCheck[],
  { account, secrets, signal }: { readonly account: Account; readonly secrets: AccountSecrets; readonly signal: AbortSignal },
  onLines: (lines: readonly TestLine[]) => void = () => undefined,
): Promise<readonly TestLine[]> {
  const found = checks.map((): readonly TestLine[] => []);
  await Promise.all(checks.map(async (check, index) => {
    const results = await check(account, secrets, signal);
    if (signal.aborted) throw new CancelledError();
    found[index] = results.map((result) => lineOf(result, account.name));
    onLines(found.flat());
  }));
  return found.flat();
}

/** The lines as rows of a pick. */
export function lineItems<T>(lines: readonly TestLine[], valueOf: (line: TestLine) => T): readonly PickItem<T>[] {
  return lines.map((line, index) => ({
    label: line.target,
    description: line.text,
    detail: line.hint,
    icon: line.isOk ? 'pass' : 'error',
    value: valueOf(line),
    heading: index === 0 ? l10n.t('Connection') : undefined,
    alwaysShow: true,
  }));
}

/** The whole result in one sentence. */
export function testSummary(lines: readonly TestLine[]): string {
  const failed = lines.filter(({ isOk }) => !isOk).length;
  if (lines.length === 0) return l10n.t('This account can use no service.');
  if (failed === 0) return l10n.t('Everything answers.');
  return failed === lines.length ? l10n.t('All checks failed.') : l10n.t('{0} of {1} checks failed.', failed, lines.length);
}

function lineOf({ target, error, detail }: Finding, accountName: string): TestLine {
  if (error === undefined) return { target, isOk: true, text: detail ?? l10n.t('Connected'), hint: undefined, remedies: [], error };
  const problem = problemOf(error, { accountName });
  if (problem === undefined) throw new CancelledError();
  const hint = [problem.hint, problem.detail].filter((part) => part !== undefined).join(' · ');
  return { target, isOk: false, text: problem.message, hint: hint === '' ? undefined : hint, remedies: problem.remedies, error };
}
