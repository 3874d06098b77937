import { entryOf, joinTexts, member, statusFailure, textOf } from '../failure.ts';
import { gatewayFailure, ncloudErrorBody } from '../ncloudGateway.ts';
import type { Answer, Failure } from '../operation.ts';

/** The `code` values of datastream.md §6.4; which status each comes with is not documented. */
const CODES: Readonly<Record<string, Failure>> = {
  InternalError: { kind: 'unavailable', reason: 'internal' },
  UserNotFound: { kind: 'unauthorized', reason: 'user' },
  LimitExceeded: { kind: 'quotaExceeded', reason: 'quota' },
  ResourceAlreadyExists: { kind: 'conflict', reason: 'connectorExists' },
  CreateFailure: { kind: 'unavailable', reason: 'createFailed' },
  DeleteFailure: { kind: 'unavailable', reason: 'deleteFailed' },
  UpdateFailure: { kind: 'unavailable', reason: 'updateFailed' },
  InvalidState: { kind: 'conflict', reason: 'state' },
  InvalidResourceNotFound: { kind: 'notFound', reason: 'resourceGone' },
  // The topic is there: it is the value that is wrong.
  InvalidBucketNotFound: { kind: 'invalid', reason: 'bucket' },
  InvalidTopicNotFound: { kind: 'notFound', reason: 'topicGone' },
  InvalidConnectorNotFound: { kind: 'notFound', reason: 'connectorGone' },
  InvalidParameter: { kind: 'invalid', reason: 'parameter' },
  DuplicateName: { kind: 'conflict', reason: 'duplicateName' },
  InvalidName: { kind: 'invalid', reason: 'nameRule' },
  InvalidPartition: { kind: 'invalid', reason: 'partitions' },
  InvalidRetention: { kind: 'invalid', reason: 'retention' },
  InvalidDescription: { kind: 'invalid', reason: 'description' },
  InvalidConsumerSpec: { kind: 'invalid', reason: 'consumerSpec' },
  InvalidDateFormat: { kind: 'invalid', reason: 'dateFormat' },
  InvalidExportType: { kind: 'invalid', reason: 'exportType' },
  InvalidLocation: { kind: 'invalid', reason: 'location' },
  InvalidRoleNrn: { kind: 'invalid', reason: 'roleNrn' },
};

/** How Data Stream's management API fails: a flat body, the gateway's body, or a status alone (datastream.md §6). */
export function dataStreamFailure({ status, json, operation }: Answer): Failure | undefined {
  const byStatus = statusFailure(status);
  if (byStatus === undefined) return undefined;
  const wrapped = ncloudErrorBody(json);
  if (wrapped !== undefined) return gatewayFailure(wrapped) ?? { ...byStatus, ...wrapped };

  const code = textOf(member(json, 'code'));
  const known = entryOf(CODES, code);
  // "Service limit exceeded" is said of quotas and of haste alike; a read can only have been hasty.
  const failure = status === 429 && operation === 'read' ? byStatus : (known ?? byStatus);
  return {
    ...failure,
    isRefusal: byStatus.isRefusal === true && failure.kind !== 'unavailable',
    code,
    detail: joinTexts(textOf(member(json, 'title')), textOf(member(json, 'detail'))),
  };
}

/**
 * How Send message fails: its own `{status, detail}`, whose status counts where the answer's own is 2xx, or any of the
 * bodies above (datastream.md §5). No body of an error is a success, whatever status it comes with.
 */
export function sendFailure(answer: Answer): Failure | undefined {
  const failure = dataStreamFailure(answer);
  if (failure !== undefined) return failure;
  const wrapped = ncloudErrorBody(answer.json);
  if (wrapped !== undefined) return gatewayFailure(wrapped) ?? { kind: 'unexpectedResponse', ...wrapped, isRefusal: false };
  const said = textOf(member(answer.json, 'status'));
  if (said === undefined) return unsaidFailure(answer.json);
  const status = Number(said);
  // What is no number at all is no documented answer; the schema says so.
  if (!Number.isInteger(status)) return undefined;
  const inner = dataStreamFailure({ ...answer, status });
  return inner === undefined ? undefined : { ...inner, status };
}

/** An error in a 2xx that says no status of its own: it may be about anything, so nobody knows what became of the message. */
function unsaidFailure(json: unknown): Failure | undefined {
  const code = textOf(member(json, 'code'));
  const error = member(json, 'error');
  const isNone = error === undefined || error === null || error === false || error === '';
  if (code === undefined && isNone) return undefined;
  const detail = joinTexts(textOf(member(json, 'title')), textOf(error), textOf(member(json, 'detail')));
  return { ...(entryOf(CODES, code) ?? { kind: 'unexpectedResponse' }), code, detail, isRefusal: false };
}
