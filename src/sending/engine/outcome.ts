import { CancelledError, CloudError, type CloudErrorKind } from '../../model/cloudError.ts';
import type { FailureNote, MessageOutcome } from '../recording.ts';

/** How a send that did not succeed ended: certainly not on the topic, or nobody knows. */
export type FailedOutcome = 'refused' | 'unknown';

/** Kinds with which the service said no, or nothing left this machine, where the error does not say it itself. */
const SAID_NO: Readonly<Record<CloudErrorKind, boolean>> = {
  unauthorized: true,
  forbidden: true,
  locked: true,
  notFound: true,
  conflict: true,
  invalid: true,
  quotaExceeded: true,
  rateLimited: true,
  unavailable: false,
  timeout: false,
  network: false,
  unexpectedResponse: false,
};

/**
 * Whether a failed send may have put the message on the topic all the same. Only then the user is told so: a send is
 * never repeated by itself, because Data Stream knows no idempotency (datastream.md §11).
 */
export function outcomeOf(error: unknown): FailedOutcome {
  // Called off, or a mistake of ours: it may have left before.
  if (!(error instanceof CloudError)) return 'unknown';
  const { mayHaveArrived } = error.details;
  // The words of a refusal in an answer of a breakdown (5xx) refuse nothing for certain.
  if (mayHaveArrived !== undefined) return mayHaveArrived ? 'unknown' : 'refused';
  return SAID_NO[error.kind] ? 'refused' : 'unknown';
}

/** What is written down of an error. What is no error of a cloud is a mistake of ours, and its words may hold anything: none of them stay. */
export function failureNote(error: unknown): FailureNote {
  if (error instanceof CancelledError) return { kind: 'cancelled' };
  if (!(error instanceof CloudError)) return { kind: 'unexpectedResponse' };
  const { status, code, detail } = error.details;
  return {
    kind: error.kind,
    ...(status === undefined ? {} : { status }),
    ...(code === undefined ? {} : { code }),
    ...(detail === undefined ? {} : { detail }),
  };
}

/** The same for a run that ended because of it. @param at where it broke, if that was on this machine */
export function stopNote(error: unknown, at: FailureNote['at']): FailureNote {
  const note = failureNote(error);
  return at === undefined || note.kind === 'cancelled' ? note : { ...note, at };
}

/** How a message ended whose sending failed so. */
export function failedOutcome(error: unknown): Extract<MessageOutcome, { readonly kind: FailedOutcome }> {
  return { kind: outcomeOf(error), note: failureNote(error) };
}

/** Whether the service had too many requests, and did nothing with this one for certain. */
export function isTooMany(error: unknown): error is CloudError {
  if (!(error instanceof CloudError) || outcomeOf(error) !== 'refused') return false;
  return error.kind === 'rateLimited' || error.details.status === 429;
}

/** Whether every further message would fail in the same way. */
export function hitsAll(error: unknown): boolean {
  if (!(error instanceof CloudError)) return true;
  const { reason, mayHaveArrived } = error.details;
  switch (error.kind) {
    case 'unauthorized':
    case 'forbidden':
    case 'locked':
    case 'notFound':
      return true;
    case 'network':
    case 'timeout':
      // No connection came about, or somebody in between sends all of them elsewhere.
      return mayHaveArrived === false || reason === 'redirect';
    case 'invalid':
      return reason === 'endpoint' || reason === 'region';
    case 'conflict':
    case 'quotaExceeded':
    case 'rateLimited':
    case 'unavailable':
    case 'unexpectedResponse':
      return false;
  }
}
