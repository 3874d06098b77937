import { consoleService } from './console.ts';
import { dataStreamService, messageService } from './datastream/service.ts';
import { easyQueueService } from './easyqueue/service.ts';
import { createFaults } from './faults.ts';
import type { Faults } from './faults.ts';
import { functionsService } from './functions/service.ts';
import { createGateway } from './gateway.ts';
import type { NaverKey } from './gateway.ts';
import type { Service } from './http.ts';
import { alphanumeric, seededRandom, upperAlphanumeric } from './random.ts';
import { startServer } from './server.ts';
import type { RequestRecord } from './server.ts';
import { steadyClock } from './time.ts';
import { defaultTimings } from './timings.ts';
import type { Timings } from './timings.ts';
import { tokenService } from './tokens.ts';
import type { UserAccessKey } from './tokens.ts';
import { createWorld } from './world.ts';
import type { World } from './world.ts';

/** How an emulator starts. */
export interface EmulatorOptions {
  /** Port on 127.0.0.1; 0 or absent: any free one. */
  readonly port?: number;
  /** Same seed and same clock: same answers, byte for byte. Default 1. */
  readonly seed?: number;
  /** Milliseconds since the epoch. Default `Date.now`. */
  readonly clock?: () => number;
  /** EasyQueue topics beyond the quota, for size tests. Default 0. */
  readonly extraTopics?: number;
  /** Sample data, or empty clouds. Default `demo`. */
  readonly sampleData?: 'demo' | 'none';
  /** The latest messages sent to a partition of Data Stream that can be read, however large; for tests that count them. Default 100, and some MB. */
  readonly keptMessages?: number;
  /** How long things take, in ms of the clock. */
  readonly timings?: Partial<Timings>;
}

/** Keys of the demo accounts and base addresses (origins, without path), exactly as `--json` prints them. */
export interface Credentials {
  readonly naver: {
    /** Key of a sub account. */
    readonly accessKeyId: string;
    readonly secretKey: string;
    /** Key of the main account: may do everything but send messages. */
    readonly mainAccessKeyId: string;
    readonly mainSecretKey: string;
    readonly dataStream: string;
    readonly messages: string;
    readonly cloudFunctions: string;
  };
  readonly nhn: {
    readonly userAccessKeyId: string;
    readonly secretAccessKey: string;
    readonly appKey: string;
    readonly token: string;
    readonly easyQueue: string;
  };
}

/** A running emulator of the three clouds and of the token endpoint. */
export interface Emulator {
  readonly credentials: Credentials;
  /** Puts faults in the way of requests. */
  readonly faults: Faults;
  /** The latest requests, oldest first, without headers, bodies or secrets. */
  readonly log: readonly RequestRecord[];
  /** Changes facts behind the clients' back. */
  readonly world: World;
  /** Stops at once and cuts every connection. */
  close(): Promise<void>;
}

const keptRecords = 10_000;

/**
 * Starts an emulator on 127.0.0.1.
 * @throws NodeJS.ErrnoException `EADDRINUSE` when the port is taken.
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const seed = options.seed ?? 1;
  const timings: Timings = { ...defaultTimings, ...options.timings };
  const now = steadyClock(options.clock ?? Date.now);
  const hasSamples = options.sampleData !== 'none';
  const { extraTopics = 0, keptMessages } = options;
  const kept = keptMessages === undefined ? {} : { keptMessages };
  const world = createWorld({ seed, now, timings, extraTopics, hasSamples, ...kept });
  const headerNow = (): number => now() + world.clockSkewMs;
  const { sub, main, user } = createKeys(seed);
  const faults = createFaults();
  const log: RequestRecord[] = [];
  const secrets = [sub.secretKey, main.secretKey, user.secretAccessKey, sub.accessKeyId, main.accessKeyId];
  function record(entry: RequestRecord): void {
    log.push({ ...entry, target: withoutSecrets(entry.target, [...secrets, user.userAccessKeyId]) });
    if (log.length > keptRecords) log.shift();
  }
  const server = await startServer({
    port: options.port ?? 0,
    services: createServices(world, [sub, main], user, timings, headerNow),
    faults,
    now,
    headerNow,
    record,
  });
  const { origin } = server;
  const credentials: Credentials = {
    naver: {
      accessKeyId: sub.accessKeyId,
      secretKey: sub.secretKey,
      mainAccessKeyId: main.accessKeyId,
      mainSecretKey: main.secretKey,
      dataStream: origin,
      messages: origin,
      cloudFunctions: origin,
    },
    nhn: { ...user, appKey: world.easyQueue.appKey, token: origin, easyQueue: origin },
  };
  return { credentials, faults, log, world, close: () => server.close() };
}

function createServices(
  world: World,
  keys: readonly NaverKey[],
  user: UserAccessKey,
  timings: Timings,
  gatewayNow: () => number,
): readonly (readonly [prefix: string, service: Service])[] {
  const { now, tokens } = world;
  const gateway = createGateway(keys, gatewayNow);
  const role = (): World['naverRole'] => world.naverRole;
  const dataStream = { state: world.dataStream, gateway, now, role, timings };
  const functions = functionsService({ state: world.functions, gateway, now, role, timings });
  return [
    ['/api/v1/', dataStreamService(dataStream)],
    ['/api/produce', messageService(dataStream)],
    ['/ncf/api/v2/', functions],
    ['/api/v2/', functions],
    ['/v1.0/appkeys/', easyQueueService({ state: world.easyQueue, tokens, now, role: () => world.nhnRole })],
    ['/oauth2/token/', tokenService(user, tokens, timings.tokenLifeMs)],
    ['/_emulator/', consoleService(world)],
  ];
}

function createKeys(seed: number): { readonly sub: NaverKey; readonly main: NaverKey; readonly user: UserAccessKey } {
  const random = seededRandom(seed, 'keys');
  const accessKeyId = (kind: string): string => `ncp_iam_BPA${kind}${random.text(16, upperAlphanumeric)}`;
  const secretKey = (): string => `ncp_iam_BPK${random.text(29, alphanumeric)}`;
  return {
    sub: { accessKeyId: accessKeyId('SKR'), secretKey: secretKey(), isMain: false },
    main: { accessKeyId: accessKeyId('MKR'), secretKey: secretKey(), isMain: true },
    // Lengths as documented (easyqueue.md §1.1).
    user: { userAccessKeyId: random.text(20, alphanumeric), secretAccessKey: random.text(16, alphanumeric) },
  };
}

/** A client that puts a secret into an address must not find it in the log. */
function withoutSecrets(target: string, secrets: readonly string[]): string {
  return secrets.reduce((text, secret) => (text.includes(secret) ? text.replaceAll(secret, '***') : text), target);
}
