import * as l10n from '@vscode/l10n';

import type { WizardStep } from '../host/wizard.ts';
import type { FunctionsRegion, NaverZone } from '../model/account.ts';
import { platformName, regionName, zoneName } from '../model/accountWords.ts';
import type { Draft } from './draft.ts';

/** What only a NAVER Cloud account is asked. */
export function naverSteps(): readonly WizardStep<Draft>[] {
  return [
    keyOwnerStep(),
    {
      id: 'zone',
      applies: isNaver,
      run: async (prompts, draft) => {
        const details: Readonly<Record<NaverZone, string>> = {
          public: l10n.t('Data Stream and Cloud Functions'),
          financial: l10n.t('Cloud Functions only'),
          government: l10n.t('Cloud Functions only'),
        };
        const zones: readonly NaverZone[] = ['public', 'financial', 'government'];
        draft.zone = await prompts.pick({
          placeholder: l10n.t('Which zone is the account in?'),
          active: draft.zone,
          items: zones.map((value) => ({ label: zoneName(value), detail: details[value], value })),
        });
        return undefined;
      },
    },
    {
      id: 'regions',
      applies: isPublic,
      run: async (prompts, draft) => {
        const regions: readonly FunctionsRegion[] = ['KR', 'SG', 'JP'];
        draft.regions = await prompts.pickMany({
          placeholder: l10n.t('In which regions is Cloud Functions used?'),
          items: regions.map((value) => ({ label: value, description: regionName(value), value, isPicked: draft.regions.includes(value) })),
          validate: (values) => (values.length === 0 ? l10n.t('Choose at least one region.') : undefined),
        });
        return undefined;
      },
    },
    {
      id: 'platform',
      applies: isPublic,
      run: async (prompts, draft) => {
        const isAbroad = draft.regions.some((region) => region !== 'KR');
        draft.platform = await prompts.pick({
          placeholder: l10n.t('On which platform are the functions?'),
          active: draft.platform,
          items: [
            { label: platformName('vpc'), value: 'vpc' as const },
            // Singapore and Japan have VPC alone (cloudfunctions.md §1.1).
            { label: platformName('classic'), detail: isAbroad ? l10n.t('In Korea only; Singapore and Japan have VPC alone') : undefined, value: 'classic' as const },
          ],
        });
        return undefined;
      },
    },
  ];
}

/** Whose key it is: a main account's cannot send messages (datastream.md §1). */
export function keyOwnerStep(): WizardStep<Draft> {
  return {
    id: 'keyOwner',
    applies: isNaver,
    run: async (prompts, draft) => {
      draft.keyOwner = await prompts.pick({
        placeholder: l10n.t('Whose key is it?'),
        active: draft.keyOwner,
        items: [
          { label: l10n.t('A sub account\'s'), detail: l10n.t('Can do what its policies allow, sending messages included'), value: 'sub' as const },
          { label: l10n.t('The main account\'s'), detail: l10n.t('Cannot send messages: Data Stream refuses the keys of main accounts there'), value: 'main' as const },
        ],
      });
      return undefined;
    },
  };
}

function isNaver({ provider, isDemo }: Draft): boolean {
  return provider === 'naver' && !isDemo;
}

function isPublic(draft: Draft): boolean {
  return isNaver(draft) && draft.zone === 'public';
}
