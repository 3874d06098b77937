import * as l10n from '@vscode/l10n';

import type { FunctionsClient } from '../../../api/functions/client.ts';
import type { InputNote } from '../../../host/prompts.ts';
import type { WizardStep } from '../../../host/wizard.ts';
import type { Account } from '../../../model/account.ts';
import { CancelledError, CloudError, ifThere } from '../../../model/cloudError.ts';
import { descriptionProblem, MAX_DESCRIPTION_BYTES, nameProblem, readParameters } from '../../../model/functionNames.ts';
import { DEFAULT_PACKAGE } from '../../../model/functions.ts';
import type { ActionSpec, Parameters } from '../../../model/functions.ts';
import { ProblemError } from '../../../model/problem.ts';
import type { Words } from '../../../model/problemWords.ts';
import { asking } from '../../createWizard.ts';
import type { CreateDraft, ReportFailure } from '../../createWizard.ts';
import type { ReportDeletion } from '../../deletion.ts';
import { createOrLookUp } from '../../lookUp.ts';
import type { Created, CreationTexts } from '../../lookUp.ts';
import type { FunctionsDeps } from '../context.ts';

/** What the wizards for packages and actions share of their answers: as typed. */
export interface NamedDraft extends CreateDraft {
  name: string;
  description: string;
  parameters: string;
}

/**
 * Asks for a name, and for another one where it is taken.
 * @param taken names in use that are known; whoever creates looks once more
 */
export function nameStep<D extends NamedDraft>(question: () => string, taken: (draft: D) => Iterable<string>, placeholder: string): WizardStep<D> {
  return {
    id: 'name',
    run: async (prompts, draft) => {
      const keep = (typed: string): void => void Object.assign(draft, { name: typed.trim() });
      keep(await prompts.input({
        prompt: asking(draft, 'name', question()),
        placeholder,
        value: draft.name,
        validate: (text) => errorNote(nameProblem(text.trim(), taken(draft))),
        onBack: keep,
      }));
      return undefined;
    },
  };
}

/** Asks for a description. */
export function descriptionStep<D extends NamedDraft>(): WizardStep<D> {
  return {
    id: 'description',
    run: async (prompts, draft) => {
      const keep = (typed: string): void => void Object.assign(draft, { description: typed.trim() });
      keep(await prompts.input({
        prompt: asking(draft, 'description', l10n.t('Description, at most {0} bytes. It can stay empty.', MAX_DESCRIPTION_BYTES)),
        value: draft.description,
        validate: (text) => errorNote(descriptionProblem(text.trim())),
        onBack: keep,
      }));
      return undefined;
    },
  };
}

/** Asks for default parameters, as JSON. @param applies false while the answers so far leave no room for them */
export function parametersStep<D extends NamedDraft>(question: () => string, applies: (draft: D) => boolean = () => true): WizardStep<D> {
  return {
    id: 'parameters',
    applies,
    run: async (prompts, draft) => {
      const keep = (typed: string): void => void Object.assign(draft, { parameters: typed.trim() });
      keep(await prompts.input({
        prompt: asking(draft, 'parameters', question()),
        placeholder: '{"name": "value"}',
        value: draft.parameters,
        validate: (text) => {
          const read = readParameters(text);
          return 'problem' in read ? errorNote(read.problem) : undefined;
        },
        onBack: keep,
      }));
      return undefined;
    },
  };
}

/** Parameters that passed their check. */
export function parametersOf({ parameters }: NamedDraft): Parameters {
  const read = readParameters(parameters);
  return 'value' in read ? read.value : {};
}

/** What parameters hold, without their values, for a review: their names. */
export function parametersText(parameters: Parameters): string {
  const names = Object.keys(parameters);
  return names.length === 0 ? l10n.t('none') : names.join(', ');
}

/** A remark that keeps a question open; undefined where nothing is wrong. */
export function errorNote(message: string | undefined): InputNote | undefined {
  return message === undefined ? undefined : { severity: 'error', message };
}

/** A package as people read it. */
export function packageText(pkg: string): string {
  return pkg === DEFAULT_PACKAGE ? l10n.t('- (no package)') : pkg;
}

/** Something that a PUT creates where nothing of its name is there. */
export interface PutCreation {
  /** Named in the user's language, within a sentence: `package "orders"`. */
  readonly thing: string;
  readonly name: string;
  /** Names in use, for the question: one that turns out to be is added. */
  readonly taken: Set<string>;
  /** Said while it is created, and when it was. */
  readonly creating: string;
  readonly created: string;
  readonly put: (signal: AbortSignal) => Promise<void>;
  /** Reads what has the name. */
  readonly read: (signal: AbortSignal) => Promise<unknown>;
}

/** Whether something has a name here. What has it on the other platform is replaced by nothing, and whether it stands in the way the service decides. */
async function isThere(reading: Promise<unknown>): Promise<boolean> {
  try {
    return (await ifThere(reading)) !== undefined;
  } catch (error) {
    if (error instanceof CloudError && error.details.reason === 'platform') return false;
    throw error;
  }
}

/**
 * Creates by a PUT, which would replace what has the name (cloudfunctions.md §3): so it is looked for right before. Where no answer comes
 * it is looked for again, and nothing is sent twice.
 * @throws CloudError `conflict` where the name is in use, and what the service refuses
 */
export async function createByPut(
  { thing, name, taken, creating, created, put, read }: PutCreation, { progress, say }: Pick<FunctionsDeps, 'progress' | 'say'>,
): Promise<Created<true>> {
  let isTaken = false;
  const work = createOrLookUp<true>({
    progress,
    title: creating,
    create: async (signal) => {
      if (isTaken) throw new CloudError('conflict', { reason: 'duplicateName', operation: 'write', mayHaveArrived: false, explain: nameTaken });
      await put(signal);
      say(created);
      return true;
    },
    find: async (signal) => {
      isTaken = await isThere(read(signal));
      return isTaken ? true : undefined;
    },
    idOf: () => undefined,
    isLeaving: () => false,
    say,
    texts: creationTexts(thing),
    stepIfThere: 'name',
  });
  return work.catch((error: unknown) => {
    if (error instanceof CloudError && error.details.reason === 'duplicateName') taken.add(name);
    throw error;
  });
}

function nameTaken(): Words {
  return { message: l10n.t('The name is taken already.'), hint: l10n.t('Creating it would replace what has this name already. Choose another name.'), remedies: [] };
}

/** All names in use that can be read at once: packages, triggers, and actions of one package (cloudfunctions.md §3: they share them). */
export async function takenNames(
  client: Pick<FunctionsClient, 'listPackages' | 'listTriggers' | 'listActions'>, pkg: string | undefined, signal: AbortSignal,
): Promise<readonly string[]> {
  const lists = await Promise.all([
    client.listPackages(signal), client.listTriggers(signal), ...(pkg === undefined ? [] : [client.listActions(pkg, signal)]),
  ]);
  return lists.flat().map(({ name }) => name).filter((name) => name !== DEFAULT_PACKAGE);
}

/** What is said where no answer to a creation came. @param thing named in the user's language, within a sentence: `package "orders"` */
function creationTexts(thing: string): CreationTexts {
  return {
    exists: (isCalledOff) => (isCalledOff ? l10n.t('Cancelled, but {0} exists now.', thing) : l10n.t('No answer came, but {0} exists now.', thing)),
    missing: (error) => (error instanceof CancelledError
      ? l10n.t('There is no {0} so far.', thing)
      : l10n.t('No answer came, and there is no {0}.', thing)),
    wasThere: l10n.t('There is {0}, but it was there before.', thing),
  };
}

/** Logs what a wizard ran into, and offers what mends it beside the wizard, which stays open. */
export function reportingFailures(what: string, { log, report }: Pick<FunctionsDeps, 'log' | 'report'>, account: Account): ReportFailure {
  return (error, problem) => {
    if (problem === undefined) log.error(`${what} failed`, error);
    else report(what, error, account);
  };
}

/** Says which deletions failed; of several accounts the first is named for the buttons, of which only the log's is left then. */
export function reportingDeletions(what: string, { report }: Pick<FunctionsDeps, 'report'>, accounts: readonly Account[]): ReportDeletion {
  return (problem, account) => {
    const [first] = accounts;
    const about = account ?? first;
    if (about !== undefined) report(what, new ProblemError(problem, undefined, about.id), about);
  };
}

/** Creates an action by {@link createByPut}. @throws as that does */
export async function createActionByPut(
  spec: ActionSpec, taken: Set<string>, client: Pick<FunctionsClient, 'getAction' | 'putAction'>, deps: Pick<FunctionsDeps, 'progress' | 'say'>,
): Promise<Created<ActionSpec>> {
  const { pkg, name } = spec;
  const created = await createByPut({
    thing: l10n.t('action "{0}"', name),
    name,
    taken,
    creating: l10n.t('Creating action "{0}"…', name),
    created: l10n.t('Action "{0}" was created.', name),
    put: (signal) => client.putAction(spec, signal),
    read: (signal) => client.getAction(pkg, name, signal),
  }, deps);
  return 'thing' in created ? { thing: spec } : created;
}
