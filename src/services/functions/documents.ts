import * as l10n from '@vscode/l10n';

import type { FunctionsClient } from '../../api/functions/client.ts';
import type { DocumentType } from '../../documents/documentType.ts';
import type { ResourceRef } from '../../model/resource.ts';
import type { FunctionsContext } from './context.ts';
import { keysOf } from './resources.ts';

/** What the documents of Cloud Functions need. */
export type FunctionsDocumentContext = Pick<FunctionsContext, 'client' | 'format'>;

/** Packages, actions and triggers, which can be read. */
export function functionsDocuments({ client, format }: FunctionsDocumentContext): readonly DocumentType[] {
  const clientOf = (ref: ResourceRef): Promise<FunctionsClient> => client(ref.accountId, keysOf(ref).region);
  return [
    {
      kind: 'cloudFunctions.package',
      ending: '.functions-package.json',
      title: ({ name }) => l10n.t('Package "{0}"', name),
      view: async (ref, signal) => {
        const { packageView } = await import('./views.ts');
        return packageView(await (await clientOf(ref)).getPackage(keysOf(ref).first, signal));
      },
      raw: async (ref, signal) => (await clientOf(ref)).rawPackage(keysOf(ref).first, signal),
    },
    {
      kind: 'cloudFunctions.action',
      ending: '.functions-action.json',
      title: ({ name }) => l10n.t('Action "{0}"', name),
      view: async (ref, signal) => {
        const { first, second } = keysOf(ref);
        const { actionView } = await import('./views.ts');
        return actionView(await (await clientOf(ref)).getAction(first, second, signal), format);
      },
      raw: async (ref, signal) => {
        const { first, second } = keysOf(ref);
        return (await clientOf(ref)).rawAction(first, second, signal);
      },
    },
    {
      kind: 'cloudFunctions.trigger',
      ending: '.functions-trigger.json',
      title: ({ name }) => l10n.t('Trigger "{0}"', name),
      view: async (ref, signal) => {
        const { triggerView } = await import('./views.ts');
        return triggerView(await (await clientOf(ref)).getTrigger(keysOf(ref).first, signal));
      },
      raw: async (ref, signal) => {
        const { maskCredentials } = await import('./maskCredentials.ts');
        return maskCredentials(await (await clientOf(ref)).rawTrigger(keysOf(ref).first, signal));
      },
    },
  ];
}
