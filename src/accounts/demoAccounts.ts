import * as z from 'zod/mini';

import type { Account, AccountSecrets, NaverAccount, NhnAccount } from '../model/account.ts';
import { checkEndpoint, isLoopback } from './validation.ts';

const text = z.string().check(z.minLength(1));
/** Never anything but this machine: the variable that tells it is set by whoever starts the editor. */
const loopbackOrigin = z.string().check(z.refine((origin) => isLoopback(origin) && checkEndpoint(origin).value === origin));

const credentials = z.object({
  naver: z.object({ accessKeyId: text, secretKey: text, dataStream: loopbackOrigin, messages: loopbackOrigin, cloudFunctions: loopbackOrigin }),
  nhn: z.object({ userAccessKeyId: text, secretAccessKey: text, appKey: text, token: loopbackOrigin, easyQueue: loopbackOrigin }),
});

/** What the emulator says about itself: keys and addresses of its two accounts. */
export type EmulatorCredentials = z.infer<typeof credentials>;

/** A demo account as the running emulator wants it. */
export interface DemoAccount {
  readonly account: Account;
  readonly secrets: AccountSecrets;
}

/** Reads the line of `npm run emulator -- --json`; undefined for anything else, and for addresses of other machines. */
export function parseEmulatorLine(line: string): EmulatorCredentials | undefined {
  try {
    return credentials.safeParse(JSON.parse(line)).data;
  } catch {
    // The error of JSON.parse quotes the text.
    return undefined;
  }
}

/** A NAVER demo account; what the user changed in an existing one (name, lane) stays. */
export function demoNaver({ naver }: EmulatorCredentials, existing: Account | { readonly id: string; readonly name: string }): DemoAccount {
  const { accessKeyId, secretKey, dataStream, messages, cloudFunctions } = naver;
  const account: NaverAccount = {
    id: existing.id,
    name: existing.name,
    lane: 'lane' in existing ? existing.lane : { stage: 'dev', access: 'full' },
    isDemo: true,
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
export function demoNhn({ nhn }: EmulatorCredentials, existing: Account | { readonly id: string; readonly name: string }): DemoAccount {
  const { userAccessKeyId, secretAccessKey, appKey, token, easyQueue } = nhn;
  const account: NhnAccount = {
    id: existing.id,
    name: existing.name,
    lane: 'lane' in existing ? existing.lane : { stage: 'dev', access: 'full' },
    isDemo: true,
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
