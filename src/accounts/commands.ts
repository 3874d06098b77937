import { l10n } from 'vscode';

import { globalCommand, nodeCommand } from '../commands/command.ts';
import type { Command, NodeCommand, NodeCommandOptions } from '../commands/command.ts';
import type { Prompts } from '../host/prompts.ts';
import { COMMANDS } from '../ids.ts';
import { AccountNode } from '../tree/accountNode.ts';
import type { AccountStore } from './accountStore.ts';
import type { AccountWork } from './accountWork.ts';
import type { Demo } from './demo.ts';
import type { AccountCheck } from './testConnection.ts';
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

/** Add, edit, duplicate, remove, test, import, lock and unlock, and the demo. What they do loads with the first use. */
export function accountCommands(deps: AccountCommandDeps): Readonly<Record<AccountCommandId, Command>> {
  const load = async (): Promise<AccountWork> => {
    const { AccountWork } = await import('./accountWork.ts');
    return new AccountWork(deps);
  };
  return {
    [COMMANDS.addAccount]: globalCommand(async () => (await load()).add()),
    [COMMANDS.editAccount]: accountCommand(async (id) => (await load()).edit(id), { ask: () => l10n.t('Choose the account to edit') }),
    [COMMANDS.duplicateAccount]: accountCommand(async (id) => (await load()).duplicate(id), { ask: () => l10n.t('Choose the account to duplicate') }),
    [COMMANDS.removeAccount]: accountCommand(async (id) => (await load()).remove(id), { ask: () => l10n.t('Choose the account to remove') }),
    [COMMANDS.testAccount]: accountCommand(async (id) => (await load()).test(id), { ask: () => l10n.t('Choose the account to test') }),
    [COMMANDS.unlockAccount]: accountCommand(async (id) => (await import('./unlocking.ts')).unlock(id, deps), {
      ask: () => l10n.t('Choose the account to unlock'),
      offers: (node) => node.flags.includes('locked'),
      through: [],
    }),
    [COMMANDS.lockAccount]: accountCommand((id) => lock(id, deps), {
      ask: () => l10n.t('Choose the account to lock again'),
      offers: (node) => node.flags.includes('unlocked'),
      through: [],
    }),
    [COMMANDS.importAccounts]: globalCommand(async () => (await load()).importAccounts()),
    [COMMANDS.addDemo]: globalCommand(async () => (await load()).addDemo()),
  };
}

function accountCommand(run: (id: string) => Promise<void>, options: NodeCommandOptions): NodeCommand {
  return nodeCommand(AccountNode, ({ account }) => run(account.id), options);
}

async function lock(id: string, { store, unlocks }: AccountCommandDeps): Promise<void> {
  // At once: what is loaded only says so.
  unlocks.lock(id);
  const account = store.get(id);
  if (account !== undefined) (await import('./unlocking.ts')).tellLocked(account);
}
