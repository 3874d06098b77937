import * as l10n from '@vscode/l10n';

import type { InputNote } from '../host/prompts.ts';
import type { WizardStep } from '../host/wizard.ts';
import type { AccessLevel, Stage } from '../model/account.ts';
import { accessName, stageName } from '../model/accountWords.ts';
import type { Draft } from './draft.ts';
import { defaultLane } from './profile.ts';
import { checkKey, checkName } from './validation.ts';

type Step = WizardStep<Draft>;

/** Which cloud; only where the wizard was not opened for one. */
export function providerStep(): Step {
  return {
    id: 'provider',
    run: async (prompts, draft) => {
      draft.provider = await prompts.pick({
        placeholder: l10n.t('Which cloud?'),
        active: draft.provider,
        items: [
          { label: 'NAVER Cloud', detail: l10n.t('Data Stream and Cloud Functions'), value: 'naver' as const },
          { label: 'NHN Cloud', detail: l10n.t('EasyQueue'), value: 'nhn' as const },
        ],
      });
      return undefined;
    },
  };
}

/** The account's name; `others` are the names that are taken. */
export function nameStep(others: () => readonly string[]): Step {
  return {
    id: 'name',
    run: async (prompts, draft) => {
      const check = (text: string) => checkName(text, others());
      const text = await prompts.input({
        prompt: l10n.t('Name of the account, as the tree shows it'),
        placeholder: 'acme-dev',
        value: draft.name,
        validate: (typed) => check(typed).note,
        onBack: (typed) => { draft.name = typed; },
      });
      draft.name = check(text).value ?? text;
      return undefined;
    },
  };
}

/** The access key id (NAVER) or user access key id (NHN). */
export function keyIdStep(): Step {
  return {
    id: 'keyId',
    applies: isReal,
    run: async (prompts, draft) => {
      const isNaver = draft.provider === 'naver';
      const text = await prompts.input({
        prompt: isNaver
          ? l10n.t('Access Key ID, from My Page > Manage Authentication Keys, or from the sub account')
          : l10n.t('User Access Key ID, from API Security Settings; its token type is Opaque'),
        placeholder: draft.stored === undefined ? '' : l10n.t('Leave it empty to keep the stored key'),
        value: draft.keyId,
        validate: (typed) => keyNote(typed, draft.stored !== undefined),
        onBack: (typed) => { draft.keyId = typed.trim(); },
      });
      draft.keyId = checkKey(text).value ?? '';
      return 'secret';
    },
  };
}

/** The secret key, never shown. A stored one stays where nothing is typed, unless the key id is new. */
export function secretStep(): Step {
  return {
    id: 'secret',
    applies: isReal,
    run: async (prompts, draft) => {
      const canKeep = draft.stored !== undefined && draft.keyId === '';
      const text = await prompts.input({
        prompt: draft.provider === 'naver' ? l10n.t('Secret Key') : l10n.t('Secret Access Key'),
        placeholder: canKeep ? l10n.t('Leave it empty to keep the stored key') : '',
        value: draft.secret,
        isSecret: true,
        validate: (typed) => keyNote(typed, canKeep),
        onBack: (typed) => { draft.secret = typed.trim(); },
      });
      draft.secret = checkKey(text).value ?? '';
      return undefined;
    },
  };
}

/** How much harm a mistake can do. */
export function stageStep(): Step {
  return {
    id: 'stage',
    run: async (prompts, draft) => {
      const details: Readonly<Record<Stage, string>> = {
        dev: l10n.t('For trying things out'),
        staging: l10n.t('Like production, for tests'),
        prod: l10n.t('What customers depend on: starts read-only, and sending asks first'),
      };
      const stages: readonly Stage[] = ['dev', 'staging', 'prod'];
      const stage = await prompts.pick({
        placeholder: l10n.t('Which stage is it?'),
        active: draft.stage,
        items: stages.map((value) => ({ label: stageName(value), description: value.toUpperCase(), detail: details[value], value })),
      });
      if (stage !== draft.stage) Object.assign(draft, defaultLane(stage));
      return 'access';
    },
  };
}

/** What may leave this machine in the account's name. */
export function accessStep(): Step {
  return {
    id: 'access',
    run: async (prompts, draft) => {
      const details: Readonly<Record<AccessLevel, string>> = {
        'read-only': l10n.t('Nothing is sent and nothing is changed'),
        'send-only': l10n.t('Messages are sent, resources stay as they are'),
        full: l10n.t('Messages are sent, resources are created, changed and deleted'),
      };
      const levels: readonly AccessLevel[] = ['read-only', 'send-only', 'full'];
      draft.access = await prompts.pick({
        placeholder: l10n.t('What may be done with this account from here?'),
        active: draft.access,
        items: levels.map((value) => ({ label: accessName(value), detail: details[value], value })),
      });
      return undefined;
    },
  };
}

function isReal({ isDemo }: Draft): boolean {
  return !isDemo;
}

function keyNote(typed: string, canKeep: boolean): InputNote | undefined {
  return typed.trim() === '' && canKeep ? undefined : checkKey(typed).note;
}
