import { l10n } from 'vscode';

import { showStatus } from '../host/notifications.ts';
import type { InputNote, Prompts } from '../host/prompts.ts';
import { permits } from '../model/account.ts';
import type { Account } from '../model/account.ts';
import { accessName, stageName } from '../model/accountWords.ts';
import type { AccountStore } from './accountStore.ts';
import { UNLOCK_MS } from './unlocks.ts';
import type { Unlocks } from './unlocks.ts';

/** What unlocking needs. */
export interface UnlockDeps {
  readonly store: AccountStore;
  readonly unlocks: Unlocks;
  readonly prompts: Prompts;
}

/**
 * "Unlock for 15 Minutes": asks for the account's name first.
 * @throws CancelledError where it was not typed
 */
export async function unlock(id: string, { store, unlocks, prompts }: UnlockDeps): Promise<void> {
  const account = store.get(id);
  if (account === undefined) return;
  if (permits(account.lane.access, 'write') || unlocks.remainingMs(id) !== undefined) {
    showStatus(l10n.t('Account "{0}" is not locked.', account.name));
    return;
  }
  await askForName(prompts, account);
  unlocks.unlock(account);
}

/** Says that an account was locked again, or that nothing of it is. */
export function tellLocked({ name, lane: { access } }: Account): void {
  showStatus(permits(access, 'write')
    ? l10n.t('Account "{0}" has full access: nothing is locked.', name)
    : l10n.t('Account "{0}" is locked again: {1}.', name, accessName(access)));
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
