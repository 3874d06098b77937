import * as l10n from '@vscode/l10n';

import { ifThere } from '../../../model/cloudError.ts';
import { isOne } from '../../../model/format.ts';
import { lookAtEach } from '../../deletion.ts';
import type { DeletionItem } from '../../deletion.ts';
import { deleteAsked, deleteOrLook } from '../../deletionFlow.ts';
import { calledOffText } from '../../deletionWords.ts';
import { byPlace, clientAt, deleteAction } from '../actions/deleteActions.ts';
import type { DeletionDeps } from '../actions/deleteActions.ts';
import { listed, readLinkedTriggers } from '../actions/linkedTriggers.ts';
import type { FunctionsPlace } from '../context.ts';
import { reportingDeletions } from '../reporting.ts';

/** A package that is to go. */
export interface PackageToDelete {
  readonly place: FunctionsPlace;
  readonly name: string;
}

type Item = DeletionItem & PackageToDelete & { readonly actions: readonly string[] };

/**
 * Reads which actions the packages have and which triggers are linked to those, asks, and deletes: the actions first, for a package that has
 * some stays (80109). What is gone already counts as done.
 * @throws CancelledError where the user does not want to; CloudError where it could not be read what would be lost
 */
export async function deletePackages(rows: readonly PackageToDelete[], deps: DeletionDeps): Promise<void> {
  const { format } = deps;
  const gone = new Map<Item, string[]>();
  await deleteAsked<Item>({
    readingText: l10n.t('Reading what would be lost…'),
    look: async (signal) => (await lookAtEach(byPlace(rows), (packages) => itemsOf(packages, deps, signal))).flat(),
    goneText: () => goneText(rows.map(({ name }) => name)),
    question: (only, count) => (only === undefined ? l10n.t('Delete {0} packages?', format.count(count)) : questionOf(only, deps)),
    title: (only, count) => (only === undefined ? l10n.t('Deleting {0} packages…', format.count(count)) : l10n.t('Deleting package "{0}"…', only.name)),
    remove: (item, signal) => remove(item, gone, deps, signal),
    remarkOn: (item) => actionsText(gone.get(item)),
    summary: ({ done, failures, isCalledOff }) => {
      const deleted = done.length === 0 ? undefined : deletedText(done.map(({ name }) => name));
      if (!isCalledOff) return deleted;
      const half = [...gone].filter(([item]) => !done.includes(item) && !failures.some((failure) => failure.item === item)).flatMap(([, actions]) => actions);
      return calledOffText(deleted, actionsText(half));
    },
    report: reportingDeletions('Deleting packages', deps, rows.map(({ place }) => place.account)),
  }, deps);
}

/** @param gone collects the actions that were deleted */
async function remove(item: Item, gone: Map<Item, string[]>, deps: DeletionDeps, signal: AbortSignal): Promise<void> {
  const client = await clientAt(item.place, deps);
  for (const name of item.actions) {
    await deleteAction(client, { pkg: item.name, name }, signal);
    gone.set(item, [...(gone.get(item) ?? []), name]);
  }
  await deleteOrLook(() => client.deletePackage(item.name, signal), () => client.getPackage(item.name, signal));
}

async function itemsOf(packages: readonly PackageToDelete[], deps: DeletionDeps, signal: AbortSignal): Promise<readonly Item[]> {
  const [first] = packages;
  if (first === undefined) return [];
  const client = await clientAt(first.place, deps);
  const there = await lookAtEach(packages, async (one) => {
    const found = await ifThere(Promise.all([client.getPackage(one.name, signal), client.listActions(one.name, signal)]));
    return found === undefined ? undefined : { ...one, actions: found[1].map(({ name }) => name).toSorted((a, b) => deps.format.compare(a, b)) };
  });
  const linked = await readLinkedTriggers(client, there.flatMap(({ name: pkg, actions }) => actions.map((name) => ({ pkg, name }))), signal);
  return there.map(({ place, name, actions }) => {
    const triggers = [...new Set(actions.flatMap((action) => linked({ pkg: name, name: action })))];
    return { place, name, account: place.account, actions, losses: lossesOf(actions, triggers, deps) };
  });
}

function lossesOf(actions: readonly string[], triggers: readonly string[], { format }: DeletionDeps): readonly string[] {
  if (actions.length === 0) return [l10n.t('Its default parameters are lost.')];
  const stand = isOne(actions.length)
    ? l10n.t('1 action in it is deleted first, with its code and settings: {0}', actions.join())
    : l10n.t('{0} actions stand in the way and are deleted first, with their code and settings: {1}', format.count(actions.length), listed(actions));
  if (triggers.length === 0) return [stand];
  return [stand, isOne(triggers.length)
    ? l10n.t('1 trigger is linked to these actions: {0}', triggers.join())
    : l10n.t('{0} triggers are linked to these actions: {1}', format.count(triggers.length), listed(triggers))];
}

function questionOf({ name, actions }: Item, { format }: DeletionDeps): string {
  if (actions.length === 0) return l10n.t('Delete package "{0}"?', name);
  return isOne(actions.length)
    ? l10n.t('Delete package "{0}" and its action?', name)
    : l10n.t('Delete package "{0}" and its {1} actions?', name, format.count(actions.length));
}

function goneText(names: readonly string[]): string {
  return names.length === 1 ? l10n.t('Package "{0}" is deleted already.', names.join()) : l10n.t('These packages are deleted already: {0}', listed(names));
}

function deletedText(names: readonly string[]): string {
  return names.length === 1 ? l10n.t('Package "{0}" was deleted.', names.join()) : l10n.t('These packages were deleted: {0}', listed(names));
}

/** For actions that were deleted with a package that was not, or not yet. */
function actionsText(names: readonly string[] = []): string | undefined {
  if (names.length === 0) return undefined;
  return names.length === 1 ? l10n.t('Its action "{0}" was deleted.', names.join()) : l10n.t('Its actions were deleted: {0}', listed(names));
}
