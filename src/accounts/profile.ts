import type { Account, AppKey, Lane } from '../model/account.ts';
import { checkEndpoint } from './endpoint.ts';

// By hand and not with zod: this runs at activation, and zod alone would take longer to load than everything else.

/** What stands in global state, which other versions of this extension write too. */
type Fields = Readonly<Record<string, unknown>>;

/** The account an entry of global state holds; undefined where it is broken or from a version of the future. Unknown fields are dropped. */
export function readProfile(entry: unknown): Account | undefined {
  if (!isFields(entry)) return undefined;
  const { provider, name, id, isDemo } = entry;
  const lane = readLane(entry['lane']);
  if (!isText(id) || !isText(name) || lane === undefined || (isDemo !== undefined && isDemo !== true)) return undefined;
  const base: Base = { id, name, lane, ...(isDemo === undefined ? {} : { isDemo: true }) };
  if (provider === 'naver') return readNaver(base, entry);
  return provider === 'nhn' ? readNhn(base, entry) : undefined;
}

/** The lane an account gets where its stage is all that is known: production starts locked. */
export function defaultLane(stage: Lane['stage']): Lane {
  return { stage, access: stage === 'prod' ? 'read-only' : 'full' };
}

type Base = Pick<Account, 'id' | 'name' | 'lane' | 'isDemo'>;

const isStage = oneOf('dev', 'staging', 'prod');
const isAccess = oneOf('read-only', 'send-only', 'full');
const isKeyOwner = oneOf('sub', 'main');
const isZone = oneOf('public', 'financial', 'government');
const isRegion = oneOf('KR', 'SG', 'JP');
const isPlatform = oneOf('vpc', 'classic');
const isEasyQueueRegion = oneOf('KR1', 'KR2');

function readLane(value: unknown): Lane | undefined {
  if (!isFields(value)) return undefined;
  const { stage, access } = value;
  return isStage(stage) && isAccess(access) ? { stage, access } : undefined;
}

function readNaver(base: Base, { keyOwner, zone, regions, platform, endpoints }: Fields): Account | undefined {
  const origins = readOrigins(endpoints, ['dataStream', 'messages', 'cloudFunctions']);
  if (!isKeyOwner(keyOwner) || !isZone(zone) || !isPlatform(platform) || origins === undefined) return undefined;
  if (!Array.isArray(regions) || !regions.every(isRegion)) return undefined;
  return { ...base, provider: 'naver', keyOwner, zone, regions, platform, ...origins };
}

function readNhn(base: Base, { appKeys, endpoints }: Fields): Account | undefined {
  const origins = readOrigins(endpoints, ['token', 'easyQueue']);
  if (!Array.isArray(appKeys) || origins === undefined) return undefined;
  const read = appKeys.map(readAppKey);
  return read.every((appKey) => appKey !== undefined) ? { ...base, provider: 'nhn', appKeys: read, ...origins } : undefined;
}

function readAppKey(value: unknown): AppKey | undefined {
  if (!isFields(value)) return undefined;
  const { appKey, label, region } = value;
  return isText(appKey) && isText(label) && isEasyQueueRegion(region) ? { appKey, label, region } : undefined;
}

/** Custom endpoints, as the part of the account they are; undefined where one of them is none. */
function readOrigins<Name extends string>(
  value: unknown,
  names: readonly Name[],
): { readonly endpoints?: Readonly<Partial<Record<Name, string>>> } | undefined {
  if (value === undefined) return {};
  if (!isFields(value)) return undefined;
  const endpoints: Partial<Record<Name, string>> = {};
  for (const name of names) {
    const origin = value[name];
    if (origin === undefined) continue;
    if (!isText(origin) || checkEndpoint(origin).value !== origin) return undefined;
    endpoints[name] = origin;
  }
  return { endpoints };
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function oneOf<T extends string>(...words: readonly T[]): (value: unknown) => value is T {
  return (value): value is T => (words as readonly unknown[]).includes(value);
}
