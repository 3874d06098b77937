import * as l10n from '@vscode/l10n';

import type { DocumentType } from '../../documents/documentType.ts';
import { codeDocument } from './editing/codeDocument.ts';
import { clientOf } from './editing/documentClient.ts';
import type { FunctionsDocumentContext } from './editing/documentClient.ts';
import { keysOf } from './resources.ts';

/** Packages, actions, their code, and triggers: all can be read and changed. */
export function functionsDocuments(context: FunctionsDocumentContext): readonly DocumentType[] {
  return [packageDocument(context), actionDocument(context), codeDocument(context), triggerDocument(context)];
}

function packageDocument(context: FunctionsDocumentContext): DocumentType {
  return {
    kind: 'cloudFunctions.package',
    ending: '.functions-package.json',
    title: ({ name }) => l10n.t('Package "{0}"', name),
    view: async (ref, signal) => {
      const { packageView } = await import('./views.ts');
      return packageView(await (await clientOf(ref, context)).getPackage(keysOf(ref).first, signal));
    },
    raw: async (ref, signal) => (await clientOf(ref, context)).rawPackage(keysOf(ref).first, signal),
    edit: async () => (await import('./editing/packageEditing.ts')).packageEditing(context),
  };
}

function actionDocument(context: FunctionsDocumentContext): DocumentType {
  return {
    kind: 'cloudFunctions.action',
    ending: '.functions-action.json',
    title: ({ name }) => l10n.t('Action "{0}"', name),
    view: async (ref, signal) => {
      const { first, second } = keysOf(ref);
      const { actionView } = await import('./views.ts');
      return actionView(await (await clientOf(ref, context)).getAction(first, second, signal), context.format);
    },
    raw: async (ref, signal) => {
      const { first, second } = keysOf(ref);
      return (await clientOf(ref, context)).rawAction(first, second, signal);
    },
    edit: async () => (await import('./editing/actionEditing.ts')).actionEditing(context),
  };
}

function triggerDocument(context: FunctionsDocumentContext): DocumentType {
  return {
    kind: 'cloudFunctions.trigger',
    ending: '.functions-trigger.json',
    title: ({ name }) => l10n.t('Trigger "{0}"', name),
    view: async (ref, signal) => {
      const { triggerView } = await import('./views.ts');
      return triggerView(await (await clientOf(ref, context)).getTrigger(keysOf(ref).first, signal));
    },
    raw: async (ref, signal) => {
      const { maskCredentials } = await import('./maskCredentials.ts');
      return maskCredentials(await (await clientOf(ref, context)).rawTrigger(keysOf(ref).first, signal));
    },
    edit: async () => (await import('./editing/triggerEditing.ts')).triggerEditing(context),
  };
}
