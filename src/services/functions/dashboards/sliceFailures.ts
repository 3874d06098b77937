import type { CloudError } from '../../../model/cloudError.ts';

/** Slices that may fail before the others are left alone, too. */
const MAX_FAILURES = 3;

/** Whether asking for more slices brings nothing: the service asks for fewer requests, or every answer would be the same. */
export function isStop(failures: readonly CloudError[]): boolean {
  return failures.length >= MAX_FAILURES || failures.some(({ kind }) => stopsAll(kind));
}

/** The one that decides what happens next: whoever is asked to slow down does, whatever else failed. */
export function moreUrgent(one: CloudError | undefined, other: CloudError): CloudError {
  if (one === undefined) return other;
  return !stopsAll(one.kind) && stopsAll(other.kind) ? other : one;
}

function stopsAll(kind: CloudError['kind']): boolean {
  switch (kind) {
    case 'rateLimited':
    case 'quotaExceeded':
    case 'unauthorized':
    case 'forbidden':
    case 'locked':
    case 'notFound':
    case 'network':
      return true;
    case 'conflict':
    case 'invalid':
    case 'timeout':
    case 'unavailable':
    case 'unexpectedResponse':
      return false;
  }
}
