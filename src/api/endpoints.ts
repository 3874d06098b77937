import { CloudError } from '../model/cloudError.ts';
import { LOOPBACK_HOSTS } from '../model/loopback.ts';

/**
 * The origin to speak to: the account's own where it has one, else the documented one.
 * @throws CloudError `invalid` where the account's is not an origin, or not https (http is for loopback alone): a stored
 * profile is not trusted with a credential
 */
export function originOf(custom: string | undefined, documented: string): string {
  if (custom === undefined || custom === '') return documented;
  const url = URL.parse(custom) ?? undefined;
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK_HOSTS.includes(url.hostname));
  if (!isSafe || `${url.origin}/` !== url.href) {
    throw new CloudError('invalid', { reason: 'endpoint', mayHaveArrived: false });
  }
  return url.origin;
}

/** Host and port of an origin that {@link originOf} gave, or one like it: all that is behind its protocol. */
export function hostOf(origin: string): string {
  return origin.slice(origin.indexOf('//') + 2);
}
