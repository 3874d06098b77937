import { ProgressLocation, window } from 'vscode';

/** Says how far work is. */
export interface ProgressReport {
  readonly message: string;
  /** From 0 to 1; without it only the words change. */
  readonly fraction?: number;
}

/** Runs work under a progress notification whose Cancel button ends the signal. */
export function withCancellableProgress<T>(
  title: string, work: (signal: AbortSignal, report: (progress: ProgressReport) => void) => Promise<T>,
): Promise<T> {
  const options = { location: ProgressLocation.Notification, title, cancellable: true };
  return Promise.resolve(window.withProgress(options, async (progress, token) => {
    const controller = new AbortController();
    const subscription = token.onCancellationRequested(() => {
      controller.abort();
    });
    let percent = 0;
    const report = ({ message, fraction }: ProgressReport): void => {
      // The editor adds up what it is told.
      const increment = fraction === undefined ? 0 : Math.max(0, fraction * 100 - percent);
      percent += increment;
      progress.report({ message, increment });
    };
    try {
      return await work(controller.signal, report);
    } finally {
      subscription.dispose();
    }
  }));
}
