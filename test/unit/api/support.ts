import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';

import { Connection, type ConnectionDeps } from '../../../src/api/connection.ts';
import type { HttpMethod, Transport, TransportRequest } from '../../../src/api/transport.ts';
import { createUndiciTransport } from '../../../src/api/undiciTransport.ts';
import type { HttpLog } from '../../../src/api/exchange.ts';
import { signatureV2 } from '../../../src/api/naverAuthenticator.ts';
import type { Account, AccountSecrets, NaverAccount, NhnAccount } from '../../../src/model/account.ts';
import { CloudError, type CloudErrorDetails, type CloudErrorKind } from '../../../src/model/cloudError.ts';

/** What a server saw of one request. */
export interface Seen {
  readonly method: string;
  readonly target: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A server on loopback that writes down what it sees; it ends with the test. */
export async function serve(
  t: TestContext,
  answer: (seen: Seen, response: ServerResponse, count: number) => void | Promise<void>,
  create: (listener: RequestListener) => Server = (listener) => createServer(listener),
): Promise<{ readonly origin: string; readonly seen: readonly Seen[]; readonly server: Server }> {
  const seen: Seen[] = [];
  const server = create((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const one: Seen = {
        method: request.method ?? '',
        target: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks).toString('utf8'),
      };
      seen.push(one);
      void answer(one, response, seen.length);
    });
  });
  const port = await listen(server);
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { origin: `http://127.0.0.1:${port}`, seen, server };
}

/** Starts listening on an ephemeral port of loopback. */
export async function listen(server: { listen(port: number, host: string, done: () => void): unknown; address(): unknown }): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** Answers with JSON text, written as it stands. */
export function json(response: ServerResponse, body: string, status = 200, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(body);
}

/** A log that keeps what it is told. */
export class MemoryLog implements HttpLog {
  readonly entries: Parameters<HttpLog['request']>[0][] = [];
  isTerse = false;

  request(entry: Parameters<HttpLog['request']>[0]): void {
    this.entries.push(entry);
  }
}

/** What a test can look at afterwards. */
export interface Bench {
  readonly connection: Connection;
  readonly log: MemoryLog;
  readonly waits: number[];
  readonly skews: (readonly [skewMs: number, host: string])[];
}

/** A connection over the real transport that neither waits nor rolls dice. */
export function connect(
  t: TestContext,
  account: Account | (() => Account),
  secrets: AccountSecrets,
  overrides: Partial<ConnectionDeps> = {},
): Bench {
  const transport = createUndiciTransport({ dispatcher: ({ Agent }) => new Agent() });
  const log = new MemoryLog();
  const waits: number[] = [];
  const skews: (readonly [number, string])[] = [];
  const connection = new Connection(
    typeof account === 'function' ? account : () => account,
    () => Promise.resolve(secrets),
    {
      transport,
      now: Date.now,
      random: () => 1,
      wait: (ms) => {
        waits.push(ms);
        return Promise.resolve();
      },
      log,
      timeoutMs: () => 10_000,
      onClockSkew: (skewMs, host) => skews.push([skewMs, host]),
      ...overrides,
    },
  );
  t.after(async () => {
    await connection.dispose();
    await transport.close();
  });
  return { connection, log, waits, skews };
}

/** Secrets that would be recognised anywhere. */
export const NAVER_SECRETS: AccountSecrets = { keyId: 'CANARYACCESSKEY00000', secret: 'CANARYsecretKEY/+00000000000000000000000' };
export const NHN_SECRETS: AccountSecrets = { keyId: 'CANARYUAKID000000000', secret: 'CANARYuakSECRET0' };

/** A NAVER account whose three services are at one origin. */
export function naver(origin: string, changes: Partial<NaverAccount> = {}): NaverAccount {
  return {
    id: 'a1',
    name: 'acme',
    provider: 'naver',
    lane: { stage: 'dev', access: 'full' },
    keyOwner: 'sub',
    zone: 'public',
    regions: ['KR'],
    platform: 'vpc',
    endpoints: { dataStream: origin, messages: origin, cloudFunctions: origin },
    ...changes,
  };
}

export const APP_KEY = { appKey: 'abcdefgh12345678', label: 'shop', region: 'KR1' } as const;

/** An NHN account whose token endpoint and EasyQueue are at one origin. */
export function nhn(origin: string, changes: Partial<NhnAccount> = {}): NhnAccount {
  return {
    id: 'a2',
    name: 'shop',
    provider: 'nhn',
    lane: { stage: 'dev', access: 'full' },
    appKeys: [APP_KEY],
    endpoints: { token: origin, easyQueue: origin },
    ...changes,
  };
}

/** Waits until something holds, looking again on each turn of the event loop; fails where it never does. */
export async function until(holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!holds()) {
    assert.ok(Date.now() < deadline, 'waited in vain');
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** What work failed with; anything but a {@link CloudError} fails the test. */
export async function errorOf(work: Promise<unknown>): Promise<CloudError> {
  const error: unknown = await work.then(
    () => assert.fail('expected a failure'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof CloudError, String(error));
  return error;
}

/** The details of a failure of one kind. */
export async function failure(work: Promise<unknown>, kind: CloudErrorKind): Promise<CloudErrorDetails> {
  const error = await errorOf(work);
  assert.equal(error.kind, kind, error.message);
  return error.details;
}

/** Whether a NAVER request carries the signature of exactly what arrived. */
export function isSigned({ method, target, headers }: Seen): boolean {
  const timestamp = String(headers['x-ncp-apigw-timestamp']);
  const expected = signatureV2({ method: method as HttpMethod, target, timestamp }, NAVER_SECRETS);
  return headers['x-ncp-apigw-signature-v2'] === expected && headers['x-ncp-iam-access-key'] === NAVER_SECRETS.keyId;
}

/** The real transport, which ends with the test. */
export function transportOf(t: TestContext, fallback?: typeof fetch): Transport & { reset(): void } {
  const transport = createUndiciTransport({
    dispatcher: ({ Agent }) => new Agent(),
    ...(fallback === undefined ? {} : { fallback }),
  });
  t.after(() => transport.close());
  return transport;
}

/** A plain request. */
export function get(origin: string, changes: Partial<TransportRequest> = {}): TransportRequest {
  return { method: 'GET', origin, target: '/', headers: {}, timeoutMs: 10_000, maxBytes: 1_000_000, ...changes };
}

/** An origin nobody listens at. */
export async function deadOrigin(): Promise<string> {
  const server = createTcpServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}
