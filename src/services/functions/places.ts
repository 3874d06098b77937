import type { Account, FunctionsRegion } from '../../model/account.ts';
import type { FunctionsPlace } from './context.ts';

/** Where an account has Cloud Functions. */
export function placesOf(account: Account): readonly FunctionsPlace[] {
  if (account.provider !== 'naver') return [];
  const regions: readonly FunctionsRegion[] = account.zone === 'public' ? [...new Set(account.regions)] : ['KR'];
  return regions.flatMap((region) => placeIn(account, region) ?? []);
}

/**
 * A region of an account that may be written down anywhere; undefined where the account is not here any more. The financial and the
 * government zone have one region (cloudfunctions.md §1.1), which needs no name.
 */
export function placeIn(account: Account | undefined, region: FunctionsRegion): FunctionsPlace | undefined {
  if (account?.provider !== 'naver') return undefined;
  return { account, region, title: account.zone === 'public' ? `Cloud Functions · ${region}` : 'Cloud Functions' };
}
