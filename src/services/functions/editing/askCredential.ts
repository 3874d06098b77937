import * as l10n from '@vscode/l10n';

import type { InputNote } from '../../../host/prompts.ts';
import type { GithubCredential, TriggerDetail } from '../../../model/functions.ts';
import type { ResourceRef } from '../../../model/resource.ts';
import type { FunctionsDeps } from '../context.ts';
import { filledProblem, repositoryProblem, tokenProblem } from '../triggers/checks.ts';

/** User name and repository of GitHub triggers that were saved in this window: their token is never among them. */
export type RememberedCredentials = Map<string, Pick<GithubCredential, 'username' | 'repository'>>;

/** None yet. */
export function rememberedCredentials(): RememberedCredentials {
  return new Map();
}

/**
 * Asks how a GitHub trigger reaches its repository: the service wants it with every change and never tells it (cloudfunctions.md §7.3).
 * The token is handed back and kept nowhere.
 * @throws CancelledError where the user closed a question
 */
export async function askCredential(
  ref: ResourceRef, { options }: TriggerDetail, remembered: RememberedCredentials, { prompts }: Pick<FunctionsDeps, 'prompts'>,
): Promise<GithubCredential> {
  const key = JSON.stringify([ref.accountId, ...ref.keys]);
  const told = (name: string): string | undefined => options.find((option) => option.key === name)?.value;
  const before = remembered.get(key);
  const title = l10n.t('Save trigger "{0}"', ref.name);
  const username = (await prompts.input({
    title, prompt: l10n.t('GitHub user name'), value: before?.username ?? told('username'), validate: required,
  })).trim();
  const repository = (await prompts.input({
    title, prompt: l10n.t('Repository, as name or organization/name'), value: before?.repository ?? told('repository'), validate: (text) => note(repositoryProblem(text)),
  })).trim();
  const accessToken = (await prompts.input({
    title, prompt: l10n.t('GitHub access token. It is sent to Cloud Functions and kept nowhere else.'), isSecret: true,
    validate: (text) => note(tokenProblem(text, false)),
  })).trim();
  remembered.set(key, { username, repository });
  return { username, accessToken, repository };
}

function required(text: string): InputNote | undefined {
  return note(filledProblem(text));
}

function note(problem: string | undefined): InputNote | undefined {
  return problem === undefined ? undefined : { severity: 'error', message: problem };
}
