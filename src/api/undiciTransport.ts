import type * as undici from 'undici';
import type { Dispatcher } from 'undici';

import { CancelledError, CloudError } from '../model/cloudError.ts';
import { AbortGroups } from './abortGroups.ts';
import type { Transport, TransportRequest, TransportResponse } from './transport.ts';
import type { dispatch } from './undiciRequest.ts';

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

/** What sends, loaded with the first request. */
interface Client {
  readonly dispatcher: Dispatcher;
  readonly dispatch: typeof dispatch;
}

async function connectWith({ dispatcher }: UndiciTransportOptions): Promise<Client> {
  // Its exports have no names of their own once it is bundled: a CommonJS package is one default export there.
  const [{ default: library }, client] = await Promise.all([import('undici'), import('./undiciRequest.ts')]);
  return { dispatcher: dispatcher(library), dispatch: client.dispatch };
}

class UndiciTransport implements Transport {
  readonly #options: UndiciTransportOptions;
  /** Origins that only the fallback reaches. */
  readonly #byFallback = new Set<string>();
  readonly #aborts = new AbortGroups();
  #client: Promise<Client> | undefined;
  #isClosed = false;

  constructor(options: UndiciTransportOptions) {
    this.#options = options;
  }

  async send(request: TransportRequest): Promise<TransportResponse> {
    // What is tried again after the end would open connections that nobody closes.
    if (this.#isClosed) throw new CancelledError();
    const { fallback } = this.#options;
    const isByFallback = fallback !== undefined && this.#byFallback.has(request.origin) && isKeptByUrl(request);
    if (isByFallback) return (await import('./fetchTransport.ts')).sendByFetch(fallback, request);
    try {
      this.#client ??= connectWith(this.#options);
      const { dispatcher, dispatch } = await this.#client;
      return await dispatch(dispatcher, request, this.#aborts);
    } catch (error) {
      if (fallback === undefined || !hadNoConnection(error) || !isKeptByUrl(request)) throw error;
      return await this.#fallBack(fallback, request, error);
    }
  }

  /** Forgets the connections and what was learnt about origins: the proxy settings changed. Running requests end well. */
  reset(): void {
    const old = this.#client;
    this.#client = undefined;
    this.#byFallback.clear();
    // Nobody waits for idle connections to go, and a dispatcher that could not be built has none.
    void old?.then(({ dispatcher }) => dispatcher.close()).catch(() => undefined);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const old = this.#client;
    this.#client = undefined;
    const client = await old?.catch(() => undefined);
    await client?.dispatcher.destroy();
  }

  /** One try, since nothing has left yet; an origin it works for stays with it. */
  async #fallBack(fallback: typeof fetch, request: TransportRequest, first: unknown): Promise<TransportResponse> {
    try {
      const { sendByFetch } = await import('./fetchTransport.ts');
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
