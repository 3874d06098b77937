import type * as undici from 'undici';
import type { Dispatcher } from 'undici';

import { CancelledError, CloudError } from '../model/cloudError.ts';
import { AbortGroups } from './abortGroups.ts';
import { BodyReader } from './bodyReader.ts';
import { sendByFetch } from './fetchTransport.ts';
import { networkError } from './networkError.ts';
import type { Transport, TransportRequest, TransportResponse } from './transport.ts';

/** How {@link createUndiciTransport} reaches the network. */
export interface UndiciTransportOptions {
  /** Builds the dispatcher (proxy, certificates) on first use and after each reset. */
  readonly dispatcher: (library: typeof undici.default) => Dispatcher;
  /** The editor's own `fetch`, for places the dispatcher cannot connect to: it knows PAC files and Kerberos. */
  readonly fallback?: typeof fetch;
}

/** A transport over undici, which is loaded with the first request (it is half a megabyte, platform.md). */
export function createUndiciTransport(options: UndiciTransportOptions): Transport & { reset(): void } {
  return new UndiciTransport(options);
}

class UndiciTransport implements Transport {
  readonly #options: UndiciTransportOptions;
  /** Origins that only the fallback reaches. */
  readonly #byFallback = new Set<string>();
  readonly #aborts = new AbortGroups();
  #dispatcher: Promise<Dispatcher> | undefined;
  #isClosed = false;

  constructor(options: UndiciTransportOptions) {
    this.#options = options;
  }

  async send(request: TransportRequest): Promise<TransportResponse> {
    // What is tried again after the end would open connections that nobody closes.
    if (this.#isClosed) throw new CancelledError();
    const { fallback } = this.#options;
    const isByFallback = fallback !== undefined && this.#byFallback.has(request.origin) && isKeptByUrl(request);
    if (isByFallback) return sendByFetch(fallback, request);
    try {
      // Its exports have no names of their own once it is bundled: a CommonJS package is one default export there.
      this.#dispatcher ??= import('undici').then(({ default: library }) => this.#options.dispatcher(library));
      return await dispatch(await this.#dispatcher, request, this.#aborts);
    } catch (error) {
      if (fallback === undefined || !hadNoConnection(error) || !isKeptByUrl(request)) throw error;
      return await this.#fallBack(fallback, request, error);
    }
  }

  /** Forgets the connections and what was learnt about origins: the proxy settings changed. Running requests end well. */
  reset(): void {
    const old = this.#dispatcher;
    this.#dispatcher = undefined;
    this.#byFallback.clear();
    // Nobody waits for idle connections to go, and a dispatcher that could not be built has none.
    void old?.then((dispatcher) => dispatcher.close()).catch(() => undefined);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const old = this.#dispatcher;
    this.#dispatcher = undefined;
    const dispatcher = await old?.catch(() => undefined);
    await dispatcher?.destroy();
  }

  /** One try, since nothing has left yet; an origin it works for stays with it. */
  async #fallBack(fallback: typeof fetch, request: TransportRequest, first: unknown): Promise<TransportResponse> {
    try {
      const response = await sendByFetch(fallback, request);
      this.#byFallback.add(request.origin);
      return response;
    } catch (error) {
      // Its own "could not connect" says less than the dispatcher's, which names the certificate or the proxy.
      throw error instanceof CloudError && error.details.mayHaveArrived === false ? first : error;
    }
  }
}

function hadNoConnection(error: unknown): boolean {
  if (!(error instanceof CloudError) || error.kind !== 'network' || error.details.mayHaveArrived !== false) return false;
  return ['dns', 'refused', 'certificate', 'proxy'].includes(error.details.reason ?? '');
}

/** `fetch` normalises addresses; one that would change on the way would not be the one that was signed. */
function isKeptByUrl({ origin, target }: TransportRequest): boolean {
  const address = origin + target;
  return URL.canParse(address) && new URL(address).href === address;
}

/** One request through undici's lowest interface: it alone tells whether anything was written. */
function dispatch(dispatcher: Dispatcher, request: TransportRequest, aborts: AbortGroups): Promise<TransportResponse> {
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
