import * as l10n from '@vscode/l10n';

import type { Account } from '../model/account.ts';
import { CancelledError, CloudError, isGone, isOutcomeUnknown } from '../model/cloudError.ts';
import { problemOf, problemText } from '../model/problem.ts';
import type { ResourceRef } from '../model/resource.ts';
import type { DocumentValues, EditableType, Snapshot } from './documentType.ts';
import type { EditReading } from './editText.ts';
import { isSame } from './merge.ts';
import { SaveProblem } from './saveProblem.ts';
import { isSameMember } from './values.ts';

/** Shows what is waited for; its Cancel button ends the signal. */
type Waiting = <T>(title: string, work: (signal: AbortSignal) => Promise<T>) => Promise<T>;

/** A resource that a document changes. */
export interface Target {
  readonly edit: EditableType;
  readonly ref: ResourceRef;
  /** Names it in the user's language: `Topic "orders"`. */
  readonly title: string;
  readonly account: Account;
  readonly waiting: Waiting;
}

/** What became of a change that was made. */
export interface Changed {
  /** What is in the cloud now. */
  readonly values: DocumentValues;
  readonly identity?: string;
  /** No answer came; it was looked up. */
  readonly isUnanswered: boolean;
}

/** A change that is to be made. */
interface Change {
  /** The text it was made from, for the place of a refusal. */
  readonly reading: EditReading;
  /** What was in the cloud when the user agreed to it. */
  readonly remote: Pick<Snapshot, 'values' | 'identity'>;
  readonly wanted: DocumentValues;
}

/** The identity of a thing, where it has one. */
export function identityOf({ identity }: { readonly identity?: string | undefined }): { readonly identity?: string } {
  return identity === undefined ? {} : { identity };
}

/**
 * Looks once more, and sends a change where nothing moved, once. Where no answer came, or it was called off meanwhile, what is there
 * now is looked at.
 * @returns what is there now, where it moved: nothing was sent
 * @throws SaveProblem where it was refused, or not made as far as is known
 * @throws CancelledError where it was called off before anything was sent
 */
export async function makeChange(target: Target, change: Change): Promise<Changed | Snapshot> {
  const { edit, ref, waiting } = target;
  let sent: Snapshot | undefined;
  let isCalledOff = (): boolean => false;
  try {
    return await waiting(l10n.t('Changing "{0}"…', ref.name), async (signal) => {
      const again = await edit.read(ref, signal);
      if (isMovedFrom(change.remote, again)) return again;
      sent = again;
      isCalledOff = () => signal.aborted;
      const made = await edit.update(ref, again, change.wanted, signal);
      return { values: made.values, ...identityOf(made), isUnanswered: false };
    });
  } catch (error) {
    // A question the update asked was closed: nothing left.
    if (error instanceof CancelledError && !isCalledOff()) throw error;
    if (sent !== undefined && isOutcomeUnknown(error)) return { ...(await lookAgain(target, change, error)), isUnanswered: true };
    throw error instanceof CloudError ? refused(target, sent === undefined ? undefined : change.reading, error) : error;
  }
}

/** What is in the cloud. @throws SaveProblem where it cannot be read; CancelledError where it was called off */
export async function readRemote(target: Target): Promise<Snapshot> {
  const { edit, ref, waiting } = target;
  try {
    return await waiting(l10n.t('Reading "{0}"…', ref.name), (signal) => edit.read(ref, signal));
  } catch (error) {
    throw error instanceof CloudError ? refused(target, undefined, error) : error;
  }
}

/** A change nobody knows the outcome of is not repeated but looked up. */
async function lookAgain(target: Target, { remote, wanted }: Change, error: unknown): Promise<Pick<Changed, 'values' | 'identity'>> {
  const { edit, ref, account, waiting } = target;
  const problem = problemOf(error, { accountName: account.name }) ?? { message: l10n.t('Cancelled before an answer came.'), remedies: [] };
  const unsure = (text: string): SaveProblem => new SaveProblem({ message: text, remedies: problem.remedies }, [], error, account.id);
  const unknown = (): SaveProblem => unsure(l10n.t('{0} The change may or may not have been made: save again to see.', problem.message));
  let found: Snapshot;
  try {
    // Not with the signal it was called off by.
    found = await waiting(l10n.t('Looking whether "{0}" was changed…', ref.name), (signal) => edit.read(ref, signal));
  } catch (again) {
    if (isGone(again)) throw refused(target, undefined, again);
    throw again instanceof CloudError || again instanceof CancelledError ? unknown() : again;
  }
  const isMoved = !isSame(found.values, remote.values);
  if (isMoved === hasAll(found.values, wanted)) {
    if (isMoved) return { values: found.values, ...identityOf(found) };
    throw unsure(l10n.t('{0} The change was not made: save again to try once more.', problem.message));
  }
  throw unknown();
}

/** Whether what is there is not what was there: another state, or another thing. */
function isMovedFrom(before: Change['remote'], now: Snapshot): boolean {
  return before.identity !== now.identity || !isSame(before.values, now.values);
}

/** Whether a state has all that was sent; what was left out, the service decided. */
function hasAll(found: DocumentValues, wanted: DocumentValues): boolean {
  return Object.entries(wanted).every(([name, value]) => value === null || isSameMember(found[name], value));
}

/** The cloud's no, at the field it is about. */
function refused({ edit, title, account }: Target, reading: EditReading | undefined, error: CloudError): SaveProblem {
  if (isGone(error)) {
    return new SaveProblem({ message: l10n.t('{0} was deleted elsewhere.', title), remedies: [] }, [], error, account.id);
  }
  const problem = problemOf(error, { accountName: account.name }) ?? { message: '', remedies: [] };
  const span = reading?.spans.get(edit.fieldOf(error) ?? '');
  return new SaveProblem(problem, span === undefined ? [] : [{ ...span, message: problemText(problem) }], error, account.id);
}
