import { permits, type Account } from '../model/account.ts';
import { CloudError } from '../model/cloudError.ts';
import { writeJson } from '../model/json.ts';
import type { WriteLog } from '../model/resourceWrite.ts';
import type { Authenticator } from './authenticator.ts';
import { hostOf } from './endpoints.ts';
import { exchange, type Exchange, type ExchangeDeps } from './exchange.ts';
import { COMMON_HEADERS, MAX_BYTES, type Endpoint, type Operation } from './operation.ts';
import { targetOf } from './path.ts';
import { withRetries, type Attempted, type RetryDeps } from './retry.ts';
import { recordedExchange } from './writeRecord.ts';

/** What the client needs from outside. */
export interface HttpClientDeps extends ExchangeDeps, Omit<RetryDeps, 'onLimited'> {
  readonly timeoutMs: () => number;
  /** Told when a request of an account was one too many and is made again by itself, after so many milliseconds: others do well to wait, too. */
  readonly onRateLimited?: (accountId: string, waitMs: number) => void;
  /** Where requests of class `write` are written down, before they leave and when they ended. */
  readonly writes?: WriteLog;
}

/** Speaks for one account: lane check → authenticate → dispatch → decode → parse, the same for every service. */
export class HttpClient {
  readonly #account: () => Account;
  readonly #authenticator: Authenticator;
  readonly #deps: HttpClientDeps;
  readonly #retry: RetryDeps;

  constructor(account: () => Account, authenticator: Authenticator, deps: HttpClientDeps) {
    this.#account = account;
    this.#authenticator = authenticator;
    this.#deps = deps;
    this.#retry = { random: deps.random, wait: deps.wait, onLimited: (waitMs) => deps.onRateLimited?.(account().id, waitMs) };
  }

  /**
   * Runs one operation.
   * @throws CloudError `locked` or `forbidden` (`mainAccountKey`) before anything leaves, else what went wrong
   * @throws CancelledError when the signal ended it
   */
  call<T>(endpoint: Endpoint, operation: Operation<T>, signal?: AbortSignal): Promise<T> {
    return withRetries(
      async (attempt) => {
        // Asked again for each attempt: the lane may have been closed while this one waited.
        this.#checkLane(endpoint, operation);
        const { origin } = endpoint;
        const { method } = operation;
        const target = targetOf(operation.path, operation.query);
        const signed = await this.#authenticator.sign({ method, origin, target }, signal);
        // And once more: a token may have been waited for.
        this.#checkLane(endpoint, operation);
        const body = operation.body === undefined ? undefined : writeJson(operation.body);
        return this.#exchange({
          request: {
            method,
            origin,
            target,
            headers: {
              ...COMMON_HEADERS,
              // Cloud Functions wants it on every request (cloudfunctions.md §1.3); nobody minds it without a body.
              'content-type': 'application/json',
              ...signed.headers,
            },
            ...(body === undefined ? {} : { body }),
            timeoutMs: operation.timeoutMs ?? this.#deps.timeoutMs(),
            maxBytes: operation.maxBytes ?? MAX_BYTES,
            ...(signal === undefined ? {} : { signal }),
          },
          accountName: this.#account().name,
          attempt,
          operation,
          failureOf: endpoint.failureOf,
          secrets: operation.secrets === undefined ? signed.secrets : [...signed.secrets, ...operation.secrets],
          answered: (response, failure) => signed.answered(response, failure),
        });
      },
      operation.retry,
      this.#retry,
      signal,
    );
  }

  #exchange<T>(call: Exchange<T>): Promise<Attempted<T>> {
    const { writes } = this.#deps;
    if (writes === undefined || call.operation.operation !== 'write') return exchange(call, this.#deps);
    return recordedExchange(call, this.#account().id, { ...this.#deps, writes });
  }

  /** The one place where requests leave is the one place where they are held back. */
  #checkLane(endpoint: Endpoint, { operation, method }: Operation<unknown>): void {
    const account = this.#account();
    const isLocked = !permits(account.lane.access, operation);
    const isMainKey = account.provider === 'naver' && account.keyOwner === 'main';
    if (!isLocked && !(endpoint.refusesMainKeys === true && isMainKey)) return;
    const about = { operation, method, host: hostOf(endpoint.origin), mayHaveArrived: false } as const;
    if (isLocked) throw new CloudError('locked', { ...about, reason: 'lane' });
    throw new CloudError('forbidden', { ...about, reason: 'mainAccountKey' });
  }
}
