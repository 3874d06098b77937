import * as l10n from '@vscode/l10n';

import type { PickItem } from '../../../host/prompts.ts';
import type { WizardStep } from '../../../host/wizard.ts';
import type { Formatter } from '../../../model/format.ts';
import { MAX_TIMEOUT_MS, MEMORY_MB, MIN_TIMEOUT_MS } from '../../../model/functionNames.ts';
import { runtimeOf } from '../../../model/functionRuntimes.ts';
import { DEFAULT_PACKAGE } from '../../../model/functions.ts';
import type { FunctionsPackage } from '../../../model/functions.ts';
import { asking } from '../../createWizard.ts';
import type { CreateDraft } from '../../createWizard.ts';
import { hasCode, readTimeout } from './actionDraft.ts';
import type { ActionDraft } from './actionDraft.ts';
import { errorNote, packageText } from '../wizardParts.ts';

type Step = WizardStep<ActionDraft>;

/** Asks which package a new action is for. @param isKnown whether the row it was started from says it */
export function packageStep<D extends CreateDraft & { pkg: string }>(packages: readonly FunctionsPackage[], isKnown: boolean): WizardStep<D> {
  const names = [DEFAULT_PACKAGE, ...packages.map(({ name }) => name).filter((name) => name !== DEFAULT_PACKAGE)];
  return {
    id: 'package',
    applies: ({ isReviewed }) => !isKnown || isReviewed,
    run: async (prompts, draft) => {
      const items = names.map((pkg): PickItem<string> => ({
        label: packageText(pkg), value: pkg, description: packages.find(({ name }) => name === pkg)?.description,
      }));
      const pkg = await prompts.pick({ placeholder: asking(draft, 'package', l10n.t('Package of the action')), items, active: draft.pkg });
      Object.assign(draft, { pkg });
      return undefined;
    },
  };
}

/** Asks whether HTTP reaches the action, and how. */
export function typeSteps(): readonly Step[] {
  return [
    {
      id: 'type',
      run: async (prompts, draft) => {
        const items: readonly PickItem<boolean>[] = [
          { label: l10n.t('Action'), detail: l10n.t('Run by hand, by triggers, and in sequences'), value: false },
          { label: l10n.t('Web action'), detail: l10n.t('Answers HTTP requests, too, through API Gateway'), value: true },
        ];
        draft.isWeb = await prompts.pick({ placeholder: asking(draft, 'type', l10n.t('Type of the action. It cannot be changed later.')), items, active: draft.isWeb });
        return draft.isWeb && draft.isReviewed ? 'web' : undefined;
      },
    },
    {
      id: 'web',
      applies: ({ isWeb }) => isWeb,
      run: async (prompts, draft) => {
        const chosen = await prompts.pickMany<'raw' | 'options'>({
          placeholder: asking(draft, 'web', l10n.t('HTTP settings of the web action. Both can stay off.')),
          items: [
            { label: l10n.t('Raw HTTP'), detail: l10n.t('Gets query and body as they came, in place of parameters'), value: 'raw', isPicked: draft.isRawHttp },
            { label: l10n.t('Custom OPTIONS'), detail: l10n.t('Answers OPTIONS requests itself, in place of the service'), value: 'options', isPicked: draft.hasCustomOptions },
          ],
        });
        draft.isRawHttp = chosen.includes('raw');
        draft.hasCustomOptions = chosen.includes('options');
        return undefined;
      },
    },
  ];
}

/** Asks for entry function, memory and time limit. */
export function limitSteps(format: Formatter): readonly Step[] {
  return [mainStep(), memoryStep(format), timeoutStep(format)];
}

function mainStep(): Step {
  return {
    id: 'main',
    applies: hasCode,
    run: async (prompts, draft) => {
      const keep = (typed: string): void => void Object.assign(draft, { main: typed.trim() });
      keep(await prompts.input({
        prompt: asking(draft, 'main', l10n.t('Main function: what is called in the code.')),
        placeholder: runtimeOf(draft.runtime)?.defaultMain ?? 'main',
        value: draft.main,
        validate: (text) => errorNote(mainProblem(text)),
        onBack: keep,
      }));
      return undefined;
    },
  };
}

/** What is wrong with the name of an entry function, in the user's language; undefined where nothing is. */
function mainProblem(text: string): string | undefined {
  if (text.trim() === '') return l10n.t('Enter the name of the entry function.');
  return /\s/.test(text.trim()) ? l10n.t('The name of a function has no spaces.') : undefined;
}

function memoryStep(format: Formatter): Step {
  return {
    id: 'memoryMb',
    applies: ({ source }) => source !== 'sequence',
    run: async (prompts, draft) => {
      const items = MEMORY_MB.map((mb): PickItem<number> => ({ label: l10n.t('{0} MB', format.count(mb)), value: mb }));
      draft.memoryMb = await prompts.pick<number>({ placeholder: asking(draft, 'memoryMb', l10n.t('Memory of the action')), items, active: draft.memoryMb });
      return undefined;
    },
  };
}

function timeoutStep(format: Formatter): Step {
  return {
    id: 'timeoutMs',
    applies: ({ source }) => source !== 'sequence',
    run: async (prompts, draft) => {
      const keep = (typed: string): void => void Object.assign(draft, { timeout: typed.trim() });
      keep(await prompts.input({
        prompt: asking(draft, 'timeoutMs', l10n.t('Time limit, {0} to {1}: a run that takes longer is ended.', format.duration(MIN_TIMEOUT_MS), format.duration(MAX_TIMEOUT_MS))),
        value: draft.timeout,
        validate: (text) => {
          const read = readTimeout(text, format);
          return 'problem' in read ? errorNote(read.problem) : { severity: 'info', message: l10n.t('= {0} ms', format.count(read.value)) };
        },
        onBack: keep,
      }));
      return undefined;
    },
  };
}
