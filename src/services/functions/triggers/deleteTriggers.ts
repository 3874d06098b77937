import * as l10n from '@vscode/l10n';

import type { FunctionsClient } from '../../../api/functions/client.ts';
import { ifThere } from '../../../model/cloudError.ts';
import type { TriggerDetail } from '../../../model/functions.ts';
import { lookAtEach } from '../../deletion.ts';
import type { DeletionItem } from '../../deletion.ts';
import { deleteAsked, deleteOrLook } from '../../deletionFlow.ts';
import { calledOffText } from '../../deletionWords.ts';
import type { FunctionsDeps } from '../context.ts';
import { reportingDeletions } from '../reporting.ts';
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
  const { format } = deps;
  await deleteAsked<Item>({
    readingText: l10n.t('Reading what would be lost…'),
    look: (signal) => lookAtEach(triggers, (one) => itemOf(one, deps, signal)),
    goneText: () => goneText(triggers.map(({ name }) => name)),
    question: (only, count) => (only === undefined ? l10n.t('Delete {0} triggers?', format.count(count)) : l10n.t('Delete trigger "{0}"?', only.name)),
    title: (only, count) => (only === undefined ? l10n.t('Deleting {0} triggers…', format.count(count)) : l10n.t('Deleting trigger "{0}"…', only.name)),
    remove: ({ client, name }, signal) => deleteOrLook(() => client.deleteTrigger(name, signal), () => client.getTrigger(name, signal)),
    summary: ({ done, isCalledOff }) => (isCalledOff ? calledOffText(done.length === 0 ? undefined : deletedText(done.map(({ name }) => name))) : undefined),
    report: reportingDeletions('Deleting triggers', deps, triggers.map(({ place: { account } }) => account)),
  }, deps);
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
