import * as l10n from '@vscode/l10n';

import type { FunctionsClient } from '../../../api/functions/client.ts';
import { ifThere } from '../../../model/cloudError.ts';
import type { ActionName } from '../../../model/functions.ts';
import { lookAtEach } from '../../deletion.ts';
import type { DeletionItem } from '../../deletion.ts';
import { deleteAsked, deleteOrLook } from '../../deletionFlow.ts';
import { calledOffText } from '../../deletionWords.ts';
import type { ActionTarget, FunctionsDeps, FunctionsPlace } from '../context.ts';
import { reportingDeletions } from '../reporting.ts';
import { linkedText, listed, readLinkedTriggers } from './linkedTriggers.ts';

/** What deleting needs. */
export type DeletionDeps = Pick<FunctionsDeps, 'client' | 'prompts' | 'progress' | 'reading' | 'say' | 'report' | 'format'>;

type Item = DeletionItem & { readonly target: ActionTarget };

/**
 * Reads which triggers are linked to the actions, asks, and deletes one after another. What is gone already counts as done.
 * @throws CancelledError where the user does not want to; CloudError where it could not be read what would be lost
 */
export async function deleteActions(rows: readonly ActionTarget[], deps: DeletionDeps): Promise<void> {
  const { format } = deps;
  await deleteAsked<Item>({
    readingText: l10n.t('Reading which triggers are linked…'),
    look: async (signal) => (await lookAtEach(byPlace(rows), (targets) => itemsOf(targets, deps, signal))).flat(),
    goneText: () => goneText(rows.map(({ name }) => name)),
    question: (only, count) => (only === undefined ? l10n.t('Delete {0} actions?', format.count(count)) : l10n.t('Delete action "{0}"?', only.name)),
    title: (only, count) => (only === undefined ? l10n.t('Deleting {0} actions…', format.count(count)) : l10n.t('Deleting action "{0}"…', only.name)),
    remove: async ({ target }, signal) => deleteAction(await clientAt(target.place, deps), target, signal),
    summary: ({ done, isCalledOff }) => {
      const deleted = done.length === 0 ? undefined : deletedText(done.map(({ name }) => name));
      return isCalledOff ? calledOffText(deleted) : deleted;
    },
    report: reportingDeletions('Deleting actions', deps, rows.map(({ place }) => place.account)),
  }, deps);
}

/**
 * Deletes one action. Where no answer came it is looked for: what is gone is deleted.
 * @throws CancelledError, CloudError
 */
export async function deleteAction(client: Pick<FunctionsClient, 'deleteAction' | 'getAction'>, { pkg, name }: ActionName, signal: AbortSignal): Promise<void> {
  await deleteOrLook(() => client.deleteAction({ pkg, name }, signal), () => client.getAction(pkg, name, signal));
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
