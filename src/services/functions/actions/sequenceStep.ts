import * as l10n from '@vscode/l10n';

import type { FunctionsClient } from '../../../api/functions/client.ts';
import { withHeading } from '../../../host/prompts.ts';
import type { LoadItems, PickItem, Prompts } from '../../../host/prompts.ts';
import type { WizardStep } from '../../../host/wizard.ts';
import { ifThere } from '../../../model/cloudError.ts';
import { DEFAULT_PACKAGE } from '../../../model/functions.ts';
import type { Action, ActionName } from '../../../model/functions.ts';
import { asking } from '../../createWizard.ts';
import { componentPath } from './actionDraft.ts';
import type { ActionDraft } from './actionDraft.ts';

/** Reads the actions there are, package by package; what was read is kept while the wizard is open. */
export type LoadActions = (show: (actions: readonly Action[]) => void, signal: AbortSignal) => Promise<void>;

/** What a row of the pick does. */
type Choice = { readonly kind: 'done' } | { readonly kind: 'add'; readonly action: ActionName } | { readonly kind: 'at'; readonly index: number };

/** Reads the actions of all packages once. */
export function actionLoader(client: Pick<FunctionsClient, 'listPackages' | 'listActions'>): LoadActions {
  const known = new Map<string, readonly Action[]>();
  return async (show, signal) => {
    if (known.size > 0) show([...known.values()].flat());
    const packages = await client.listPackages(signal);
    for (const name of [DEFAULT_PACKAGE, ...packages.map((pkg) => pkg.name).filter((one) => one !== DEFAULT_PACKAGE)]) {
      if (known.has(name)) continue;
      // A package that was deleted meanwhile has none.
      known.set(name, (await ifThere(client.listActions(name, signal))) ?? []);
      show([...known.values()].flat());
    }
  };
}

/** Asks for the actions of a sequence: one after another, each with its number; what was chosen can be moved and removed. */
export function sequenceStep(load: LoadActions): WizardStep<ActionDraft> {
  return {
    id: 'components',
    applies: ({ source }) => source === 'sequence',
    run: async (prompts, draft) => {
      for (;;) {
        const choice = await prompts.pick({ placeholder: asking(draft, 'components', questionOf(draft.components)), items: rowsOf(draft.components, load) });
        if (choice.kind === 'done') return undefined;
        draft.components = choice.kind === 'add' ? [...draft.components, choice.action] : await rearranged(prompts, draft.components, choice.index);
      }
    },
  };
}

function questionOf(components: readonly ActionName[]): string {
  return components.length === 0
    ? l10n.t('Choose the action that runs first')
    : l10n.t('Choose the action that runs next, or one in the order to move it');
}

function rowsOf(components: readonly ActionName[], load: LoadActions): LoadItems<Choice> {
  const done: PickItem<Choice> = {
    label: components.length === 1 ? l10n.t('Done: 1 action') : l10n.t('Done: {0} actions', components.length),
    icon: 'check', value: { kind: 'done' }, alwaysShow: true,
  };
  const inOrder = components.map((action, index): PickItem<Choice> => ({
    label: `${index + 1}. ${componentPath(action)}`, value: { kind: 'at', index },
  }));
  const first = components.length === 0 ? [] : [done, ...withHeading(inOrder, l10n.t('In this order'))];
  return async (show, signal) => {
    show(first);
    await load((actions) => {
      const others = actions.map((action): PickItem<Choice> => ({
        label: componentPath(action), description: action.runtime, value: { kind: 'add', action: { pkg: action.pkg, name: action.name } },
      }));
      show([...first, ...withHeading(others, l10n.t('Add'))]);
    }, signal);
  };
}

type Move = 'up' | 'down' | 'remove';

async function rearranged(prompts: Prompts, components: readonly ActionName[], index: number): Promise<readonly ActionName[]> {
  const action = components[index];
  if (action === undefined) return components;
  const items: readonly PickItem<Move>[] = [
    ...(index > 0 ? [{ label: l10n.t('Move up'), icon: 'arrow-up', value: 'up' as const }] : []),
    ...(index < components.length - 1 ? [{ label: l10n.t('Move down'), icon: 'arrow-down', value: 'down' as const }] : []),
    { label: l10n.t('Remove'), icon: 'close', value: 'remove' },
  ];
  const move = await prompts.pick({ placeholder: `${index + 1}. ${componentPath(action)}`, items });
  return moved(components, index, move);
}

/** The list with one of it moved by a place, or removed. */
export function moved<T>(list: readonly T[], index: number, move: Move): readonly T[] {
  const rest = list.toSpliced(index, 1);
  if (move === 'remove') return rest;
  return rest.toSpliced(move === 'up' ? Math.max(0, index - 1) : index + 1, 0, ...list.slice(index, index + 1));
}
