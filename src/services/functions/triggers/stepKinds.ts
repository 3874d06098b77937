import type { WizardStep } from '../../../host/wizard.ts';
import { asking } from '../../createWizard.ts';
import { errorNote } from '../wizardParts.ts';
import type { TriggerDraft } from './triggerDraft.ts';

/** A question about a new trigger. */
export type Step = WizardStep<TriggerDraft>;

/** Answers that are one text. */
type TextField = 'time' | 'username' | 'repository' | 'product' | 'apiName' | 'stageName' | 'secretName';

/** A question that is answered with a text. */
export interface TextStep {
  readonly field: TextField;
  readonly applies: (draft: TriggerDraft) => boolean;
  readonly prompt: () => string;
  readonly placeholder?: string;
  readonly problemOf: (text: string) => string | undefined;
}

/** Asks for a text; blanks around it are dropped. */
export function textStep({ field, applies, prompt, placeholder, problemOf }: TextStep): Step {
  return {
    id: field,
    applies,
    run: async (prompts, draft) => {
      const keep = (typed: string): void => void (draft[field] = typed.trim());
      keep(await prompts.input({
        prompt: asking(draft, field, prompt()),
        placeholder,
        value: draft[field],
        validate: (text) => errorNote(problemOf(text.trim())),
        onBack: keep,
      }));
      return undefined;
    },
  };
}
