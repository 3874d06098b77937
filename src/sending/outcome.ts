import { CancelledError, CloudError, type CloudErrorKind } from '../model/cloudError.ts';

/** How a send that did not succeed ended: certainly not on the topic, or nobody knows. */
export type FailedOutcome = 'refused' | 'unknown';

/** Kinds with which the service said no, or nothing left this machine. */
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
  if (error instanceof CancelledError) return 'unknown';
  if (!(error instanceof CloudError)) return 'refused';
  if (SAID_NO[error.kind]) return 'refused';
  return error.details.mayHaveArrived === false ? 'refused' : 'unknown';
}
