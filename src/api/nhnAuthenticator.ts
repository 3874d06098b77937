import * as z from 'zod/mini';

import type { AccountSecrets } from '../model/account.ts';
import { CancelledError } from '../model/cloudError.ts';
import { unreadable, type Authenticator, type Signed } from './authenticator.ts';
import { exchange, type ExchangeDeps } from './exchange.ts';
import { basicOf, tokenFailure, tokenSchema, type Basic } from './nhnToken.ts';
import { COMMON_HEADERS } from './operation.ts';
import { withRetries, type RetryDeps } from './retry.ts';

const CREATE = '/oauth2/token/create';
const REVOKE = '/oauth2/token/revoke';
const REVOKE_TIMEOUT_MS = 5_000;
const MAX_TOKEN_BYTES = 64 * 1024;
/** A token is renewed this long before it ends, or after four fifths of a short life (60 s is the shortest there is). */
const MAX_MARGIN_MS = 5 * 60_000;

/** What the authenticator needs from outside. */
export interface NhnAuthenticatorDeps extends ExchangeDeps, RetryDeps {
  readonly timeoutMs: () => number;
}

/** Where tokens come from, for whom. */
export interface NhnTokenSource {
  readonly accountName: () => string;
  readonly origin: () => string;
  readonly secrets: () => Promise<AccountSecrets>;
}

interface Token {
  readonly value: string;
  /** By our clock. */
  readonly renewAt: number;
  readonly seller: Seller;
}

/** Where and with what a token was bought: it is given back there and so, even when the account has moved or is gone. */
interface Seller {
  readonly origin: string;
  readonly basic: Basic;
}

interface Flight {
  readonly token: Promise<Token>;
  readonly controller: AbortController;
  waiting: number;
}

/**
 * Bearer tokens of one NHN account (easyqueue.md §1). One request serves all who wait; who gives up waiting does not end
 * it for the others. A token lives in memory only.
 */
export class NhnAuthenticator implements Authenticator {
  readonly #source: NhnTokenSource;
  readonly #deps: NhnAuthenticatorDeps;
  #token: Token | undefined;
  #flight: Flight | undefined;
  #isDisposed = false;

  constructor(source: NhnTokenSource, deps: NhnAuthenticatorDeps) {
    this.#source = source;
    this.#deps = deps;
  }

  async sign(_request: unknown, signal: AbortSignal | undefined): Promise<Signed> {
    const token = await this.#current(signal);
    return {
      headers: { 'x-nhn-authorization': `Bearer ${token.value}` },
      secrets: [token.value, ...token.seller.basic.secrets],
      answered: ({ status }, failure) => {
        // easyqueue.md §1.5: on HTTP 401 or 403, 80007 or 80401, one new token and one more try.
        const isMended = failure !== undefined && (status === 401 || status === 403 || failure.kind === 'unauthorized');
        if (isMended && this.#token === token) this.#token = undefined;
        return { isMended };
      },
    };
  }

  async dispose(): Promise<void> {
    this.#isDisposed = true;
    this.#flight?.controller.abort();
    this.#flight = undefined;
    const token = this.#token;
    this.#token = undefined;
    if (token === undefined) return;
    const body = new URLSearchParams({ token: token.value }).toString();
    const secrets = [token.value, ...token.seller.basic.secrets];
    try {
      await this.#post(REVOKE, body, token.seller, z.unknown(), { attempt: 1, secrets, timeoutMs: REVOKE_TIMEOUT_MS });
    } catch {
      // Nothing is left to tell it to: the token ends by itself.
    }
  }

  async #current(signal: AbortSignal | undefined): Promise<Token> {
    if (this.#isDisposed || signal?.aborted === true) throw new CancelledError();
    const token = this.#token;
    if (token !== undefined && this.#deps.now() < token.renewAt) return token;
    this.#flight ??= this.#takeOff();
    return this.#join(this.#flight, signal);
  }

  #takeOff(): Flight {
    const controller = new AbortController();
    const token = this.#request(controller.signal).then((fresh) => {
      if (this.#flight === flight) this.#token = fresh;
      return fresh;
    });
    const flight: Flight = { token, controller, waiting: 0 };
    const land = (): void => {
      if (this.#flight === flight) this.#flight = undefined;
    };
    token.then(land, land);
    return flight;
  }

  #join(flight: Flight, signal: AbortSignal | undefined): Promise<Token> {
    flight.waiting += 1;
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        flight.waiting -= 1;
        if (flight.waiting === 0) {
          flight.controller.abort();
          if (this.#flight === flight) this.#flight = undefined;
        }
        reject(new CancelledError());
      };
      signal?.addEventListener('abort', leave, { once: true });
      flight.token.then(resolve, reject).finally(() => signal?.removeEventListener('abort', leave));
    });
  }

  async #keys(): Promise<AccountSecrets> {
    try {
      return await this.#source.secrets();
    } catch (error) {
      throw unreadable(error);
    }
  }

  async #request(signal: AbortSignal): Promise<Token> {
    const seller = { basic: basicOf(await this.#keys()), origin: this.#source.origin() };
    return withRetries(
      async (attempt) => {
        const askedAt = this.#deps.now();
        const options = { attempt, secrets: seller.basic.secrets, timeoutMs: this.#deps.timeoutMs(), signal };
        const result = await this.#post(CREATE, 'grant_type=client_credentials', seller, tokenSchema, options);
        if ('error' in result) return result;
        const { value, lifeMs } = result.value;
        return { value: { value, renewAt: askedAt + lifeMs - Math.min(MAX_MARGIN_MS, lifeMs / 5), seller } };
      },
      'read',
      this.#deps,
      signal,
    );
  }

  #post<T>(
    target: string,
    body: string,
    { origin, basic }: Seller,
    schema: z.core.$ZodType<T>,
    options: {
      readonly attempt: number;
      readonly secrets: readonly string[];
      readonly timeoutMs: number;
      readonly signal?: AbortSignal;
    },
  ): ReturnType<typeof exchange<T>> {
    const { attempt, secrets, timeoutMs, signal } = options;
    return exchange(
      {
        request: {
          method: 'POST',
          origin,
          target,
          headers: {
            ...COMMON_HEADERS,
            authorization: basic.header,
            'content-type': 'application/x-www-form-urlencoded',
          },
          body,
          timeoutMs,
          maxBytes: MAX_TOKEN_BYTES,
          ...(signal === undefined ? {} : { signal }),
        },
        accountName: this.#source.accountName(),
        attempt,
        operation: { operation: 'read', schema },
        failureOf: tokenFailure,
        secrets,
        isConfidential: true,
        answered: () => ({ isMended: false }),
      },
      this.#deps,
    );
  }
}
