import { CancelledError, CloudError } from '../model/cloudError.ts';
import type { HttpMethod, TransportResponse } from './transport.ts';
import type { Failure } from './operation.ts';

/** What is signed. */
export interface Unsigned {
  readonly method: HttpMethod;
  readonly origin: string;
  readonly target: string;
}

/** One attempt that went out with credentials. */
export interface Signed {
  readonly headers: Readonly<Record<string, string>>;
  /** Values that must not stand in a log or an error, should the answer repeat them. */
  readonly secrets: readonly string[];
  /**
   * Looks at the answer: learns from it, and says whether a fresh attempt would mend the refusal (a clock that was
   * corrected, a token that was dropped). Whether anything was done is not its business: see `withRetries`.
   */
  answered(response: TransportResponse, failure: Failure | undefined): Renewal;
}

/** What an authenticator learnt from an answer. */
export interface Renewal {
  readonly isMended: boolean;
  /** Milliseconds the local clock is ahead of the server's, where that is why it refused. */
  readonly clockSkewMs?: number | undefined;
}

/** Puts the credentials of one account on requests. */
export interface Authenticator {
  /**
   * @throws CloudError where no credentials are stored or no token is given
   * @throws CancelledError when the signal ended it
   */
  sign(request: Unsigned, signal: AbortSignal | undefined): Promise<Signed>;
  /** Gives back what was obtained (the NHN token). Never throws. */
  dispose(): Promise<void>;
}

/** The error for keys that could not be read. Without them nothing leaves, whatever the reason; what says its own stays as it is. */
export function unreadable(error: unknown): CloudError | CancelledError {
  if (error instanceof CloudError || error instanceof CancelledError) return error;
  return new CloudError('unauthorized', { reason: 'credentials', mayHaveArrived: false, cause: error });
}
