import { BackError } from './prompts.ts';
import type { Prompts } from './prompts.ts';

/** One question of a wizard, or a few that belong together. */
export interface WizardStep<D> {
  readonly id: string;
  /** False while the answers so far make the question pointless. */
  readonly applies?: (draft: D) => boolean;
  /**
   * Asks, and writes the answer into the draft. May return the id of the step to go to next, in place of the one that follows.
   * @throws BackError, CancelledError from the prompts
   */
  readonly run: (prompts: Prompts, draft: D) => Promise<string | undefined>;
}

/**
 * Runs the steps in order, with step counts and Back. The draft is written to and never reset: stepping back shows what was
 * answered, and stepping forward again keeps it. Ends when the step after the last one is reached.
 * @param startAt id of the first step, where it is not the first that applies
 * @throws CancelledError when the user closed a question
 */
export async function runWizard<D>(
  prompts: Prompts, title: string, steps: readonly WizardStep<D>[], draft: D, startAt?: string,
): Promise<void> {
  const visited: string[] = [];
  const applicable = (): readonly WizardStep<D>[] => steps.filter((step) => step.applies?.(draft) ?? true);
  let current = startAt === undefined ? applicable()[0] : steps.find(({ id }) => id === startAt);
  while (current !== undefined) {
    const shown = applicable();
    const index = shown.indexOf(current);
    const place = { title, step: index + 1, totalSteps: shown.length, canGoBack: visited.length > 0 };
    const step: WizardStep<D> = current;
    try {
      const goTo = await step.run(prompts.at(place), draft);
      visited.push(step.id);
      current = goTo === undefined ? following(steps, step, draft) : steps.find(({ id }) => id === goTo);
    } catch (error) {
      if (!(error instanceof BackError)) throw error;
      current = lastOf(visited, applicable()) ?? step;
    }
  }
}

function following<D>(steps: readonly WizardStep<D>[], step: WizardStep<D>, draft: D): WizardStep<D> | undefined {
  return steps.slice(steps.indexOf(step) + 1).find((next) => next.applies?.(draft) ?? true);
}

/** The question answered last that still makes sense; the ones passed over are forgotten. */
function lastOf<D>(visited: string[], shown: readonly WizardStep<D>[]): WizardStep<D> | undefined {
  for (let id = visited.pop(); id !== undefined; id = visited.pop()) {
    const step = shown.find((candidate) => candidate.id === id);
    if (step !== undefined) return step;
  }
  return undefined;
}
