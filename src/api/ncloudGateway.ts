import { entryOf, joinTexts, member, textOf } from './failure.ts';
import type { Failure } from './operation.ts';

/** Answers of NAVER's API Gateway itself; the request never reached the service (datastream.md §6.3). */
const GATEWAY_CODES: Readonly<Record<string, Failure>> = {
  '100': { kind: 'invalid', isRefusal: true },
  '200': { kind: 'unauthorized', reason: 'credentials', isRefusal: true },
  '210': { kind: 'forbidden', reason: 'role', isRefusal: true },
  '300': { kind: 'notFound', reason: 'address', isRefusal: true },
  '400': { kind: 'rateLimited', isRefusal: true },
  '410': { kind: 'rateLimited', isRefusal: true },
  '420': { kind: 'rateLimited', isRefusal: true },
  '430': { kind: 'invalid', reason: 'tooLarge', isRefusal: true },
  // "Backend unreachable" and "timed out" may have been said after the request went on.
  '500': { kind: 'unavailable', isRefusal: false },
  '510': { kind: 'unavailable', isRefusal: false },
  '900': { kind: 'unavailable', isRefusal: false },
};

/** Words by which a refused timestamp is told from a wrong key, where the gateway says more than "Authentication Failed". */
const ABOUT_TIME = /timestamp|expired/i;

/** What a NAVER error body says about itself. */
export interface ErrorBody {
  readonly code: string | undefined;
  readonly detail: string | undefined;
}

/** `{error: {errorCode, message, details}}` and the older `{responseError: {returnCode, returnMessage}}`. */
export function ncloudErrorBody(json: unknown): ErrorBody | undefined {
  const error = member(json, 'error');
  if (typeof error === 'object' && error !== null) {
    const texts = joinTexts(textOf(member(error, 'message')), textOf(member(error, 'details')));
    return { code: textOf(member(error, 'errorCode')), detail: texts };
  }
  const older = member(json, 'responseError');
  if (typeof older === 'object' && older !== null) {
    return { code: textOf(member(older, 'returnCode')), detail: textOf(member(older, 'returnMessage')) };
  }
  return undefined;
}

/** The gateway's own refusal, if the code is one of its codes. */
export function gatewayFailure({ code, detail }: ErrorBody): Failure | undefined {
  const failure = entryOf(GATEWAY_CODES, code);
  if (failure === undefined) return undefined;
  const isClock = failure.kind === 'unauthorized' && ABOUT_TIME.test(detail ?? '');
  return { ...failure, ...(isClock ? { reason: 'clock' } : {}), code, detail };
}
