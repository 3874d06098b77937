import { createHmac } from 'node:crypto';

import type { AccountSecrets } from '../model/account.ts';
import { CloudError } from '../model/cloudError.ts';
import { unreadable, type Authenticator, type Renewal, type Signed, type Unsigned } from './authenticator.ts';
import { hostOf } from './endpoints.ts';
import type { Failure } from './operation.ts';
import type { HttpMethod, TransportResponse } from './transport.ts';

/** Everything a signature covers; the body is not signed. */
export interface Signing {
  readonly method: HttpMethod;
  /** Exactly the path and query sent. */
  readonly target: string;
  /** Milliseconds since 1970, the same text as in the header. */
  readonly timestamp: string;
}

/** `x-ncp-apigw-signature-v2`: Base64(HMAC-SHA256(secret key, method SP target LF timestamp LF access key)), datastream.md §7. */
export function signatureV2({ method, target, timestamp }: Signing, { keyId, secret }: AccountSecrets): string {
  return createHmac('sha256', secret).update(`${method} ${target}\n${timestamp}\n${keyId}`).digest('base64');
}

/**
 * A smaller difference is left alone: requests hold for five minutes (datastream.md §1), and a `Date` header is as
 * coarse as the network is slow.
 */
const SKEW_THRESHOLD_MS = 60_000;

/** A clock that is followed is trusted again only below this, so that one near the threshold does not flicker. */
const RIGHT_AGAIN_MS = 30_000;

/** What the authenticator needs from outside. */
export interface NaverAuthenticatorDeps {
  readonly now: () => number;
  /** Told once for each change; 0 when the clock is right again. */
  readonly onClockSkew?: (skewMs: number, host: string) => void;
}

/** A key that cannot be a header value would fail deep inside the transport, with the key in the message. */
const PRINTABLE = /^[\x21-\x7e]+$/;

/**
 * Signs for one NAVER account. The clock of each host is measured from its `Date` headers; one that is more than a minute
 * away from ours is followed instead of ours.
 */
export class NaverAuthenticator implements Authenticator {
  readonly #secrets: () => Promise<AccountSecrets>;
  readonly #deps: NaverAuthenticatorDeps;
  /** Milliseconds our clock is ahead of each host's; only hosts that are corrected for. */
  readonly #skews = new Map<string, number>();
  /** The latest signature: of the many requests that leave in one millisecond, most are signed alike. */
  #latest: { readonly signing: Signing; readonly secrets: AccountSecrets; readonly signature: string } | undefined;

  constructor(secrets: () => Promise<AccountSecrets>, deps: NaverAuthenticatorDeps) {
    this.#secrets = secrets;
    this.#deps = deps;
  }

  async sign({ method, origin, target }: Unsigned): Promise<Signed> {
    let secrets: AccountSecrets;
    try {
      secrets = await this.#secrets();
    } catch (error) {
      throw unreadable(error);
    }
    const { keyId, secret } = secrets;
    if (!PRINTABLE.test(keyId) || secret === '') {
      throw new CloudError('unauthorized', { reason: 'credentials', mayHaveArrived: false });
    }
    const host = hostOf(origin);
    const correction = this.#skews.get(host) ?? 0;
    const sentAt = this.#deps.now();
    const timestamp = String(Math.round(sentAt - correction));
    const signature = this.#signature({ method, target, timestamp }, secrets);
    return {
      headers: {
        'x-ncp-apigw-timestamp': timestamp,
        'x-ncp-iam-access-key': keyId,
        'x-ncp-apigw-signature-v2': signature,
      },
      secrets: [keyId, secret, signature],
      answered: (response, failure) => this.#answered(host, { sentAt, correction }, response, failure),
    };
  }

  dispose(): Promise<void> {
    return Promise.resolve();
  }

  #signature(signing: Signing, secrets: AccountSecrets): string {
    const latest = this.#latest;
    if (latest !== undefined && isSame(latest.signing, signing) && isSameKey(latest.secrets, secrets)) return latest.signature;
    const signature = signatureV2(signing, secrets);
    this.#latest = { signing, secrets, signature };
    return signature;
  }

  #answered(
    host: string,
    sent: { readonly sentAt: number; readonly correction: number },
    response: TransportResponse,
    failure: Failure | undefined,
  ): Renewal {
    const skewMs = measuredSkew(response, sent.sentAt, this.#deps.now());
    if (skewMs === undefined) return { isMended: false };
    this.#follow(host, skewMs);
    const error = skewMs - sent.correction;
    // A breakdown is not the clock's fault, whatever it is called.
    const isClock = failure?.kind === 'unauthorized' && failure.isRefusal === true && Math.abs(error) > SKEW_THRESHOLD_MS;
    return isClock ? { isMended: true, clockSkewMs: skewMs } : { isMended: false };
  }

  #follow(host: string, skewMs: number): void {
    const known = this.#skews.get(host) ?? 0;
    const isOff = Math.abs(skewMs) > (known === 0 ? SKEW_THRESHOLD_MS : RIGHT_AGAIN_MS);
    const wanted = isOff ? skewMs : 0;
    if (Math.abs(wanted - known) <= SKEW_THRESHOLD_MS && (wanted === 0) === (known === 0)) return;
    if (wanted === 0) this.#skews.delete(host);
    else this.#skews.set(host, wanted);
    this.#deps.onClockSkew?.(wanted, host);
  }
}

function isSame(one: Signing, other: Signing): boolean {
  return one.timestamp === other.timestamp && one.target === other.target && one.method === other.method;
}

function isSameKey(one: AccountSecrets, other: AccountSecrets): boolean {
  return one.keyId === other.keyId && one.secret === other.secret;
}

/**
 * Milliseconds our clock is ahead of the server's, from `Date` (whole seconds). The header was written somewhere between
 * sending and receiving: while it fits between the two, the clocks agree. A cache's answer says nothing about now.
 */
function measuredSkew(response: TransportResponse, sentAt: number, receivedAt: number): number | undefined {
  const date = Date.parse(response.header('date') ?? '');
  if (Number.isNaN(date) || response.header('age') !== undefined) return undefined;
  const least = sentAt - (date + 1_000);
  const most = receivedAt - date;
  if (least <= 0 && most >= 0) return 0;
  return Math.round((least + most) / 2);
}
