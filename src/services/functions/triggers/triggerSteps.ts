import * as l10n from '@vscode/l10n';

import type { PickItem } from '../../../host/prompts.ts';
import type { Formatter } from '../../../model/format.ts';
import { MAX_THINGS } from '../../../model/functionNames.ts';
import type { TriggerType } from '../../../model/functions.ts';
import { asking } from '../../createWizard.ts';
import { descriptionStep, nameStep, parametersStep } from '../wizardParts.ts';
import type { FunctionsPlace } from '../context.ts';
import { filledProblem } from './checks.ts';
import { cronSteps } from './cronSteps.ts';
import { entrySteps, startEntries } from './entrySteps.ts';
import { githubSteps } from './githubSteps.ts';
import { triggerIcon } from './icon.ts';
import { textStep } from './stepKinds.ts';
import type { Step } from './stepKinds.ts';
import { typeDetail, typeName, typesAt } from './triggerTypes.ts';

/** What the questions about a new trigger need. */
export interface TriggerQuestions {
  readonly place: FunctionsPlace;
  readonly format: Formatter;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Names in use, as far as they are known. */
  readonly taken: ReadonlySet<string>;
  /** How many triggers there are. */
  readonly used: number;
}

/** All questions about a new trigger, in their order: the type decides what is asked after the name. */
export function triggerSteps(about: TriggerQuestions): readonly Step[] {
  const { place: { account }, format, taken, used } = about;
  return [
    typeStep(about),
    nameStep(() => l10n.t('Name of the trigger. {0} of {1} are used.', format.count(used), format.count(MAX_THINGS)), () => taken, 'every-morning'),
    ...cronSteps(about),
    ...githubSteps(() => account.provider === 'naver' && account.zone === 'government'),
    ...entrySteps(format),
    textStep({
      field: 'secretName', applies: ({ type }) => type === 'secret_manager', problemOf: filledProblem,
      prompt: () => l10n.t('Name of the secret in Secret Manager. A trigger has one.'),
    }),
    descriptionStep(),
    parametersStep(() => l10n.t('Parameters its actions get, as JSON. They come before those of action and package, and can stay empty.')),
  ];
}

function typeStep({ place }: TriggerQuestions): Step {
  return {
    id: 'type',
    run: async (prompts, draft) => {
      const { types, isDocumented } = typesAt(place);
      const question = isDocumented
        ? l10n.t('What fires the trigger? Its type cannot be changed later.')
        : l10n.t('What fires the trigger? Its type cannot be changed later. Which types this zone has is not documented.');
      const type = await prompts.pick<TriggerType>({
        placeholder: asking(draft, 'type', question),
        active: draft.type,
        items: types.map((value): PickItem<TriggerType> => ({ label: typeName(value), detail: typeDetail(value), icon: triggerIcon(value), value })),
      });
      // Another type has other questions.
      if (type !== draft.type) draft.isReviewed = false;
      draft.type = type;
      startEntries(draft);
      return undefined;
    },
  };
}
