import { functionsPlace } from '../../../api/functions/hosts.ts';
import type { ResourceRef } from '../../../model/resource.ts';
import { keysOf } from '../resources.ts';
import type { FunctionsDocumentContext } from './documentClient.ts';

/**
 * What tells a thing from another of its name: where it is (zone, platform, endpoint), for an account may be pointed elsewhere, and its
 * resource id where the service tells one, for it may be deleted and created again (cloudfunctions.md §4.2, §5.2, §7.2).
 */
export function identityOf(ref: ResourceRef, { resourceId }: { readonly resourceId: string | undefined }, { account: accountOf }: Pick<FunctionsDocumentContext, 'account'>): string {
  const account = accountOf(ref.accountId);
  if (account?.provider !== 'naver') return JSON.stringify([resourceId]);
  const { endpoint: { origin }, platform } = functionsPlace(account, keysOf(ref).region);
  return JSON.stringify([account.zone, platform, origin, resourceId]);
}
