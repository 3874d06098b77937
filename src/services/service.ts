import type { Finding } from '../accounts/testConnection.ts';
import type { Command } from '../commands/command.ts';
import type { CommandId } from '../ids.ts';
import type { Account, AccountSecrets } from '../model/account.ts';
import type { TreeNode } from '../tree/treeNode.ts';

/**
 * One product of one company: all that the rest of the house knows about it.
 * @typeParam Ids the commands it adds to the table; the compiler sees to it that none is missing there
 */
export interface Service<Ids extends CommandId = never> {
  /** Rows below an account; none where the account has no such service. */
  roots(account: Account, parent: TreeNode): readonly TreeNode[];
  /** A real signed read for each place this account reaches. Never throws: the error stands in the result. */
  check(account: Account, secrets: AccountSecrets, signal: AbortSignal): Promise<readonly Finding[]>;
  /** The commands this service adds to the table. */
  readonly commands: Readonly<Record<Ids, Command>>;
}
