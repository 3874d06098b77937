import type { IncomingHttpHeaders } from 'node:http';

/** Where nobody signs, so that whatever a browser sends would run code. */
const unsigned = '/web/';

/**
 * Whether a request comes from a web page of somebody else's in a browser on this computer: code runs here, and such a page must reach
 * nothing, neither by a name of its own that points to this machine nor across origins.
 */
export function isFromStranger(headers: IncomingHttpHeaders, target: string): boolean {
  if (!isThisMachine(headers.host ?? '')) return true;
  const site = headers['sec-fetch-site'];
  if (site === 'cross-site' || (site === 'same-site' && target.startsWith(unsigned))) return true;
  const { origin } = headers;
  return origin !== undefined && !isThisMachine(origin.replace(/^https?:\/\//i, ''));
}

function isThisMachine(host: string): boolean {
  return /^(127\.0\.0\.1|localhost)(:\d+)?$/i.test(host);
}
