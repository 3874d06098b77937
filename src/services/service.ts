import type { Disposable } from 'vscode';

import type { Finding } from '../accounts/testConnection.ts';
import type { Command } from '../commands/command.ts';
import type { CommandId } from '../ids.ts';
import type { DocumentType } from '../documents/documentType.ts';
import type { Account, AccountSecrets } from '../model/account.ts';
import type { ResourceRef } from '../model/resource.ts';
import type { TreeNode } from '../tree/treeNode.ts';
import type { DashboardType } from '../webviews/dashboardType.ts';

/**
 * One product of one company: all that the rest of the house knows about it.
 * @typeParam Ids the commands it adds to the table; the compiler sees to it that none is missing there
 */
export interface Service<Ids extends CommandId = never> {
  /** Rows below an account; none where the account has no such service. */
  roots(account: Account, parent: TreeNode): readonly TreeNode[];
  /** A real signed read for each place this account reaches. Never throws: the error stands in the result. */
  check(account: Account, secrets: AccountSecrets, signal: AbortSignal): Promise<readonly Finding[]>;
  /**
   * The row of one resource, for pins: it may be in no list that was loaded.
   * @param root the account's row
   * @returns undefined where the kind is none of this service's, or the account has no such place any more
   * @throws CloudError `notFound` where it is gone
   */
  find(ref: ResourceRef, account: Account, root: TreeNode, signal: AbortSignal): Promise<TreeNode | undefined>;
  /** What of it can be opened as a document. */
  readonly documents: readonly DocumentType[];
  /** What of it has a dashboard. */
  readonly dashboards: readonly DashboardType[];
  /** The commands this service adds to the table. */
  readonly commands: Readonly<Record<Ids, Command>>;
  /** Registers what it adds to editors; light, for it happens at activation. */
  readonly register?: () => Disposable;
  /** Deletes what it keeps on this machine of an account that was removed. */
  readonly forget?: (accountId: string) => Promise<void>;
}
