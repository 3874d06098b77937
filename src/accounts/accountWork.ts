import { commands, l10n } from 'vscode';

import { showInfo, showWarning } from '../host/notifications.ts';
import { RESOURCES_VIEW } from '../ids.ts';
import type { Account } from '../model/account.ts';
import { CloudError } from '../model/cloudError.ts';
import type { AccountCommandDeps } from './commands.ts';
import { draftOf, newDraft } from './draft.ts';
import type { Draft } from './draft.ts';
import type { SecretStored } from './keychain.ts';
import { uniqueName } from './names.ts';
import { lineItems, testConnection, testSummary } from './testConnection.ts';
import type { TestLine } from './testConnection.ts';

/** What the account commands do. */
export class AccountWork {
  readonly #deps: AccountCommandDeps;

  constructor(deps: AccountCommandDeps) {
    this.#deps = deps;
  }

  /** Asks for a new account. */
  async add(): Promise<void> {
    await this.#runWizard(newDraft(this.#deps.store.newId()));
  }

  /** @throws CloudError notFound where the account is gone */
  async edit(id: string): Promise<void> {
    await this.#edit(this.#profileOf(id));
  }

  /** Asks for an account like this one. @throws CloudError notFound where the account is gone */
  async duplicate(id: string): Promise<void> {
    const { store } = this.#deps;
    const account = this.#profileOf(id);
    const name = uniqueName(l10n.t('{0} copy', account.name), store.list().map((other) => other.name));
    await this.#runWizard(draftOf(account, await store.storedSecrets(id), { id: store.newId(), name }));
  }

  /** @throws CloudError notFound where the account is gone; CancelledError where it shall stay */
  async remove(id: string): Promise<void> {
    const { store, prompts } = this.#deps;
    const account = this.#profileOf(id);
    await prompts.confirm({
      message: l10n.t('Remove account "{0}"?', account.name),
      detail: account.isDemo === true
        ? l10n.t('Its rows and its keys go from this editor. "Try with a Demo Account" brings them back.')
        : l10n.t('Its profile and its keys go from this editor. Nothing is deleted in the cloud.'),
      verb: l10n.t('Remove'),
    });
    await store.remove(id);
  }

  /** Tries every place the account reaches, as often as the user likes. @throws CloudError notFound where the account is gone */
  async test(id: string): Promise<void> {
    const account = this.#profileOf(id);
    for (;;) {
      switch (await this.#askAfterTest(account)) {
        case 'close':
          return;
        case 'edit':
          return this.#edit(this.#deps.store.get(id) ?? account);
        case 'log':
          this.#deps.showLog();
          return;
        case 'proxy':
          this.#deps.openProxySettings();
          return;
        case 'again':
      }
    }
  }

  /** Takes over accounts of other tools, and says which. */
  async importAccounts(): Promise<void> {
    const { importAccounts } = await import('./importAccounts.ts');
    const { names, stored, remarks } = await importAccounts(this.#deps);
    if (names.length > 0) showInfo([l10n.t('Imported: {0}.', names.join(', ')), ...remarks].join(' '));
    else showInfo([l10n.t('Nothing to import in ~/.ncloud/configure and the environment.'), ...remarks].join(' '));
    tellWhereKept(stored, names.join(', '));
  }

  /** Adds the demo accounts and shows them. */
  async addDemo(): Promise<void> {
    tellWhereKept(await this.#deps.demo.add(), l10n.t('Demo'));
    await commands.executeCommand(`${RESOURCES_VIEW}.focus`);
  }

  /** The profile behind a row, which shows an unlock as if it were the profile's own. */
  #profileOf(id: string): Account {
    const profile = this.#deps.store.get(id);
    if (profile === undefined) throw new CloudError('notFound', { mayHaveArrived: false });
    return profile;
  }

  async #edit(account: Account): Promise<void> {
    const { store, demo } = this.#deps;
    await demo.prepare(account);
    const current = store.get(account.id) ?? account;
    await this.#runWizard(draftOf(current, await store.storedSecrets(account.id)));
  }

  async #runWizard(draft: Draft): Promise<void> {
    const { store, prompts, checks } = this.#deps;
    const { runAccountWizard } = await import('./wizard.ts');
    await runAccountWizard({
      prompts,
      otherNames: () => store.list().filter(({ id }) => id !== draft.id).map(({ name }) => name),
      test: (account, secrets, signal, onLines) => testConnection(checks, { account, secrets, signal }, onLines),
      save: async (account, secrets) => {
        const isUntouched = draft.keyId === '' && draft.secret === '' && !draft.isNew;
        tellWhereKept(await store.update(account, isUntouched ? undefined : secrets), account.name);
      },
    }, draft);
  }

  #askAfterTest(account: Account): Promise<TestChoice> {
    const { store, demo, prompts, checks } = this.#deps;
    return prompts.pick<TestChoice>({
      title: l10n.t('Test Connection: {0}', account.name),
      placeholder: l10n.t('Every place the account reaches is asked for a list'),
      items: async (show, signal) => {
        show([{ label: l10n.t('Testing the connection…'), value: 'close', alwaysShow: true }]);
        await demo.prepare(account);
        const secrets = await store.secrets(account.id);
        const current = store.get(account.id) ?? account;
        const lines = await testConnection(checks, { account: current, secrets, signal }, (some) => show(testItems(some)));
        show([...testItems(lines), ...remedyItems(lines)]);
      },
    });
  }
}

type TestChoice = 'close' | 'again' | 'edit' | 'log' | 'proxy';

function testItems(lines: readonly TestLine[]): ReturnType<typeof lineItems<TestChoice>> {
  return lineItems<TestChoice>(lines, ({ isOk }) => (isOk ? 'close' : 'again'));
}

function remedyItems(lines: readonly TestLine[]): ReturnType<typeof lineItems<TestChoice>> {
  const remedies = new Set(lines.flatMap((line) => line.remedies));
  const row = (label: string, icon: string, value: TestChoice) => ({ label, icon, value, alwaysShow: true });
  const close = { ...row(l10n.t('Close'), 'close', 'close'), description: testSummary(lines), heading: l10n.t('What to do') };
  return [
    close,
    row(l10n.t('Test again'), 'refresh', 'again'),
    ...(lines.every(({ isOk }) => isOk) ? [] : [row(l10n.t('Edit Account'), 'edit', 'edit'), row(l10n.t('Show Log'), 'output', 'log')]),
    ...(remedies.has('openProxySettings') ? [row(l10n.t('Open Proxy Settings'), 'settings-gear', 'proxy')] : []),
  ];
}

function tellWhereKept(stored: SecretStored, name: string): void {
  if (stored === 'thisWindowOnly') {
    showWarning(l10n.t('The keychain of this computer did not keep the keys of "{0}". They are held until this window closes.', name));
  }
}
