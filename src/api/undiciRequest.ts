import type { Dispatcher } from 'undici';

import { CancelledError, CloudError } from '../model/cloudError.ts';
import type { AbortGroups } from './abortGroups.ts';
import { BodyReader } from './bodyReader.ts';
import { networkError } from './networkError.ts';
import type { TransportRequest, TransportResponse } from './transport.ts';

/** One request through undici's lowest interface: it alone tells whether anything was written. */
export function dispatch(dispatcher: Dispatcher, request: TransportRequest, aborts: AbortGroups): Promise<TransportResponse> {
  const { origin, signal, timeoutMs } = request;
  return new Promise((resolve, reject) => {
    const body = new BodyReader(request.maxBytes);
    let controller: Dispatcher.DispatchController | undefined;
    let head: { readonly status: number; readonly headers: WireHeaders } | undefined;
    let ending: Error | undefined;
    let unwatch: (() => void) | undefined;

    const settle = (): void => {
      clearTimeout(timer);
      unwatch?.();
    };
    const end = (error: Error): void => {
      if (ending !== undefined) return;
      ending = error;
      settle();
      reject(error);
      controller?.abort(error);
    };
    const cancel = (): void => {
      end(new CancelledError());
    };
    const timer = setTimeout(() => {
      end(new CloudError('timeout', { mayHaveArrived: controller !== undefined }));
    }, timeoutMs);
    if (signal?.aborted === true) {
      cancel();
      return;
    }
    if (signal !== undefined) unwatch = aborts.wait(signal, cancel);

    const handler: Dispatcher.DispatchHandler = {
      onRequestStart(started) {
        if (ending === undefined) controller = started;
        else started.abort(ending);
      },
      onResponseStart(_controller, status, headers) {
        head = { status, headers };
      },
      onResponseData(_controller, chunk) {
        try {
          body.add(chunk);
        } catch (error) {
          end(error instanceof Error ? error : new Error(String(error)));
        }
      },
      onResponseEnd() {
        const { status, headers } = head ?? { status: 0, headers: {} };
        settle();
        const answer = (text: string): TransportResponse => ({ status, header: (name) => headerOf(headers, name), text });
        const text = body.text(headerOf(headers, 'content-encoding'));
        if (typeof text === 'string') resolve(answer(text));
        else text.then(answer).then(resolve, reject);
      },
      onResponseError(_controller, error) {
        end(networkError(error, { origin, stage: controller === undefined ? 'connecting' : 'started' }));
      },
    };
    try {
      dispatcher.dispatch(
        {
          origin,
          path: request.target,
          method: request.method,
          headers: { ...request.headers },
          body: request.body ?? null,
          headersTimeout: timeoutMs,
          bodyTimeout: timeoutMs,
        },
        handler,
      );
    } catch (error) {
      end(networkError(error, { origin, stage: 'connecting' }));
    }
  });
}

/** As undici gives them: names in lower case, a repeated header as a list. */
type WireHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** Neither a space at its ends nor a character beyond ASCII: {@link Headers} would give it back as it is. */
const PLAIN = /^[!-~](?:[ -~]*[!-~])?$/;

/** A header's value; those that are looked at are few, so none is read before somebody asks for it. */
function headerOf(wire: WireHeaders, name: string): string | undefined {
  const lower = name.toLowerCase();
  const given = Object.hasOwn(wire, lower) ? wire[lower] : undefined;
  if (given === undefined || (typeof given === 'string' && PLAIN.test(given))) return given;
  const headers = new Headers();
  for (const one of typeof given === 'string' ? [given] : given) {
    try {
      headers.append(lower, one);
    } catch {
      // A header that is none (a control character in it) is nothing anybody here reads.
    }
  }
  return headers.get(lower) ?? undefined;
}
