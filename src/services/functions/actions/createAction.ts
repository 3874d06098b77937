import * as l10n from '@vscode/l10n';

import type { FunctionsClient } from '../../../api/functions/client.ts';
import { stageBadge } from '../../../model/accountWords.ts';
import type { CloudError } from '../../../model/cloudError.ts';
import { extensionOf } from '../../../model/functionRuntimes.ts';
import type { ActionSpec } from '../../../model/functions.ts';
import { runCreateWizard } from '../../createWizard.ts';
import type { Created } from '../../lookUp.ts';
import type { ActionTarget, FunctionsDeps, FunctionsPlace } from '../context.ts';
import { actionFieldOf } from '../refusals.ts';
import { codeRef } from '../resources.ts';
import { answersOf, newActionDraft, specOf } from './actionDraft.ts';
import type { ActionDraft } from './actionDraft.ts';
import type { LocalFile, LocalFolder } from './localCode.ts';
import type { LocalFiles } from './localFiles.ts';
import { remember } from './remember.ts';
import { actionLoader, sequenceStep } from './sequenceStep.ts';
import { limitSteps, packageStep, typeSteps } from './settingsSteps.ts';
import { sourceSteps } from './sourceSteps.ts';
import { rememberVpc, runsInVpc, takesImages, vpcStep } from './vpcStep.ts';
import { createActionByPut } from '../createByPut.ts';
import { reportingFailures } from '../reporting.ts';
import { descriptionStep, nameStep, parametersStep, takenNames } from '../wizardParts.ts';

/** What creating an action needs. */
export type ActionCreationDeps = Pick<
  FunctionsDeps, 'client' | 'prompts' | 'progress' | 'reading' | 'say' | 'log' | 'report' | 'format' | 'state' | 'runs' | 'openDocument'
>;

/**
 * Asks for an action and creates it; nothing that is there is replaced. Where its code is text, that opens for editing.
 * @param pkg undefined where it is asked for, too
 * @throws CancelledError where the user closed it
 */
export async function createActionIn(place: FunctionsPlace, pkg: string | undefined, deps: FunctionsDeps): Promise<ActionTarget> {
  const { editorFiles } = await import('./editorFiles.ts');
  return createAction(place, pkg, deps, editorFiles(deps.pickLocal));
}

/** The same with files of wherever. @param given what it is made from, where that is known */
export async function createAction(
  place: FunctionsPlace, pkg: string | undefined, deps: ActionCreationDeps, files: LocalFiles, given?: LocalFile | LocalFolder,
): Promise<ActionTarget> {
  const { account, region } = place;
  const { prompts, format, state, reading } = deps;
  const client = await deps.client(account.id, region);
  const [names, packages] = await reading(l10n.t('Reading the actions…'), (signal) => Promise.all([takenNames(client, pkg, signal), client.listPackages(signal)]));
  const taken = new Set(names);
  const load = actionLoader(client);
  const draft = newActionDraft(pkg, format);
  if (given !== undefined) draft.source = given.kind;
  const spec = await runCreateWizard<ActionDraft, ActionSpec>({
    prompts,
    title: l10n.t('Create Action'),
    accountName: account.name,
    steps: [
      packageStep(packages, pkg !== undefined),
      ...sourceSteps({ ...deps, files, given, takesImages: takesImages(place) }),
      sequenceStep(load),
      ...typeSteps(),
      nameStep(() => l10n.t('Name of the action. It cannot be changed later.'), () => taken, 'resize'),
      ...limitSteps(format),
      vpcStep({ place, client, load, state }),
      descriptionStep(),
      parametersStep(() => l10n.t('Default parameters of the action, as JSON. They can stay empty.'), ({ source }) => source !== 'sequence'),
    ],
    answers: (answers) => answersOf(answers, runsInVpc(place), format),
    question: ({ name }) => l10n.t('Create action "{0}" in account "{1}" ({2})?', name, account.name, stageBadge(account.lane.stage)),
    onFailure: reportingFailures('Creating an action', deps, account),
    create: (answers) => create(answers, taken, place, client, deps),
    stepOf,
  }, draft);
  const target = { place, pkg: spec.pkg, name: spec.name };
  await rememberVpc({ place, state }, spec.vpc[0]);
  if (draft.local !== undefined && (draft.source === 'file' || draft.source === 'folder')) {
    await remember(draft.local.uri, target, spec, deps);
  }
  await openCode(target, spec, deps);
  return target;
}

async function create(
  draft: ActionDraft, taken: Set<string>, place: FunctionsPlace, client: Pick<FunctionsClient, 'getAction' | 'putAction'>, deps: ActionCreationDeps,
): Promise<Created<ActionSpec>> {
  const spec = specOf(draft, deps.format);
  // The answers may have led past the question.
  if (draft.source !== 'sequence' && runsInVpc(place) && draft.vpc === undefined) {
    return { missing: l10n.t('An action of this account runs in a VPC.'), step: 'vpc', isCalledOff: false };
  }
  return createActionByPut(spec, taken, client, deps);
}

/** The question a refusal is about, where it is called otherwise than the field. */
const STEPS: Readonly<Partial<Record<string, string>>> = { runtime: 'source', code: 'source', isBinary: 'source', isRawHttp: 'web', hasCustomOptions: 'web' };

function stepOf(error: CloudError): string | undefined {
  const field = actionFieldOf(error);
  return field === undefined ? undefined : (STEPS[field] ?? field);
}

/** The action is there, whatever becomes of opening it. */
async function openCode({ place, pkg, name }: ActionTarget, { code, isBinary, runtime }: ActionSpec, { openDocument, report }: ActionCreationDeps): Promise<void> {
  if (code === undefined || isBinary === true) return;
  try {
    await openDocument(codeRef({ pkg, name }, extensionOf(runtime), place), 'edit');
  } catch (error) {
    report('Opening the code of a new action', error, place.account);
  }
}
