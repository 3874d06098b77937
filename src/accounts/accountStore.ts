import type { Disposable, Memento, SecretStorage } from 'vscode';

import * as l10n from '@vscode/l10n';

import { Disposables } from '../host/disposables.ts';
import { Emitter } from '../host/emitter.ts';
import type { Account, AccountSecrets } from '../model/account.ts';
import { CloudError } from '../model/cloudError.ts';
import { readProfile } from './profile.ts';
import { parseSecrets } from './secrets.ts';
import { envReference } from './validation.ts';

/** Key of the profiles in global state. */
const STATE_KEY = 'cloudStreams.accounts';

/** Key of whatever stood under {@link STATE_KEY} and was no list. */
const KEPT_KEY = 'cloudStreams.accounts.kept';

/** Start of the key of an account's entry in SecretStorage. */
const SECRET_PREFIX = 'cloudStreams.account.';

/** Version of what is written; entries of a later one are kept and skipped. */
const VERSION = 1;

/** What happened to an account. */
export interface AccountChange {
  readonly id: string;
  readonly change: 'added' | 'changed' | 'removed';
  /** True where tokens and connections made with the old secrets are void. */
  readonly credentialsChanged: boolean;
}

/** Where secrets ended up: without a working keychain they live as long as the window. */
export type SecretStored = 'stored' | 'thisWindowOnly';

/** What the store needs beside the editor's storage. */
export interface AccountStoreOptions {
  /** Variables that `${env:NAME}` refers to. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Gets every secret ever read, so that no log shows it. */
  readonly onSecret?: (...secrets: readonly string[]) => void;
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
  readonly #secrets: SecretStorage;
  readonly #newId: () => string;
  readonly #env: Readonly<Record<string, string | undefined>>;
  readonly #onSecret: (...secrets: readonly string[]) => void;
  readonly #disposables = new Disposables();
  readonly #changes = this.#disposables.add(new Emitter<AccountChange>());
  /** Secrets the keychain did not take. */
  readonly #windowOnly = new Map<string, AccountSecrets>();
  /** What was told last: account id → profile as JSON. */
  #known: ReadonlyMap<string, string> | undefined;

  /** Tells of every change, of this window and of others. May tell of one more than once. */
  readonly onDidChange = this.#changes.event;

  constructor(state: Memento, secrets: SecretStorage, newId: () => string, options: AccountStoreOptions = {}) {
    this.#state = state;
    this.#secrets = secrets;
    this.#newId = newId;
    this.#env = options.env ?? {};
    this.#onSecret = options.onSecret ?? (() => undefined);
    this.#disposables.add(secrets.onDidChange(({ key }) => {
      if (!key.startsWith(SECRET_PREFIX)) return;
      const id = key.slice(SECRET_PREFIX.length);
      this.reload();
      if (this.get(id) !== undefined) this.#changes.fire({ id, change: 'changed', credentialsChanged: true });
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
    for (const [id, json] of after) {
      const old = before.get(id);
      if (old === undefined) this.#changes.fire({ id, change: 'added', credentialsChanged: true });
      else if (old !== json) this.#changes.fire({ id, change: 'changed', credentialsChanged: false });
    }
    for (const id of before.keys()) {
      if (!after.has(id)) this.#changes.fire({ id, change: 'removed', credentialsChanged: true });
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
  async storedSecrets(id: string): Promise<AccountSecrets | undefined> {
    const kept = this.#windowOnly.get(id);
    if (kept !== undefined) return kept;
    const secrets = parseSecrets(await this.#read(id));
    if (secrets !== undefined) this.#tell(secrets);
    return secrets;
  }

  /**
   * Puts environment variables in the place of their references.
   * @throws CloudError unauthorized/credentials where a variable is missing; it names the variable
   */
  resolve(secrets: AccountSecrets): AccountSecrets {
    const resolved = { keyId: this.#value(secrets.keyId), secret: this.#value(secrets.secret) };
    this.#tell(resolved);
    return resolved;
  }

  /** Adds an account; one with the same id is replaced. */
  async add(account: Account, secrets: AccountSecrets): Promise<SecretStored> {
    return this.update(account, secrets);
  }

  /** Changes a profile and, where given, its secrets. */
  async update(account: Account, secrets?: AccountSecrets): Promise<SecretStored> {
    const isNew = this.get(account.id) === undefined;
    const stored = secrets === undefined ? this.#windowOnly.has(account.id) ? 'thisWindowOnly' : 'stored' : await this.#store(account.id, secrets);
    try {
      const entries = this.#entries().map((entry) => (entry.account?.id === account.id ? toEntry(account) : entry.raw));
      await this.#write(isNew ? [...entries, toEntry(account)] : entries);
    } catch (error) {
      if (isNew) await this.#forget(account.id);
      throw error;
    }
    this.#remember();
    this.#changes.fire({ id: account.id, change: isNew ? 'added' : 'changed', credentialsChanged: secrets !== undefined });
    return stored;
  }

  /** Removes an account and its secrets. Either may be gone already. */
  async remove(id: string): Promise<void> {
    await this.#write(this.#entries().filter((entry) => entry.account?.id !== id).map(({ raw }) => raw));
    this.#remember();
    await this.#forget(id);
    this.#changes.fire({ id, change: 'removed', credentialsChanged: true });
  }

  dispose(): void {
    this.#disposables.dispose();
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

  #remember(): ReadonlyMap<string, string> {
    const known = byId(this.list());
    this.#known = known;
    return known;
  }

  /** Writes and reads back: a keychain that is missing or locked may fail, or say nothing and keep nothing. */
  async #store(id: string, secrets: AccountSecrets): Promise<SecretStored> {
    this.#tell(secrets);
    const text = JSON.stringify({ version: VERSION, keyId: secrets.keyId, secret: secrets.secret });
    try {
      await this.#secrets.store(SECRET_PREFIX + id, text);
      if (await this.#secrets.get(SECRET_PREFIX + id) === text) {
        this.#windowOnly.delete(id);
        return 'stored';
      }
    } catch {
      // Said to the user through the result; the error itself may hold what was to be stored.
    }
    this.#windowOnly.set(id, secrets);
    return 'thisWindowOnly';
  }

  async #read(id: string): Promise<string | undefined> {
    try {
      return await this.#secrets.get(SECRET_PREFIX + id);
    } catch {
      throw new CloudError('unauthorized', { reason: 'credentials', detail: l10n.t('The keychain cannot be read. Unlock it and try again.'), mayHaveArrived: false });
    }
  }

  async #forget(id: string): Promise<void> {
    this.#windowOnly.delete(id);
    try {
      await this.#secrets.delete(SECRET_PREFIX + id);
    } catch {
      // A keychain that cannot be reached holds at most what belongs to no account any more.
    }
  }

  #value(text: string): string {
    const name = envReference(text);
    if (name === undefined) return text;
    const value = this.#env[name]?.trim();
    if (value === undefined || value === '') {
      throw new CloudError('unauthorized', { reason: 'credentials', detail: l10n.t('The environment variable {0} is not set.', name), mayHaveArrived: false });
    }
    return value;
  }

  #tell({ keyId, secret }: AccountSecrets): void {
    // A reference is no secret, and hiding it would hide its name in the log.
    const values = [keyId, secret].filter((value) => envReference(value) === undefined);
    this.#onSecret(...values, ...(values.length === 2 ? [`${keyId}:${secret}`] : []));
  }
}

function byId(accounts: readonly Account[]): ReadonlyMap<string, string> {
  return new Map(accounts.map((account) => [account.id, JSON.stringify(account)]));
}

function toEntry(account: Account): unknown {
  return { version: VERSION, profile: account };
}

function fromEntry(raw: unknown): Account | undefined {
  if (typeof raw !== 'object' || raw === null || !('version' in raw) || raw.version !== VERSION || !('profile' in raw)) return undefined;
  return readProfile(raw.profile);
}
