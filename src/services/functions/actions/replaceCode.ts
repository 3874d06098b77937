import * as l10n from '@vscode/l10n';

import type { FunctionsClient } from '../../../api/functions/client.ts';
import { CancelledError, ifThere, isOutcomeUnknown } from '../../../model/cloudError.ts';
import type { ActionDetail } from '../../../model/functions.ts';
import { ProblemError } from '../../../model/problem.ts';
import type { ActionTarget, FunctionsDeps } from '../context.ts';
import { Versions } from '../editing/versions.ts';
import { readWholeAction } from '../editing/wholeAction.ts';
import { fingerprint } from './fingerprint.ts';

/** What replacing code needs. */
export type ReplaceDeps = Pick<FunctionsDeps, 'client' | 'progress' | 'reading' | 'versionsFolder' | 'now'>;

/** What is to be replaced by what. */
export interface Replacing {
  /** What it is called on this machine. */
  readonly from: string;
  /** The action as it was when the user was asked. */
  readonly asked: ActionDetail;
  /** The same with the new code. */
  readonly next: ActionDetail;
}

/** What came of it: `found` where no answer came, and looking again told. `moved` where it is not what the question was about any more. */
export type Replaced = { readonly kind: 'sent' | 'found' } | { readonly kind: 'moved'; readonly now: ActionDetail | undefined };

/**
 * Replaces the code of an action, once, unless it moved since the question; what runs before is kept first. Where no answer comes it is looked
 * whether it was done, also after Cancel.
 * @throws CloudError, CancelledError where nothing was sent; ProblemError where nobody knows what became of it, or the version before cannot be kept
 */
export async function replaceCode(target: ActionTarget, { from, asked, next }: Replacing, deps: ReplaceDeps): Promise<Replaced> {
  const { place: { account, region }, name } = target;
  const client = await deps.client(account.id, region);
  const attempt = { isSent: false };
  try {
    return await deps.progress(l10n.t('Deploying to action "{0}"…', name), async (signal): Promise<Replaced> => {
      const now = await ifThere(readWholeAction(client, target, signal));
      if (now === undefined || fingerprint(now) !== fingerprint(asked)) return { kind: 'moved', now };
      await keep(target, now, deps);
      attempt.isSent = !signal.aborted;
      await client.putAction({ ...now, code: next.code, isBinary: next.isBinary }, signal);
      return { kind: 'sent' };
    });
  } catch (error) {
    if (!attempt.isSent || !isOutcomeUnknown(error)) throw error;
    await lookAgain(target, from, next, error, client, deps);
    return { kind: 'found' };
  }
}

/** What is there says what became of it. @throws what was thrown, or what is known of it, where it was not done as far as is known */
async function lookAgain(target: ActionTarget, from: string, next: ActionDetail, error: unknown, client: FunctionsClient, { reading }: ReplaceDeps): Promise<void> {
  const { pkg, name, place: { account } } = target;
  // Not by the signal of the progress: that may have been cancelled.
  const found = await reading(l10n.t('Checking what happened…'), (signal) => client.getAction(pkg, name, signal)).catch(() => undefined);
  if (found !== undefined && fingerprint(found) === fingerprint(next)) return;
  if (!(error instanceof CancelledError)) throw error;
  throw new ProblemError({
    message: found === undefined
      ? l10n.t('Cancelled before an answer came. "{0}" may or may not have been deployed to action "{1}".', from, name)
      : l10n.t('Cancelled. "{0}" was not deployed to action "{1}" when this was checked.', from, name),
    remedies: [],
  }, error, account.id);
}

async function keep(target: ActionTarget, now: ActionDetail, { versionsFolder, now: clock }: ReplaceDeps): Promise<void> {
  try {
    await new Versions(versionsFolder, clock).keep(target, now);
  } catch (error) {
    throw new ProblemError({
      message: l10n.t('The previous code could not be kept on this machine, so nothing was deployed.'), hint: l10n.t('Check whether the disk is full.'), remedies: ['showLog'],
    }, error, target.place.account.id);
  }
}
