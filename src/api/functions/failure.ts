import type { CloudErrorKind, CloudErrorReason } from '../../model/cloudError.ts';
import { FUNCTION_WORDS } from '../../model/problemFunctions.ts';
import { entryOf, member, statusFailure, textOf } from '../failure.ts';
import { gatewayFailure, ncloudErrorBody, type ErrorBody } from '../ncloudGateway.ts';
import type { Answer, Failure } from '../operation.ts';

/** Every code of cloudfunctions.md §11, those of the second table (seen, not documented) included. */
const CODES: Readonly<Record<string, readonly [CloudErrorKind, CloudErrorReason]>> = Object.fromEntries([
  ...all('invalid', 'parameter', [80000, 80105, 80307, 80507]),
  ...all('invalid', 'nameRule', [80100, 80300, 80500]),
  ...all('invalid', 'platform', [80102, 80302, 80502]),
  ...all('invalid', 'fieldType', [80103, 80305, 80505, 80520]),
  ...all('invalid', 'fieldMissing', [80104, 80306, 80506, 80521]),
  ...all('invalid', 'type', [80303, 80503]),
  ...all('invalid', 'typeFixed', [80304, 80504]),
  ...all('invalid', 'runParameters', [80316, 80511]),
  ...all('invalid', 'nothingLinked', [80512]),
  ...all('invalid', 'eventRule', [80711, 80731]),
  ...all('invalid', 'webhook', [80740]),
  ...all('invalid', 'secret', [80751]),
  ...all('forbidden', 'role', [80002]),
  ...all('forbidden', 'subscription', [80005, 80700, 80710, 80730, 80750]),
  ...all('notFound', 'resourceGone', [80101, 80301, 80501]),
  // 80518 came where 80517 is documented.
  ...all('notFound', 'activationMissing', [80322, 80517, 80518]),
  ...all('notFound', 'notLinked', [80900]),
  ...all('conflict', 'duplicateName', [80011]),
  ...all('conflict', 'packageNotEmpty', [80109]),
  // The secret is being replaced.
  ...all('conflict', 'state', [80752]),
  ...all('conflict', 'alreadyLinked', [80901]),
  ...all('quotaExceeded', 'quota', [80106, 80308, 80508]),
  ...all('quotaExceeded', 'linkQuota', [80324, 80519]),
  // "Try again in a few minutes."
  ...all('unavailable', 'internal', [80031]),
  ...all('unavailable', 'subnet', [81311, 81312, 81313, 81314]),
]);

function all(
  kind: CloudErrorKind,
  reason: CloudErrorReason,
  codes: readonly number[],
): readonly (readonly [string, readonly [CloudErrorKind, CloudErrorReason]])[] {
  return codes.map((code) => [String(code), [kind, reason]]);
}

/**
 * How Cloud Functions fails: `{error: {errorCode, message, details}}`, the gateway's codes, or a status alone. The record of a run is
 * an answer, whatever its status: that the function failed is what it tells (cloudfunctions.md §1.4).
 */
export function functionsFailure({ status, json, operation }: Answer): Failure | undefined {
  if (operation === 'send' && isActivation(json)) return undefined;
  const byStatus = statusFailure(status);
  const body = ncloudErrorBody(json);
  if (byStatus === undefined) return body?.code === undefined ? undefined : withinSuccess(body);
  if (body === undefined) return byStatus;
  return gatewayFailure(body) ?? ofCode(body, byStatus.isRefusal === true) ?? { ...byStatus, ...body };
}

/** What a code says; where something broke down, nobody knows how far it got. */
function ofCode(body: ErrorBody, isRefusal: boolean): Failure | undefined {
  const known = entryOf(CODES, body.code);
  if (known === undefined) return undefined;
  const [kind, reason] = known;
  return { kind, reason, isRefusal: isRefusal && kind !== 'unavailable', explain: entryOf(FUNCTION_WORDS, body.code), ...body };
}

/** No body of an error is a success, whatever status it comes with; what became of the request is not known then. */
function withinSuccess(body: ErrorBody): Failure {
  return gatewayFailure(body) ?? ofCode(body, false) ?? { kind: 'unexpectedResponse', ...body, isRefusal: false };
}

/** A run, in `content` or, as OpenWhisk gives it, bare; at least its id. */
function isActivation(json: unknown): boolean {
  return [member(json, 'content'), json].some((record) => textOf(member(record, 'activationId')) !== undefined);
}
