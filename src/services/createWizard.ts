import * as l10n from '@vscode/l10n';

import type { PickItem, Prompts } from '../host/prompts.ts';
import { runWizard } from '../host/wizard.ts';
import type { WizardStep } from '../host/wizard.ts';
import { CloudError, isOutcomeUnknown } from '../model/cloudError.ts';
import { problemOf, problemText } from '../model/problem.ts';
import type { Problem, Remedy } from '../model/problem.ts';
import type { Created } from './lookUp.ts';

/** What a wizard knows beside the answers. */
export interface CreateDraft {
  /** True once the last step was reached: from then on every answer leads back to it. */
  isReviewed: boolean;
  /** What came of creating it, for the step that this is about, and why. */
  trouble: { readonly step: string; readonly outcome: string; readonly text: string } | undefined;
}

/** A row of the last step: an answer, and the step that asks for it. */
export interface Answer {
  readonly label: string;
  readonly text: string;
  readonly step: string;
}

/**
 * Told of every failure that the wizard says itself, for the log, and with its problem where something outside the wizard mends it (an
 * account to unlock, keys to edit): the question stays open beside that.
 */
export type ReportFailure = (error: CloudError, problem: Problem | undefined) => void;

/** A wizard that creates something. */
export interface CreateWizard<D extends CreateDraft, T> {
  readonly prompts: Prompts;
  readonly onFailure: ReportFailure;
  readonly title: string;
  readonly accountName: string;
  readonly steps: readonly WizardStep<D>[];
  /** All answers so far. */
  readonly answers: (draft: D) => readonly Answer[];
  /** What is asked at the last step: `Create topic "h4j6l-orders"?` */
  readonly question: (draft: D) => string;
  readonly create: (draft: D) => Promise<Created<T>>;
  /** The step a refusal is about; undefined for the last one. */
  readonly stepOf: (error: CloudError) => string | undefined;
}

/** What the wizard offers anyway, or what mends nothing. */
const OWN_REMEDIES: readonly Remedy[] = ['retry', 'showLog'];

/** The step where every answer can be changed again. */
export const REVIEW = 'review';

/**
 * Asks step by step and creates. Where that is refused, the wizard goes on at the step concerned with all answers kept; an answer that
 * never came is looked up, and nothing is created twice.
 * @returns what is there now
 * @throws CancelledError when the user closed a question, or called the creation off
 */
export async function runCreateWizard<D extends CreateDraft, T>(wizard: CreateWizard<D, T>, draft: D): Promise<T> {
  const { prompts, title } = wizard;
  const steps = [...wizard.steps.map(leadingBack), reviewStep(wizard)];
  let startAt: string | undefined;
  for (;;) {
    await runWizard(prompts, title, steps, draft, startAt);
    try {
      const created = await wizard.create(draft);
      if ('thing' in created) return created.thing;
      const { missing: text, step = REVIEW, isCalledOff } = created;
      draft.trouble = { step, outcome: isCalledOff ? l10n.t('Cancelled.') : notCreated(), text };
    } catch (error) {
      draft.trouble = troubleOf(error, wizard);
    }
    startAt = draft.trouble.step;
  }
}

/** The text of a question; what stood in the way comes first. */
export function asking({ trouble }: CreateDraft, step: string, question: string): string {
  return trouble?.step === step ? `${trouble.outcome} ${trouble.text} ${question}` : question;
}

/** @throws what the wizard cannot mend: a cancellation, or a mistake of ours, which has to be logged */
function troubleOf<D extends CreateDraft, T>(error: unknown, { accountName, stepOf, onFailure }: CreateWizard<D, T>): CreateDraft['trouble'] & object {
  if (!(error instanceof CloudError)) throw error;
  const problem = problemOf(error, { accountName }) ?? { message: '', remedies: [] };
  onFailure(error, problem.remedies.some((remedy) => !OWN_REMEDIES.includes(remedy)) ? problem : undefined);
  if (isOutcomeUnknown(error)) {
    return { step: REVIEW, outcome: l10n.t('It may or may not have been created.'), text: problem.message };
  }
  return { step: stepOf(error) ?? REVIEW, outcome: notCreated(), text: problemText(problem) };
}

function notCreated(): string {
  return l10n.t('Not created.');
}

function leadingBack<D extends CreateDraft>(step: WizardStep<D>): WizardStep<D> {
  return {
    ...step,
    run: async (prompts, draft) => {
      const next = await step.run(prompts, draft);
      if (draft.trouble?.step === step.id) draft.trouble = undefined;
      return next ?? (draft.isReviewed ? REVIEW : undefined);
    },
  };
}

function reviewStep<D extends CreateDraft, T>({ answers, question }: CreateWizard<D, T>): WizardStep<D> {
  return {
    id: REVIEW,
    run: async (prompts, draft) => {
      draft.isReviewed = true;
      const rows = answers(draft).map(({ label, text, step }, index): PickItem<string | undefined> => ({
        label,
        description: text,
        value: step,
        ...(index === 0 ? { heading: l10n.t('Change') } : {}),
      }));
      const create: PickItem<string | undefined> = { label: l10n.t('Create'), icon: 'check', value: undefined, alwaysShow: true };
      const step = await prompts.pick({ placeholder: asking(draft, REVIEW, question(draft)), items: [create, ...troubleRows(draft), ...rows] });
      draft.trouble = undefined;
      return step;
    },
  };
}

/** The placeholder may be too narrow for a long refusal; choosing this row says all of it. */
function troubleRows({ trouble }: CreateDraft): readonly PickItem<string | undefined>[] {
  if (trouble?.step !== REVIEW) return [];
  return [{ label: trouble.outcome, icon: 'error', value: undefined, unavailable: trouble.text, alwaysShow: true }];
}
