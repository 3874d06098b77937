import * as l10n from '@vscode/l10n';

import type { EditableType, Snapshot } from '../../../documents/documentType.ts';
import { MAX_CODE_BYTES, bytesOf } from '../../../model/functionNames.ts';
import { extensionOf } from '../../../model/functionRuntimes.ts';
import { IMAGE_RUNTIME } from '../../../model/functions.ts';
import type { ActionDetail } from '../../../model/functions.ts';
import { ProblemError } from '../../../model/problem.ts';
import type { ResourceRef } from '../../../model/resource.ts';
import { actionFieldOf } from '../refusals.ts';
import { keysOf } from '../resources.ts';
import { clientOf } from './documentClient.ts';
import type { FunctionsDocumentContext } from './documentClient.ts';
import { codeChangeText } from './lineChange.ts';
import { identityOf } from './identity.ts';
import { hasVersions, keepBefore } from './keeping.ts';
import { isSequence, readWholeAction } from './wholeAction.ts';

/**
 * How the code of an action is changed: everything else goes back as it was read a moment ago, its runtime, entry point and limits above
 * all (tools that leave them out change them without a word). What is replaced is kept on this machine first.
 * @param noteVersions told whether there are earlier versions of a document's action
 */
export function codeEditing(context: FunctionsDocumentContext, noteVersions: (ref: ResourceRef, kept: 'some' | 'none') => void): EditableType {
  const { format } = context;
  const read = async (ref: ResourceRef, signal?: AbortSignal): Promise<ActionDetail> => {
    const { first: pkg, second: name, extension } = keysOf(ref);
    const detail = await readWholeAction(await clientOf(ref, context), { pkg, name }, signal);
    requireText(detail, extension, ref.accountId);
    return detail;
  };
  return {
    text: 'whole',
    fields: [{
      name: 'code',
      label: () => l10n.t('Code'),
      check: (value) => (typeof value === 'string' ? codeProblem(value) : l10n.t('Enter a text in quotation marks.')),
      change: (from, to) => (typeof from === 'string' && typeof to === 'string' ? l10n.t('{0}: {1}', l10n.t('Code'), codeChangeText(from, to, format)) : undefined),
    }],
    read: async (ref, signal) => {
      const detail = await read(ref, signal);
      noteVersions(ref, await hasVersions(ref, detail, context) ? 'some' : 'none');
      return snapshotOf(ref, detail, context);
    },
    update: async (ref, { state }, { code }, signal) => {
      const before = state as ActionDetail;
      if (typeof code !== 'string') return snapshotOf(ref, before, context);
      const client = await clientOf(ref, context);
      await keepBefore(ref, before, context);
      noteVersions(ref, 'some');
      await client.putAction({ ...before, code }, signal);
      // Its answer is in no document: what was sent is there now. A runtime that rewrites it would show at the next look.
      return snapshotOf(ref, { ...before, code }, context);
    },
    fieldOf: (error) => {
      const field = actionFieldOf(error);
      return field === 'code' ? field : undefined;
    },
  };
}

function snapshotOf(ref: ResourceRef, detail: ActionDetail, context: FunctionsDocumentContext): Snapshot {
  return { values: { code: detail.code ?? '' }, state: detail, identity: identityOf(ref, detail, context) };
}

function codeProblem(code: string): string | undefined {
  if (code.trim() === '') return l10n.t('An action needs code.');
  const size = code.length * 3 < MAX_CODE_BYTES ? 0 : bytesOf(code);
  return size > MAX_CODE_BYTES ? l10n.t('Code can have at most {0} bytes, this one has {1}.', MAX_CODE_BYTES, size) : undefined;
}

/** @throws ProblemError where it is no text of the language a document was opened as, also where it became another since */
function requireText(detail: ActionDetail, extension: string, accountId: string): void {
  const refusal = (message: string, hint: string): ProblemError => new ProblemError({ message, hint, remedies: [] }, undefined, accountId);
  const { name, runtime = '' } = detail;
  if (isSequence(detail)) {
    throw refusal(l10n.t('Action "{0}" is a sequence: it has no code of its own.', name), l10n.t('Its settings have the actions it runs.'));
  }
  if (runtime === IMAGE_RUNTIME) {
    throw refusal(l10n.t('Action "{0}" is a container image: its code is not in Cloud Functions.', name), l10n.t('Its settings have the image.'));
  }
  if (detail.isBinary === true) {
    throw refusal(l10n.t('The code of action "{0}" is an archive, which cannot be edited as text.', name), l10n.t('Deploy a folder to replace it.'));
  }
  if (extensionOf(runtime) !== extension) {
    throw refusal(
      l10n.t('Action "{0}" was changed elsewhere: its runtime is "{1}" now, and this text is a ".{2}" file.', name, runtime, extension),
      l10n.t('Copy what you need, close this document, and open the code again.'),
    );
  }
}
