import type { OperationClass } from './account.ts';
import type { Explain } from './problemWords.ts';

/** Why a call to a cloud did not give what was asked for. Each kind has its text in `problem.ts`. */
export type CloudErrorKind =
  | 'unauthorized'
  | 'forbidden'
  | 'locked'
  | 'notFound'
  | 'conflict'
  | 'invalid'
  | 'quotaExceeded'
  | 'rateLimited'
  | 'unavailable'
  | 'timeout'
  | 'network'
  | 'unexpectedResponse';

/** The finer cause, where it is known: it decides the hint ("check the clock", "open the proxy settings"). */
export type CloudErrorReason =
  /** NAVER's key id or secret; without a host: the keys could not even be read. */
  | 'credentials'
  /** NHN's user access key (id or secret), refused where tokens are given. */
  | 'userAccessKey'
  | 'clock'
  | 'token'
  | 'appKey'
  | 'region'
  | 'role'
  | 'ipAcl'
  | 'mainAccountKey'
  | 'lane'
  | 'dns'
  | 'refused'
  | 'reset'
  | 'certificate'
  | 'proxy'
  | 'redirect'
  /** A custom endpoint that is no safe address. */
  | 'endpoint'
  /** The gateway knows no such address, or does not tell those who may not use it. */
  | 'address'
  /** A name that cannot stand in a path; it is the detail. */
  | 'name'
  | 'notJson'
  | 'schema'
  | 'tooLarge'
  | 'empty'
  | ChangeReason;

/**
 * Why a change was refused, or what broke down: the services' error codes (datastream.md §6.4, easyqueue.md §2.6,
 * cloudfunctions.md §11) in words of no service. Those about one value are the names of what it belongs to.
 */
export type ChangeReason =
  /** Taken already. */
  | 'duplicateName'
  | 'nameRule'
  | 'partitions'
  | 'retention'
  | 'description'
  | 'consumerSpec'
  | 'dateFormat'
  | 'exportType'
  | 'location'
  /** The bucket of a location does not exist, or cannot be reached. */
  | 'bucket'
  | 'roleNrn'
  /** A value, and the code does not say which. */
  | 'parameter'
  /** Not while it is being created or deleted, or is broken. */
  | 'state'
  | 'topicGone'
  | 'connectorGone'
  | 'resourceGone'
  | 'connectorExists'
  /** EasyQueue: topics of a project, partitions of a topic, partitions of a project. */
  | 'topicQuota'
  | 'topicPartitionQuota'
  | 'projectPartitionQuota'
  /** A limit, and the code does not say which. */
  | 'quota'
  /** The keys are good, but whose they are is not known to the service. */
  | 'user'
  | 'createFailed'
  | 'updateFailed'
  | 'deleteFailed'
  | 'internal'
  /** EasyQueue has no Kafka cluster for the project. */
  | 'cluster'
  | FunctionsReason;

/** The same for what only Cloud Functions has (cloudfunctions.md §11). */
type FunctionsReason =
  /** It is on the other of VPC and Classic. */
  | 'platform'
  /** No such type of action or trigger. */
  | 'type'
  /** A type cannot be changed. */
  | 'typeFixed'
  /** A value of the wrong JSON type, or one that is missing; the code says of what. */
  | 'fieldType'
  | 'fieldMissing'
  /** What a run is given. */
  | 'runParameters'
  /** Another service has to be subscribed to first. */
  | 'subscription'
  /** What starts a trigger does not exist, or is not as it should be. */
  | 'eventRule'
  | 'webhook'
  | 'secret'
  /** The record of a run: not written yet, or not kept any more. */
  | 'activationMissing'
  /** A trigger without actions has nothing to run. */
  | 'nothingLinked'
  | 'notLinked'
  | 'alreadyLinked'
  /** Links of one action, or of one trigger. */
  | 'linkQuota'
  | 'packageNotEmpty'
  /** The subnet of an action is being attached or detached, or that failed. */
  | 'subnet';

/** What a {@link CloudError} knows beyond its kind. No field ever holds a credential, a request body, or eight characters in a row of a message. */
export interface CloudErrorDetails {
  readonly reason?: CloudErrorReason;
  /** The class of the operation that failed. */
  readonly operation?: OperationClass;
  readonly method?: string;
  readonly host?: string;
  /** Path and query as sent. */
  readonly target?: string;
  /** HTTP status, where an answer came. */
  readonly status?: number;
  /** The service's own code: EasyQueue's `resultCode`, Data Stream's `code`, Cloud Functions' `errorCode`. */
  readonly code?: string;
  /** The service's own words, tags removed, at most 500 characters. */
  readonly detail?: string;
  /** Where the answer left its documented shape, e.g. `topicList.0.partitionCount`. */
  readonly path?: string;
  /** Milliseconds the service asked to wait (`Retry-After`). */
  readonly retryAfterMs?: number;
  /** What its service has to say of it, where the general words are not enough: they are loaded with the service. */
  readonly explain?: Explain;
  /** Milliseconds the local clock is ahead of the server's (negative: behind), for `reason: 'clock'`. */
  readonly clockSkewMs?: number;
  /** False only when it is certain that nothing reached the service; decides whether a send ended as "unknown". */
  readonly mayHaveArrived?: boolean;
  readonly cause?: unknown;
}

/** What `api` throws, beside {@link CancelledError}. Its message is for the log, in English; users read the {@link Problem} made from it. */
export class CloudError extends Error {
  override readonly name = 'CloudError';
  readonly kind: CloudErrorKind;
  readonly details: CloudErrorDetails;

  constructor(kind: CloudErrorKind, details: CloudErrorDetails = {}) {
    const where = details.method === undefined ? '' : ` ${details.method} ${details.host ?? ''}${details.target ?? ''}`;
    const what = [details.reason, details.status, details.code, details.detail, details.path].filter((x) => x !== undefined);
    super(`${kind}${where}${what.length === 0 ? '' : ` (${what.join(', ')})`}`, { cause: details.cause });
    this.kind = kind;
    this.details = details;
  }
}

const GONE: readonly CloudErrorReason[] = ['topicGone', 'connectorGone', 'resourceGone'];

/** Whether an error says that the thing itself is not there, rather than that its address or its project is wrong. */
export function isGone(error: unknown): error is CloudError {
  if (!(error instanceof CloudError) || error.kind !== 'notFound') return false;
  const { reason, code } = error.details;
  // The sample of a 404 has no code (datastream.md §6.2); the gateway's "wrong address" always has one (§6.3).
  return reason === undefined ? code === undefined : GONE.includes(reason);
}

/**
 * What is asked for, or undefined where it is gone: nothing is left to read, or to delete.
 * @throws whatever else went wrong
 */
export async function ifThere<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

/** Thrown when the user, or the end of whatever wanted the answer, called the work off. Silent everywhere. */
export class CancelledError extends Error {
  override readonly name = 'CancelledError';

  constructor() {
    super('Cancelled');
  }
}

/** Whether something may have been changed although no answer said so. */
export function isOutcomeUnknown(error: unknown): boolean {
  if (error instanceof CancelledError) return true;
  if (!(error instanceof CloudError) || error.details.mayHaveArrived === false) return false;
  return ['network', 'timeout', 'unavailable', 'unexpectedResponse'].includes(error.kind);
}
