import type { Account, AccountSecrets } from '../model/account.ts';
import { CancelledError, CloudError } from '../model/cloudError.ts';
import type { Authenticator } from './authenticator.ts';
import { originOf } from './endpoints.ts';
import { HttpClient, type HttpClientDeps } from './httpClient.ts';
import { NaverAuthenticator } from './naverAuthenticator.ts';
import { NhnAuthenticator } from './nhnAuthenticator.ts';
import { NHN_TOKEN_ORIGIN } from './nhnToken.ts';
import type { Endpoint, Operation } from './operation.ts';

/** What every connection needs from outside. */
export interface ConnectionDeps extends HttpClientDeps {
  /**
   * The clock of `host` differs from ours by more than a minute and is followed; positive where ours is ahead, 0 when it
   * is right again. Told once for each change.
   */
  readonly onClockSkew?: (skewMs: number, host: string) => void;
}

/** Everything needed to speak as one account: its lane, its credentials, its clock and its token. */
export class Connection {
  readonly #account: () => Account;
  readonly #authenticator: Authenticator;
  readonly #http: HttpClient;
  readonly #facts = new Map<string, string>();
  #isDisposed = false;

  /** @param account the current profile, or the last one of a removed account; asked for each request, so that a changed lane holds at once */
  constructor(account: () => Account, secrets: () => Promise<AccountSecrets>, deps: ConnectionDeps) {
    this.#account = account;
    this.#authenticator = createAuthenticator(account, secrets, deps);
    this.#http = new HttpClient(account, this.#authenticator, deps);
  }

  /** The account as it is now. */
  get account(): Account {
    return this.#account();
  }

  /** Small things learnt about this account's services for as long as the connection lives, e.g. which name form a path takes. */
  get facts(): Map<string, string> {
    return this.#facts;
  }

  /**
   * Runs one operation of a service; see {@link HttpClient.call}.
   * @throws CloudError, CancelledError; after the end, too: nobody waits for what was to be read then, while of a change or a message it
   * has to be known that it never left
   */
  async call<T>(endpoint: Endpoint, operation: Operation<T>, signal?: AbortSignal): Promise<T> {
    if (this.#isDisposed) throw endedError(operation);
    if (endpoint.provider !== this.account.provider) {
      throw new TypeError(`${endpoint.origin} takes no credentials of ${this.account.provider}`);
    }
    return this.#http.call(endpoint, operation, signal);
  }

  /** Ends the connection: no further call, and the NHN token is revoked if one is held. Never throws. */
  async dispose(): Promise<void> {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    await this.#authenticator.dispose();
  }
}

/** The keys are void, or the account is gone. */
function endedError({ operation, method }: Operation<unknown>): CloudError | CancelledError {
  if (operation === 'read') return new CancelledError();
  return new CloudError('unauthorized', { reason: 'credentials', operation, method, mayHaveArrived: false });
}

function createAuthenticator(
  account: () => Account,
  secrets: () => Promise<AccountSecrets>,
  deps: ConnectionDeps,
): Authenticator {
  const first = account();
  if (first.provider === 'naver') return new NaverAuthenticator(secrets, deps);
  const origin = (): string => {
    const now = account();
    return originOf(now.provider === 'nhn' ? now.endpoints?.token : undefined, NHN_TOKEN_ORIGIN);
  };
  return new NhnAuthenticator({ accountName: () => account().name, origin, secrets }, deps);
}
