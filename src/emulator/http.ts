import type { IncomingHttpHeaders } from 'node:http';
import { toJson } from './json.ts';
import type { Json } from './json.ts';

/** The parts of the emulator a request can belong to; `console` is the emulator's own window into its partitions. */
export type ServiceName = 'dataStream' | 'messages' | 'functions' | 'easyQueue' | 'token' | 'console' | 'unknown';

/** What an operation does: `read` changes nothing, `send` appends or runs, `write` changes resources. */
export type OperationKind = 'read' | 'send' | 'write';

/** One request, its body complete. */
export interface EmulatorRequest {
  readonly method: string;
  /** Path and query exactly as on the request line: that is what was signed (datastream.md §7). */
  readonly target: string;
  /** Path segments, percent-decoded. */
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** One answer; an empty body is sent without content type. */
export interface Reply {
  readonly status: number;
  readonly body: string | Buffer;
  /** A list stands for a header given several times. */
  readonly headers?: Readonly<Record<string, string | string[]>>;
}

/**
 * One operation. `:name` in the path stands for a parameter; parameters arrive in order. A last part `*` stands for any number of
 * further segments, none included. An answer that takes time is a promise: it is answered even if the client goes away meanwhile.
 */
export interface Route {
  readonly method: string;
  readonly path: string;
  readonly operation: string;
  readonly kind: OperationKind;
  readonly handle: (request: EmulatorRequest, ...params: string[]) => Reply | Promise<Reply>;
}

/** One emulated service: its operations, and how it says no. */
export interface Service {
  readonly name: ServiceName;
  /** Largest accepted body in bytes. */
  readonly bodyLimit: number;
  readonly routes: readonly Route[];
  /** Credentials, then permissions. Answers when the request must not go on. */
  authorize(request: EmulatorRequest, route: Route): Reply | undefined;
  /** No operation has this method and path, or the path cannot be decoded. */
  noRoute(request: EmulatorRequest): Reply;
  /** The body was larger than `bodyLimit`. */
  tooLarge(): Reply;
  /** A defect of the emulator itself. */
  failed(): Reply;
}

/** Thrown by an operation that refuses; carries the answer. */
export class Refusal extends Error {
  readonly reply: Reply;
  constructor(reply: Reply) {
    super(`Refused with status ${String(reply.status)}`);
    this.reply = reply;
  }
}

/** An answer with a JSON body. */
export function jsonReply(status: number, value: Json, headers?: Readonly<Record<string, string>>): Reply {
  const all = { 'Content-Type': 'application/json;charset=UTF-8', ...headers };
  return { status, body: toJson(value), headers: all };
}

/** An answer without a body. */
export function emptyReply(status: number): Reply {
  return { status, body: '' };
}

/** One query parameter; the first where it is repeated. */
export function queryValue(request: EmulatorRequest, name: string): string | undefined {
  return request.query.get(name) ?? undefined;
}
