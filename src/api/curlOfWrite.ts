import type { Account } from '../model/account.ts';
import { parseJson } from '../model/json.ts';
import type { ResourceWrite } from '../model/resourceWrite.ts';
import { requestScript } from './curl.ts';
import { managementEndpoint } from './datastream/hosts.ts';
import { easyQueueEndpoint } from './easyqueue/hosts.ts';
import { functionsPlace } from './functions/hosts.ts';

const METHODS: readonly string[] = ['POST', 'PUT', 'DELETE'];
/** A path and a query as `targetOf` writes them: nothing a client or a server would resolve to another path. */
const TARGET = /^(?!.*\/\.{0,2}(?:\/|\?|$))(?:\/[\w%.~-]+)+(?:\?[\w%.~=&-]*)?$/;

/**
 * A bash script that does once more what was done, for the account as it is now; it reads the keys from the environment. `undefined`
 * where it cannot be: what was written down goes to no address of the account any more, is no request of ours, or its body was not kept.
 */
export function curlOfWrite({ method, origin, target, bytes, body }: ResourceWrite, account: Account): string | undefined {
  if (!METHODS.includes(method) || !TARGET.test(target) || !originsOf(account).includes(origin)) return undefined;
  if (body === undefined) return bytes === 0 ? requestScript({ method, origin, target }, account) : undefined;
  const parsed = parsedBody(body);
  return parsed === undefined ? undefined : requestScript({ method, origin, target, body: parsed }, account);
}

/** All addresses that take the account's credential for a write. A stored address that is not safe is none. */
function originsOf(account: Account): readonly string[] {
  const places: readonly (() => { readonly origin: string })[] = account.provider === 'naver'
    ? [() => managementEndpoint(account), ...account.regions.map((region) => () => functionsPlace(account, region).endpoint)]
    : account.appKeys.map(({ region }) => () => easyQueueEndpoint(account, region));
  return places.flatMap((place) => {
    try {
      return [place().origin];
    } catch {
      return [];
    }
  });
}

/** A body is always JSON, and an object; anything else was not written by us. */
function parsedBody(body: string): unknown {
  try {
    const parsed = parseJson(body);
    return typeof parsed === 'object' && parsed !== null ? parsed : undefined;
  } catch {
    return undefined;
  }
}
