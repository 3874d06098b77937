import { l10n } from 'vscode';
import type { Uri } from 'vscode';

import { RESOURCE_SCHEME } from '../../../ids.ts';
import { ProblemError } from '../../../model/problem.ts';
import type { ActionTarget, FunctionsDeps } from '../context.ts';
import { deployChosen, deployLocal } from './deployFlow.ts';
import { editorFiles } from './editorFiles.ts';

/**
 * Deploys what was chosen in the Explorer, or the document of the editor, saved or not; several things one after another.
 * @throws CancelledError, ProblemError, CloudError
 */
export async function deployResource(uris: readonly Uri[], deps: FunctionsDeps): Promise<void> {
  if (uris.length === 0) {
    throw new ProblemError({ message: l10n.t('There is nothing to deploy.'), hint: l10n.t('Open a file, or choose a file or folder in the Explorer.'), remedies: [] });
  }
  for (const uri of uris) {
    if (uri.scheme === RESOURCE_SCHEME) {
      throw new ProblemError({ message: l10n.t('This is an action’s code already.'), hint: l10n.t('Save it to deploy it.'), remedies: [] });
    }
    await deployLocal(uri.toString(), { ...deps, files: editorFiles(deps.pickLocal) });
  }
}

/** Deploys a file or a folder that is asked for to an action. @throws CancelledError, ProblemError, CloudError */
export async function deployTo(target: ActionTarget, deps: FunctionsDeps): Promise<void> {
  await deployChosen(target, { ...deps, files: editorFiles(deps.pickLocal) });
}
