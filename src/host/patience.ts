import { wait } from './clock.ts';
import { type ProgressReport, withCancellableProgress } from './progress.ts';

/** What takes less needs no notification, which the editor then shows for almost a second. */
const MOMENT_MS = 500;

/**
 * Runs work that is mostly over at once: under a progress notification, whose Cancel button ends the signal, only where it takes long.
 * @param work may say how far it is, whether anybody sees it or not
 * @param momentMs after how many milliseconds the notification comes
 */
export async function withPatience<T>(
  title: string, work: (signal: AbortSignal, report: (progress: ProgressReport) => void) => Promise<T>, momentMs = MOMENT_MS,
): Promise<T> {
  const controller = new AbortController();
  let show: ((progress: ProgressReport) => void) | undefined;
  const working = work(controller.signal, (progress) => show?.(progress));
  const over = working.then(() => undefined, () => undefined);
  const waiting = new AbortController();
  const isLong = await Promise.race([over.then(() => false), wait(momentMs, waiting.signal).then(() => true, () => false)]);
  waiting.abort();
  if (isLong) {
    await withCancellableProgress(title, (signal, report) => {
      show = report;
      signal.addEventListener('abort', () => {
        controller.abort();
      }, { once: true });
      return over;
    });
  }
  return working;
}
