import { CancelledError, type CloudError } from '../model/cloudError.ts';

/** What one attempt came to. A thrown error ends the call; a returned one may be tried again. */
export type Attempted<T> = { readonly value: T } | { readonly error: CloudError; readonly isMended: boolean };

/** What waiting needs; passed in, so that nothing here knows the time or rolls dice. */
export interface RetryDeps {
  readonly random: () => number;
  readonly wait: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** Told when a request was one too many and is made again by itself, after so many milliseconds. */
  readonly onLimited?: (waitMs: number) => void;
}

const MAX_REPEATS = 2;
const MAX_RATE_LIMITED = 3;
/** Longest wait a server is granted; one that asks for more is not asked again, and the user hears about it. */
const MAX_WAIT_MS = 30_000;
const FIRST_BACKOFF_MS = 250;
const FIRST_RATE_LIMIT_WAIT_MS = 1_000;

/** Failures that may be over a moment later. A certificate, a proxy's refusal or a redirect is not. */
function isPassing(error: CloudError): boolean {
  switch (error.kind) {
    case 'unavailable':
      return true;
    case 'timeout':
      // Only a connection that never came about: a slow answer would be slow again.
      return error.details.mayHaveArrived === false;
    case 'network':
      return !['certificate', 'proxy', 'redirect'].includes(error.details.reason ?? '');
    case 'unauthorized':
    case 'forbidden':
    case 'locked':
    case 'notFound':
    case 'conflict':
    case 'invalid':
    case 'quotaExceeded':
    case 'rateLimited':
    case 'unexpectedResponse':
      return false;
  }
}

/**
 * Runs attempts until one gives a value or none is left: reads twice more after a passing failure (with jittered
 * back-off) and up to three times more after 429, waiting as told; anything once more when its refusal was mended
 * (clock, token), a send or a write only where nothing was done for certain. Those are never repeated otherwise.
 */
export async function withRetries<T>(
  attempt: (number: number) => Promise<Attempted<T>>,
  retry: 'read' | 'never',
  deps: RetryDeps,
  signal: AbortSignal | undefined,
): Promise<T> {
  let repeats = 0;
  let rateLimited = 0;
  let isRenewed = false;
  for (let number = 1; ; number += 1) {
    if (signal?.aborted === true) throw new CancelledError();
    const result = await attempt(number);
    if ('value' in result) return result.value;
    const { error } = result;
    if (result.isMended && !isRenewed && (retry === 'read' || error.details.mayHaveArrived === false)) {
      isRenewed = true;
      continue;
    }
    if (retry === 'never') throw error;
    if ((error.details.retryAfterMs ?? 0) > MAX_WAIT_MS) throw error;
    if (error.kind === 'rateLimited' && rateLimited < MAX_RATE_LIMITED) {
      const waitMs = error.details.retryAfterMs ?? backoff(FIRST_RATE_LIMIT_WAIT_MS, rateLimited, deps);
      deps.onLimited?.(waitMs);
      await pause(waitMs, deps, signal);
      rateLimited += 1;
    } else if (isPassing(error) && repeats < MAX_REPEATS) {
      await pause(error.details.retryAfterMs ?? backoff(FIRST_BACKOFF_MS, repeats, deps), deps, signal);
      repeats += 1;
    } else {
      throw error;
    }
  }
}

/** Doubles each time; between half and all of it, so that many callers do not come back together. */
function backoff(firstMs: number, step: number, deps: RetryDeps): number {
  return firstMs * 2 ** step * (0.5 + deps.random() / 2);
}

async function pause(ms: number, deps: RetryDeps, signal: AbortSignal | undefined): Promise<void> {
  try {
    await deps.wait(ms, signal);
  } catch (error) {
    if (signal?.aborted === true) throw new CancelledError();
    throw error;
  }
}
