import * as l10n from '@vscode/l10n';

import { LOOPBACK_HOSTS } from '../model/loopback.ts';
import { accepted, refused } from './checked.ts';
import type { Checked } from './checked.ts';

/**
 * The address that replaces a documented host: `https://host[:port]`, with http for this machine alone. The value is its origin;
 * an empty text gives an empty value, which means the documented host.
 */
export function checkEndpoint(text: string): Checked {
  const trimmed = text.trim();
  if (trimmed === '') return accepted('');
  const url = !/[\s\\]/u.test(trimmed) && /^https?:\/\//i.test(trimmed) && URL.canParse(trimmed) ? new URL(trimmed) : undefined;
  if (url === undefined) return refused(l10n.t('Enter an address such as {0}.', 'https://gateway.example.com:8443'));
  if (url.username !== '' || url.password !== '' || trimmed.includes('@')) return refused(l10n.t('An address cannot hold a user or a password.'));
  if (url.pathname !== '/' || /[?#]/.test(trimmed)) return refused(l10n.t('Enter scheme, host and port only, without a path.'));
  if (url.protocol === 'http:' && !LOOPBACK_HOSTS.includes(url.hostname)) {
    return refused(l10n.t('Use https. Plain http is for this machine alone (localhost, 127.0.0.1).'));
  }
  return accepted(url.origin);
}

/** Whether an origin is on this machine. */
export function isLoopback(origin: string): boolean {
  return URL.canParse(origin) && LOOPBACK_HOSTS.includes(new URL(origin).hostname);
}
