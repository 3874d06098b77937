import * as l10n from '@vscode/l10n';

import type { WizardStep } from '../../host/wizard.ts';
import { asking } from '../createWizard.ts';
import { problemNote, readFlushCount, readFlushMinutes } from './answers.ts';
import { MAX_FLUSH_MINUTES } from './checks.ts';
import type { ConnectorDraft } from './connectorDraft.ts';
import { dateFoldersStep, knownLocationStep, knownRoleStep, locationStep, roleStep, topicFolderStep } from './connectorPlaceSteps.ts';
import type { ConnectorQuestions } from './connectorPlaceSteps.ts';
import { CONSUMER_SPECS, consumerSpecWords, SCHEMA_TYPES } from './connectorWords.ts';
import { descriptionStep } from './descriptionStep.ts';

type Step = WizardStep<ConnectorDraft>;

/** All questions about a new connector, in their order. */
export function connectorSteps(about: ConnectorQuestions): readonly Step[] {
  return [
    sizeStep(),
    knownLocationStep(about), locationStep(about), topicFolderStep(about), dateFoldersStep(about),
    knownRoleStep(about), roleStep(),
    messageTypeStep(), flushMinutesStep(), flushCountStep(), descriptionStep(),
  ];
}

function sizeStep(): Step {
  return {
    id: 'consumerSpec',
    run: async (prompts, draft) => {
      draft.consumerSpec = await prompts.pick({
        placeholder: asking(draft, 'consumerSpec', l10n.t('How much does the connector have to carry?')),
        active: draft.consumerSpec,
        items: CONSUMER_SPECS.map((value): { label: string; detail: string | undefined; value: string } => ({ label: value, detail: consumerSpecWords(value), value })),
      });
      return undefined;
    },
  };
}

function messageTypeStep(): Step {
  return {
    id: 'schemaType',
    run: async (prompts, draft) => {
      draft.schemaType = await prompts.pick<string>({
        placeholder: l10n.t('How are the values of the messages written?'),
        active: draft.schemaType,
        items: SCHEMA_TYPES.map((value) => ({ label: value, ...(value === 'STRING' ? { detail: l10n.t('As they are; right for most topics') } : {}), value })),
      });
      return undefined;
    },
  };
}

/** Asked for from the last step alone: the service's own values do for most. */
function flushMinutesStep(): Step {
  return {
    id: 'flushMinutes',
    applies: (draft) => draft.isReviewed,
    run: async (prompts, draft) => {
      draft.flushMinutes = await prompts.input({
        prompt: l10n.t('A new file after how many minutes, {0} to {1}? Empty: the service decides.', 1, MAX_FLUSH_MINUTES),
        value: draft.flushMinutes,
        validate: (text) => problemNote(readFlushMinutes(text)),
        onBack: (typed) => { draft.flushMinutes = typed; },
      });
      return undefined;
    },
  };
}

function flushCountStep(): Step {
  return {
    id: 'flushCount',
    applies: (draft) => draft.isReviewed,
    run: async (prompts, draft) => {
      draft.flushCount = await prompts.input({
        prompt: l10n.t('A new file after how many messages? Empty: the service decides.'),
        value: draft.flushCount,
        validate: (text) => problemNote(readFlushCount(text)),
        onBack: (typed) => { draft.flushCount = typed; },
      });
      return undefined;
    },
  };
}
