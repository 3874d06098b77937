import type { Account } from '../model/account.ts';
import type { AccountStore } from './accountStore.ts';
import type { DemoWork } from './demoWork.ts';
import type { SecretStored } from './keychain.ts';

/** What the demo needs from outside. */
export interface DemoDeps {
  readonly store: AccountStore;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly warn: (message: string) => void;
}

/**
 * The demo accounts and the emulator behind them. The emulator is started when somebody looks at a demo account, never before, and
 * ends with the window; another window's is used as long as it runs. Where nobody looks at one, none of it is loaded.
 */
export class Demo {
  readonly #deps: DemoDeps;
  #loading: Promise<DemoWork> | undefined;
  #isDisposed = false;

  constructor(deps: DemoDeps) {
    this.#deps = deps;
  }

  /**
   * Adds the demo accounts that are not there and makes sure that all of them answer.
   * @returns where their keys are kept
   */
  async add(): Promise<SecretStored> {
    return (await this.#work()).add();
  }

  /** Makes sure that the emulator behind a demo account answers, and that the account knows where; nothing for other accounts. */
  async prepare(account: Account): Promise<void> {
    if (account.isDemo === true) await (await this.#work()).prepare();
  }

  /** Stops the emulator, if this window has one. */
  async dispose(): Promise<void> {
    this.#isDisposed = true;
    await (await this.#loading)?.dispose();
  }

  #work(): Promise<DemoWork> {
    this.#loading ??= this.#load();
    return this.#loading;
  }

  async #load(): Promise<DemoWork> {
    const { DemoWork } = await import('./demoWork.ts');
    const work = new DemoWork(this.#deps);
    // Asked for after the end: what it starts ends at once.
    if (this.#isDisposed) await work.dispose();
    return work;
  }
}
