import * as l10n from '@vscode/l10n';

import type { WizardStep } from '../../host/wizard.ts';
import { asking } from '../createWizard.ts';
import type { CreateDraft } from '../createWizard.ts';
import { descriptionProblem, MAX_DESCRIPTION_LENGTH } from './checks.ts';

/** Asks for the description of a topic or a connector. */
export function descriptionStep<D extends CreateDraft & { description: string }>(): WizardStep<D> {
  const note = (text: string) => {
    const message = descriptionProblem(text.trim());
    return message === undefined ? undefined : { severity: 'error' as const, message };
  };
  return {
    id: 'description',
    run: async (prompts, draft) => {
      const keep = (typed: string): void => void Object.assign(draft, { description: typed.trim() });
      keep(await prompts.input({
        prompt: asking(draft, 'description', l10n.t('Description, at most {0} characters. It can stay empty.', MAX_DESCRIPTION_LENGTH)),
        value: draft.description,
        validate: note,
        onBack: keep,
      }));
      return undefined;
    },
  };
}
