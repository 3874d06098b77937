import { wait } from './clock.ts';
import { withCancellableProgress } from './progress.ts';

/** What takes less needs no notification, which the editor then shows for almost a second. */
const MOMENT_MS = 500;

/**
 * Runs work that is mostly over at once: under a progress notification, whose Cancel button ends the signal, only where it takes long.
 * @param momentMs after how many milliseconds the notification comes
 */
export async function withPatience<T>(title: string, work: (signal: AbortSignal) => Promise<T>, momentMs = MOMENT_MS): Promise<T> {
  const controller = new AbortController();
  const working = work(controller.signal);
  const over = working.then(() => undefined, () => undefined);
  const waiting = new AbortController();
  const isLong = await Promise.race([over.then(() => false), wait(momentMs, waiting.signal).then(() => true, () => false)]);
  waiting.abort();
  if (isLong) {
    await withCancellableProgress(title, (signal) => {
      signal.addEventListener('abort', () => {
        controller.abort();
      }, { once: true });
      return over;
    });
  }
  return working;
}
