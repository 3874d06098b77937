import type { Disposable } from 'vscode';

import type { Connection, ConnectionDeps } from '../api/connection.ts';
import { Disposables } from '../host/disposables.ts';
import { bindingOf } from '../model/account.ts';
import type { Account, AccountSecrets } from '../model/account.ts';
import { CloudError } from '../model/cloudError.ts';
import type { AccountStore } from './accountStore.ts';

interface Entry {
  readonly connection: Connection;
  /** Everything a connection is bound to; where it changes, the connection ends. */
  readonly binding: string;
}

/** One connection for each account, made when it is first asked for and ended when what it rests on changes. */
export class Connections implements Disposable {
  readonly #store: AccountStore;
  readonly #deps: ConnectionDeps;
  readonly #prepare: (account: Account) => Promise<void>;
  readonly #effective: (account: Account) => Account;
  readonly #entries = new Map<string, Entry>();
  readonly #disposables = new Disposables();

  /**
   * @param prepare runs before a connection is handed out: it wakes the demo account's emulator, which may write the account anew
   * @param effective a stored profile as it counts at this moment, with an unlock that is in force; asked for each request
   */
  constructor(
    store: AccountStore,
    deps: ConnectionDeps,
    prepare: (account: Account) => Promise<void> = () => Promise.resolve(),
    effective: (account: Account) => Account = (account) => account,
  ) {
    this.#store = store;
    this.#deps = deps;
    this.#prepare = prepare;
    this.#effective = effective;
    this.#disposables.add(store.onDidChange(({ id, credentialsChanged }) => {
      const entry = this.#entries.get(id);
      const account = store.get(id);
      // A new name or lane is seen by the next request; anything else makes tokens and measured clocks void.
      if (entry !== undefined && (credentialsChanged || account === undefined || bindingOf(account) !== entry.binding)) {
        void this.#drop(id); // Never throws; nobody waits for a token to be revoked.
      }
    }));
  }

  /**
   * The connection of a stored account. Do not keep it: a changed account gets another one.
   * @throws CloudError notFound where the account is gone
   */
  async of(accountId: string): Promise<Connection> {
    // Nothing of the API layer, its schemas least of all, is loaded before somebody wants to speak to a cloud.
    const { Connection } = await import('../api/connection.ts');
    const known = this.#store.get(accountId);
    // Not while a request is signed: new keys or addresses would end the connection under it.
    if (known !== undefined) await this.#prepare(known);
    const first = this.#store.get(accountId);
    if (first === undefined) {
      // Removed in another window, of which nothing was told here: its keys are forgotten here too.
      void this.#drop(accountId); // Never throws; nobody waits for a token to be revoked.
      throw new CloudError('notFound', { mayHaveArrived: false });
    }
    const existing = this.#entries.get(accountId);
    if (existing !== undefined) return existing.connection;
    let last = first;
    const account = (): Account => {
      // A removed account's last request still has to say whose it was.
      last = this.#store.get(accountId) ?? last;
      return this.#effective(last);
    };
    const connection = new Connection(account, this.#secretsOf(accountId), this.#deps);
    this.#entries.set(accountId, { connection, binding: bindingOf(first) });
    return connection;
  }

  /** A connection for an account that may not be saved, or not like this. Whoever asks for it ends it. */
  async tryOut(account: Account, secrets: AccountSecrets): Promise<Connection> {
    const { Connection } = await import('../api/connection.ts');
    return new Connection(() => account, async () => {
      await this.#prepare(account);
      return this.#store.resolve(secrets);
    }, this.#deps);
  }

  /** Ends all connections and revokes their tokens. Never throws. */
  async dispose(): Promise<void> {
    this.#disposables.dispose();
    await Promise.all([...this.#entries.keys()].map((id) => this.#drop(id)));
  }

  /** Reads the keychain once for the life of a connection: it ends when they change. */
  #secretsOf(accountId: string): () => Promise<AccountSecrets> {
    let known: Promise<AccountSecrets> | undefined;
    return async () => {
      known ??= this.#store.secrets(accountId);
      try {
        return await known;
      } catch (error) {
        known = undefined;
        throw error;
      }
    };
  }

  async #drop(id: string): Promise<void> {
    const entry = this.#entries.get(id);
    this.#entries.delete(id);
    await entry?.connection.dispose();
  }
}
