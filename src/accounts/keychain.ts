import type { SecretStorage } from 'vscode';

import * as l10n from '@vscode/l10n';

import type { Subscription } from '../host/emitter.ts';
import type { AccountSecrets } from '../model/account.ts';
import { CloudError } from '../model/cloudError.ts';
import { envReference, parseSecrets } from './secrets.ts';

/** Start of the key of an account's entry in SecretStorage. */
const PREFIX = 'cloudStreams.account.';

/** Version of what is written. */
const VERSION = 1;

/** Where secrets ended up: without a working keychain they live as long as the window. */
export type SecretStored = 'stored' | 'thisWindowOnly';

/** What the keychain needs beside the editor's storage. */
export interface KeychainOptions {
  /** Variables that `${env:NAME}` refers to. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Gets every secret ever read, so that no log shows it. */
  readonly onSecret?: (...secrets: readonly string[]) => void;
}

/** The secrets of all accounts: SecretStorage, one entry an account, and memory for what it did not take. */
export class Keychain {
  readonly #storage: SecretStorage;
  readonly #env: Readonly<Record<string, string | undefined>>;
  readonly #onSecret: (...secrets: readonly string[]) => void;
  /** Secrets the storage did not take. */
  readonly #windowOnly = new Map<string, AccountSecrets>();

  constructor(storage: SecretStorage, { env = {}, onSecret = () => undefined }: KeychainOptions) {
    this.#storage = storage;
    this.#env = env;
    this.#onSecret = onSecret;
  }

  /** Tells the id of an account whose entry was written by any window; may tell it twice, or for nothing. */
  onDidChange(listener: (id: string) => void): Subscription {
    return this.#storage.onDidChange(({ key }) => {
      if (key.startsWith(PREFIX)) listener(key.slice(PREFIX.length));
    });
  }

  /**
   * The secrets as they were typed; undefined where there are none.
   * @throws CloudError unauthorized/credentials where the storage cannot be read
   */
  async get(id: string): Promise<AccountSecrets | undefined> {
    const kept = this.#windowOnly.get(id);
    if (kept !== undefined) return kept;
    const secrets = parseSecrets(await this.#read(id));
    if (secrets !== undefined) this.#tell(secrets);
    return secrets;
  }

  /** Where the secrets of an account are. */
  placeOf(id: string): SecretStored {
    return this.#windowOnly.has(id) ? 'thisWindowOnly' : 'stored';
  }

  /** Writes and reads back: a storage that is missing or locked may fail, or say nothing and keep nothing. */
  async store(id: string, secrets: AccountSecrets): Promise<SecretStored> {
    this.#tell(secrets);
    const text = JSON.stringify({ version: VERSION, keyId: secrets.keyId, secret: secrets.secret });
    try {
      await this.#storage.store(PREFIX + id, text);
      if (await this.#storage.get(PREFIX + id) === text) {
        this.#windowOnly.delete(id);
        return 'stored';
      }
    } catch {
      // Said to the user through the result; the error itself may hold what was to be stored.
    }
    this.#windowOnly.set(id, secrets);
    return 'thisWindowOnly';
  }

  /** Deletes the secrets of an account, which may be gone already. Never throws. */
  async forget(id: string): Promise<void> {
    this.#windowOnly.delete(id);
    try {
      await this.#storage.delete(PREFIX + id);
    } catch {
      // A keychain that cannot be reached holds at most what belongs to no account any more.
    }
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

  async #read(id: string): Promise<string | undefined> {
    try {
      return await this.#storage.get(PREFIX + id);
    } catch {
      throw new CloudError('unauthorized', { reason: 'credentials', detail: l10n.t('The keychain cannot be read. Unlock it and try again.'), mayHaveArrived: false });
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
