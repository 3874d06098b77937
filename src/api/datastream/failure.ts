import { joinTexts, member, statusFailure, textOf } from '../failure.ts';
import { gatewayFailure, ncloudErrorBody } from '../ncloudGateway.ts';
import type { Answer, Failure } from '../operation.ts';

/** The `code` values of datastream.md §6.4; which status each comes with is not documented. */
const CODES: Readonly<Record<string, Failure>> = {
  InternalError: { kind: 'unavailable' },
  UserNotFound: { kind: 'unauthorized', reason: 'credentials' },
  LimitExceeded: { kind: 'quotaExceeded' },
  ResourceAlreadyExists: { kind: 'conflict' },
  CreateFailure: { kind: 'unavailable' },
  DeleteFailure: { kind: 'unavailable' },
  UpdateFailure: { kind: 'unavailable' },
  InvalidState: { kind: 'conflict' },
  InvalidResourceNotFound: { kind: 'notFound' },
  InvalidBucketNotFound: { kind: 'notFound' },
  InvalidTopicNotFound: { kind: 'notFound' },
  InvalidConnectorNotFound: { kind: 'notFound' },
  InvalidParameter: { kind: 'invalid' },
  DuplicateName: { kind: 'conflict' },
  InvalidName: { kind: 'invalid' },
  InvalidPartition: { kind: 'invalid' },
  InvalidRetention: { kind: 'invalid' },
  InvalidDescription: { kind: 'invalid' },
  InvalidConsumerSpec: { kind: 'invalid' },
  InvalidDateFormat: { kind: 'invalid' },
  InvalidExportType: { kind: 'invalid' },
  InvalidLocation: { kind: 'invalid' },
  InvalidRoleNrn: { kind: 'invalid' },
};

/** How Data Stream's management API fails: a flat body, the gateway's body, or a status alone (datastream.md §6). */
export function dataStreamFailure({ status, json, operation }: Answer): Failure | undefined {
  const byStatus = statusFailure(status);
  if (byStatus === undefined) return undefined;
  const wrapped = ncloudErrorBody(json);
  if (wrapped !== undefined) return gatewayFailure(wrapped) ?? { ...byStatus, ...wrapped };

  const code = textOf(member(json, 'code'));
  const known = code === undefined ? undefined : CODES[code];
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
 * bodies above (datastream.md §5).
 */
export function sendFailure(answer: Answer): Failure | undefined {
  const failure = dataStreamFailure(answer);
  if (failure !== undefined) return failure;
  const inner = Number(textOf(member(answer.json, 'status')) ?? answer.status);
  return Number.isInteger(inner) ? dataStreamFailure({ ...answer, status: inner }) : undefined;
}
