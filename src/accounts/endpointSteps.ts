import * as l10n from '@vscode/l10n';

import { CancelledError } from '../model/cloudError.ts';
import type { Prompts } from '../host/prompts.ts';
import type { WizardStep } from '../host/wizard.ts';
import { ENDPOINTS } from './draft.ts';
import type { Draft, EndpointName } from './draft.ts';
import { checkEndpoint } from './endpoint.ts';

/** Custom endpoints, behind "Advanced": each asked for, and each new host confirmed by name, once. */
export function endpointSteps(): readonly WizardStep<Draft>[] {
  return [...ENDPOINTS.naver, ...ENDPOINTS.nhn].map((name): WizardStep<Draft> => ({
    id: endpointStepId(name),
    applies: (draft) => draft.isAdvanced && ENDPOINTS[draft.provider].includes(name),
    run: async (prompts, draft) => {
      const text = await prompts.input({
        prompt: l10n.t('Address of {0}; empty for the documented one', endpointName(name)),
        placeholder: DOCUMENTED[name],
        value: draft.endpoints[name] ?? '',
        validate: (typed) => checkEndpoint(typed).note,
      });
      const origin = checkEndpoint(text).value ?? '';
      const isKnown = origin === '' || Object.values(draft.endpoints).includes(origin);
      if (!isKnown && !await isConfirmed(prompts, draft.name, origin)) return endpointStepId(name);
      draft.endpoints = { ...draft.endpoints, [name]: origin };
      const names = ENDPOINTS[draft.provider];
      const next = names[names.indexOf(name) + 1];
      if (next !== undefined) return endpointStepId(next);
      draft.isAdvanced = false;
      return 'review';
    },
  }));
}

/** Id of the step that asks for this endpoint. */
export function endpointStepId(name: EndpointName): string {
  return `endpoint.${name}`;
}

/** What is behind an endpoint, in the words of the clouds. */
function endpointName(name: EndpointName): string {
  switch (name) {
    case 'dataStream':
      return l10n.t('Data Stream');
    case 'messages':
      return l10n.t('Data Stream messages');
    case 'cloudFunctions':
      return l10n.t('Cloud Functions');
    case 'token':
      return l10n.t('the NHN Cloud token');
    case 'easyQueue':
      return l10n.t('EasyQueue');
  }
}

/** Shown as examples (datastream.md §1, cloudfunctions.md §1.1, easyqueue.md §1.2 and §2). */
const DOCUMENTED: Readonly<Record<EndpointName, string>> = {
  dataStream: 'https://datastream.apigw.ntruss.com',
  messages: 'https://api.datastream.naverncp.com',
  cloudFunctions: 'https://cloudfunctions.apigw.ntruss.com',
  token: 'https://oauth.api.nhncloudservice.com',
  easyQueue: 'https://kr1-easyqueue.api.nhncloudservice.com',
};

/** A refusal asks for the address again; it does not end the wizard. */
async function isConfirmed(prompts: Prompts, accountName: string, origin: string): Promise<boolean> {
  const { host } = new URL(origin);
  try {
    await prompts.confirm({
      message: l10n.t('Use the host "{0}"?', host),
      detail: l10n.t('Requests of account "{0}", signed with its keys, go to {1} in place of the documented host.', accountName, origin),
      verb: l10n.t('Use This Host'),
    });
    return true;
  } catch (error) {
    if (error instanceof CancelledError) return false;
    throw error;
  }
}
