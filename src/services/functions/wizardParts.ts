import * as l10n from '@vscode/l10n';

import type { FunctionsClient } from '../../api/functions/client.ts';
import type { InputNote } from '../../host/prompts.ts';
import type { WizardStep } from '../../host/wizard.ts';
import { descriptionProblem, MAX_DESCRIPTION_BYTES, nameProblem, readParameters } from '../../model/functionNames.ts';
import { DEFAULT_PACKAGE } from '../../model/functions.ts';
import type { Parameters } from '../../model/functions.ts';
import { asking } from '../createWizard.ts';
import type { CreateDraft } from '../createWizard.ts';

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

/** All names in use that can be read at once: packages, triggers, and actions of one package (cloudfunctions.md §3: they share them). */
export async function takenNames(
  client: Pick<FunctionsClient, 'listPackages' | 'listTriggers' | 'listActions'>, pkg: string | undefined, signal: AbortSignal,
): Promise<readonly string[]> {
  const lists = await Promise.all([
    client.listPackages(signal), client.listTriggers(signal), ...(pkg === undefined ? [] : [client.listActions(pkg, signal)]),
  ]);
  return lists.flat().map(({ name }) => name).filter((name) => name !== DEFAULT_PACKAGE);
}
