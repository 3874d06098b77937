import { Buffer } from 'node:buffer';

import * as z from 'zod/mini';

import type { AccountSecrets } from '../model/account.ts';
import { CloudError } from '../model/cloudError.ts';
import { joinTexts, member, textOf } from './failure.ts';
import { envelopeFailure } from './nhnFailure.ts';
import type { Answer, Failure } from './operation.ts';
import { optionalInteger } from './wire.ts';

/** The documented token endpoint (easyqueue.md §1.2). */
export const NHN_TOKEN_ORIGIN = 'https://oauth.api.nhncloudservice.com';

/** Taken where the answer does not say: the shortest default in the documents (easyqueue.md §1.3). */
const DEFAULT_LIFE_SECONDS = 3_600;
/** A token's answer: flat, without NHN's envelope; `expires_in` is a number or text (easyqueue.md §1.2). */
export const tokenSchema = z.pipe(
  z.object({
    access_token: z.string().check(z.regex(/^[\x21-\x7e]+$/)),
    expires_in: optionalInteger,
  }),
  z.transform(({ access_token, expires_in }) => ({
    value: access_token,
    lifeMs: Math.max(1, expires_in ?? DEFAULT_LIFE_SECONDS) * 1_000,
  })),
);

/** A user access key as the token endpoint takes it. */
export interface Basic {
  readonly header: string;
  readonly secrets: readonly string[];
}

/**
 * `Authorization: Basic` for a user access key (easyqueue.md §1.2).
 * @throws CloudError `unauthorized` where a part is missing
 */
export function basicOf({ keyId, secret }: AccountSecrets): Basic {
  if (keyId === '' || secret === '') {
    throw new CloudError('unauthorized', { reason: 'credentials', mayHaveArrived: false });
  }
  const encoded = Buffer.from(`${keyId}:${secret}`, 'utf8').toString('base64');
  return { header: `Basic ${encoded}`, secrets: [keyId, secret, encoded] };
}

/** Errors of RFC 6749 §5.2, which the token endpoint says it follows (easyqueue.md §1.4). */
const WRONG_KEY = ['invalid_client', 'unauthorized_client', 'access_denied'];

/** How the token endpoint fails: RFC 6749's body, NHN's envelope, or a status alone. */
export function tokenFailure({ status, json }: Answer): Failure | undefined {
  const failure = envelopeFailure(status, json, {});
  if (failure === undefined) return undefined;
  const error = textOf(member(json, 'error'));
  const said = { code: error ?? failure.code, detail: joinTexts(textOf(member(json, 'error_description')), failure.detail) };
  if (failure.kind === 'unavailable' || failure.kind === 'rateLimited' || failure.reason === 'ipAcl') {
    return { ...failure, ...said };
  }
  if (error !== undefined && !WRONG_KEY.includes(error)) {
    // The request is always the same, so a key it does not suit is the cause: EasyQueue wants the Opaque kind.
    return { kind: 'unauthorized', reason: 'token', isRefusal: true, ...said };
  }
  const isKey = error !== undefined || status === 401 || status === 403;
  return isKey ? { kind: 'unauthorized', reason: 'userAccessKey', isRefusal: true, ...said } : { ...failure, ...said };
}
