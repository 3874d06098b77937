import type { CloudErrorKind, CloudErrorReason } from '../../model/cloudError.ts';
import { entryOf, statusFailure } from '../failure.ts';
import { gatewayFailure, ncloudErrorBody } from '../ncloudGateway.ts';
import type { Answer, Failure } from '../operation.ts';

/** Every code of cloudfunctions.md §11, those of the second table (seen, not documented) included. */
const KINDS: Readonly<Partial<Record<CloudErrorKind, readonly number[]>>> = {
  invalid: [
    80000, 80100, 80102, 80103, 80104, 80105, 80300, 80302, 80303, 80304, 80305, 80306, 80307, 80316, 80500, 80502, 80503,
    80504, 80505, 80506, 80507, 80511, 80512, 80520, 80521, 80711, 80731, 80740, 80751,
  ],
  // 80700, 80710, 80730, 80750 and 80005: another service has to be subscribed to first.
  forbidden: [80002, 80700, 80710, 80730, 80750, 80005],
  notFound: [80101, 80301, 80322, 80501, 80517, 80518, 80900],
  conflict: [80011, 80109, 80752, 80901],
  quotaExceeded: [80106, 80308, 80508, 80324, 80519],
  // 81311–81314: a subnet is being attached or detached; 80031: "try again in a few minutes".
  unavailable: [80031, 81311, 81312, 81313, 81314],
};

/** What decides more than the kind: no permission; the package, the action or the trigger is not there. */
const REASONS: Readonly<Record<string, CloudErrorReason>> = {
  '80002': 'role',
  '80101': 'resourceGone',
  '80301': 'resourceGone',
  '80501': 'resourceGone',
};

function kindOf(code: string | undefined): CloudErrorKind | undefined {
  const number = Number(code);
  for (const [kind, codes] of Object.entries(KINDS)) if (codes.includes(number)) return kind as CloudErrorKind;
  return undefined;
}

/** How Cloud Functions fails: `{error: {errorCode, message, details}}`, the gateway's codes, or a status alone. */
export function functionsFailure({ status, json }: Answer): Failure | undefined {
  const byStatus = statusFailure(status);
  if (byStatus === undefined) return undefined;
  const body = ncloudErrorBody(json);
  if (body === undefined) return byStatus;
  const fromGateway = gatewayFailure(body);
  if (fromGateway !== undefined) return fromGateway;
  const kind = kindOf(body.code);
  if (kind === undefined) return { ...byStatus, ...body };
  const reason = entryOf(REASONS, body.code);
  return { kind, isRefusal: byStatus.isRefusal, ...(reason === undefined ? {} : { reason }), ...body };
}
