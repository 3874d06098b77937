import { createHmac, timingSafeEqual } from 'node:crypto';
import { jsonReply } from './http.ts';
import type { EmulatorRequest, Reply } from './http.ts';

/** One access key of the NAVER account. */
export interface NaverKey {
  readonly accessKeyId: string;
  readonly secretKey: string;
  /** A main account's key cannot send messages (datastream.md §1). */
  readonly isMain: boolean;
}

/** Errors of the API gateway by `errorCode` (datastream.md §6.3). */
const gatewayErrors = {
  100: { status: 400, message: 'Bad Request Exception' },
  200: { status: 401, message: 'Authentication Failed' },
  210: { status: 401, message: 'Permission Denied' },
  300: { status: 404, message: 'Not Found Exception' },
  430: { status: 413, message: 'Request Entity Too Large' },
  900: { status: 500, message: 'Unexpected Error' },
} as const;

/**
 * An error of the gateway, in its documented shape. `reason` tells people who build clients what was wrong; it stands
 * in a header of the emulator's own, since the clouds do not say it.
 */
export function gatewayError(errorCode: keyof typeof gatewayErrors, reason?: string): Reply {
  const { status, message } = gatewayErrors[errorCode];
  const headers = reason === undefined ? undefined : { 'x-emulator-reason': reason };
  return jsonReply(status, { error: { errorCode: String(errorCode), message } }, headers);
}

/** Requests are valid for five minutes around their timestamp (datastream.md §1). */
const windowMs = 300_000;

/** Checks the three headers of a NAVER request; returns the key that signed it, or the refusal. */
export type Gateway = (request: EmulatorRequest) => NaverKey | Reply;

/** A gateway that knows these keys; `now` is its own clock in ms since the epoch. */
export function createGateway(keys: readonly NaverKey[], now: () => number): Gateway {
  const byId = new Map(keys.map((key) => [key.accessKeyId, key]));
  return ({ method, target, headers }) => {
    const timestamp = headers['x-ncp-apigw-timestamp'];
    const accessKeyId = headers['x-ncp-iam-access-key'];
    const signature = headers['x-ncp-apigw-signature-v2'];
    if (typeof timestamp !== 'string' || typeof accessKeyId !== 'string' || typeof signature !== 'string') {
      return gatewayError(200, 'one of the three authentication headers is missing');
    }
    if (!/^\d{1,15}$/.test(timestamp)) return gatewayError(200, 'the timestamp is not a number of milliseconds');
    const key = byId.get(accessKeyId);
    if (key === undefined) return gatewayError(200, 'unknown access key');
    if (Math.abs(Number(timestamp) - now()) > windowMs) return gatewayError(200, 'timestamp outside of five minutes');
    const expected = signatureOf(key, method, target, timestamp);
    return sameText(expected, signature) ? key : gatewayError(200, 'the signature does not match');
  };
}

/** METHOD + space + exact target + LF + timestamp + LF + access key, HMAC-SHA256, Base64 (datastream.md §7). */
function signatureOf(key: NaverKey, method: string, target: string, timestamp: string): string {
  const text = `${method} ${target}\n${timestamp}\n${key.accessKeyId}`;
  return createHmac('sha256', key.secretKey).update(text).digest('base64');
}

/** Compares without telling by its duration where two texts differ. */
export function sameText(expected: string, given: string): boolean {
  const left = Buffer.from(expected);
  const right = Buffer.from(given);
  return left.length === right.length && timingSafeEqual(left, right);
}
