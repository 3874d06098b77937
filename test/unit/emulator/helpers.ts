import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import type { TestContext } from 'node:test';
import { startEmulator } from '../../../src/emulator/emulator.ts';
import type { Emulator, EmulatorOptions } from '../../../src/emulator/emulator.ts';

/** Noon of 2026-03-02 in Korea, a Monday. */
export const noon = Date.parse('2026-03-02T12:00:00+09:00');

/** A clock that stands still until it is moved. */
export interface TestClock {
  now: number;
}

/** An emulator with a clock of the test's own, closed at its end. */
export async function emulate(
  context: TestContext,
  options: EmulatorOptions = {},
): Promise<{ readonly emulator: Emulator; readonly clock: TestClock; readonly client: Client }> {
  const clock: TestClock = { now: noon };
  const emulator = await startEmulator({ clock: () => clock.now, ...options });
  context.after(() => emulator.close());
  return { emulator, clock, client: new Client(emulator, () => clock.now) };
}

/** An answer, its body as text and, where it is JSON, read. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** The body; `undefined` when it is not JSON. Numbers beyond 2^53 lose digits here: look at `text`. */
  readonly json: unknown;
}

/** Bare signed requests, written from the documents and independent of the product's clients. */
export class Client {
  readonly #emulator: Pick<Emulator, 'credentials'>;
  readonly #now: () => number;
  #token: string | undefined;

  constructor(emulator: Pick<Emulator, 'credentials'>, now: () => number) {
    this.#emulator = emulator;
    this.#now = now;
  }

  /** Any request, nothing added. */
  raw(method: string, target: string, headers: Readonly<Record<string, string>> = {}, body?: string): Promise<Answer> {
    return exchange(this.#emulator.credentials.naver.dataStream, method, target, headers, body);
  }

  /** A NAVER request, signed with the sub account's key. */
  naver(method: string, target: string, body?: unknown, time = this.#now()): Promise<Answer> {
    const { accessKeyId, secretKey } = this.#emulator.credentials.naver;
    return this.#signed(method, target, accessKeyId, secretKey, body, time);
  }

  /** A NAVER request, signed with the main account's key. */
  naverMain(method: string, target: string, body?: unknown): Promise<Answer> {
    const { mainAccessKeyId, mainSecretKey } = this.#emulator.credentials.naver;
    return this.#signed(method, target, mainAccessKeyId, mainSecretKey, body, this.#now());
  }

  /** A request to `/v1.0/appkeys/{appKey}` + path with a fresh or kept token. */
  async nhn(method: string, path: string, body?: unknown): Promise<Answer> {
    this.#token ??= await this.newToken();
    const headers = { 'x-nhn-authorization': `Bearer ${this.#token}` };
    const target = `/v1.0/appkeys/${this.#emulator.credentials.nhn.appKey}${path}`;
    return this.raw(method, target, headers, body === undefined ? undefined : textOf(body));
  }

  /** A request to the token endpoint. */
  oauth(path: string, form: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const { userAccessKeyId, secretAccessKey } = this.#emulator.credentials.nhn;
    const basic = Buffer.from(`${userAccessKeyId}:${secretAccessKey}`).toString('base64');
    const type = 'application/x-www-form-urlencoded';
    return this.raw('POST', path, { authorization: `Basic ${basic}`, 'content-type': type, ...headers }, form);
  }

  /** A new Opaque token. */
  async newToken(): Promise<string> {
    const { json } = await this.oauth('/oauth2/token/create', 'grant_type=client_credentials');
    return (json as { access_token: string }).access_token;
  }

  #signed(method: string, target: string, id: string, secret: string, body: unknown, time: number): Promise<Answer> {
    const headers = signedHeaders(method, target, String(time), id, secret);
    return this.raw(method, target, headers, body === undefined ? undefined : textOf(body));
  }
}

/** The three headers of datastream.md §1 and §7. */
export function signedHeaders(
  method: string,
  target: string,
  timestamp: string,
  accessKeyId: string,
  secretKey: string,
): Record<string, string> {
  const text = `${method} ${target}\n${timestamp}\n${accessKeyId}`;
  return {
    'x-ncp-apigw-timestamp': timestamp,
    'x-ncp-iam-access-key': accessKeyId,
    'x-ncp-apigw-signature-v2': createHmac('sha256', secretKey).update(text).digest('base64'),
  };
}

/** One exchange over a socket of its own. */
export function exchange(
  origin: string,
  method: string,
  target: string,
  headers: Readonly<Record<string, string>>,
  body?: string,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(origin);
    // Node announces the body of a DELETE only when its length is given.
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const sent = { ...length, ...headers };
    const outgoing = httpRequest({ hostname, port, method, path: target, headers: sent, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('error', reject);
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json: jsonOf(text) });
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** The `content` of a success of Cloud Functions (cloudfunctions.md §1.4). */
export function contentOf(answer: Answer): Record<string, unknown> {
  assert.equal(answer.status, 200, answer.text);
  return (answer.json as { content: Record<string, unknown> }).content;
}

function textOf(body: unknown): string {
  return typeof body === 'string' ? body : JSON.stringify(body);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
