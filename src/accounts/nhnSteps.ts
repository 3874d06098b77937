import * as l10n from '@vscode/l10n';

import type { WizardStep } from '../host/wizard.ts';
import type { EasyQueueRegion } from '../model/account.ts';
import { regionName } from '../model/accountWords.ts';
import type { Draft } from './draft.ts';
import { checkAppKey, checkLabel } from './validation.ts';

type Choice = { readonly do: 'done' } | { readonly do: 'add' } | { readonly do: 'edit' | 'remove'; readonly index: number };

/** What only an NHN Cloud account is asked: its app keys, as many as there are. */
export function nhnSteps(): readonly WizardStep<Draft>[] {
  return [
    {
      id: 'appKeys',
      applies: (draft) => isNhn(draft) && draft.appKeys.length > 0,
      run: async (prompts, draft) => {
        const choice = await prompts.pick<Choice>({
          placeholder: l10n.t('App keys of EasyQueue'),
          items: [
            { label: l10n.t('Done'), icon: 'check', value: { do: 'done' } },
            { label: l10n.t('Add another app key'), icon: 'add', value: { do: 'add' } },
            ...draft.appKeys.flatMap(({ label, appKey, region }, index) => [
              { label: l10n.t('Edit "{0}"', label), description: `${region} · ${appKey}`, icon: 'edit', value: { do: 'edit' as const, index } },
              { label: l10n.t('Take "{0}" out', label), description: `${region} · ${appKey}`, icon: 'trash', value: { do: 'remove' as const, index } },
            ]),
          ],
        });
        switch (choice.do) {
          case 'done':
            return draft.isReviewed ? 'review' : 'stage';
          case 'add':
            draft.typing = { index: draft.appKeys.length, appKey: '', label: '', region: draft.appKeys.at(-1)?.region ?? 'KR1' };
            return 'appKey';
          case 'edit': {
            const chosen = draft.appKeys[choice.index];
            if (chosen !== undefined) draft.typing = { index: choice.index, ...chosen };
            return 'appKey';
          }
          case 'remove':
            draft.appKeys = draft.appKeys.filter((_, index) => index !== choice.index);
            draft.typing = { index: draft.appKeys.length, appKey: '', label: '', region: 'KR1' };
            return draft.appKeys.length === 0 ? 'appKey' : 'appKeys';
        }
      },
    },
    {
      id: 'appKey',
      applies: isNhn,
      run: async (prompts, draft) => {
        const others = othersOf(draft).map(({ appKey }) => appKey);
        const text = await prompts.input({
          prompt: l10n.t('App key of EasyQueue, from "URL & Appkey" in its console'),
          value: draft.typing.appKey,
          validate: (typed) => checkAppKey(typed, others).note,
          onBack: (typed) => { draft.typing.appKey = typed; },
        });
        draft.typing.appKey = checkAppKey(text, others).value ?? text;
        return 'label';
      },
    },
    {
      id: 'label',
      applies: isNhn,
      run: async (prompts, draft) => {
        const others = othersOf(draft).map(({ label }) => label);
        const text = await prompts.input({
          prompt: l10n.t('Label of this app key, as the tree shows it'),
          placeholder: 'shop',
          value: draft.typing.label,
          validate: (typed) => checkLabel(typed, others).note,
          onBack: (typed) => { draft.typing.label = typed; },
        });
        draft.typing.label = checkLabel(text, others).value ?? text;
        return 'region';
      },
    },
    {
      id: 'region',
      applies: isNhn,
      run: async (prompts, draft) => {
        const regions: readonly EasyQueueRegion[] = ['KR1', 'KR2'];
        const region = await prompts.pick({
          placeholder: l10n.t('In which region is this app key?'),
          active: draft.typing.region,
          items: regions.map((value) => ({ label: value, description: regionName(value), value })),
        });
        draft.typing.region = region;
        const { index, appKey, label } = draft.typing;
        draft.appKeys = draft.appKeys.toSpliced(index, 1, { appKey, label, region });
        return 'appKeys';
      },
    },
  ];
}

function othersOf({ appKeys, typing }: Draft): Draft['appKeys'] {
  return appKeys.filter((_, index) => index !== typing.index);
}

function isNhn({ provider, isDemo }: Draft): boolean {
  return provider === 'nhn' && !isDemo;
}
