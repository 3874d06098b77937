import * as z from 'zod/mini';

import { CancelledError, CloudError, type CloudErrorDetails } from '../model/cloudError.ts';
import { parseJson } from '../model/json.ts';
import { plainText, shortened } from '../model/text.ts';
import type { Renewal } from './authenticator.ts';
import { withoutEcho } from './echo.ts';
import { hostOf } from './endpoints.ts';
import { entryOf, statusFailure } from './failure.ts';
import type { Answer, Failure, Operation } from './operation.ts';
import { redact } from './redact.ts';
import type { Attempted } from './retry.ts';
import type { Transport, TransportRequest, TransportResponse } from './transport.ts';

/** One request, as the log tells it: never a header, never a body. */
export interface LoggedRequest {
  readonly accountName: string;
  readonly method: string;
  readonly host: string;
  /** Path and query as sent. */
  readonly target: string;
  readonly status?: number;
  readonly durationMs: number;
  /** From 1. */
  readonly attempt: number;
  readonly error?: string;
}

/** Where requests are written down. */
export interface HttpLog {
  /** Nobody reads of requests that went well: those are not told. */
  readonly isTerse?: boolean;
  request(entry: LoggedRequest): void;
}

/** What an exchange needs from outside. */
export interface ExchangeDeps {
  readonly transport: Transport;
  readonly now: () => number;
  readonly log: HttpLog;
}

/** One attempt of one operation, signed. */
export interface Exchange<T> {
  readonly request: TransportRequest;
  readonly accountName: string;
  readonly attempt: number;
  readonly operation: Pick<Operation<T>, 'operation' | 'schema' | 'about' | 'takes' | 'means' | 'content'>;
  readonly failureOf: (answer: Answer) => Failure | undefined;
  /** Values to remove from what the server says. */
  readonly secrets: readonly string[];
  /** The answer is a secret itself (a token): none of it is repeated, whatever it looks like. */
  readonly isConfidential?: true;
  readonly answered: (response: TransportResponse, failure: Failure | undefined) => Renewal;
}

/**
 * Sends one request, reads the answer, and writes both down: the only place where the api layer meets the transport.
 * @throws CancelledError
 */
export async function exchange<T>(call: Exchange<T>, deps: ExchangeDeps): Promise<Attempted<T>> {
  const { request } = call;
  const startedAt = deps.now();
  let response: TransportResponse | undefined;
  let said: string | undefined;
  try {
    response = await deps.transport.send(request);
    const result = read(call, response, deps.now());
    if ('error' in result) said = summary(result.error);
    return result;
  } catch (error) {
    if (!(error instanceof CloudError)) {
      said = error instanceof CancelledError ? 'cancelled' : 'unexpected error';
      throw error;
    }
    const placed = failed(call, error.kind, error.details);
    said = summary(placed);
    return { error: placed, isMended: false };
  } finally {
    // What is put together for each of a thousand requests a second has to be read by somebody.
    if (said !== undefined || deps.log.isTerse !== true) {
      deps.log.request({
        accountName: call.accountName,
        method: request.method,
        host: hostOf(request.origin),
        target: redact(request.target, call.secrets),
        ...(response === undefined ? {} : { status: response.status }),
        durationMs: deps.now() - startedAt,
        attempt: call.attempt,
        ...(said === undefined ? {} : { error: said }),
      });
    }
  }
}

function summary({ kind, details }: CloudError): string {
  return [kind, details.reason, details.code, details.path, details.detail].filter((x) => x !== undefined).join(', ');
}

/** A {@link CloudError} with its place, and without any secret or any piece of a message the server may have repeated. */
function failed(call: Exchange<unknown>, kind: CloudError['kind'], { detail: said, ...details }: CloudErrorDetails): CloudError {
  const { request } = call;
  const detail = said === undefined ? undefined : saidSafely(call, said);
  return new CloudError(kind, {
    ...details,
    operation: call.operation.operation,
    method: request.method,
    host: hostOf(request.origin),
    target: redact(request.target, call.secrets),
    ...(details.code === undefined ? {} : { code: saidSafely(call, details.code, 80) ?? '' }),
    ...(details.path === undefined ? {} : { path: saidSafely(call, details.path, 200) ?? '' }),
    ...(detail === undefined ? {} : { detail }),
  });
}

/** A server's words, plain and short. A page may have written a secret with entities, so it is looked for in the plain text as well. */
function saidSafely({ secrets, operation }: Exchange<unknown>, said: string, maxLength?: number): string | undefined {
  const once = redact(said, secrets);
  const plain = plainText(once, Number.POSITIVE_INFINITY);
  if (plain === undefined) return undefined;
  const short = shortened(plain === said ? plain : redact(plain, secrets), maxLength);
  return operation.content === undefined ? short : withoutEcho(short, operation.content);
}

function read<T>(call: Exchange<T>, response: TransportResponse, receivedAt: number): Attempted<T> {
  const { status } = response;
  const refuse = (kind: CloudError['kind'], details: CloudErrorDetails): Attempted<T> => ({
    error: failed(call, kind, { status, ...details }),
    isMended: false,
  });
  if (status >= 300 && status < 400) {
    // Following would hand the credential to whoever the answer names (platform.md).
    const to = namedOrigin(response.header('location'));
    return refuse('network', { reason: 'redirect', ...(to === undefined ? {} : { detail: to }) });
  }

  const body = bodyOf(response.text);
  const failure = failureIn(call, response, body);
  const renewal = call.answered(response, failure);
  if (failure !== undefined) {
    const retryAfterMs = retryAfter(response, receivedAt);
    const meant = entryOf(call.operation.means ?? {}, failure.code);
    const reason = renewal.clockSkewMs === undefined ? (meant ?? failure.reason) : 'clock';
    const error = failed(call, failure.kind, {
      status: failure.status ?? status,
      mayHaveArrived: failure.isRefusal !== true,
      ...(reason === undefined ? {} : { reason }),
      ...(failure.code === undefined ? {} : { code: failure.code }),
      ...(failure.detail === undefined ? {} : { detail: failure.detail }),
      ...(failure.explain === undefined ? {} : { explain: failure.explain }),
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
      ...(renewal.clockSkewMs === undefined ? {} : { clockSkewMs: renewal.clockSkewMs }),
    });
    return { error, isMended: renewal.isMended };
  }

  const parsed = z.safeParse(call.operation.schema, taken(call, response, body));
  if (parsed.success) return { value: parsed.data };
  if (body.isEmpty) return refuse('unexpectedResponse', { reason: 'empty', mayHaveArrived: true });
  const path = parsed.error.issues[0]?.path.map(String).join('.') ?? '';
  return refuse('unexpectedResponse', { reason: 'schema', path, mayHaveArrived: true });
}

/** What the schema is to read. */
function taken(call: Exchange<unknown>, { text }: TransportResponse, { json }: Body): unknown {
  switch (call.operation.takes ?? 'json') {
    case 'json':
      return json;
    case 'text':
      // It is shown as it came, but nothing we sent as a secret is shown.
      return redact(text, call.secrets);
    case 'nothing':
      return undefined;
  }
}

interface Body {
  readonly json: unknown;
  readonly isEmpty: boolean;
  /** The text, where it is not JSON. */
  readonly other?: string;
}

function bodyOf(text: string): Body {
  if (text.trim() === '') return { json: undefined, isEmpty: true };
  try {
    return { json: parseJson(text), isEmpty: false };
  } catch {
    return { json: undefined, isEmpty: false, other: text };
  }
}

/** A page of a proxy or a cut-off body is nobody's documented answer, whatever its status says. */
function failureIn(call: Exchange<unknown>, { status }: TransportResponse, body: Body): Failure | undefined {
  const { other } = body;
  if (other === undefined) return call.failureOf({ status, json: body.json, operation: call.operation.operation });
  const failure = statusFailure(status);
  const start = other.trimStart();
  const isHtml = start.startsWith('<');
  if (call.operation.takes === 'nothing' && !isHtml && failure === undefined) return undefined;
  // JSON that was cut off is data (a token, a trigger's credential, somebody's code): only words of a page are repeated.
  const detail = call.isConfidential === true || /^[[{"]/.test(start) ? undefined : other;
  const saysItself = failure !== undefined && (status >= 500 || status === 407 || status === 429 || !isHtml);
  // A page's words are the proxy's, not the service's.
  if (saysItself) return { ...(isHtml ? { reason: 'notJson' } : {}), ...failure, detail };
  return { kind: 'unexpectedResponse', reason: 'notJson', detail, isRefusal: failure?.isRefusal };
}

/** `Retry-After` in seconds or as a date, measured by the server's own clock where it tells it (RFC 9110 §10.2.3). */
function retryAfter(response: TransportResponse, receivedAt: number): number | undefined {
  const value = response.header('retry-after')?.trim();
  if (value === undefined || value === '') return undefined;
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * 1_000;
  const at = Date.parse(value);
  const serverNow = Date.parse(response.header('date') ?? '');
  return Number.isNaN(at) ? undefined : Math.max(0, at - (Number.isNaN(serverNow) ? receivedAt : serverNow));
}

function namedOrigin(location: string | undefined): string | undefined {
  return location !== undefined && URL.canParse(location) ? new URL(location).origin : undefined;
}
