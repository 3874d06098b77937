import { badParameterCode, noSuchApiCode, tokenProblem } from '../choices.ts';
import { jsonReply, Refusal } from '../http.ts';
import type { Reply } from '../http.ts';
import type { JsonObject } from '../json.ts';

/** Result codes and their messages (easyqueue.md §2.6). */
const messages = {
  4000100: 'Topic name is already in use.',
  4000101: 'Invalid partition count. Must be greater than existing.',
  4000103: 'Topic is not in ACTIVE status.',
  4000300: 'Invalid time range.',
  4000301: 'Statistics data retention period exceeded.(Maximum: 90 days)',
  4000302: 'Invalid query duration.(Minimum: 60 seconds, Maximum: 30 days)',
  4000303: 'Invalid metrics type.',
  4000400: 'Topic quota exceeded.',
  4000401: 'Topic partition quota exceeded.',
  4000402: 'Project partition quota exceeded.',
  4030000: 'Permission denied.',
  4040100: 'Topic not found.',
  4040400: 'AppKey not found.',
  5000000: 'Internal API fail.',
} as const;

/** A documented failure. */
export type ResultCode = keyof typeof messages;

/** Always HTTP 200; the header tells (easyqueue.md §3). */
export function success(data: JsonObject = {}): Reply {
  return jsonReply(200, { header: { isSuccessful: true, resultCode: 0, resultMessage: 'Success' }, ...data });
}

/** A failure of the code table. */
export function failure(code: ResultCode): Reply {
  return envelope(code, messages[code]);
}

/** Ends the request with a documented failure. */
export function refuse(code: ResultCode): Refusal {
  return new Refusal(failure(code));
}

/** Ends the request because of a parameter (not in the code table, see choices.ts). */
export function badParameter(name: string): Refusal {
  return new Refusal(envelope(badParameterCode, `Invalid parameter: ${name}`));
}

/** The token is missing, unknown, revoked or expired (not in the code table, see choices.ts). */
export function badToken(): Reply {
  return envelope(tokenProblem.code, tokenProblem.message);
}

/** No such path or method (not in the code table, see choices.ts). */
export function noSuchApi(): Reply {
  return envelope(noSuchApiCode, 'No such API.');
}

function envelope(resultCode: number, resultMessage: string): Reply {
  return jsonReply(200, { header: { isSuccessful: false, resultCode, resultMessage } });
}
