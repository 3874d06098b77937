import * as l10n from '@vscode/l10n';

import { asking } from '../../createWizard.ts';
import { errorNote } from '../wizardParts.ts';
import { filledProblem, repositoryProblem, tokenProblem } from './checks.ts';
import { ALL_EVENTS, eventsProblem, GITHUB_EVENTS } from './githubEvents.ts';
import { textStep } from './stepKinds.ts';
import type { Step } from './stepKinds.ts';
import type { TriggerDraft } from './triggerDraft.ts';

/**
 * Asks for the repository, who may read it, what happens there, and the API through which GitHub calls (cloudfunctions.md §7.3).
 * @param isOlder whether the service takes the id of a product in place of its name (cloudfunctions.md §7.4)
 */
export function githubSteps(isOlder: () => boolean): readonly Step[] {
  const applies = ({ type }: TriggerDraft): boolean => type === 'github';
  return [
    textStep({ field: 'username', applies, prompt: () => l10n.t('Name of the GitHub user whose token is used.'), placeholder: 'octocat', problemOf: filledProblem }),
    tokenStep(applies),
    textStep({ field: 'repository', applies, prompt: () => l10n.t('Repository: its name, or organization and name.'), placeholder: 'Org/name', problemOf: repositoryProblem }),
    eventsStep(applies),
    textStep({
      field: 'product', applies, problemOf: filledProblem,
      prompt: () => (isOlder()
        ? l10n.t('Id of the API Gateway product through which GitHub calls the trigger. It is given now and cannot be changed.')
        : l10n.t('Name of the API Gateway product through which GitHub calls the trigger. It is given now and cannot be changed.')),
    }),
    textStep({ field: 'apiName', applies, prompt: () => l10n.t('Name of the API in that product.'), problemOf: filledProblem }),
    textStep({ field: 'stageName', applies, prompt: () => l10n.t('Name of the stage of that API.'), problemOf: filledProblem }),
  ];
}

/** The token is never shown again: not even as dots that could be copied. */
function tokenStep(applies: (draft: TriggerDraft) => boolean): Step {
  return {
    id: 'accessToken',
    applies,
    run: async (prompts, draft) => {
      const hasOne = draft.accessToken !== '';
      const keep = (typed: string): void => {
        if (typed.trim() !== '') draft.accessToken = typed.trim();
      };
      keep(await prompts.input({
        prompt: asking(draft, 'accessToken', l10n.t('Personal access token of GitHub that may manage webhooks of the repository. It is sent to the service and kept nowhere else.')),
        placeholder: hasOne ? l10n.t('Leave it empty to keep what was typed') : '',
        isSecret: true,
        validate: (text) => errorNote(tokenProblem(text, hasOne)),
        onBack: keep,
      }));
      return undefined;
    },
  };
}

function eventsStep(applies: (draft: TriggerDraft) => boolean): Step {
  return {
    id: 'events',
    applies,
    run: async (prompts, draft) => {
      draft.events = await prompts.pickMany({
        placeholder: asking(draft, 'events', l10n.t('What happens in the repository when it fires?')),
        items: GITHUB_EVENTS.map((event) => ({
          label: event,
          description: event === ALL_EVENTS ? l10n.t('every event; alone') : undefined,
          value: event,
          isPicked: draft.events.includes(event),
        })),
        validate: eventsProblem,
      });
      return undefined;
    },
  };
}
