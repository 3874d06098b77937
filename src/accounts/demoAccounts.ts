import type { Account, AccountSecrets, NaverAccount, NhnAccount } from '../model/account.ts';
import type { EmulatorCredentials } from './emulatorLine.ts';

/** A demo account as the running emulator wants it. */
export interface DemoAccount {
  readonly account: Account;
  readonly secrets: AccountSecrets;
}

/** A demo account as it stands, or the id and name of a new one. */
type Existing = Account | Pick<Account, 'id' | 'name'>;

/** A NAVER demo account; what the user changed in an existing one (name, lane) stays. */
export function demoNaver({ naver }: EmulatorCredentials, existing: Existing): DemoAccount {
  const { accessKeyId, secretKey, dataStream, messages, cloudFunctions } = naver;
  const account: NaverAccount = {
    ...kept(existing),
    provider: 'naver',
    keyOwner: 'sub',
    zone: 'public',
    regions: ['KR'],
    platform: 'vpc',
    endpoints: { dataStream, messages, cloudFunctions },
  };
  return { account, secrets: { keyId: accessKeyId, secret: secretKey } };
}

/** An NHN demo account; see {@link demoNaver}. */
export function demoNhn({ nhn }: EmulatorCredentials, existing: Existing): DemoAccount {
  const { userAccessKeyId, secretAccessKey, appKey, token, easyQueue } = nhn;
  const account: NhnAccount = {
    ...kept(existing),
    provider: 'nhn',
    appKeys: [{ appKey, label: 'demo', region: 'KR1' }],
    endpoints: { token, easyQueue },
  };
  return { account, secrets: { keyId: userAccessKeyId, secret: secretAccessKey } };
}

/** The origins an account's requests go to, where it has its own. */
export function endpointsOf({ endpoints }: Account): readonly string[] {
  return Object.values(endpoints ?? {}) as readonly string[];
}

/** What does not depend on the emulator. */
function kept(existing: Existing): Pick<Account, 'id' | 'name' | 'lane'> & { readonly isDemo: true } {
  const { id, name } = existing;
  return { id, name, lane: 'lane' in existing ? existing.lane : { stage: 'dev', access: 'full' }, isDemo: true };
}
