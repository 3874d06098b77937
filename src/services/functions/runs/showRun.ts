import { Uri, window, workspace } from 'vscode';

import { type RunAddress, runPath } from './runAddress.ts';
import type { RunStore } from './runStore.ts';

/** The address of an activation's document. */
export function runUri(address: RunAddress, { scheme }: Pick<RunStore, 'scheme'>): Uri {
  return Uri.from({ scheme, path: runPath(address) });
}

/** Opens the document of an activation, or brings it to the front. */
export async function showRun(address: RunAddress, runs: Pick<RunStore, 'scheme'>): Promise<void> {
  const document = await workspace.openTextDocument(runUri(address, runs));
  await window.showTextDocument(document, { preview: false });
}
