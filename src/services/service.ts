import type { Command } from '../commands/command.ts';
import type { CommandId } from '../ids.ts';
import type { Account, AccountSecrets } from '../model/account.ts';
import type { TreeNode } from '../tree/treeNode.ts';

/** What one part of "Test Connection" found. */
export interface CheckResult {
  /** What was tried, e.g. "Data Stream" or "EasyQueue · KR1 · shop". */
  readonly target: string;
  /** Undefined when it worked; else what `problemOf` gets. */
  readonly error: unknown;
  /** A fact worth telling, e.g. "3 topics". */
  readonly detail: string | undefined;
}

/**
 * One product of one company: all that the rest of the house knows about it.
 * @typeParam Ids the commands it adds to the table; the compiler sees to it that none is missing there
 */
export interface Service<Ids extends CommandId = never> {
  /** Rows below an account; none where the account has no such service. */
  roots(account: Account, parent: TreeNode): readonly TreeNode[];
  /** A real signed read for each place this account reaches. Never throws: the error stands in the result. */
  check(account: Account, secrets: AccountSecrets, signal: AbortSignal): Promise<readonly CheckResult[]>;
  /** The commands this service adds to the table. */
  readonly commands: Readonly<Record<Ids, Command>>;
}
