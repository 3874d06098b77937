import { consoleService } from './console.ts';
import { dataStreamService, messageService } from './datastream/service.ts';
import { easyQueueService } from './easyqueue/service.ts';
import { createFaults } from './faults.ts';
import type { Faults } from './faults.ts';
import { Runtimes } from './functions/runs/runtimes.ts';
import { functionsService } from './functions/service.ts';
import { webService } from './functions/web.ts';
import { createGateway } from './gateway.ts';
import type { NaverKey } from './gateway.ts';
import type { Service } from './http.ts';
import { alphanumeric, secretRandom, seededRandom, upperAlphanumeric } from './random.ts';
import type { Random } from './random.ts';
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
  /**
   * Same seed and same clock: same answers, byte for byte, but for what really runs. The keys, too, follow from a seed that is given: anybody
   * can compute them. Without it sample data is that of seed 1, and keys and tokens are drawn so that nobody can guess them.
   */
  readonly seed?: number;
  /** Milliseconds since the epoch. Default `Date.now`. */
  readonly clock?: () => number;
  /** EasyQueue topics beyond the quota, for size tests. Default 0. */
  readonly extraTopics?: number;
  /** Consumer groups of an EasyQueue topic of 16 partitions beyond the quota, for size tests. Default 0: no such topic. */
  readonly extraGroups?: number;
  /** Seconds between two EasyQueue statistics values, whatever the range, for size tests. Default: by the range, 60 to 7,200. */
  readonly statisticsStepSeconds?: number;
  /** Sample data, or empty clouds. Default `demo`. */
  readonly sampleData?: 'demo' | 'none';
  /** The latest messages sent to a partition of Data Stream that can be read, however large; for tests that count them. Default 100, and some MB. */
  readonly keptMessages?: number;
  /**
   * Whether actions really run, in processes of their own (Node.js, and Python where `python3` is), or every run echoes its parameters
   * at once, byte for byte the same each time. Default `real`.
   */
  readonly runs?: 'real' | 'echo';
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
  const { seed } = options;
  const secretsFor = (purpose: string): Random => (seed === undefined ? secretRandom() : seededRandom(seed, purpose));
  const timings: Timings = { ...defaultTimings, ...options.timings };
  const now = steadyClock(options.clock ?? Date.now);
  const hasSamples = options.sampleData !== 'none';
  const { extraTopics = 0, extraGroups = 0, keptMessages, statisticsStepSeconds } = options;
  const kept = keptMessages === undefined ? {} : { keptMessages };
  const step = statisticsStepSeconds === undefined ? {} : { statisticsStepSeconds };
  const runtimes = options.runs === 'echo' ? undefined : new Runtimes();
  const world = createWorld({ seed: seed ?? 1, secretsFor, now, timings, extraTopics, extraGroups, hasSamples, runtimes, ...kept, ...step });
  const headerNow = (): number => now() + world.clockSkewMs;
  const { sub, main, user } = createKeys(secretsFor('keys'));
  const faults = createFaults();
  const log: RequestRecord[] = [];
  const secrets = [sub.secretKey, main.secretKey, user.secretAccessKey, sub.accessKeyId, main.accessKeyId];
  function record(entry: Omit<RequestRecord, 'status'>): (status: number) => void {
    const kept = { ...entry, target: withoutSecrets(entry.target, [...secrets, user.userAccessKeyId]), status: 0 };
    log.push(kept);
    if (log.length > keptRecords) log.shift();
    return (status) => { kept.status = status; };
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
  const stopCron = options.clock === undefined ? everyMinute(() => world.functions.fireDue()) : (): void => undefined;
  async function close(): Promise<void> {
    stopCron();
    await Promise.all([server.close(), runtimes?.close()]);
    await world.functions.idle();
  }
  return { credentials, faults, log, world, close };
}

/** Calls at the beginning of each minute; keeps no process alive. */
function everyMinute(call: () => void): () => void {
  let timer: NodeJS.Timeout;
  function wait(): void {
    // A little late rather than early: a timer may come a moment too soon.
    timer = setTimeout(() => {
      call();
      wait();
    }, 60_050 - (Date.now() % 60_000)).unref();
  }
  wait();
  return () => clearTimeout(timer);
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
    ['/web/', webService(world.functions)],
    ['/v1.0/appkeys/', easyQueueService({ state: world.easyQueue, tokens, now, role: () => world.nhnRole })],
    ['/oauth2/token/', tokenService(user, tokens, timings.tokenLifeMs)],
    ['/_emulator/', consoleService(world, [...keys.map(({ accessKeyId }) => accessKeyId), user.userAccessKeyId])],
  ];
}

function createKeys(random: Random): { readonly sub: NaverKey; readonly main: NaverKey; readonly user: UserAccessKey } {
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
