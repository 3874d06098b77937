import * as l10n from '@vscode/l10n';

import type { Prompts } from '../host/prompts.ts';
import { runWizard } from '../host/wizard.ts';
import type { WizardStep } from '../host/wizard.ts';
import { accessStep, keyIdStep, nameStep, providerStep, secretStep, stageStep } from './commonSteps.ts';
import type { Draft } from './draft.ts';
import { endpointSteps } from './endpointSteps.ts';
import { naverSteps } from './naverSteps.ts';
import { nhnSteps } from './nhnSteps.ts';
import { reviewStep } from './reviewStep.ts';
import type { ReviewDeps } from './reviewStep.ts';

/** What the account wizard needs. */
export interface AccountWizardDeps extends ReviewDeps {
  readonly prompts: Prompts;
  /** Names of all other accounts. */
  readonly otherNames: () => readonly string[];
}

/**
 * Asks for an account, tests it and saves it. A new one is asked for step by step; one that is changed starts at the last step,
 * from which every answer can be reached; a copy starts with its name.
 * @throws CancelledError when the user closed it; then nothing is saved
 */
export async function runAccountWizard({ prompts, otherNames, ...review }: AccountWizardDeps, draft: Draft): Promise<void> {
  const isCopy = draft.isNew && draft.isReviewed;
  const title = draft.isNew
    ? isCopy ? l10n.t('Duplicate Account') : l10n.t('Add Account')
    : l10n.t('Edit Account "{0}"', draft.name);
  const questions = [
    ...(draft.isNew && !isCopy ? [providerStep()] : []),
    nameStep(otherNames),
    keyIdStep(),
    secretStep(),
    ...naverSteps(),
    ...nhnSteps(),
    stageStep(),
    accessStep(),
    ...endpointSteps(),
  ].map(leadingBack);
  const first = draft.isReviewed && !isCopy ? 'review' : undefined;
  await runWizard(prompts, title, [...questions, reviewStep(review)], draft, first);
}

/** Once the last step was reached, an answer leads back to it, unless it leads somewhere itself. */
function leadingBack(step: WizardStep<Draft>): WizardStep<Draft> {
  return { ...step, run: async (prompts, draft) => await step.run(prompts, draft) ?? (draft.isReviewed ? 'review' : undefined) };
}
