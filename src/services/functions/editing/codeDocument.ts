import * as l10n from '@vscode/l10n';

import type { DocumentLens, DocumentType } from '../../../documents/documentType.ts';
import { COMMANDS } from '../../../ids.ts';
import type { ResourceRef } from '../../../model/resource.ts';
import { CODE_KIND, keysOf } from '../resources.ts';
import { clientOf } from './documentClient.ts';
import type { FunctionsDocumentContext } from './documentClient.ts';

/** Source code of actions as files of their language. */
export function codeDocument(context: FunctionsDocumentContext): DocumentType {
  /** Actions whose last deploy can be undone, by what their code is called: told when it was read or deployed. */
  const undoable = new Set<string>();
  const noteVersions = (ref: ResourceRef, kept: 'some' | 'none'): void => {
    if (kept === 'some') undoable.add(idOf(ref));
    else undoable.delete(idOf(ref));
  };
  return {
    kind: CODE_KIND,
    ending: ({ keys }) => {
      const extension = keys[3] ?? '';
      return /^[a-z]{1,8}$/.test(extension) ? `.${extension}` : undefined;
    },
    title: ({ name }) => l10n.t('Code of action "{0}"', name),
    verb: () => l10n.t('Deploy'),
    rowOf: ({ accountId, keys, name }) => ({ accountId, kind: 'cloudFunctions.action', keys: keys.slice(0, 3), name }),
    lenses: (ref) => lensesOf(ref, undoable.has(idOf(ref))),
    view: async (ref, signal) => {
      const { first, second } = keysOf(ref);
      const { actionView } = await import('../views.ts');
      return actionView(await (await clientOf(ref, context)).getAction(first, second, signal), context.format);
    },
    raw: async (ref, signal) => {
      const { first, second } = keysOf(ref);
      return (await clientOf(ref, context)).rawAction(first, second, signal);
    },
    edit: async () => (await import('./codeEditing.ts')).codeEditing(context, noteVersions),
  };
}

function lensesOf(ref: ResourceRef, isUndoable: boolean): readonly DocumentLens[] {
  const lenses: readonly DocumentLens[] = [
    { title: l10n.t('Run'), command: COMMANDS.runCode, arguments: [ref] },
    { title: l10n.t('Activations'), command: COMMANDS.showActivations, arguments: [ref] },
  ];
  return isUndoable ? [...lenses, { title: l10n.t('Undo Last Deploy'), command: COMMANDS.undoCode, arguments: [ref] }] : lenses;
}

function idOf({ accountId, keys }: ResourceRef): string {
  return JSON.stringify([accountId, ...keys]);
}
