import { window } from 'vscode';

import { withPatience } from '../host/patience.ts';
import { RESOURCES_VIEW } from '../ids.ts';

/** How long nothing but the bar of the view shows that something is read, milliseconds. */
const PATIENCE_MS = 2_000;

/**
 * Reads what a question needs. That shows in the view, for a notification would still stand beside the question; only where it takes
 * long is there one, with Cancel: a dead network must not leave a dead button.
 */
export function reading<T>(title: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  return Promise.resolve(window.withProgress({ location: { viewId: RESOURCES_VIEW } }, () => withPatience(title, work, PATIENCE_MS)));
}
