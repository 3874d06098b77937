import * as l10n from '@vscode/l10n';
import type { Memento } from 'vscode';

import type { PickItem, Prompts } from '../../../host/prompts.ts';
import { CancelledError } from '../../../model/cloudError.ts';
import { parametersProblem, readParameters } from '../../../model/functionNames.ts';
import { oneLine } from '../../../model/format.ts';
import type { Parameters } from '../../../model/functions.ts';
import { ProblemError } from '../../../model/problem.ts';
import { isTooLong, lastSource, type ParameterSource, readParameterFile, readParameterText, rememberSource, sourceText } from './parameterSources.ts';
import { subjectKey } from './runAddress.ts';
import type { RunInput, RunStore } from './runStore.ts';
import type { RunSubject } from './subject.ts';

/** A text that parameters may stand in. */
export interface ParameterText {
  readonly uri: string;
  /** For people: a path within the workspace, or the name of a document. */
  readonly name: string;
  /** @throws where it cannot be read any more */
  read(): Promise<string>;
}

/** What is asked of the editor. */
export interface ParameterPlaces {
  /** JSON documents that are open, saved or not, the one in front first; parameter files are among the files below. */
  documents(): readonly ParameterText[];
  /** `<name>.params.json` in the workspace, the nearest to the code first; with what is typed but not saved. */
  files(signal: AbortSignal): Promise<readonly ParameterText[]>;
  /** One that was used before; undefined where it is not there any more. */
  find(uri: string): Promise<ParameterText | undefined>;
  /** Opens a new parameter file to write in. */
  create(): Promise<void>;
}

/** What the choice works with. */
export interface ParameterDeps {
  readonly prompts: Prompts;
  readonly state: Pick<Memento, 'get' | 'update'>;
  readonly runs: RunStore;
}

type Choice = { readonly source: ParameterSource; readonly from?: ParameterText; readonly parameters?: Parameters } | 'create';

/**
 * Asks for the parameters of a run.
 * @throws CancelledError where the question was closed, or a new file is to be written first; ProblemError where what was chosen holds none
 */
export async function chooseParameters(subject: RunSubject, deps: ParameterDeps, places: ParameterPlaces): Promise<RunInput> {
  const key = subjectKey(subject);
  const last = lastItems(lastSource(key, deps.state), deps.runs.lastTyped(key));
  const choice = await deps.prompts.pick<Choice>({
    placeholder: l10n.t('Parameters for "{0}"', oneLine(subject.name)),
    items: async (show, signal) => {
      const known = [...last, ...plainItems(), ...documentItems(places.documents())];
      show([...known, createItem()]);
      const sets = await Promise.all((await places.files(signal)).map(setItems));
      show([...known, ...sets.flat(), createItem()]);
    },
  });
  if (choice === 'create') {
    await places.create();
    throw new CancelledError();
  }
  const parameters = await parametersOf(choice, key, deps, places);
  await rememberSource(key, choice.source, deps.state);
  return { parameters, source: sourceText(choice.source) };
}

function lastItems(source: ParameterSource | undefined, typed: string | undefined): readonly PickItem<Choice>[] {
  // What was typed is kept in this window alone.
  if (source === undefined || source.kind === 'none' || (source.kind === 'typed' && typed === undefined)) return [];
  const value: Choice = source.kind === 'typed' && typed !== undefined ? { source, ...valueOf(typed) } : { source };
  return [{ label: l10n.t('Last used: {0}', sourceText(source)), icon: 'history', value }];
}

function valueOf(typed: string): { readonly parameters?: Parameters } {
  const read = readParameters(typed);
  return 'value' in read ? { parameters: read.value } : {};
}

function plainItems(): readonly PickItem<Choice>[] {
  return [
    { label: l10n.t('Without Parameters'), icon: 'circle-slash', value: { source: { kind: 'none' }, parameters: {} } },
    { label: l10n.t('Type JSON…'), icon: 'edit', value: { source: { kind: 'typed' } } },
  ];
}

function documentItems(documents: readonly ParameterText[]): readonly PickItem<Choice>[] {
  return documents.map((from, n) => ({
    label: from.name,
    icon: 'json',
    value: { source: { kind: 'document', uri: from.uri, name: from.name }, from },
    ...(n === 0 ? { heading: l10n.t('Open documents') } : {}),
  }));
}

async function setItems(from: ParameterText): Promise<readonly PickItem<Choice>[]> {
  const { uri, name } = from;
  const heading = name;
  const nothing = (problem: string): readonly PickItem<Choice>[] => [{ label: name, icon: 'warning', heading, value: 'create', unavailable: problem }];
  let text: string;
  try {
    text = await from.read();
  } catch {
    return nothing(l10n.t('It could not be read.'));
  }
  const sets = isTooLong(text) ? { problem: l10n.t('Too long.') } : readParameterFile(text);
  if ('problem' in sets) return nothing(sets.problem);
  if (sets.length === 0) return nothing(l10n.t('It holds no set.'));
  return sets.map(({ name: set, problem }, n) => ({
    label: set,
    icon: 'symbol-object',
    value: { source: { kind: 'set', uri, name, set }, from },
    ...(n === 0 ? { heading } : {}),
    ...(problem === undefined ? {} : { unavailable: problem }),
  }));
}

function createItem(): PickItem<Choice> {
  return { label: l10n.t('New Parameter File…'), icon: 'new-file', value: 'create', alwaysShow: true };
}

async function parametersOf(
  { source, from, parameters }: Exclude<Choice, string>, key: string, deps: ParameterDeps, places: ParameterPlaces,
): Promise<Parameters> {
  if (parameters !== undefined) return parameters;
  if (source.kind === 'none') return {};
  if (source.kind === 'typed') return type(key, deps);
  const text = from ?? (await places.find(source.uri));
  if (text === undefined) throw problem(l10n.t('"{0}" is not there any more.', oneLine(source.name)), l10n.t('Choose other parameters.'));
  const content = await text.read();
  if (source.kind === 'document') return wholeOf(content, source.name);
  const sets = readParameterFile(content);
  const set = 'problem' in sets ? undefined : sets.find(({ name }) => name === source.set);
  if (set?.parameters === undefined) {
    throw problem(l10n.t('"{0}" has no parameter set "{1}".', oneLine(source.name), oneLine(source.set)), l10n.t('Choose other parameters.'));
  }
  const wrong = parametersProblem(set.parameters);
  if (wrong !== undefined) throw problem(l10n.t('"{0}" holds no parameters.', oneLine(source.name)), wrong);
  return set.parameters;
}

async function type(key: string, { prompts, runs }: ParameterDeps): Promise<Parameters> {
  const text = await prompts.input({
    prompt: l10n.t('Parameters as a JSON object'),
    placeholder: '{"name": "value"}',
    value: runs.lastTyped(key) ?? '{}',
    validate: (typed) => {
      const read = readParameters(typed);
      return 'problem' in read ? { severity: 'error', message: read.problem } : undefined;
    },
  });
  runs.keepTyped(key, text);
  return valueOf(text).parameters ?? {};
}

function wholeOf(text: string, name: string): Parameters {
  const read = isTooLong(text) ? { problem: l10n.t('Too long.') } : readParameterText(text);
  if ('problem' in read) throw problem(l10n.t('"{0}" holds no parameters.', oneLine(name)), read.problem);
  return read.value;
}

function problem(message: string, hint: string): ProblemError {
  return new ProblemError({ message, hint, remedies: [] });
}
