import * as l10n from '@vscode/l10n';

import type { FunctionsClient } from '../../../api/functions/client.ts';
import type { PickItem } from '../../../host/prompts.ts';
import { ifThere } from '../../../model/cloudError.ts';
import { facts } from '../../../model/format.ts';
import type { Formatter } from '../../../model/format.ts';
import { DEFAULT_PACKAGE } from '../../../model/functions.ts';
import type { Action, ActionName } from '../../../model/functions.ts';
import { lookAtEach } from '../../deletion.ts';
import { packageText } from '../wizardParts.ts';
import { isSameAction, linkedAmong, linkedText } from './linkedName.ts';

/** An action that is linked to a trigger, or can be. */
export interface LinkChoice extends ActionName {
  readonly isLinked: boolean;
  /** Undefined for one that is linked, and is not there any more. */
  readonly action: Action | undefined;
}

type Client = Pick<FunctionsClient, 'listPackages' | 'listActions' | 'getTrigger'>;

/**
 * All actions, a request for each package, with those marked that the trigger starts. All of them are read before anything is asked: an
 * answer given to half of them would unlink the others.
 */
export async function linkChoices(trigger: string, client: Client, format: Formatter, signal: AbortSignal): Promise<readonly LinkChoice[]> {
  const [{ actions: linkedNames }, actions] = await Promise.all([client.getTrigger(trigger, signal), allActions(client, format, signal)]);
  const linked = linkedNames.flatMap((text) => linkedAmong(text, actions) ?? []);
  const missing = linked.filter((name) => !actions.some((action) => isSameAction(action, name)));
  return [
    ...missing.map((name): LinkChoice => ({ ...name, isLinked: true, action: undefined })),
    ...actions.map((action): LinkChoice => ({ pkg: action.pkg, name: action.name, isLinked: linked.some((name) => isSameAction(name, action)), action })),
  ];
}

/** All actions of a region, package by package. */
export async function allActions(client: Pick<Client, 'listPackages' | 'listActions'>, format: Formatter, signal: AbortSignal): Promise<readonly Action[]> {
  const others = (await client.listPackages(signal)).map(({ name }) => name).filter((name) => name !== DEFAULT_PACKAGE);
  // A package may have gone meanwhile.
  const lists = await lookAtEach([DEFAULT_PACKAGE, ...others.toSorted((a, b) => format.compare(a, b))], (pkg) => ifThere(client.listActions(pkg, signal)));
  return lists.flatMap((actions) => actions.toSorted((a, b) => format.compare(a.name, b.name)));
}

/** The rows of a question, below the names of their packages. */
export function linkRows(choices: readonly LinkChoice[]): readonly PickItem<LinkChoice>[] {
  return choices.map((choice, index): PickItem<LinkChoice> => {
    const before = choices[index - 1];
    const isFirst = before?.pkg !== choice.pkg || (before.action === undefined) !== (choice.action === undefined);
    const heading = choice.action === undefined ? l10n.t('Linked, but deleted') : packageText(choice.pkg);
    const { runtime, type } = choice.action ?? {};
    return {
      label: linkedText(choice),
      description: facts(runtime === type ? undefined : runtime, type),
      value: choice,
      isPicked: choice.isLinked,
      ...(isFirst && (choice.action !== undefined || index === 0) ? { heading } : {}),
    };
  });
}
