import * as l10n from '@vscode/l10n';

import type { FunctionsClient } from '../../../api/functions/client.ts';
import { CancelledError, ifThere, isOutcomeUnknown } from '../../../model/cloudError.ts';
import type { TriggerDetail } from '../../../model/functions.ts';
import { confirmDeletion, deleteEach, lookAtEach, reportFailures } from '../../deletion.ts';
import type { DeletionItem } from '../../deletion.ts';
import { calledOffText } from '../../deletionWords.ts';
import { reportingDeletions } from '../actions/wizardParts.ts';
import type { FunctionsDeps } from '../context.ts';
import type { TriggerOf } from './linkActions.ts';
import { linkedAction, linkedText } from './linkedName.ts';

/** What deleting triggers needs. */
type DeletionDeps = Pick<FunctionsDeps, 'client' | 'prompts' | 'format' | 'progress' | 'reading' | 'say' | 'report'>;

interface Item extends DeletionItem {
  readonly client: Pick<FunctionsClient, 'getTrigger' | 'deleteTrigger'>;
}

/**
 * Reads which actions the triggers start, asks, and deletes them; the actions stay. Those that are gone already are left alone; where one
 * fails the others go on, and that is told.
 * @throws CancelledError where the user does not want to; CloudError where it could not be read what would be lost
 */
export async function deleteTriggers(triggers: readonly TriggerOf[], deps: DeletionDeps): Promise<void> {
  const { prompts, format, reading, progress, say } = deps;
  const items = await reading(l10n.t('Reading what would be lost…'), (signal) => lookAtEach(triggers, (one) => itemOf(one, deps, signal)));
  if (items.length === 0) {
    say(goneText(triggers.map(({ name }) => name)));
    return;
  }
  const only = items.length === 1 ? items[0] : undefined;
  const count = format.count(items.length);
  const question = only === undefined ? l10n.t('Delete {0} triggers?', count) : l10n.t('Delete trigger "{0}"?', only.name);
  await confirmDeletion(prompts, { question, items });

  const title = only === undefined ? l10n.t('Deleting {0} triggers…', count) : l10n.t('Deleting trigger "{0}"…', only.name);
  const { done, failures, isCalledOff } = await progress(title, (signal) => deleteEach(items, (item) => remove(item, signal)));
  if (isCalledOff) {
    const text = calledOffText(done.length === 0 ? undefined : deletedText(done.map(({ name }) => name)));
    if (text !== undefined) say(text);
  }
  reportFailures(failures, items.length, reportingDeletions('Deleting triggers', deps, triggers.map(({ place: { account } }) => account)));
}

async function itemOf({ place: { account, region }, name }: TriggerOf, deps: DeletionDeps, signal: AbortSignal): Promise<Item | undefined> {
  const client = await deps.client(account.id, region);
  const detail = await ifThere(client.getTrigger(name, signal));
  return detail === undefined ? undefined : { name, account, losses: lossesOf(detail), client };
}

function lossesOf({ type, actions }: TriggerDetail): readonly string[] {
  // With what token GitHub is reached, nobody can read back (cloudfunctions.md §7.3).
  const again = type === 'github' ? [l10n.t('To create it again, its access token and its API are needed again.')] : [];
  if (actions.length === 0) return [l10n.t('No action is linked to it.'), ...again];
  const names = actions.map((text) => {
    const action = linkedAction(text);
    return action === undefined ? text : linkedText(action);
  });
  return [l10n.t('It does not start these actions any more: {0}.', names.join(', ')), l10n.t('The actions stay.'), ...again];
}

/** Where no answer came, the trigger is asked for: it may be gone. */
async function remove({ client, name }: Item, signal: AbortSignal): Promise<void> {
  try {
    // What is gone already counts as deleted.
    await ifThere(client.deleteTrigger(name, signal));
  } catch (error) {
    if (error instanceof CancelledError || !isOutcomeUnknown(error)) throw error;
    const found = await ifThere(client.getTrigger(name, signal)).catch((looking: unknown) => {
      // The first failure says more: that the change may or may not have been made.
      throw looking instanceof CancelledError ? looking : error;
    });
    if (found !== undefined) throw error;
  }
}

function goneText(names: readonly string[]): string {
  return names.length === 1
    ? l10n.t('Trigger "{0}" is deleted already.', names.join())
    : l10n.t('These triggers are deleted already: {0}', names.join(', '));
}

function deletedText(names: readonly string[]): string {
  return names.length === 1
    ? l10n.t('Trigger "{0}" was deleted.', names.join())
    : l10n.t('These triggers were deleted: {0}', names.join(', '));
}
