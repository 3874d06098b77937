/** The company that runs the cloud an account belongs to. */
export type Provider = 'naver' | 'nhn';

/** How much harm a mistake in this account can do; decides badges, colours and how a deletion is confirmed. */
export type Stage = 'dev' | 'staging' | 'prod';

/** What may leave this machine in the name of an account. */
export type AccessLevel = 'read-only' | 'send-only' | 'full';

/** The safety lane of an account: enforced where requests leave (`HttpClient`), followed by menus. */
export interface Lane {
  readonly stage: Stage;
  readonly access: AccessLevel;
}

/** What an operation does to the cloud: looks, puts a message on a topic, or changes a resource. */
export type OperationClass = 'read' | 'send' | 'write';

const PERMITTED: Readonly<Record<AccessLevel, readonly OperationClass[]>> = {
  'read-only': ['read'],
  'send-only': ['read', 'send'],
  full: ['read', 'send', 'write'],
};

/** Whether a lane with this access level lets an operation of this class leave. */
export function permits(access: AccessLevel, operation: OperationClass): boolean {
  return PERMITTED[access].includes(operation);
}

/** Whose key signs: a main account's key cannot send messages (datastream.md §1). */
export type KeyOwner = 'sub' | 'main';

/** NAVER Cloud's three separate platforms (cloudfunctions.md §1.1). */
export type NaverZone = 'public' | 'financial' | 'government';

/** Regions of Cloud Functions in the public zone (cloudfunctions.md §1.1). */
export type FunctionsRegion = 'KR' | 'SG' | 'JP';

/** Network platform of Cloud Functions; sent as a query parameter in the public zone (cloudfunctions.md §1.2). */
export type FunctionsPlatform = 'vpc' | 'classic';

/** Regions of EasyQueue (easyqueue.md §2). */
export type EasyQueueRegion = 'KR1' | 'KR2';

/** One EasyQueue app key: the name of a project's EasyQueue in one region. Not a secret: it stands in every topic name. */
export interface AppKey {
  readonly appKey: string;
  readonly label: string;
  readonly region: EasyQueueRegion;
}

interface AccountBase {
  /** Random, never shown, never reused: the key of everything that belongs to this account. */
  readonly id: string;
  readonly name: string;
  readonly lane: Lane;
  /** True for the account that points at the emulator inside the extension. */
  readonly isDemo?: true;
}

/** Origins (`https://host[:port]`, http for loopback alone) that replace the documented hosts. */
interface NaverEndpoints {
  readonly dataStream?: string;
  readonly messages?: string;
  readonly cloudFunctions?: string;
}

/** Origins that replace the documented hosts; see {@link NaverEndpoints}. */
interface NhnEndpoints {
  readonly token?: string;
  readonly easyQueue?: string;
}

/** A NAVER Cloud account without its secrets. */
export interface NaverAccount extends AccountBase {
  readonly provider: 'naver';
  readonly keyOwner: KeyOwner;
  readonly zone: NaverZone;
  readonly regions: readonly FunctionsRegion[];
  readonly platform: FunctionsPlatform;
  readonly endpoints?: NaverEndpoints;
}

/** An NHN Cloud account without its secrets. */
export interface NhnAccount extends AccountBase {
  readonly provider: 'nhn';
  readonly appKeys: readonly AppKey[];
  readonly endpoints?: NhnEndpoints;
}

/** Everything about an account that may stand in global state. */
export type Account = NaverAccount | NhnAccount;

/**
 * The secrets of an account, one SecretStorage entry: NAVER's access key id and secret key, or NHN's user access key id
 * and secret access key. The id is kept here too, so that no part of a credential stands anywhere else.
 */
export interface AccountSecrets {
  readonly keyId: string;
  readonly secret: string;
}

/** All of a profile that its clouds' answers depend on, as text: where it changes, nothing that was read before counts. Its keys are no part of it. */
export function bindingOf(account: Account): string {
  return JSON.stringify({ ...account, name: '', lane: undefined });
}
