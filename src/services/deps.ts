import type { Connection } from '../api/connection.ts';
import type { Prompts } from '../host/prompts.ts';
import type { Account, AccountSecrets } from '../model/account.ts';
import type { SendTarget } from '../sending/target.ts';
import type { ListDeps } from '../tree/listNode.ts';
import type { TreeNode } from '../tree/treeNode.ts';

/** Where services get their connections from. */
export interface ConnectionSource {
  /** The connection of a stored account; kept and shared. */
  of(accountId: string): Promise<Connection>;
  /** A connection for an account that may not be stored yet; whoever asked disposes of it. */
  tryOut(account: Account, secrets: AccountSecrets): Promise<Connection>;
}

/** What every service gets. */
export interface ServiceDeps extends ListDeps {
  readonly connections: ConnectionSource;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly prompts: Prompts;
  /** Loads a list anew and selects the row that is looked for, where the list shows it. Never throws. */
  readonly reveal: (list: TreeNode, isIt: (row: TreeNode) => boolean) => Promise<void>;
  /** Says what was done, in a notification that goes by itself. */
  readonly say: (message: string) => void;
  /** Takes what went wrong where the runner does not see it: inside a wizard. */
  readonly log: { error(message: string, error?: unknown): void };
  /** Opens a new message document for a topic. */
  readonly openNewMessage: (target: SendTarget) => Promise<void>;
}
