import * as l10n from '@vscode/l10n';

import type { FunctionsClient } from '../../../api/functions/client.ts';
import { CancelledError, CloudError, isOutcomeUnknown } from '../../../model/cloudError.ts';
import type { ActionName } from '../../../model/functions.ts';
import { problemOf } from '../../../model/problem.ts';
import type { Problem } from '../../../model/problem.ts';
import { isSameAction, linkedAmong, linkedText } from './linkedName.ts';

/** What is to change. */
export interface LinkChanges {
  readonly link: readonly ActionName[];
  readonly unlink: readonly ActionName[];
}

/** One change that was not made. */
interface LinkFailure {
  readonly action: ActionName;
  readonly isLink: boolean;
  readonly error: unknown;
}

/** What became of the changes. */
export interface LinkOutcome extends LinkChanges {
  readonly failures: readonly LinkFailure[];
  /** The user ended it: what is in no list was not asked for, but for {@link underWay}. */
  readonly isCalledOff: boolean;
  /** The change that was under way then: whether it was made is not known. */
  readonly underWay?: Omit<LinkFailure, 'error'>;
}

type Client = Pick<FunctionsClient, 'getTrigger' | 'linkAction' | 'unlinkAction'>;

/** Problems that are listed; of the rest it is said how many there are. */
const MOST_LISTED = 8;

/** Makes one change after another; where one fails the others go on. Never throws. */
export async function applyLinks(trigger: string, changes: LinkChanges, client: Client, signal: AbortSignal): Promise<LinkOutcome> {
  const link: ActionName[] = [];
  const unlink: ActionName[] = [];
  const failures: LinkFailure[] = [];
  // First what is not wanted any more: a trigger may have so many links and no more (cloudfunctions.md §10.2).
  const all = [...changes.unlink.map((action) => ({ action, isLink: false })), ...changes.link.map((action) => ({ action, isLink: true }))];
  for (const { action, isLink } of all) {
    if (signal.aborted) return { link, unlink, failures, isCalledOff: true };
    try {
      await applyOne(trigger, action, isLink, client, signal);
      (isLink ? link : unlink).push(action);
    } catch (error) {
      if (error instanceof CancelledError) return { link, unlink, failures, isCalledOff: true, underWay: { action, isLink } };
      failures.push({ action, isLink, error });
    }
  }
  return { link, unlink, failures, isCalledOff: false };
}

/** Where it is so already, that is what was wanted; where no answer came, the trigger is asked. */
async function applyOne(trigger: string, action: ActionName, isLink: boolean, client: Client, signal: AbortSignal): Promise<void> {
  try {
    await (isLink ? client.linkAction(trigger, action, signal) : client.unlinkAction(trigger, action, signal));
  } catch (error) {
    if (error instanceof CancelledError) throw error;
    if (error instanceof CloudError && error.details.reason === (isLink ? 'alreadyLinked' : 'notLinked')) return;
    if (!isOutcomeUnknown(error) || (await isLinked(trigger, action, client, signal, error)) !== isLink) throw error;
  }
}

async function isLinked(trigger: string, action: ActionName, client: Client, signal: AbortSignal, cause: unknown): Promise<boolean> {
  const { actions } = await client.getTrigger(trigger, signal).catch((looking: unknown) => {
    // The first failure says more: that the change may or may not have been made.
    throw looking instanceof CancelledError ? looking : cause;
  });
  return actions.some((text) => {
    const found = linkedAmong(text, [action]);
    return found !== undefined && isSameAction(found, action);
  });
}

/** What was not linked or unlinked, and why; undefined where everything was. */
export function linkProblem({ failures, link, unlink }: LinkOutcome, accountName: string): Problem | undefined {
  const problems = failures.flatMap(({ action, isLink, error }) => {
    const problem = problemOf(error, { what: linkedText(action), accountName });
    return problem === undefined ? [] : [{ ...problem, isLink }];
  });
  const [first, ...others] = problems;
  if (first === undefined) return undefined;
  const { isLink, ...problem } = first;
  if (others.length === 0) {
    return { ...problem, message: isLink ? l10n.t('Not linked: {0}', problem.message) : l10n.t('Could not be unlinked: {0}', problem.message) };
  }
  const reasons = problems.slice(0, MOST_LISTED).map(({ message, hint }) => (hint === undefined ? message : `${message} ${hint}`));
  const more = problems.length - reasons.length;
  const total = failures.length + link.length + unlink.length;
  return {
    message: [l10n.t('{0} of {1} changes were not made.', problems.length, total), ...reasons, ...(more > 0 ? [l10n.t('and {0} more', more)] : [])].join('\n'),
    remedies: problem.remedies,
  };
}
