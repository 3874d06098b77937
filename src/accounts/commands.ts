import { commands, l10n } from 'vscode';

import { globalCommand, nodeCommand } from '../commands/command.ts';
import type { Command } from '../commands/command.ts';
import { showInfo, showWarning } from '../host/notifications.ts';
import type { Prompts } from '../host/prompts.ts';
import { COMMANDS, RESOURCES_VIEW } from '../ids.ts';
import type { Account } from '../model/account.ts';
import { CloudError } from '../model/cloudError.ts';
import { AccountNode } from '../tree/accountNode.ts';
import type { AccountStore } from './accountStore.ts';
import type { Demo } from './demo.ts';
import { draftOf, newDraft } from './draft.ts';
import type { Draft } from './draft.ts';
import type { SecretStored } from './keychain.ts';
import { uniqueName } from './names.ts';
import { lineItems, testConnection, testSummary } from './testConnection.ts';
import type { AccountCheck, TestLine } from './testConnection.ts';
import { unlockCommands } from './unlockCommands.ts';
import type { Unlocks } from './unlocks.ts';

/** What the account commands need. */
export interface AccountCommandDeps {
  readonly store: AccountStore;
  readonly unlocks: Unlocks;
  readonly demo: Demo;
  readonly prompts: Prompts;
  /** How each service tries an account. */
  readonly checks: readonly AccountCheck[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly homeDir: string;
  readonly showLog: () => void;
  readonly openProxySettings: () => void;
}

type AccountCommandId = (typeof COMMANDS)[
  'addAccount' | 'editAccount' | 'duplicateAccount' | 'removeAccount' | 'testAccount' | 'importAccounts' | 'addDemo' |
  'unlockAccount' | 'lockAccount'
];

/** Add, edit, duplicate, remove, test, import, lock and unlock, and the demo. */
export function accountCommands(deps: AccountCommandDeps): Readonly<Record<AccountCommandId, Command>> {
  const { store, demo, prompts, checks } = deps;

  const runWizard = async (draft: Draft): Promise<void> => {
    // Most windows never add an account: its questions are loaded when they are asked.
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
  };

  const edit = async (account: Account): Promise<void> => {
    await demo.prepare(account);
    const current = store.get(account.id) ?? account;
    await runWizard(draftOf(current, await store.storedSecrets(account.id)));
  };

  /** The profile behind a row, which shows an unlock as if it were the profile's own. */
  const profileOf = ({ account: { id } }: AccountNode): Account => {
    const profile = store.get(id);
    if (profile === undefined) throw new CloudError('notFound', { mayHaveArrived: false });
    return profile;
  };

  const duplicate = async (account: Account): Promise<void> => {
    const name = uniqueName(l10n.t('{0} copy', account.name), store.list().map((other) => other.name));
    await runWizard(draftOf(account, await store.storedSecrets(account.id), { id: store.newId(), name }));
  };

  const remove = async (account: Account): Promise<void> => {
    await prompts.confirm({
      message: l10n.t('Remove account "{0}"?', account.name),
      detail: account.isDemo === true
        ? l10n.t('Its rows and its keys go from this editor. "Try with a Demo Account" brings them back.')
        : l10n.t('Its profile and its keys go from this editor. Nothing is deleted in the cloud.'),
      verb: l10n.t('Remove'),
    });
    await store.remove(account.id);
  };

  const test = async (account: Account): Promise<void> => {
    for (;;) {
      const choice = await prompts.pick<TestChoice>({
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
      switch (choice) {
        case 'close':
          return;
        case 'edit':
          return edit(store.get(account.id) ?? account);
        case 'log':
          deps.showLog();
          return;
        case 'proxy':
          deps.openProxySettings();
          return;
        case 'again':
      }
    }
  };

  return {
    [COMMANDS.addAccount]: globalCommand(() => runWizard(newDraft(store.newId()))),
    [COMMANDS.editAccount]: nodeCommand(AccountNode, (row) => edit(profileOf(row)), { ask: () => l10n.t('Choose the account to edit') }),
    [COMMANDS.duplicateAccount]: nodeCommand(AccountNode, (row) => duplicate(profileOf(row)), { ask: () => l10n.t('Choose the account to duplicate') }),
    [COMMANDS.removeAccount]: nodeCommand(AccountNode, (row) => remove(profileOf(row)), { ask: () => l10n.t('Choose the account to remove') }),
    [COMMANDS.testAccount]: nodeCommand(AccountNode, (row) => test(profileOf(row)), { ask: () => l10n.t('Choose the account to test') }),
    ...unlockCommands(deps),
    [COMMANDS.importAccounts]: globalCommand(async () => {
      const { importAccounts } = await import('./importAccounts.ts');
      const { names, stored, remarks } = await importAccounts(deps);
      if (names.length > 0) showInfo([l10n.t('Imported: {0}.', names.join(', ')), ...remarks].join(' '));
      else showInfo([l10n.t('Nothing to import in ~/.ncloud/configure and the environment.'), ...remarks].join(' '));
      tellWhereKept(stored, names.join(', '));
    }),
    [COMMANDS.addDemo]: globalCommand(async () => {
      tellWhereKept(await demo.add(), l10n.t('Demo'));
      await commands.executeCommand(`${RESOURCES_VIEW}.focus`);
    }),
  };
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
