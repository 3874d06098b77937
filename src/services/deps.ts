import type { Connection } from '../api/connection.ts';
import type { Account, AccountSecrets } from '../model/account.ts';
import type { SendTarget } from '../sending/target.ts';
import type { ListDeps } from '../tree/listNode.ts';

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
  /** Opens a new message document for a topic. */
  readonly openNewMessage: (target: SendTarget) => Promise<void>;
}
