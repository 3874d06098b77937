import { l10n, workspace } from 'vscode';

import { readDocumentPath } from '../../../documents/resourceUri.ts';
import { RESOURCE_SCHEME } from '../../../ids.ts';
import { CancelledError } from '../../../model/cloudError.ts';
import { oneLine } from '../../../model/format.ts';
import type { ActionTarget, FunctionsDeps } from '../context.ts';
import { CODE_KIND } from '../resources.ts';

/**
 * Where the code of an action is open with changes that are not deployed, a run would not take them: asks whether to deploy them first.
 * @throws CancelledError where that was closed, or the deploy called off
 */
export async function deployFirst(target: ActionTarget, { prompts }: Pick<FunctionsDeps, 'prompts'>): Promise<void> {
  const document = workspace.textDocuments.find(({ isDirty, uri }) => isDirty && uri.scheme === RESOURCE_SCHEME && isCodeOf(uri.path, target));
  if (document === undefined) return;
  const answer = await prompts.choose<'deploy' | 'run'>({
    message: l10n.t('The code of action "{0}" has changes that are not deployed.', oneLine(target.name)),
    detail: l10n.t('A run takes the code that was deployed last.'),
    choices: [{ label: l10n.t('Deploy and Run'), value: 'deploy' }, { label: l10n.t('Run Without Them'), value: 'run' }],
  });
  if (answer === 'deploy' && !(await document.save())) throw new CancelledError();
}

function isCodeOf(path: string, { place, pkg, name }: ActionTarget): boolean {
  const ref = readDocumentPath(path, (kind, keys) => (kind === CODE_KIND && keys[3] !== undefined ? `.${keys[3]}` : undefined))?.ref;
  const [region, ...named] = ref?.keys ?? [];
  return ref?.accountId === place.account.id && region === place.region && named[0] === pkg && named[1] === name;
}
