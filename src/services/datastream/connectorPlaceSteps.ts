import * as l10n from '@vscode/l10n';

import type { InputNote, Prompts } from '../../host/prompts.ts';
import type { WizardStep } from '../../host/wizard.ts';
import { asking } from '../createWizard.ts';
import { problemNote, valueOf } from './answers.ts';
import { readLocation, readRole } from './checks.ts';
import { placeOf } from './connectorDraft.ts';
import type { ConnectorDraft, Suggestion } from './connectorDraft.ts';
import { DATE_FORMATS, dateFormatWords, examplePath } from './connectorWords.ts';

type Step = WizardStep<ConnectorDraft>;

/** What the questions need to know. */
export interface ConnectorQuestions {
  readonly topicName: string;
  readonly now: () => number;
  /** Used by other connectors of the account. */
  readonly locations: readonly Suggestion[];
  readonly roles: readonly Suggestion[];
}

/** One that is known, or `undefined` for another one. */
function pickKnown(prompts: Prompts, placeholder: string, other: string, known: readonly Suggestion[]): Promise<string | undefined> {
  return prompts.pick<string | undefined>({
    placeholder,
    items: [
      ...known.map(({ value, usedFor }) => ({ label: value, description: l10n.t('used for {0}', usedFor), value })),
      { label: other, icon: 'add', value: undefined, alwaysShow: true },
    ],
  });
}

/** A location that another connector uses, or another one. */
export function knownLocationStep({ locations }: ConnectorQuestions): Step {
  return {
    id: 'locations',
    applies: () => locations.length > 0,
    run: async (prompts, draft) => {
      const chosen = await pickKnown(prompts, l10n.t('Where are the messages stored?'), l10n.t('Another location…'), locations);
      draft.isLocationChosen = chosen !== undefined;
      if (chosen === undefined) return 'location';
      draft.location = chosen;
      return undefined;
    },
  };
}

/** A location that is typed. */
export function locationStep({ topicName, now }: ConnectorQuestions): Step {
  return {
    id: 'location',
    applies: ({ isLocationChosen, trouble }) => !isLocationChosen || trouble?.step === 'location',
    run: async (prompts, draft) => {
      draft.location = await prompts.input({
        prompt: asking(draft, 'location', l10n.t('Bucket of Object Storage, and the path in it. The bucket has to exist.')),
        placeholder: 's3a://bucket/path',
        value: draft.location,
        validate: (text): InputNote => {
          const read = readLocation(text);
          const path = examplePath({ ...placeOf(draft, topicName), location: valueOf(read, '') }, now());
          return problemNote(read) ?? { severity: 'info', message: l10n.t('A message sent now would go to {0}', path) };
        },
        onBack: (typed) => { draft.location = typed; },
      });
      return undefined;
    },
  };
}

/** Whether there is a folder for the topic. */
export function topicFolderStep({ topicName, now }: ConnectorQuestions): Step {
  return {
    id: 'includeTopicInPath',
    run: async (prompts, draft) => {
      const path = (includeTopicInPath: boolean): string => examplePath({ ...placeOf(draft, topicName), includeTopicInPath }, now());
      draft.includeTopicInPath = await prompts.pick({
        placeholder: l10n.t('Is there a folder with the name of the topic?'),
        active: draft.includeTopicInPath,
        items: [
          { label: l10n.t('With a folder for the topic'), detail: path(true), value: true },
          { label: l10n.t('Without a folder for the topic'), detail: path(false), value: false },
        ],
      });
      return undefined;
    },
  };
}

/** Which folders there are by date. */
export function dateFoldersStep({ topicName, now }: ConnectorQuestions): Step {
  return {
    id: 'dateFormat',
    run: async (prompts, draft) => {
      draft.dateFormat = await prompts.pick<string>({
        placeholder: asking(draft, 'dateFormat', l10n.t('Are there folders by date?')),
        active: draft.dateFormat,
        items: DATE_FORMATS.map((value) => ({
          label: dateFormatWords(value) ?? value,
          description: value,
          detail: examplePath({ ...placeOf(draft, topicName), dateFormat: value }, now()),
          value,
        })),
      });
      return undefined;
    },
  };
}

/** A role that another connector uses, or another one. */
export function knownRoleStep({ roles }: ConnectorQuestions): Step {
  return {
    id: 'roles',
    applies: () => roles.length > 0,
    run: async (prompts, draft) => {
      const chosen = await pickKnown(prompts, l10n.t('Which role may write to the bucket?'), l10n.t('Another role…'), roles);
      draft.isRoleChosen = chosen !== undefined;
      if (chosen === undefined) return 'roleNrn';
      draft.roleNrn = chosen;
      return undefined;
    },
  };
}

/** A role that is typed. */
export function roleStep(): Step {
  return {
    id: 'roleNrn',
    applies: ({ isRoleChosen, trouble }) => !isRoleChosen || trouble?.step === 'roleNrn',
    run: async (prompts, draft) => {
      draft.roleNrn = await prompts.input({
        prompt: asking(draft, 'roleNrn', l10n.t(
          'NRN of the role that writes to the bucket: in the console under Sub Account > Roles, of the type Service and with the policy {0}', 'NCP_DATA_STREAM_SERVICE_ROLE',
        )),
        placeholder: 'nrn:PUB:IAM::1234567:Role/…',
        value: draft.roleNrn,
        validate: (text): InputNote | undefined => {
          const note = problemNote(readRole(text));
          if (note !== undefined || /:Role\//i.test(text)) return note;
          return { severity: 'warning', message: l10n.t('The NRN of a role usually holds ":Role/". Check that it is the right one.') };
        },
        onBack: (typed) => { draft.roleNrn = typed; },
      });
      return undefined;
    },
  };
}
