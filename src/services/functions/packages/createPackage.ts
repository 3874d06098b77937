import * as l10n from '@vscode/l10n';

import type { FunctionsClient } from '../../../api/functions/client.ts';
import { stageBadge } from '../../../model/accountWords.ts';
import { MAX_THINGS } from '../../../model/functionNames.ts';
import type { PackageSpec } from '../../../model/functions.ts';
import { runCreateWizard } from '../../createWizard.ts';
import type { Answer } from '../../createWizard.ts';
import type { Created } from '../../lookUp.ts';
import type { FunctionsDeps, FunctionsPlace } from '../context.ts';
import { packageFieldOf } from '../refusals.ts';
import { createByPut } from '../createByPut.ts';
import { reportingFailures } from '../reporting.ts';
import { descriptionStep, nameStep, parametersOf, parametersStep, parametersText, takenNames } from '../wizardParts.ts';
import type { NamedDraft } from '../wizardParts.ts';

/** What creating a package needs. */
type CreationDeps = Pick<FunctionsDeps, 'client' | 'prompts' | 'progress' | 'reading' | 'say' | 'log' | 'report' | 'format'>;

/**
 * Asks for a package and creates it; nothing that is there is replaced.
 * @returns its name
 * @throws CancelledError where the user closed it
 */
export async function createPackageIn(place: FunctionsPlace, deps: CreationDeps): Promise<string> {
  const { account, region } = place;
  const { prompts, reading } = deps;
  const client = await deps.client(account.id, region);
  const [names, packages] = await reading(l10n.t('Reading the packages…'), (signal) =>
    Promise.all([takenNames(client, undefined, signal), client.listPackages(signal)]));
  const taken = new Set(names);
  return runCreateWizard<NamedDraft, string>({
    prompts,
    title: l10n.t('Create Package'),
    accountName: account.name,
    steps: [
      nameStep(() => l10n.t('Name of the package. {0} of {1} are used.', deps.format.count(packages.length), deps.format.count(MAX_THINGS)), () => taken, 'orders'),
      descriptionStep(),
      parametersStep(() => l10n.t('Default parameters of all its actions, as JSON. They can stay empty.')),
    ],
    answers: answersOf,
    question: ({ name }) => l10n.t('Create package "{0}" in account "{1}" ({2})?', name, account.name, stageBadge(account.lane.stage)),
    onFailure: reportingFailures('Creating a package', deps, account),
    create: (draft) => create(draft, taken, client, deps),
    stepOf: packageFieldOf,
  }, { isReviewed: false, trouble: undefined, name: '', description: '', parameters: '' });
}

async function create(
  draft: NamedDraft, taken: Set<string>, client: Pick<FunctionsClient, 'getPackage' | 'putPackage'>, deps: CreationDeps,
): Promise<Created<string>> {
  const { name, description } = draft;
  const spec: PackageSpec = { name, description, parameters: parametersOf(draft) };
  const created = await createByPut({
    thing: l10n.t('package "{0}"', name),
    name,
    taken,
    creating: l10n.t('Creating package "{0}"…', name),
    created: l10n.t('Package "{0}" was created.', name),
    put: (signal) => client.putPackage(spec, signal),
    read: (signal) => client.getPackage(name, signal),
  }, deps);
  return 'thing' in created ? { thing: name } : created;
}

function answersOf(draft: NamedDraft): readonly Answer[] {
  return [
    { label: l10n.t('Name'), text: draft.name, step: 'name' },
    { label: l10n.t('Description'), text: draft.description === '' ? l10n.t('none') : draft.description, step: 'description' },
    { label: l10n.t('Parameters'), text: parametersText(parametersOf(draft)), step: 'parameters' },
  ];
}
