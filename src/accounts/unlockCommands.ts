import { l10n } from 'vscode';

import { nodeCommand } from '../commands/command.ts';
import type { Command } from '../commands/command.ts';
import { showStatus } from '../host/notifications.ts';
import type { InputNote, Prompts } from '../host/prompts.ts';
import { COMMANDS } from '../ids.ts';
import { permits } from '../model/account.ts';
import type { Account } from '../model/account.ts';
import { accessName, stageName } from '../model/accountWords.ts';
import { AccountNode } from '../tree/accountNode.ts';
import type { AccountStore } from './accountStore.ts';
import { UNLOCK_MS } from './unlocks.ts';
import type { Unlocks } from './unlocks.ts';

/** What locking and unlocking need. */
export interface UnlockCommandDeps {
  readonly store: AccountStore;
  readonly unlocks: Unlocks;
  readonly prompts: Prompts;
}

type UnlockCommandId = (typeof COMMANDS)['unlockAccount' | 'lockAccount'];

/** "Unlock for 15 Minutes" and "Lock Again". */
export function unlockCommands({ store, unlocks, prompts }: UnlockCommandDeps): Readonly<Record<UnlockCommandId, Command>> {
  const unlock = async (id: string): Promise<void> => {
    const account = store.get(id);
    if (account === undefined) return;
    if (permits(account.lane.access, 'write') || unlocks.remainingMs(id) !== undefined) {
      showStatus(l10n.t('Account "{0}" is not locked.', account.name));
      return;
    }
    await askForName(prompts, account);
    unlocks.unlock(account);
  };

  const lock = (id: string): void => {
    unlocks.lock(id);
    const account = store.get(id);
    if (account === undefined) return;
    showStatus(permits(account.lane.access, 'write')
      ? l10n.t('Account "{0}" has full access: nothing is locked.', account.name)
      : l10n.t('Account "{0}" is locked again: {1}.', account.name, accessName(account.lane.access)));
  };

  return {
    [COMMANDS.unlockAccount]: nodeCommand(AccountNode, ({ account }) => unlock(account.id), {
      ask: () => l10n.t('Choose the account to unlock'),
      offers: (node) => node.flags.includes('locked'),
      through: [],
    }),
    [COMMANDS.lockAccount]: nodeCommand(AccountNode, ({ account }) => lock(account.id), {
      ask: () => l10n.t('Choose the account to lock again'),
      offers: (node) => node.flags.includes('unlocked'),
      through: [],
    }),
  };
}

/** @throws CancelledError where it was not typed */
async function askForName(prompts: Prompts, { name, lane: { stage, access } }: Account): Promise<void> {
  const minutes = UNLOCK_MS / 60_000;
  await prompts.input({
    title: l10n.t('Unlock Account "{0}"', name),
    prompt: access === 'read-only'
      ? l10n.t('{0}. For {1} minutes messages can be sent, and resources created, changed and deleted. Type the name of the account to go on.', stageName(stage), minutes)
      : l10n.t('{0}. For {1} minutes resources can be created, changed and deleted. Type the name of the account to go on.', stageName(stage), minutes),
    placeholder: name,
    validate: (typed) => nameNote(typed, name, minutes),
  });
}

function nameNote(typed: string, name: string, minutes: number): InputNote {
  return typed.trim().normalize('NFC') === name.trim().normalize('NFC')
    ? { severity: 'info', message: l10n.t('Press Enter to unlock it. It is locked again by itself after {0} minutes.', minutes) }
    : { severity: 'error', message: l10n.t('Type "{0}" to unlock it.', name) };
}
