import * as l10n from '@vscode/l10n';

import type { FunctionsClient } from '../../../api/functions/client.ts';
import { CancelledError, ifThere, isOutcomeUnknown } from '../../../model/cloudError.ts';
import type { ActionName } from '../../../model/functions.ts';
import { confirmDeletion, deleteEach, lookAtEach, reportFailures } from '../../deletion.ts';
import type { DeletionItem } from '../../deletion.ts';
import { calledOffText } from '../../deletionWords.ts';
import type { ActionTarget, FunctionsDeps, FunctionsPlace } from '../context.ts';
import { linkedText, listed, readLinkedTriggers } from './linkedTriggers.ts';
import { reportingDeletions } from './wizardParts.ts';

/** What deleting needs. */
export type DeletionDeps = Pick<FunctionsDeps, 'client' | 'prompts' | 'progress' | 'reading' | 'say' | 'report' | 'format'>;

type Item = DeletionItem & { readonly target: ActionTarget };

/**
 * Reads which triggers are linked to the actions, asks, and deletes one after another. What is gone already counts as done.
 * @throws CancelledError where the user does not want to; CloudError where it could not be read what would be lost
 */
export async function deleteActions(rows: readonly ActionTarget[], deps: DeletionDeps): Promise<void> {
  const { prompts, progress, reading, say, format } = deps;
  const items = await reading(l10n.t('Reading which triggers are linked…'), async (signal) => {
    const perPlace = await lookAtEach(byPlace(rows), (targets) => itemsOf(targets, deps, signal));
    return perPlace.flat();
  });
  if (items.length === 0) {
    say(goneText(rows.map(({ name }) => name)));
    return;
  }
  const only = items.length === 1 ? items[0] : undefined;
  const count = format.count(items.length);
  await confirmDeletion(prompts, { question: only === undefined ? l10n.t('Delete {0} actions?', count) : l10n.t('Delete action "{0}"?', only.name), items });

  const title = only === undefined ? l10n.t('Deleting {0} actions…', count) : l10n.t('Deleting action "{0}"…', only.name);
  const { done, failures, isCalledOff } = await progress(title, (signal) =>
    deleteEach(items, async ({ target }) => deleteAction(await clientAt(target.place, deps), target, signal)));
  const deleted = done.length === 0 ? undefined : deletedText(done.map(({ name }) => name));
  const text = isCalledOff ? calledOffText(deleted) : deleted;
  if (text !== undefined) say(text);
  reportFailures(failures, items.length, reportingDeletions('Deleting actions', deps, items.map(({ account }) => account)));
}

/**
 * Deletes one action. Where no answer came it is looked for: what is gone is deleted.
 * @throws CancelledError, CloudError
 */
export async function deleteAction(client: Pick<FunctionsClient, 'deleteAction' | 'getAction'>, action: ActionName, signal: AbortSignal): Promise<void> {
  try {
    await ifThere(client.deleteAction({ pkg: action.pkg, name: action.name }, signal));
  } catch (error) {
    if (error instanceof CancelledError || !isOutcomeUnknown(error)) throw error;
    const left = await ifThere(client.getAction(action.pkg, action.name, signal)).catch((looking: unknown) => {
      // The first failure says more: that the change may or may not have been made.
      throw looking instanceof CancelledError ? looking : error;
    });
    if (left !== undefined) throw error;
  }
}

/** Rows by account and region: each place is read once. */
export function byPlace<T extends { readonly place: FunctionsPlace }>(rows: readonly T[]): readonly (readonly T[])[] {
  return [...Map.groupBy(rows, ({ place }) => JSON.stringify([place.account.id, place.region])).values()];
}

/** The client of a place. */
export function clientAt({ account, region }: FunctionsPlace, { client }: Pick<FunctionsDeps, 'client'>): Promise<FunctionsClient> {
  return client(account.id, region);
}

async function itemsOf(targets: readonly ActionTarget[], deps: DeletionDeps, signal: AbortSignal): Promise<readonly Item[]> {
  const [first] = targets;
  if (first === undefined) return [];
  const client = await clientAt(first.place, deps);
  const there = await lookAtEach(targets, async (target) => ((await ifThere(client.getAction(target.pkg, target.name, signal))) === undefined ? undefined : target));
  const linked = await readLinkedTriggers(client, there, signal);
  return there.map((target) => {
    const links = linkedText(linked(target));
    return {
      name: target.name,
      account: target.place.account,
      losses: [l10n.t('Its code and settings are lost.'), ...(links === undefined ? [] : [links])],
      target,
    };
  });
}

function goneText(names: readonly string[]): string {
  return names.length === 1 ? l10n.t('Action "{0}" is deleted already.', names.join()) : l10n.t('These actions are deleted already: {0}', listed(names));
}

function deletedText(names: readonly string[]): string {
  return names.length === 1 ? l10n.t('Action "{0}" was deleted.', names.join()) : l10n.t('These actions were deleted: {0}', listed(names));
}
