import type { Disposable, Memento, SecretStorage } from 'vscode';

import * as l10n from '@vscode/l10n';

import { Disposables } from '../host/disposables.ts';
import { Emitter } from '../host/emitter.ts';
import { bindingOf } from '../model/account.ts';
import type { Account, AccountSecrets } from '../model/account.ts';
import { CloudError } from '../model/cloudError.ts';
import { Keychain } from './keychain.ts';
import type { KeychainOptions, SecretStored } from './keychain.ts';
import { readProfile } from './profile.ts';

/** Key of the profiles in global state. */
const STATE_KEY = 'cloudStreams.accounts';

/** Key of whatever stood under {@link STATE_KEY} and was no list. */
const KEPT_KEY = 'cloudStreams.accounts.kept';

/** Version of what is written; entries of a later one are kept and skipped. */
const VERSION = 1;

/** What happened to an account. */
export interface AccountChange {
  readonly id: string;
  readonly change: 'added' | 'changed' | 'removed';
  /** True where tokens and connections made with the old secrets are void. */
  readonly credentialsChanged: boolean;
  /** True where it speaks to others, or as somebody else: what was read before is of elsewhere. False for a new name or lane. */
  readonly bindingChanged: boolean;
}

/** One entry of the list in global state; `unknown` because other versions of this extension write there too. */
interface Entry {
  readonly raw: unknown;
  readonly account: Account | undefined;
}

/**
 * The accounts: profiles in global state, secrets in SecretStorage, one entry an account. Listing reads no secret. Secrets are
 * written before the profile and deleted after it, so a profile without secrets never appears by our own doing.
 */
export class AccountStore implements Disposable {
  readonly #state: Memento;
  readonly #keychain: Keychain;
  readonly #newId: () => string;
  readonly #disposables = new Disposables();
  readonly #changes = this.#disposables.add(new Emitter<AccountChange>());
  /** Accounts whose keys are written and whose profile is not yet. */
  readonly #updating = new Set<string>();
  /** What was told last, by account id. */
  #known: ReadonlyMap<string, Account> | undefined;

  /** Tells of every change, of this window and of others. May tell of one more than once. */
  readonly onDidChange = this.#changes.event;

  constructor(state: Memento, secrets: SecretStorage, newId: () => string, options: KeychainOptions = {}) {
    this.#state = state;
    this.#keychain = new Keychain(secrets, options);
    this.#newId = newId;
    this.#disposables.add(this.#keychain.onDidChange((id) => {
      // New keys belong to the new profile: told of now, they would go to the hosts of the old one.
      if (this.#updating.has(id)) return;
      this.reload();
      if (this.get(id) !== undefined) this.#changes.fire({ id, change: 'changed', credentialsChanged: true, bindingChanged: true });
    }));
  }

  /** An id for a new account. */
  newId(): string {
    return this.#newId();
  }

  /** All accounts, in the order they were added. */
  list(): readonly Account[] {
    const accounts = this.#entries().flatMap(({ account }) => (account === undefined ? [] : [account]));
    this.#known ??= byId(accounts);
    return accounts;
  }

  get(id: string): Account | undefined {
    return this.list().find((account) => account.id === id);
  }

  /** Reads global state again: other windows write there, and only a secret's change is told to all of them. */
  reload(): void {
    const before = this.#known;
    const after = this.#remember();
    if (before === undefined) return;
    for (const [id, account] of after) {
      const old = before.get(id);
      if (old === undefined) this.#changes.fire({ id, change: 'added', credentialsChanged: true, bindingChanged: true });
      else if (JSON.stringify(old) !== JSON.stringify(account)) {
        this.#changes.fire({ id, change: 'changed', credentialsChanged: false, bindingChanged: isBoundOtherwise(old, account) });
      }
    }
    for (const id of before.keys()) {
      if (!after.has(id)) this.#changes.fire({ id, change: 'removed', credentialsChanged: true, bindingChanged: true });
    }
  }

  /**
   * The secrets to sign with, references to the environment resolved.
   * @throws CloudError unauthorized/credentials where none are stored or a variable is missing
   */
  async secrets(id: string): Promise<AccountSecrets> {
    const stored = await this.storedSecrets(id);
    if (stored === undefined) {
      throw new CloudError('unauthorized', { reason: 'credentials', detail: l10n.t('No keys are stored for this account.'), mayHaveArrived: false });
    }
    return this.resolve(stored);
  }

  /**
   * The secrets as they were typed, for editing and copying; undefined where there are none.
   * @throws CloudError unauthorized/credentials where the keychain cannot be read
   */
  storedSecrets(id: string): Promise<AccountSecrets | undefined> {
    return this.#keychain.get(id);
  }

  /**
   * Puts environment variables in the place of their references.
   * @throws CloudError unauthorized/credentials where a variable is missing; it names the variable
   */
  resolve(secrets: AccountSecrets): AccountSecrets {
    return this.#keychain.resolve(secrets);
  }

  /** Adds an account; one with the same id is replaced. */
  add(account: Account, secrets: AccountSecrets): Promise<SecretStored> {
    return this.addAll([{ account, secrets }]);
  }

  /**
   * Adds accounts, all of them or none; those with the same ids are replaced. They are told of once all are there.
   * @returns where their keys are; `thisWindowOnly` where one's are
   */
  addAll(added: readonly { readonly account: Account; readonly secrets: AccountSecrets }[]): Promise<SecretStored> {
    return this.#put(added);
  }

  /** Changes a profile and, where given, its secrets. */
  update(account: Account, secrets?: AccountSecrets): Promise<SecretStored> {
    return this.#put([{ account, secrets }]);
  }

  /** Removes an account and its secrets. Either may be gone already. */
  async remove(id: string): Promise<void> {
    await this.#write(this.#entries().filter((entry) => entry.account?.id !== id).map(({ raw }) => raw));
    this.#remember();
    await this.#keychain.forget(id);
    this.#changes.fire({ id, change: 'removed', credentialsChanged: true, bindingChanged: true });
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  async #put(puts: readonly { readonly account: Account; readonly secrets: AccountSecrets | undefined }[]): Promise<SecretStored> {
    const before = byId(this.list());
    const isNew = new Set(puts.map(({ account: { id } }) => id).filter((id) => !before.has(id)));
    for (const { account: { id } } of puts) this.#updating.add(id);
    const places: SecretStored[] = [];
    try {
      for (const { account: { id }, secrets } of puts) {
        places.push(secrets === undefined ? this.#keychain.placeOf(id) : await this.#keychain.store(id, secrets));
      }
      const profiles = new Map(puts.map(({ account }) => [account.id, account]));
      const entries = this.#entries().map(({ raw, account }) => {
        const now = account === undefined ? undefined : profiles.get(account.id);
        return now === undefined ? raw : toEntry(now);
      });
      await this.#write([...entries, ...puts.filter(({ account: { id } }) => isNew.has(id)).map(({ account }) => toEntry(account))]);
    } catch (error) {
      for (const id of isNew) await this.#keychain.forget(id);
      throw error;
    } finally {
      for (const { account: { id } } of puts) this.#updating.delete(id);
    }
    const after = this.#remember();
    for (const { account: { id }, secrets } of puts) {
      const credentialsChanged = secrets !== undefined;
      const bindingChanged = credentialsChanged || isBoundOtherwise(before.get(id), after.get(id));
      this.#changes.fire({ id, change: isNew.has(id) ? 'added' : 'changed', credentialsChanged, bindingChanged });
    }
    return places.includes('thisWindowOnly') ? 'thisWindowOnly' : 'stored';
  }

  #entries(): readonly Entry[] {
    const state: unknown = this.#state.get(STATE_KEY);
    if (!Array.isArray(state)) return [];
    const seen = new Set<string>();
    return state.map((raw: unknown): Entry => {
      const account = fromEntry(raw);
      if (account === undefined || seen.has(account.id)) return { raw, account: undefined };
      seen.add(account.id);
      return { raw, account };
    });
  }

  async #write(entries: readonly unknown[]): Promise<void> {
    const state: unknown = this.#state.get(STATE_KEY);
    // Not even a list: some other version's way of keeping accounts, which it may want back.
    if (state !== undefined && !Array.isArray(state)) await this.#state.update(KEPT_KEY, state);
    await this.#state.update(STATE_KEY, entries);
  }

  #remember(): ReadonlyMap<string, Account> {
    const known = byId(this.list());
    this.#known = known;
    return known;
  }
}

function byId(accounts: readonly Account[]): ReadonlyMap<string, Account> {
  return new Map(accounts.map((account) => [account.id, account]));
}

function isBoundOtherwise(before: Account | undefined, after: Account | undefined): boolean {
  return before === undefined || after === undefined || bindingOf(before) !== bindingOf(after);
}

function toEntry(account: Account): unknown {
  return { version: VERSION, profile: account };
}

function fromEntry(raw: unknown): Account | undefined {
  if (typeof raw !== 'object' || raw === null || !('version' in raw) || raw.version !== VERSION || !('profile' in raw)) return undefined;
  return readProfile(raw.profile);
}
