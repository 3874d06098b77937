import * as l10n from '@vscode/l10n';
import { type Uri, workspace } from 'vscode';

import { VARIABLES_FILE } from '../../ids.ts';
import { oneLine } from '../../model/format.ts';
import type { MessagesOptions } from '../options.ts';
import { brokenVariables } from '../planner.ts';
import { Refusal } from '../refusal.ts';
import { chooseEnvironment, chosenEnvironment, variablesFileFor } from './workspaceInputs.ts';

/**
 * Asks which environment of the variables file counts in this workspace, and remembers it.
 * @param document the document it is asked for
 * @throws Refusal where there is nothing to choose from; CancelledError
 */
export async function chooseWorkspaceEnvironment(document: Uri | undefined, { prompts, state }: MessagesOptions): Promise<void> {
  const file = await variablesFileFor(document);
  if (file === undefined) throw new Refusal(noFileText());
  const { uri, reading } = file;
  if ('issue' in reading) throw brokenVariables(uri, reading.issue);
  if (reading.environments.length === 0) {
    throw new Refusal(l10n.t('The variables file has no environment yet: add one beside "$shared".'), { kind: 'openFile', uri: uri.toString(), line: 1, column: 1 });
  }
  const current = chosenEnvironment(state);
  const chosen = await prompts.pick<string | undefined>({
    title: l10n.t('Environment of Message Variables'),
    placeholder: l10n.t('Whose values do variables have?'),
    items: [
      ...reading.environments.map((name) => ({ label: oneLine(name), icon: 'symbol-variable', value: name })),
      { label: l10n.t('No environment'), description: l10n.t('Only what all share'), icon: 'circle-slash', value: undefined },
    ],
    active: current,
  });
  await chooseEnvironment(state, chosen);
}

function noFileText(): string {
  return workspace.workspaceFolders === undefined
    ? l10n.t('Variables are kept in a workspace, and no folder is open.')
    : l10n.t('The workspace has no variables yet. Write them into {0}, with one object for each environment.', VARIABLES_FILE);
}
