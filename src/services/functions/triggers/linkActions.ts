import * as l10n from '@vscode/l10n';

import type { FunctionsClient } from '../../../api/functions/client.ts';
import { CloudError } from '../../../model/cloudError.ts';
import type { Formatter } from '../../../model/format.ts';
import { DEFAULT_PACKAGE } from '../../../model/functions.ts';
import type { ActionName } from '../../../model/functions.ts';
import { reportingDeletions } from '../reporting.ts';
import type { FunctionsDeps, FunctionsPlace } from '../context.ts';
import { triggerResource } from '../resources.ts';
import { applyLinks, linkProblem } from './applyLinks.ts';
import type { LinkChanges, LinkOutcome } from './applyLinks.ts';
import { allActions, linkChoices, linkRows } from './linkChoices.ts';
import type { LinkChoice } from './linkChoices.ts';
import { linkedAction, linkedAmong, linkedText } from './linkedName.ts';

/** What linking actions needs. */
export type LinkDeps = Pick<FunctionsDeps, 'client' | 'prompts' | 'format' | 'progress' | 'reading' | 'say' | 'report' | 'changed'>;

/** A trigger somewhere. */
export interface TriggerOf {
  readonly place: FunctionsPlace;
  readonly name: string;
}

/**
 * Shows all actions with those ticked that the trigger starts, and links and unlinks what was changed, a call each; where one fails the
 * others go on, and that is told.
 * @throws CancelledError where the user closed it; CloudError where actions or the trigger could not be read
 */
export async function linkActions(trigger: TriggerOf, deps: LinkDeps): Promise<void> {
  const client = await clientOf(trigger, deps);
  const choices = await deps.reading(l10n.t('Reading the actions…'), (signal) => linkChoices(trigger.name, client, deps.format, signal));
  if (choices.length === 0) {
    deps.say(l10n.t('There is no action yet. Create one first.'));
    return;
  }
  const picked = await deps.prompts.pickMany<LinkChoice>({
    title: titleOf(trigger),
    placeholder: l10n.t('Which actions does it start? Those ticked are linked now.'),
    items: linkRows(choices),
  });
  const link = picked.filter(({ isLinked }) => !isLinked);
  const unlink = choices.filter((choice) => choice.isLinked && !picked.includes(choice));
  if (link.length + unlink.length === 0) deps.say(l10n.t('Nothing was changed: trigger "{0}" starts the same actions as before.', trigger.name));
  else await change(trigger, { link, unlink }, client, deps);
}

/**
 * The same for a trigger that was just created, where the question may be left unanswered. Where the actions cannot be read, that is told:
 * they can be linked later.
 * @throws CancelledError where it was closed
 */
export async function linkFirstActions(trigger: TriggerOf, deps: LinkDeps): Promise<void> {
  const client = await clientOf(trigger, deps);
  const choices = await deps.reading(l10n.t('Reading the actions…'), (signal) => linkChoices(trigger.name, client, deps.format, signal))
    .catch((error: unknown): readonly LinkChoice[] => {
      if (!(error instanceof CloudError)) throw error;
      deps.report('Reading the actions', error, trigger.place.account);
      return [];
    });
  if (choices.length === 0) return;
  const link = await deps.prompts.pickMany<LinkChoice>({
    title: titleOf(trigger),
    placeholder: l10n.t('Which actions does it start? They can be linked later, too.'),
    items: linkRows(choices),
  });
  if (link.length > 0) await change(trigger, { link, unlink: [] }, client, deps);
}

/**
 * Asks, and unlinks one action; the action itself stays.
 * @param linkedName as the service writes it
 * @throws CancelledError where the user does not want to; CloudError where the name is none
 */
export async function unlinkAction(trigger: TriggerOf, linkedName: string, deps: LinkDeps): Promise<void> {
  const named = linkedAction(linkedName);
  if (named === undefined) throw new CloudError('notFound', { reason: 'resourceGone', operation: 'write', mayHaveArrived: false });
  const client = await clientOf(trigger, deps);
  const action = await surely(linkedName, named, client, deps);
  await deps.prompts.confirm({
    message: l10n.t('Unlink action "{0}" from trigger "{1}"?', linkedText(action), trigger.name),
    detail: l10n.t('The trigger does not start it any more. The action itself stays.'),
    verb: l10n.t('Unlink'),
  });
  await change(trigger, { link: [], unlink: [action] }, client, deps);
}

type Client = Pick<FunctionsClient, 'listPackages' | 'listActions' | 'getTrigger' | 'linkAction' | 'unlinkAction'>;

/** A name alone may be that of an action in a package (cloudfunctions.md §7.2): where there is none without, all are looked at. */
async function surely(linkedName: string, named: ActionName, client: Client, { reading, format }: LinkDeps): Promise<ActionName> {
  if (named.pkg !== DEFAULT_PACKAGE || linkedName.includes('/')) return named;
  return reading(l10n.t('Reading the actions…'), async (signal) => {
    const own = await client.listActions(DEFAULT_PACKAGE, signal);
    if (own.some(({ name }) => name === named.name)) return named;
    return linkedAmong(linkedName, await allActions(client, format, signal)) ?? named;
  });
}

async function change(trigger: TriggerOf, changes: LinkChanges, client: Client, deps: LinkDeps): Promise<void> {
  const { place: { account }, name } = trigger;
  const outcome = await deps.progress(l10n.t('Changing the actions of trigger "{0}"…', name), (signal) => applyLinks(name, changes, client, signal));
  deps.changed([triggerResource(name, undefined, trigger.place).ref]);
  const done = doneText(outcome, name, deps.format);
  if (done !== undefined) deps.say(done);
  const problem = linkProblem(outcome, account.name);
  if (problem !== undefined) reportingDeletions('Linking actions', deps, [account])(problem, account);
}

/** What was done, where something was or may have been. */
function doneText({ link, unlink, isCalledOff, underWay }: LinkOutcome, trigger: string, format: Formatter): string | undefined {
  const texts = [
    ...someText(link, (name) => l10n.t('Action "{0}" is linked to trigger "{1}".', name, trigger),
      (count) => l10n.t('{0} actions are linked to trigger "{1}".', count, trigger), format),
    ...someText(unlink, (name) => l10n.t('Action "{0}" is not linked to trigger "{1}" any more.', name, trigger),
      (count) => l10n.t('{0} actions are not linked to trigger "{1}" any more.', count, trigger), format),
  ];
  if (!isCalledOff) return texts.length === 0 ? undefined : texts.join(' ');
  if (underWay !== undefined) return [underWayText(underWay, trigger), ...texts].join(' ');
  return texts.length === 0 ? undefined : [l10n.t('Cancelled.'), ...texts].join(' ');
}

function underWayText({ action, isLink }: NonNullable<LinkOutcome['underWay']>, trigger: string): string {
  const name = linkedText(action);
  return isLink
    ? l10n.t('Cancelled before an answer came. Action "{0}" may or may not have been linked to trigger "{1}".', name, trigger)
    : l10n.t('Cancelled before an answer came. Action "{0}" may or may not have been unlinked from trigger "{1}".', name, trigger);
}

function someText(
  actions: readonly ActionName[], one: (name: string) => string, many: (count: string) => string, format: Formatter,
): readonly string[] {
  const [first] = actions;
  if (first === undefined) return [];
  return [actions.length === 1 ? one(linkedText(first)) : many(format.count(actions.length))];
}

function titleOf({ name }: TriggerOf): string {
  return l10n.t('Link Actions to Trigger "{0}"', name);
}

async function clientOf({ place: { account, region } }: TriggerOf, deps: LinkDeps): Promise<Client> {
  return deps.client(account.id, region);
}
