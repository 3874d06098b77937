import { createHash } from 'node:crypto';

import { CancelledError, CloudError, isOutcomeUnknown } from '../model/cloudError.ts';
import type { ResourceWrite, ResourceWriteEnd, WriteLog } from '../model/resourceWrite.ts';
import { exchange, type Exchange, type ExchangeDeps } from './exchange.ts';
import { redact } from './redact.ts';
import type { Attempted } from './retry.ts';
import type { TransportResponse } from './transport.ts';

/**
 * An exchange that is written down: before its request leaves, and again when it ended. What was held back before it could leave is
 * not written at all; what was called off or broke ends as unknown, unless nothing can have arrived.
 * @throws CancelledError
 */
export async function recordedExchange<T>(
  call: Exchange<T>,
  accountId: string,
  deps: ExchangeDeps & { readonly writes: WriteLog },
): Promise<Attempted<T>> {
  const { transport, writes, now } = deps;
  let ended: ((end: ResourceWriteEnd) => void) | undefined;
  let response: TransportResponse | undefined;
  const noting = {
    async send(request: Exchange<T>['request']): Promise<TransportResponse> {
      if (request.signal?.aborted === true) throw new CancelledError();
      ended = writes.leaving(resourceWrite(call, accountId, now()));
      response = await transport.send(request);
      return response;
    },
    close: () => transport.close(),
  };
  try {
    const result = await exchange(call, { ...deps, transport: noting });
    ended?.('error' in result ? failureEnd(result.error, response) : { kind: 'done', status: response?.status ?? 0 });
    return result;
  } catch (error) {
    ended?.(failureEnd(error, response));
    throw error;
  }
}

/** The body is read when it is asked for: taking secrets out of one of many megabytes takes time, and most are not kept. */
function resourceWrite({ request, accountName, secrets, operation: { about } }: Exchange<unknown>, accountId: string, atMs: number): ResourceWrite {
  const { method, origin, target, body } = request;
  return {
    atMs,
    accountId,
    accountName,
    method,
    origin,
    target: redact(target, secrets),
    ...(about === undefined ? {} : { name: redact(about, secrets) }),
    bytes: body === undefined ? 0 : Buffer.byteLength(body),
    hash: body === undefined ? undefined : createHash('sha256').update(body).digest('hex'),
    get body() {
      return body === undefined ? undefined : redact(body, secrets);
    },
  };
}

function failureEnd(error: unknown, response: TransportResponse | undefined): ResourceWriteEnd {
  if (!(error instanceof CloudError)) {
    const status = response?.status;
    return { kind: 'unknown', error: error instanceof CancelledError ? 'cancelled' : 'unexpectedResponse', ...(status === undefined ? {} : { status }) };
  }
  const { status, code, detail } = error.details;
  return {
    // The words of a refusal in an answer of a breakdown (5xx) refuse nothing for certain.
    kind: error.details.mayHaveArrived === true || isOutcomeUnknown(error) ? 'unknown' : 'refused',
    error: error.kind,
    ...(status === undefined ? {} : { status }),
    ...(code === undefined ? {} : { code }),
    ...(detail === undefined ? {} : { detail }),
  };
}
