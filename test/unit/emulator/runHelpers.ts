import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import type { Emulator, EmulatorOptions } from '../../../src/emulator/emulator.ts';
import type { Client, TestClock } from './helpers.ts';
import { contentOf, emulate } from './helpers.ts';

const actions = '/ncf/api/v2/packages/-/actions';

/** What a run answers (cloudfunctions.md §5.5, §6.2). */
export interface Run {
  readonly activationId: string;
  readonly start: number;
  readonly end: number;
  readonly duration: number;
  readonly name: string;
  readonly response: { readonly result: Record<string, unknown>; readonly status: string; readonly success: boolean };
  /** In details only. */
  readonly logs: readonly string[];
}

/** What differs from a small Node.js action. */
interface Deployed {
  readonly kind?: string;
  readonly binary?: boolean;
  readonly main?: string;
  readonly type?: string;
  readonly timeout?: number;
  readonly memory?: number;
  readonly parameters?: Record<string, unknown>;
  readonly http?: { readonly 'raw-http'?: boolean; readonly 'custom-options'?: boolean };
}

/** An empty account whose runs can be looked at at once. */
export class Bench {
  readonly emulator: Emulator;
  readonly client: Client;
  readonly clock: TestClock;

  constructor(emulator: Emulator, client: Client, clock: TestClock) {
    this.emulator = emulator;
    this.client = client;
    this.clock = clock;
  }

  static async start(context: TestContext, options: EmulatorOptions = {}): Promise<Bench> {
    const timings = { activationGapMs: 0 };
    const { emulator, client, clock } = await emulate(context, { sampleData: 'none', timings, ...options });
    return new Bench(emulator, client, clock);
  }

  /** Creates or replaces an action without a package. */
  deploy(name: string, code: string, deployed: Deployed = {}): Promise<void> {
    return deploy(this.client, name, code, deployed);
  }

  /** Creates a sequence of actions without a package. */
  async sequence(name: string, components: readonly string[], type = 'sequence'): Promise<void> {
    const exec = { kind: 'sequence', components: components.map((component) => `-/${component}`) };
    contentOf(await this.client.naver('PUT', `${actions}/${name}?type=${type}`, { exec }));
  }

  /** Runs an action and waits; what it says, with its logs. */
  async run(name: string, parameters: unknown = {}, query = ''): Promise<Run> {
    const run = contentOf(await this.client.naver('POST', `${actions}/${name}${query}`, parameters)) as unknown as Run;
    if (query !== '') return run;
    const detail = await this.detail(name, run.activationId);
    assert.deepEqual(detail.response, run.response);
    return detail;
  }

  async detail(name: string, activationId: string): Promise<Run> {
    const path = `${actions}/${name}/activations/${activationId}`;
    return contentOf(await this.client.naver('GET', path)) as unknown as Run;
  }
}

/** An action, or a process of its own, that called. */
interface Caller {
  readonly query: URLSearchParams;
  /** When its connection ended. */
  readonly gone: Promise<unknown>;
}

/** A place where actions of a test call and wait until it lets them go. */
interface Gate {
  readonly url: string;
  /** The query of the next action that calls, and when its connection ends. */
  readonly next: () => Promise<Caller>;
  /** The next so many of them. */
  readonly take: (count: number) => Promise<readonly Caller[]>;
  readonly open: () => void;
}

/** An action that tells a gate its process and folder, and waits there. */
export const waitsAtGate = `async function main({ url }) {
  await fetch(url + '?' + new URLSearchParams({ pid: process.pid, cwd: process.cwd() }));
  return { waited: true };
}`;

/** Opens a gate for a test. */
export async function startGate(context: TestContext): Promise<Gate> {
  const waiting: (() => void)[] = [];
  const server = createServer((_request, response) => {
    waiting.push(() => response.end('{}'));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  context.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  return {
    url,
    next: async () => callerOf(((await once(server, 'request')) as [IncomingMessage])[0], url),
    take: (count) => new Promise((resolve) => {
      const callers: Caller[] = [];
      server.on('request', (request) => {
        callers.push(callerOf(request, url));
        if (callers.length === count) resolve(callers);
      });
    }),
    open: () => {
      for (const go of waiting.splice(0)) go();
    },
  };
}

function callerOf({ url: target = '', socket }: IncomingMessage, base: string): Caller {
  return { query: new URL(target, base).searchParams, gone: new Promise((resolve) => socket.once('close', resolve)) };
}

/** Creates or replaces an action without a package. */
export async function deploy(client: Client, name: string, code: string, deployed: Deployed = {}): Promise<void> {
  const { kind = 'nodejs:22', binary = false, main = 'main', type = 'basic', timeout = 20_000, memory = 128 } = deployed;
  const body = {
    exec: { kind, binary, code, main },
    limits: { timeout, memory },
    vpc: [{ vpcNo: 1, subnetNo: 2 }],
    parameters: deployed.parameters ?? {},
    ...deployed.http,
  };
  contentOf(await client.naver('PUT', `${actions}/${name}?type=${type}`, body));
}

/** What stands behind time and stream of a log line. */
export function textsOf(logs: readonly string[]): string[] {
  return logs.map((line) => {
    const match = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z (stdout|stderr): ([^]*)$/.exec(line);
    assert.ok(match, line);
    return `${match[1] === 'stderr' ? '! ' : ''}${match[2] ?? ''}`;
  });
}
