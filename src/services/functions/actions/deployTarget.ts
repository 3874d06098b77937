import * as l10n from '@vscode/l10n';

import type { PickItem } from '../../../host/prompts.ts';
import { facts } from '../../../model/format.ts';
import { IMAGE_RUNTIME, SEQUENCE_RUNTIME } from '../../../model/functions.ts';
import type { Action } from '../../../model/functions.ts';
import type { ActionTarget, FunctionsDeps, FunctionsPlace } from '../context.ts';
import { placesOf } from '../places.ts';
import { componentPath } from './actionDraft.ts';
import { whereOf } from './deployBinding.ts';
import type { DeployBinding } from './deployBinding.ts';
import { pickPlace } from './placePick.ts';
import { actionLoader } from './sequenceStep.ts';

/** Where a file is to go: an action that is there, or a new one. */
export type Destination = { readonly kind: 'action'; readonly target: ActionTarget } | { readonly kind: 'new'; readonly place: FunctionsPlace };

/** The action a file was bound to; undefined where its account or region is gone, or the account is pointed elsewhere now. */
export function boundTarget(binding: DeployBinding | undefined, { account: accountOf }: Pick<FunctionsDeps, 'account'>): ActionTarget | undefined {
  if (binding === undefined) return undefined;
  const account = accountOf(binding.accountId);
  if (account === undefined || binding.where === undefined || binding.where !== whereOf(account, binding.region)) return undefined;
  const place = placesOf(account).find(({ region }) => region === binding.region);
  return place && { place, pkg: binding.pkg, name: binding.name };
}

/** Asks which account, region and action; actions show as they are read. @throws CancelledError */
export async function askDestination(name: string, { prompts, accounts, client }: Pick<FunctionsDeps, 'prompts' | 'accounts' | 'client'>): Promise<Destination> {
  const place = await pickPlace(prompts, accounts(), l10n.t('Where is "{0}" deployed?', name));
  const load = actionLoader(await client(place.account.id, place.region));
  const fresh: PickItem<Destination> = { label: l10n.t('New action…'), icon: 'add', value: { kind: 'new', place }, alwaysShow: true };
  return prompts.pick<Destination>({
    placeholder: l10n.t('Deploy "{1}" to which action of account "{0}"?', place.account.name, name),
    items: async (show, signal) => {
      show([fresh]);
      await load((actions) => {
        show([fresh, ...actions.map((action) => rowOf(action, place))]);
      }, signal);
    },
  });
}

function rowOf(action: Action, place: FunctionsPlace): PickItem<Destination> {
  const { pkg, name, runtime, type } = action;
  const why = whyNoCode(action);
  return {
    label: componentPath(action),
    description: facts(runtime === type ? undefined : runtime, type),
    value: { kind: 'action', target: { place, pkg, name } },
    ...(why === undefined ? {} : { unavailable: why }),
  };
}

/** Why an action takes no code; undefined where it does. */
export function whyNoCode({ name, runtime }: Pick<Action, 'name' | 'runtime'>): string | undefined {
  if (runtime === SEQUENCE_RUNTIME) return l10n.t('Action "{0}" is a sequence: it runs other actions and has no code. Edit its settings to change them.', name);
  if (runtime === IMAGE_RUNTIME) return l10n.t('Action "{0}" is a container image: push a new image to its registry.', name);
  return undefined;
}
