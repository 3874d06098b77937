import { readFileSync } from 'node:fs';
import { request, type IncomingMessage } from 'node:http';
import type { TestContext } from 'node:test';

import type { ConnectionDeps } from '../../../src/api/connection.ts';
import { FunctionsClient } from '../../../src/api/functions/client.ts';
import { startEmulator, type Emulator, type EmulatorOptions } from '../../../src/emulator/emulator.ts';
import type { NaverAccount } from '../../../src/model/account.ts';
import type { ActionSpec, TriggerSource, TriggerSpec } from '../../../src/model/functions.ts';
import { connect, naver, serve, type Bench, type Seen } from './support.ts';

/** Where Cloud Functions is spoken in its own way: the public zone's two platforms, and the other zones (cloudfunctions.md §1.1). */
export const PLACES = ['vpc', 'classic', 'financial', 'government'] as const;

/** One of {@link PLACES}. */
export type Place = (typeof PLACES)[number];

const CHANGES: Readonly<Record<Place, Partial<NaverAccount>>> = {
  vpc: { platform: 'vpc' },
  classic: { platform: 'classic' },
  financial: { zone: 'financial' },
  government: { zone: 'government' },
};

/** Where requests go in a place: the start of their paths, and the query they all have. */
export const WIRE: Readonly<Record<Place, { readonly prefix: string; readonly query: string }>> = {
  vpc: { prefix: '/ncf/api/v2', query: 'platform=vpc' },
  classic: { prefix: '/ncf/api/v2', query: 'platform=classic' },
  financial: { prefix: '/ncf/api/v2', query: '' },
  government: { prefix: '/api/v2', query: '' },
};

/** A cloud, a client of it, and what went over the wire. */
export interface FunctionsWorld {
  readonly emulator: Emulator;
  readonly client: FunctionsClient;
  readonly bench: Bench;
  /** What the emulator was sent, as it came. */
  readonly seen: readonly Seen[];
  /** Method and target of each, e.g. `GET /ncf/api/v2/packages?platform=vpc`. */
  targets(): readonly string[];
  /** A client of the same account in another place. */
  in(place: Place): FunctionsClient;
}

/** How a world differs from the usual: empty, at once, with everything allowed. */
export interface FunctionsWorldOptions {
  readonly place?: Place;
  readonly account?: Partial<NaverAccount>;
  readonly emulator?: EmulatorOptions;
  readonly deps?: Partial<ConnectionDeps>;
}

/** Starts an emulator behind a server that writes down what passes; both end with the test. */
export async function functionsWorld(t: TestContext, options: FunctionsWorldOptions = {}): Promise<FunctionsWorld> {
  const timings = { activationGapMs: 0, ...options.emulator?.timings };
  const emulator = await startEmulator({ sampleData: 'none', ...options.emulator, timings });
  t.after(() => emulator.close());
  const { accessKeyId, secretKey, cloudFunctions } = emulator.credentials.naver;
  const { origin, seen } = await serve(t, async (one, response) => {
    try {
      const { answer, body } = await forward(cloudFunctions, one);
      response.writeHead(answer.statusCode ?? 500, answer.headers).end(body);
    } catch {
      // What the emulator does to a connection is done to this one.
      response.destroy();
    }
  });
  const benchIn = (place: Place): Bench =>
    connect(t, naver(origin, { ...CHANGES[place], ...options.account }), { keyId: accessKeyId, secret: secretKey }, options.deps);
  const bench = benchIn(options.place ?? 'vpc');
  return {
    emulator,
    bench,
    seen,
    client: new FunctionsClient(bench.connection, 'KR'),
    targets: () => seen.map(({ method, target }) => `${method} ${target}`),
    in: (place) => new FunctionsClient(benchIn(place).connection, 'KR'),
  };
}

/** The same request, to another server: the signature covers neither. */
function forward(origin: string, { method, target, headers, body }: Seen): Promise<{ readonly answer: IncomingMessage; readonly body: Buffer }> {
  return new Promise((resolve, reject) => {
    const outgoing = request(origin, { path: target, method, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => { resolve({ answer, body: Buffer.concat(chunks) }); });
      answer.on('error', reject);
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** Gives back what it is given. */
export const ECHO = 'function main(args) {\n  return args;\n}\n';

/** An action of the VPC platform as it is created. */
export function actionSpec(changes: Partial<ActionSpec> = {}): ActionSpec {
  return {
    name: 'resize',
    pkg: '-',
    description: 'd',
    runtime: 'nodejs:22',
    type: 'basic',
    parameters: {},
    isRawHttp: undefined,
    hasCustomOptions: undefined,
    code: ECHO,
    isBinary: false,
    main: 'main',
    imageUri: undefined,
    components: [],
    memoryMb: 256,
    timeoutMs: 60_000,
    vpc: [{ vpcNo: 21_538, subnetNo: 45_007 }],
    ...changes,
  };
}

/** The same in a place: only the VPC platform has a VPC. */
export function actionIn(place: Place, changes: Partial<ActionSpec> = {}): ActionSpec {
  return actionSpec(place === 'vpc' || place === 'financial' ? changes : { vpc: [], ...changes });
}

/** A trigger that fires every five minutes, unless it is to start otherwise. */
export function triggerSpec(name = 'nightly', source: TriggerSource = { type: 'cron', cronOption: '*/5 * * * *' }): TriggerSpec {
  return { name, description: 'd', parameters: {}, source };
}

/** A GitHub token that would be recognised anywhere. */
export const TOKEN = 'ghp_CANARY0000000000000000000000000000001';

/** A GitHub trigger as it is created. */
export const GITHUB: Extract<TriggerSource, { readonly type: 'github' }> = {
  type: 'github',
  credential: { username: 'octo', accessToken: TOKEN, repository: 'Org/repo' },
  events: ['push', 'pull_request'],
  link: { product: 'p', apiName: 'a', stageName: 's' },
};

/** A rule that does not exist; so of the next two. */
export const INSIGHT: TriggerSource = { type: 'insight', rules: [{ prodKey: 'missing', ruleGrpId: 'g', reminderTime: 5, enableNotiWhenEventClose: false }] };
export const STORAGE: TriggerSource = { type: 'object_storage', rules: [{ bucketName: 'missing', eventRuleName: 'r' }] };
export const COMMIT: TriggerSource = { type: 'source_commit', webhooks: [{ repositoryName: 'r', webhookName: 'missing', enable: true }] };

/** An action as the emulator keeps it. */
export const ACTION = {
  description: '', parameters: {}, rawHttp: false, customOptions: false,
  exec: { kind: 'nodejs:22', code: '', binary: false, main: 'main' }, limits: { timeout: 60_000, memory: 256 },
} as const;

/** A trigger that never fires, as the emulator keeps it. */
export const TRIGGER = { description: '', parameters: {}, options: [] } as const;

/** A sample of the official documentation. */
export function fixture(name: string): string {
  return readFileSync(new URL(`../../fixtures/functions/${name}`, import.meta.url), 'utf8').trim();
}
