import type { Account } from '../../model/account.ts';
import type { FunctionsPlace } from './context.ts';

/** Where an account has Cloud Functions. The financial and the government zone have one region (cloudfunctions.md §1.1), which needs no name. */
export function placesOf(account: Account): readonly FunctionsPlace[] {
  if (account.provider !== 'naver') return [];
  if (account.zone !== 'public') return [{ account, region: 'KR', title: 'Cloud Functions' }];
  return [...new Set(account.regions)].map((region) => ({ account, region, title: `Cloud Functions · ${region}` }));
}
