import { CancelledError, CloudError } from '../model/cloudError.ts';
import { BodyReader } from './bodyReader.ts';
import { networkError } from './networkError.ts';
import type { TransportRequest, TransportResponse } from './transport.ts';

/** The status a redirect gets whose own one `fetch` hides (`opaqueredirect`). */
const HIDDEN_REDIRECT_STATUS = 302;

/**
 * One request through a `fetch`, for addresses it keeps as they are. Redirects are not followed: `fetch` would hand the
 * credential headers on (platform.md).
 * @throws CloudError, CancelledError as {@link Transport.send}
 */
export async function sendByFetch(send: typeof fetch, request: TransportRequest): Promise<TransportResponse> {
  const { origin, target, signal } = request;
  if (isAborted(signal)) throw new CancelledError();
  const controller = new AbortController();
  const cancel = (): void => {
    controller.abort();
  };
  signal?.addEventListener('abort', cancel, { once: true });
  const late = new CloudError('timeout', { mayHaveArrived: true });
  const timer = setTimeout(() => {
    controller.abort(late);
  }, request.timeoutMs);
  try {
    const response = await send(origin + target, {
      method: request.method,
      headers: { ...request.headers },
      redirect: 'manual',
      signal: controller.signal,
      ...(request.body === undefined ? {} : { body: request.body }),
    });
    return await read(response, request.maxBytes);
  } catch (error) {
    if (error instanceof CloudError) throw error;
    if (isAborted(signal)) throw new CancelledError();
    if (controller.signal.reason === late) throw late;
    throw networkError(error, { origin, stage: 'unknown' });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', cancel);
    // Ends what is left of a body nobody reads; nothing happens to one that was read.
    controller.abort();
  }
}

async function read(response: Response, maxBytes: number): Promise<TransportResponse> {
  const status = response.type === 'opaqueredirect' ? HIDDEN_REDIRECT_STATUS : response.status;
  const body = new BodyReader(maxBytes);
  if (response.body !== null) {
    const chunks: AsyncIterable<Uint8Array> = response.body;
    for await (const chunk of chunks) body.add(chunk);
  }
  // `fetch` has undone any compression itself.
  const text = await body.text(undefined);
  return { status, header: (name) => response.headers.get(name) ?? undefined, text };
}

/** As a function: a signal changes while the compiler thinks it knows it. */
function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}
