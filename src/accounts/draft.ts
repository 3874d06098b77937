import type {
  AccessLevel, Account, AccountSecrets, AppKey, EasyQueueRegion, FunctionsPlatform, FunctionsRegion, KeyOwner, NaverZone, Provider, Stage,
} from '../model/account.ts';

/** The endpoints an account may override, by the name of the field. */
export type EndpointName = 'dataStream' | 'messages' | 'cloudFunctions' | 'token' | 'easyQueue';

/** Endpoints of each provider. */
export const ENDPOINTS: Readonly<Record<Provider, readonly EndpointName[]>> = {
  naver: ['dataStream', 'messages', 'cloudFunctions'],
  nhn: ['token', 'easyQueue'],
};

/**
 * What the wizard knows so far. The wizard writes into it and never takes anything back, so that stepping back and a failed step
 * lose nothing. It lives as long as the wizard: secrets stand here and nowhere else until they are saved.
 */
export interface Draft {
  readonly id: string;
  readonly isNew: boolean;
  readonly isDemo: boolean;
  /** Secrets that hold as long as nothing is typed in their place. */
  readonly stored: AccountSecrets | undefined;
  provider: Provider;
  name: string;
  keyId: string;
  secret: string;
  stage: Stage;
  access: AccessLevel;
  keyOwner: KeyOwner;
  zone: NaverZone;
  regions: readonly FunctionsRegion[];
  platform: FunctionsPlatform;
  appKeys: readonly AppKey[];
  /** The app key being typed: `index` is its place in `appKeys`. */
  typing: { index: number; appKey: string; label: string; region: EasyQueueRegion };
  endpoints: Readonly<Partial<Record<EndpointName, string>>>;
  /** True once the last step was reached: from then on every answer leads back to it. */
  isReviewed: boolean;
  /** True while the custom endpoints are being asked for. */
  isAdvanced: boolean;
}

/** The draft of a new account: development and full access, the public zone, Korea. */
export function newDraft(id: string): Draft {
  return {
    id,
    isNew: true,
    isDemo: false,
    stored: undefined,
    provider: 'naver',
    name: '',
    keyId: '',
    secret: '',
    stage: 'dev',
    access: 'full',
    keyOwner: 'sub',
    zone: 'public',
    regions: ['KR'],
    platform: 'vpc',
    appKeys: [],
    typing: { index: 0, appKey: '', label: '', region: 'KR1' },
    endpoints: {},
    isReviewed: false,
    isAdvanced: false,
  };
}

/** The draft of a change, or of a copy where `as` tells another id and name. */
export function draftOf(account: Account, stored: AccountSecrets | undefined, as?: { readonly id: string; readonly name: string }): Draft {
  const { lane, provider } = account;
  return {
    ...newDraft(as?.id ?? account.id),
    isNew: as !== undefined,
    isDemo: account.isDemo === true && as === undefined,
    stored,
    provider,
    name: as?.name ?? account.name,
    stage: lane.stage,
    access: lane.access,
    endpoints: account.endpoints ?? {},
    isReviewed: true,
    ...(account.provider === 'naver'
      ? { keyOwner: account.keyOwner, zone: account.zone, regions: account.regions, platform: account.platform }
      : { appKeys: account.appKeys }),
  };
}

/** The account a draft describes. */
export function accountOf(draft: Draft): Account {
  const { id, name, stage, access, isDemo, provider, keyOwner, zone, regions, platform, appKeys } = draft;
  const base = { id, name, lane: { stage, access }, ...(isDemo ? { isDemo: true as const } : {}) };
  const custom = Object.fromEntries(
    ENDPOINTS[provider].flatMap((key) => (draft.endpoints[key] === undefined || draft.endpoints[key] === '' ? [] : [[key, draft.endpoints[key]]])),
  );
  const endpoints = Object.keys(custom).length === 0 ? {} : { endpoints: custom };
  return provider === 'naver'
    ? { ...base, ...endpoints, provider, keyOwner, zone, regions: zone === 'public' ? regions : ['KR'], platform: platformOf(zone, platform) }
    : { ...base, ...endpoints, provider, appKeys };
}

/** The secrets a draft stands for; undefined while one is missing. A new key id needs its own secret. */
export function secretsOf({ keyId, secret, stored }: Draft): AccountSecrets | undefined {
  if (keyId === '') return stored === undefined ? undefined : { keyId: stored.keyId, secret: secret === '' ? stored.secret : secret };
  return secret === '' ? undefined : { keyId, secret };
}

/** Financial has VPC alone, Government has Classic alone (cloudfunctions.md §1.1). */
function platformOf(zone: NaverZone, chosen: FunctionsPlatform): FunctionsPlatform {
  switch (zone) {
    case 'public':
      return chosen;
    case 'financial':
      return 'vpc';
    case 'government':
      return 'classic';
  }
}
