import * as l10n from '@vscode/l10n';

import type { ActionDetail } from '../../../model/functions.ts';
import { ProblemError } from '../../../model/problem.ts';
import type { ResourceRef } from '../../../model/resource.ts';
import type { FunctionsDeps } from '../context.ts';
import { keysOf } from '../resources.ts';
import { Versions } from './versions.ts';
import type { VersionsOf } from './versions.ts';

/** What is needed to keep versions. */
export type KeepingContext = Pick<FunctionsDeps, 'account' | 'versionsFolder' | 'now'>;

/** Whether there are earlier versions of the action a document is about; of another one that had its name, they are none. */
export async function hasVersions(ref: ResourceRef, { resourceId }: Pick<ActionDetail, 'resourceId'>, context: KeepingContext): Promise<boolean> {
  const of = actionOf(ref, context);
  if (of === undefined) return false;
  const versions = new Versions(context.versionsFolder, context.now);
  for (const version of await versions.list(of)) {
    const kept = await versions.read(version);
    if (kept !== undefined && kept.resourceId === resourceId) return true;
  }
  return false;
}

/** Keeps what the action of a document runs before it is replaced. @throws ProblemError where that is not possible: nothing is to be sent then */
export async function keepBefore(ref: ResourceRef, before: ActionDetail, context: KeepingContext): Promise<void> {
  const of = actionOf(ref, context);
  if (of !== undefined) await keepOrRefuse(of, before, context);
}

/** The same for an action. @throws ProblemError */
export async function keepOrRefuse(of: VersionsOf, before: ActionDetail, { versionsFolder, now }: Pick<KeepingContext, 'versionsFolder' | 'now'>): Promise<void> {
  try {
    await new Versions(versionsFolder, now).keep(of, before);
  } catch (error) {
    throw new ProblemError({
      message: l10n.t('The current version of action "{0}" could not be kept on this machine, so nothing was sent.', of.name),
      hint: l10n.t('Check whether the disk is full and whether you may write to it. The log has the reason.'),
      remedies: ['showLog'],
    }, error, of.place.account.id);
  }
}

function actionOf(ref: ResourceRef, { account: accountOf }: KeepingContext): VersionsOf | undefined {
  const { region, first: pkg, second: name } = keysOf(ref);
  const account = accountOf(ref.accountId);
  return account === undefined ? undefined : { place: { account, region }, pkg, name };
}
