import { permits } from '../model/account.ts';
import type { Account } from '../model/account.ts';
import { CloudError } from '../model/cloudError.ts';

/** Runs work under a progress whose Cancel button ends the signal. */
export type WithProgress = <T>(title: string, work: (signal: AbortSignal) => Promise<T>) => Promise<T>;

/**
 * Asked before the first question, so that nobody answers ten and is refused then. The request itself is held back in `HttpClient`.
 * @throws CloudError `locked` where the lane of an account lets no change leave
 */
export function requireWrite(...accounts: readonly (Account | undefined)[]): void {
  requireLane('write', accounts);
}

/** The same for what only runs or sends. @throws CloudError `locked` */
export function requireSend(...accounts: readonly (Account | undefined)[]): void {
  requireLane('send', accounts);
}

function requireLane(operation: 'write' | 'send', accounts: readonly (Account | undefined)[]): void {
  if (accounts.some((account) => account !== undefined && !permits(account.lane.access, operation))) {
    throw new CloudError('locked', { operation, reason: 'lane', mayHaveArrived: false });
  }
}
