import * as l10n from '@vscode/l10n';

import type { FunctionsClient } from '../../../api/functions/client.ts';
import type { PickItem } from '../../../host/prompts.ts';
import type { WizardStep } from '../../../host/wizard.ts';
import { stageBadge } from '../../../model/accountWords.ts';
import type { Formatter } from '../../../model/format.ts';
import { currentRuntimes, runtimeOf } from '../../../model/functionRuntimes.ts';
import { IMAGE_RUNTIME, SEQUENCE_RUNTIME } from '../../../model/functions.ts';
import type { ActionDetail, ActionSpec } from '../../../model/functions.ts';
import { ProblemError } from '../../../model/problem.ts';
import { asking, runCreateWizard } from '../../createWizard.ts';
import type { Answer } from '../../createWizard.ts';
import type { Created } from '../../lookUp.ts';
import { requireWrite } from '../../writing.ts';
import type { ActionTarget, FunctionsDeps, FunctionsPlace } from '../context.ts';
import { readWholeAction } from '../editing/wholeAction.ts';
import { actionFieldOf } from '../refusals.ts';
import { actionResource } from '../resources.ts';
import { vpcText } from './actionDraft.ts';
import type { NumberedVpc } from './actionDraft.ts';
import { pickPlace } from './placePick.ts';
import { actionLoader } from './sequenceStep.ts';
import { packageStep } from './settingsSteps.ts';
import { askVpc, rememberVpc, runsInVpc, takesImages } from './vpcStep.ts';
import { createActionByPut } from '../createByPut.ts';
import { reportingFailures } from '../reporting.ts';
import { nameStep, packageText, parametersText, takenNames } from '../wizardParts.ts';
import type { NamedDraft } from '../wizardParts.ts';

/** What copying needs. */
export type CopyDeps = Pick<
  FunctionsDeps, 'client' | 'accounts' | 'prompts' | 'progress' | 'reading' | 'say' | 'log' | 'report' | 'format' | 'state' | 'changed'
>;

interface CopyDraft extends NamedDraft {
  pkg: string;
  /** Of another account: its own VPC. */
  vpc: NumberedVpc | undefined;
  /** Of an action whose own is not taken any more. */
  runtime: string | undefined;
}

interface Copying {
  readonly source: ActionDetail;
  readonly place: FunctionsPlace;
  readonly isSamePlace: boolean;
  readonly client: FunctionsClient;
}

/**
 * Copies an action to another name, package, region or account: everything of it but its id, and its VPC where that is another account's.
 * Nothing that is there is replaced.
 * @throws CancelledError where the user closed it; ProblemError where it cannot be copied there
 */
export async function copyAction(target: ActionTarget, deps: CopyDeps): Promise<void> {
  const { prompts, reading, format, state, changed } = deps;
  const from = await deps.client(target.place.account.id, target.place.region);
  const source = await reading(l10n.t('Reading the action…'), (signal) => readWholeAction(from, target, signal));
  const place = await pickPlace(prompts, deps.accounts(), l10n.t('Where is action "{0}" copied to?', target.name), target.place);
  requireWrite(place.account);
  if (source.runtime === IMAGE_RUNTIME && !takesImages(place)) {
    throw new ProblemError({ message: l10n.t('Account "{0}" cannot use container images: they run only in a VPC.', place.account.name), remedies: [] });
  }
  const client = await deps.client(place.account.id, place.region);
  const [names, packages] = await reading(l10n.t('Reading the actions…'), (signal) => Promise.all([takenNames(client, undefined, signal), client.listPackages(signal)]));
  const isSamePlace = place.account.id === target.place.account.id && place.region === target.place.region;
  const copying: Copying = { source, place, isSamePlace, client };
  const taken = new Set([...names, ...(isSamePlace ? [source.name] : [])]);
  const spec = await runCreateWizard<CopyDraft, ActionSpec>({
    prompts,
    title: l10n.t('Copy Action "{0}"', target.name),
    accountName: place.account.name,
    steps: [
      packageStep(packages, false),
      nameStep(() => l10n.t('Name of the copy. It cannot be changed later.'), () => taken, `${source.name}-copy`),
      runtimeStep(copying),
      copyVpcStep(copying, deps),
    ],
    answers: (draft) => answersOf(draft, copying, format),
    question: ({ name }) => l10n.t('Copy action "{0}" as "{1}" to account "{2}" ({3})?', target.name, name, place.account.name, stageBadge(place.account.lane.stage)),
    onFailure: reportingFailures('Copying an action', deps, place.account),
    create: (draft) => create(draft, taken, copying, deps),
    stepOf: (error) => actionFieldOf(error),
  }, {
    isReviewed: false, trouble: undefined, name: isSamePlace ? '' : source.name, description: '', parameters: '', pkg: source.pkg, vpc: undefined, runtime: undefined,
  });
  if (!isSamePlace) await rememberVpc({ place, state }, spec.vpc[0]);
  changed([actionResource(spec.pkg, spec.name, place).ref]);
}

/** What is copied as it is leads to the name: nothing of it can be changed here. */
function answersOf(draft: CopyDraft, copying: Copying, format: Formatter): readonly Answer[] {
  const spec = specOf(draft, copying);
  const { parameters, code, components } = copying.source;
  const content = components.length > 0 ? components.join(' → ') : (code === undefined ? l10n.t('none') : format.bytes(Buffer.byteLength(code)));
  return [
    { label: l10n.t('Name'), text: draft.name, step: 'name' },
    { label: l10n.t('Package'), text: packageText(draft.pkg), step: 'package' },
    ...(needsRuntime(copying) ? [{ label: l10n.t('Runtime'), text: spec.runtime ?? '', step: 'runtime' }] : []),
    ...(needsVpc(copying) ? [{ label: l10n.t('VPC'), text: draft.vpc === undefined ? l10n.t('none') : vpcText(draft.vpc), step: 'vpc' }] : []),
    { label: components.length > 0 ? l10n.t('Actions in order') : l10n.t('Code'), text: l10n.t('as it is: {0}', content), step: 'name' },
    { label: l10n.t('Parameters'), text: l10n.t('as they are: {0}', parametersText(parameters)), step: 'name' },
  ];
}

function specOf(draft: CopyDraft, { source, isSamePlace, place }: Copying): ActionSpec {
  const own = draft.vpc === undefined ? [] : [draft.vpc];
  return {
    ...source,
    pkg: draft.pkg,
    name: draft.name,
    runtime: draft.runtime ?? source.runtime,
    vpc: isSamePlace ? source.vpc : (runsInVpc(place) ? own : []),
  };
}

async function create(draft: CopyDraft, taken: Set<string>, copying: Copying, deps: CopyDeps): Promise<Created<ActionSpec>> {
  const { client } = copying;
  const spec = specOf(draft, copying);
  return createActionByPut(spec, taken, client, deps);
}

/** New actions cannot have a runtime whose support has ended. */
function needsRuntime({ source: { runtime } }: Copying): boolean {
  return runtimeOf(runtime)?.isCurrent === false;
}

function runtimeStep(copying: Copying): WizardStep<CopyDraft> {
  const { source } = copying;
  const extension = runtimeOf(source.runtime)?.extension;
  const items = currentRuntimes.filter((one) => one.extension === extension).map(({ kind, language }): PickItem<string> => ({ label: language, description: kind, value: kind }));
  return {
    id: 'runtime',
    applies: () => needsRuntime(copying),
    run: async (prompts, draft) => {
      const question = l10n.t('Support of {0} has ended: no new action can have it. Choose the runtime of the copy.', source.runtime ?? '');
      draft.runtime = await prompts.pick({ placeholder: asking(draft, 'runtime', question), items, active: draft.runtime });
      return undefined;
    },
  };
}

function needsVpc({ source, isSamePlace, place }: Copying): boolean {
  return !isSamePlace && source.runtime !== SEQUENCE_RUNTIME && runsInVpc(place);
}

/** Another account has other VPCs. */
function copyVpcStep(copying: Copying, { state }: CopyDeps): WizardStep<CopyDraft> {
  const { place, client } = copying;
  return {
    id: 'vpc',
    applies: () => needsVpc(copying),
    run: async (prompts, draft) => {
      draft.vpc = await askVpc(prompts, { place, client, load: actionLoader(client), state }, draft.vpc, (question) => asking(draft, 'vpc', question));
      return undefined;
    },
  };
}
