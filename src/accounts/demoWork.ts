import { get } from 'node:http';

import type { Account, Provider } from '../model/account.ts';
import type { DemoDeps } from './demo.ts';
import { demoNaver, demoNhn, endpointsOf } from './demoAccounts.ts';
import type { EmulatorCredentials } from './emulatorLine.ts';
import type { SecretStored } from './keychain.ts';
import { uniqueName } from './names.ts';

/** Holds the line of an emulator that already runs; used by `npm start` and the tests. */
const EMULATOR_VARIABLE = 'CLOUD_STREAMS_EMULATOR';

/** How long an emulator of another window is believed to be there still. */
const TRUST_MS = 3_000;

/** How long an emulator may take to answer. */
const PROBE_TIMEOUT_MS = 2_000;

const NAMES: Readonly<Record<Provider, string>> = { naver: 'Demo NAVER', nhn: 'Demo NHN' };

interface Running {
  readonly credentials: EmulatorCredentials;
  readonly close: () => Promise<void>;
}

/** Adds the demo accounts, and starts and finds the emulator behind them; see `Demo`. */
export class DemoWork {
  readonly #deps: DemoDeps;
  #own: Promise<Running> | undefined;
  #preparing: Promise<void> | undefined;
  #adding: Promise<SecretStored> | undefined;
  #seenAt = Number.NEGATIVE_INFINITY;
  #isDisposed = false;

  constructor(deps: DemoDeps) {
    this.#deps = deps;
  }

  /**
   * Adds the demo accounts that are not there and makes sure that all of them answer.
   * @returns where their keys are kept
   */
  add(): Promise<SecretStored> {
    // Asked for twice at the same time (a double click, the command while the welcome view's button runs), they are added once.
    this.#adding ??= this.#addMissing().finally(() => { this.#adding = undefined; });
    return this.#adding;
  }

  /** Makes sure that the emulator behind the demo accounts answers, and that they know where. */
  async prepare(): Promise<void> {
    this.#preparing ??= this.#wake().finally(() => { this.#preparing = undefined; });
    await this.#preparing;
  }

  /** Stops the emulator, if this window has one. */
  async dispose(): Promise<void> {
    this.#isDisposed = true;
    const own = this.#own;
    this.#own = undefined;
    try {
      await (await own)?.close();
    } catch {
      // It never ran.
    }
  }

  async #addMissing(): Promise<SecretStored> {
    const present = this.#existing();
    if (new Set(present.map(({ provider }) => provider)).size === 2) {
      await this.prepare();
      return 'stored';
    }
    const { credentials } = await this.#start();
    const { store } = this.#deps;
    const missing = (['naver', 'nhn'] as const).filter((provider) => this.#existing().every((account) => account.provider !== provider));
    const added = missing.map((provider) => {
      const fresh = { id: store.newId(), name: uniqueName(NAMES[provider], store.list().map(({ name }) => name)) };
      return provider === 'naver' ? demoNaver(credentials, fresh) : demoNhn(credentials, fresh);
    });
    // At once: the tree shows them with one change.
    const stored = await store.addAll(added);
    await this.#follow(credentials);
    return stored;
  }

  async #wake(): Promise<void> {
    const isGiven = this.#deps.env[EMULATOR_VARIABLE] !== undefined;
    // Two windows with an emulator each must not write their addresses into the same accounts in turn: the one that stands there stays.
    if (!isGiven && !await this.#isOwn() && await this.#isElsewhere()) return;
    const { credentials } = await this.#start();
    await this.#follow(credentials);
  }

  /** Whether the demo accounts point at this window's emulator. */
  async #isOwn(): Promise<boolean> {
    const own = await this.#own?.catch(() => undefined);
    if (own === undefined) return false;
    const { naver, nhn } = own.credentials;
    const origins = [naver.dataStream, naver.messages, naver.cloudFunctions, nhn.token, nhn.easyQueue];
    return this.#existing().flatMap(endpointsOf).every((origin) => origins.includes(origin));
  }

  /**
   * Whether an emulator that knows their keys answers at every address the demo accounts know: then it belongs to another window. One
   * with keys of its own, which took the port since, is none of ours.
   */
  async #isElsewhere(): Promise<boolean> {
    const now = this.#deps.now();
    if (now - this.#seenAt < TRUST_MS) return true;
    const answers = await Promise.all(this.#existing().map((account) => this.#isBehind(account)));
    const isThere = answers.length > 0 && answers.every(Boolean);
    if (isThere) this.#seenAt = now;
    return isThere;
  }

  async #isBehind(account: Account): Promise<boolean> {
    // Keys that only another window has are not for this one to replace.
    const stored = await this.#deps.store.storedSecrets(account.id).catch(() => undefined);
    const origins = [...new Set(endpointsOf(account))];
    const answers = await Promise.all(origins.map((origin) => askEmulator(origin, stored?.keyId ?? '-')));
    return origins.length > 0 && answers.every((answer) => answer === 'known' || (answer === 'unknown' && stored === undefined));
  }

  async #start(): Promise<Running> {
    this.#own ??= this.#startNew();
    try {
      return await this.#own;
    } catch (error) {
      this.#own = undefined;
      throw error;
    }
  }

  async #startNew(): Promise<Running> {
    const line = this.#deps.env[EMULATOR_VARIABLE];
    const given = line === undefined ? undefined : (await import('./emulatorLine.ts')).parseEmulatorLine(line);
    if (given !== undefined) return { credentials: given, close: () => Promise.resolve() };
    if (line !== undefined) this.#deps.warn(`${EMULATOR_VARIABLE} is not the line of an emulator on this machine; it is left aside.`);
    const { startEmulator } = await import('../emulator/emulator.ts');
    const running = await this.#atKnownPort(startEmulator);
    // The window closed while it was starting.
    if (this.#isDisposed) await running.close();
    return running;
  }

  /** At the port the accounts know, where it is free: then nothing about them changes. */
  async #atKnownPort(start: (options: { readonly port: number }) => Promise<Running>): Promise<Running> {
    const [origin] = this.#existing().flatMap(endpointsOf);
    const port = origin === undefined ? 0 : Number(new URL(origin).port);
    try {
      return await start({ port });
    } catch (error) {
      if (port === 0) throw error;
      return start({ port: 0 });
    }
  }

  /** Writes the emulator's addresses and keys into the accounts where they differ. */
  async #follow(credentials: EmulatorCredentials): Promise<void> {
    const { store } = this.#deps;
    for (const existing of this.#existing()) {
      const { account, secrets } = existing.provider === 'naver' ? demoNaver(credentials, existing) : demoNhn(credentials, existing);
      const stored = await store.storedSecrets(existing.id).catch(() => undefined);
      const isSame = stored?.keyId === secrets.keyId && stored.secret === secrets.secret;
      if (!isSame || JSON.stringify(endpointsOf(account)) !== JSON.stringify(endpointsOf(existing)) || appKeysOf(account) !== appKeysOf(existing)) {
        await store.update(account, isSame ? undefined : secrets);
      }
    }
  }

  #existing(): readonly Account[] {
    return this.#deps.store.list().filter(({ isDemo }) => isDemo === true);
  }
}

function appKeysOf(account: Account): string {
  return account.provider === 'nhn' ? JSON.stringify(account.appKeys) : '';
}

/** Whether the emulator that listens there knows a key; undefined where none listens. No secret goes there, nor a signature. */
function askEmulator(origin: string, keyId: string): Promise<'known' | 'unknown' | undefined> {
  return new Promise((resolve) => {
    const target = `${origin}/_emulator/keys/${encodeURIComponent(keyId)}`;
    const request = get(target, { timeout: PROBE_TIMEOUT_MS, agent: false }, (response) => {
      response.resume();
      const answer = response.headers['x-emulator-key'];
      resolve(answer === 'known' || answer === 'unknown' ? answer : undefined);
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(undefined));
  });
}
