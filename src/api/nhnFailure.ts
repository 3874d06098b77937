import { entryOf, joinTexts, member, statusFailure, textOf } from './failure.ts';
import type { Failure } from './operation.ts';

/** Codes that NHN Cloud's services share (easyqueue.md §1.5, §3). */
const SHARED_CODES: Readonly<Record<string, Failure>> = {
  '80007': { kind: 'unauthorized', reason: 'token' },
  '80401': { kind: 'unauthorized', reason: 'token' },
  '80403': { kind: 'forbidden', reason: 'role' },
  '-6': { kind: 'forbidden', reason: 'role' },
  '-8': { kind: 'forbidden', reason: 'ipAcl' },
  '-1': { kind: 'unavailable' },
  '500': { kind: 'unavailable' },
  '1201': { kind: 'unavailable' },
  '404': { kind: 'notFound' },
};

/** "Bad parameter" in its many numbers (easyqueue.md §3). */
const BAD_PARAMETER = ['400', '501', '502', '503', '504', '505', '1000', '1104', '10005', '70008'];

/** Seven digits: an HTTP-like class and four digits of detail (easyqueue.md §2.6, INFERRED). */
const CLASSED_CODE = /^([45]\d\d)\d{4}$/;

/**
 * Why an answer in NHN Cloud's envelope `{header: {isSuccessful, resultCode, resultMessage}}` is no success.
 * `isSuccessful` decides, never the code's type or the message's words (easyqueue.md §3). `undefined` for a success and
 * for a 2xx without an envelope, which the schema then refuses.
 */
export function envelopeFailure(
  status: number,
  json: unknown,
  codes: Readonly<Record<string, Failure>>,
): Failure | undefined {
  const byStatus = statusFailure(status);
  const header = member(json, 'header');
  const isSuccessful = member(header, 'isSuccessful');
  const failed = isSuccessful === false || isSuccessful === 'false';
  if (!failed) return byStatus === undefined ? undefined : asToken({ ...byStatus });

  const code = textOf(member(header, 'resultCode'));
  const known = code === undefined ? undefined : (entryOf(codes, code) ?? sharedFailure(code));
  const classed = code === undefined ? undefined : CLASSED_CODE.exec(code)?.[1];
  const byClass = classed === undefined ? undefined : statusFailure(Number(classed));
  const failure = known ?? (byClass === undefined ? undefined : asToken(byClass)) ?? byStatus ?? { kind: 'invalid' };
  return {
    ...failure,
    // A breakdown (class 5, "FAIL", an unknown code) may have happened half-way.
    isRefusal: failure.kind !== 'unavailable' && (known !== undefined || byClass?.isRefusal === true),
    code,
    detail: joinTexts(textOf(member(header, 'resultMessage')), ...errorList(json)),
  };
}

function sharedFailure(code: string): Failure | undefined {
  return BAD_PARAMETER.includes(code) ? { kind: 'invalid' } : entryOf(SHARED_CODES, code);
}

/** Where the credential is a token, a bare 401 means the token, not the key. */
function asToken(failure: Failure): Failure {
  return failure.kind === 'unauthorized' ? { ...failure, reason: 'token' } : failure;
}

/** API Gateway's list of what is wrong with a request (easyqueue.md §3); whether EasyQueue sends it is unknown. */
function errorList(json: unknown): readonly (string | undefined)[] {
  const list = member(json, 'errorList');
  if (!Array.isArray(list)) return [];
  return list
    .slice(0, 3)
    .map((item: unknown) => joinTexts(textOf(member(item, 'errorField')), textOf(member(item, 'errorMessage'))));
}
