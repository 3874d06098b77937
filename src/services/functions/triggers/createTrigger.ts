import * as l10n from '@vscode/l10n';

import type { FunctionsClient } from '../../../api/functions/client.ts';
import { stageBadge } from '../../../model/accountWords.ts';
import { CancelledError, type CloudError } from '../../../model/cloudError.ts';
import { runCreateWizard } from '../../createWizard.ts';
import type { Created } from '../../lookUp.ts';
import { createByPut } from '../createByPut.ts';
import { reportingFailures } from '../reporting.ts';
import { takenNames } from '../wizardParts.ts';
import type { FunctionsDeps, FunctionsPlace } from '../context.ts';
import { triggerFieldOf } from '../refusals.ts';
import { linkFirstActions } from './linkActions.ts';
import type { LinkDeps } from './linkActions.ts';
import { triggerAnswers } from './triggerAnswers.ts';
import { newTriggerDraft, specOf } from './triggerDraft.ts';
import type { TriggerDraft } from './triggerDraft.ts';
import { triggerSteps } from './triggerSteps.ts';
import { typesAt } from './triggerTypes.ts';

/** What creating a trigger needs. */
type CreationDeps = LinkDeps & Pick<FunctionsDeps, 'log' | 'now'>;

/**
 * Asks for a trigger, creates it, and offers to link actions; nothing that is there is replaced.
 * @returns its name
 * @throws CancelledError where the user closed it before it was created
 */
export async function createTriggerIn(place: FunctionsPlace, deps: CreationDeps): Promise<string> {
  const { account, region } = place;
  const { prompts, format, now, reading } = deps;
  const client = await deps.client(account.id, region);
  const [names, triggers] = await reading(l10n.t('Reading the triggers…'), (signal) =>
    Promise.all([takenNames(client, undefined, signal), client.listTriggers(signal)]));
  const taken = new Set(names);
  const name = await runCreateWizard<TriggerDraft, string>({
    prompts,
    title: l10n.t('Create Trigger'),
    accountName: account.name,
    steps: triggerSteps({ place, format, now, taken, used: triggers.length }),
    answers: (draft) => triggerAnswers(draft, format, now()),
    question: (draft) => l10n.t('Create trigger "{0}" in account "{1}" ({2})?', draft.name, account.name, stageBadge(account.lane.stage)),
    onFailure: reportingFailures('Creating a trigger', deps, account),
    create: (draft) => create(draft, taken, client, deps),
    stepOf,
  }, firstDraft(place));
  await linkFirstActions({ place, name }, deps).catch((error: unknown) => {
    // The trigger is there: that no action was chosen ends nothing.
    if (!(error instanceof CancelledError)) throw error;
  });
  return name;
}

function firstDraft(place: FunctionsPlace): TriggerDraft {
  const draft = newTriggerDraft();
  const [type = draft.type] = typesAt(place).types;
  return { ...draft, type };
}

async function create(
  draft: TriggerDraft, taken: Set<string>, client: Pick<FunctionsClient, 'getTrigger' | 'putTrigger'>, deps: CreationDeps,
): Promise<Created<string>> {
  const spec = specOf(draft);
  const { name } = spec;
  const created = await createByPut({
    thing: l10n.t('trigger "{0}"', name),
    name,
    taken,
    creating: l10n.t('Creating trigger "{0}"…', name),
    created: l10n.t('Trigger "{0}" was created.', name),
    put: (signal) => client.putTrigger(spec, signal),
    read: (signal) => client.getTrigger(name, signal),
  }, deps);
  return 'thing' in created ? { thing: name } : created;
}

/** The step that asks for what a refusal is about. */
function stepOf(error: CloudError): string | undefined {
  const field = triggerFieldOf(error);
  if (field === 'credential') return 'username';
  return field === 'link' ? 'product' : field;
}
