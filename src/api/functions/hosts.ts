import type { FunctionsPlatform, FunctionsRegion, NaverAccount } from '../../model/account.ts';
import { originOf } from '../endpoints.ts';
import type { Endpoint } from '../operation.ts';
import { path, type Path } from '../path.ts';
import { functionsFailure } from './failure.ts';

/** Hosts by zone and region (cloudfunctions.md §1.1). */
const PUBLIC: Readonly<Record<FunctionsRegion, string>> = {
  KR: 'https://cloudfunctions.apigw.ntruss.com',
  SG: 'https://sg-cloudfunctions.apigw.ntruss.com',
  JP: 'https://jp-cloudfunctions.apigw.ntruss.com',
};
const FINANCIAL = 'https://cloudfunctions.apigw.fin-ntruss.com';
const GOVERNMENT = 'https://cloudfunctions.apigw.gov-ntruss.com';

/** Where Cloud Functions is for one account and region, and which version of the API is spoken there. */
export interface FunctionsPlace {
  readonly endpoint: Endpoint;
  readonly version: 'v2.0' | 'v2.1';
  readonly prefix: Path;
  /** Sent in the public zone, where its default depends on the version; never in the others (cloudfunctions.md §1.2). */
  readonly platform: FunctionsPlatform | undefined;
}

/** v2.1 in the public and the financial zone, v2.0 in the government zone. Financial and government have one region. */
export function functionsPlace(account: NaverAccount, region: FunctionsRegion): FunctionsPlace {
  const isGovernment = account.zone === 'government';
  const documented = { public: PUBLIC[region], financial: FINANCIAL, government: GOVERNMENT }[account.zone];
  return {
    endpoint: {
      origin: originOf(account.endpoints?.cloudFunctions, documented),
      provider: 'naver',
      failureOf: functionsFailure,
    },
    version: isGovernment ? 'v2.0' : 'v2.1',
    prefix: isGovernment ? path`/api/v2` : path`/ncf/api/v2`,
    platform: account.zone === 'public' ? platformIn(region, account.platform) : undefined,
  };
}

/** Singapore and Japan have no Classic platform. */
function platformIn(region: FunctionsRegion, platform: FunctionsPlatform): FunctionsPlatform {
  return region === 'KR' ? platform : 'vpc';
}
