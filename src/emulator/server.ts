import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { proxyReply, replyOf, send, sendFaulty } from './answers.ts';
import type { FaultBox, FaultEffect } from './faults.ts';
import { gatewayError } from './gateway.ts';
import type { EmulatorRequest, OperationKind, Reply, Service, ServiceName } from './http.ts';
import { decodePath, router } from './router.ts';
import type { Dispatch, Outcome } from './router.ts';
import { isFromStranger } from './strangers.ts';

/** One request that was answered: no header, no body, no secret. */
export interface RequestRecord {
  /** Time of arrival, ms since the epoch, by the emulator's clock. */
  readonly at: number;
  readonly service: ServiceName;
  /** Name of the operation, or `none` where nothing is there. */
  readonly operation: string;
  readonly kind: OperationKind;
  readonly method: string;
  readonly target: string;
  /** HTTP status; 0 when no answer was given, or not yet. */
  readonly status: number;
}

/** What the server needs to know. */
export interface ServerOptions {
  readonly port: number;
  /** Services by the first path segments, longest first. */
  readonly services: readonly (readonly [prefix: string, service: Service])[];
  readonly faults: FaultBox;
  /** The clock of records. */
  readonly now: () => number;
  /** The clock of the `Date` header. */
  readonly headerNow: () => number;
  /** Notes a request down as it arrives; what it returns is called with the status once it was answered. */
  readonly record: (record: Omit<RequestRecord, 'status'>) => (status: number) => void;
}

/** A listening server. */
export interface RunningServer {
  /** `http://127.0.0.1:port` */
  readonly origin: string;
  /** Stops listening and cuts every connection. */
  close(): Promise<void>;
}

interface Entry {
  readonly prefix: string;
  readonly service: Service;
  readonly dispatch: Dispatch;
}

/**
 * Starts the HTTP server on 127.0.0.1.
 * @throws NodeJS.ErrnoException such as `EADDRINUSE` when it cannot listen.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const entries = options.services.map(([prefix, service]) => ({ prefix, service, dispatch: router(service) }));
  const timers = new Set<NodeJS.Timeout>();
  const server = createServer({ keepAliveTimeout: 30_000 }, (request, response) => {
    serve(request, response, entries, options, timers);
  });
  server.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    else socket.destroy();
  });
  await listen(server, options.port);
  const { port } = server.address() as AddressInfo;
  async function close(): Promise<void> {
    for (const timer of timers) clearTimeout(timer);
    const closed = new Promise<void>((resolve) => {
      server.close(() => {
        resolve();
      });
    });
    server.closeAllConnections();
    await closed;
  }
  return { origin: `http://127.0.0.1:${String(port)}`, close };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function serve(
  incoming: IncomingMessage,
  response: ServerResponse,
  entries: readonly Entry[],
  options: ServerOptions,
  timers: Set<NodeJS.Timeout>,
): void {
  const at = options.now();
  const method = incoming.method ?? 'GET';
  const target = incoming.url ?? '/';
  const entry = entries.find(({ prefix }) => target.startsWith(prefix));
  const name = entry?.service.name ?? 'unknown';
  const isStranger = isFromStranger(incoming.headers, target);
  const fault = isStranger ? undefined : options.faults.take(name, method, target);
  const limit = entry?.service.bodyLimit ?? 65_536;
  // A client that goes away in the middle is no concern of the emulator's.
  incoming.on('error', () => undefined);
  response.on('error', () => undefined);
  readBody(incoming, limit, (body) => {
    const spared = fault === undefined || isCarriedOut(fault);
    const outcome = spared ? decide(isStranger ? undefined : entry, incoming, method, target, body) : undefined;
    const isAnswered = fault === undefined || ['reply', 'delay', 'html', 'truncate'].includes(fault.kind);
    const route = outcome?.route;
    const operation = route?.operation ?? 'none';
    const settle = options.record({ at, service: name, operation, kind: route?.kind ?? 'read', method, target });
    function answer(reply: Reply): void {
      settle(isAnswered ? reply.status : 0);
      const date = new Date(options.headerNow()).toUTCString();
      const failed = (): Reply => entry?.service.failed() ?? gatewayError(900);
      const exchange = { response, date, method, failed };
      if (fault === undefined) send(exchange, reply);
      else sendFaulty(exchange, reply, fault, timers);
    }
    const reply = fault?.kind === 'reply' ? replyOf(fault) : (outcome?.reply ?? proxyReply);
    if (!(reply instanceof Promise)) answer(reply);
    // Whoever went away in the meantime gets no answer; what they asked for has happened all the same.
    else void reply.then((late) => { if (!response.destroyed) answer(late); });
  });
}

function isCarriedOut(fault: FaultEffect): boolean {
  return fault.kind === 'delay' || fault.kind === 'truncate' || (fault.kind === 'close' && fault.when === 'after');
}

/** Collects the body; `undefined` once it is larger than the limit (the rest is read and thrown away). */
function readBody(incoming: IncomingMessage, limit: number, done: (body: Buffer | undefined) => void): void {
  const chunks: Buffer[] = [];
  let size = 0;
  incoming.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= limit) chunks.push(chunk);
    else chunks.length = 0;
  });
  incoming.on('end', () => {
    done(size > limit ? undefined : Buffer.concat(chunks));
  });
}

function decide(
  entry: Entry | undefined,
  incoming: IncomingMessage,
  method: string,
  target: string,
  body: Buffer | undefined,
): Outcome {
  if (entry === undefined) return { reply: gatewayError(300), route: undefined };
  if (body === undefined) return { reply: entry.service.tooLarge(), route: undefined };
  const mark = target.indexOf('?');
  const path = mark === -1 ? target : target.slice(0, mark);
  const query = new URLSearchParams(mark === -1 ? '' : target.slice(mark + 1));
  const segments = decodePath(path) ?? [];
  const request: EmulatorRequest = { method, target, segments, query, headers: incoming.headers, body };
  return entry.dispatch(request);
}
