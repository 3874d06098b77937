import * as l10n from '@vscode/l10n';

import { oneLine } from '../../../model/format.ts';
import type { ActivationNode } from '../activationNodes.ts';
import type { FunctionsDeps } from '../context.ts';
import { follow, learnFacts, lookOnce } from './follow.ts';
import { runAddress } from './runAddress.ts';
import { showRun } from './showRun.ts';
import type { RunSubject } from './subject.ts';

/** Opens the activation of a row. @throws CloudError, CancelledError */
export async function openActivation({ subject, activation }: ActivationNode, deps: FunctionsDeps): Promise<void> {
  await showActivation(subject, activation.activationId, 'ended', deps);
}

/**
 * Opens an activation as a document. Where the service has not written it down yet, the document says so, and is filled as soon as it has.
 * @param has how far it is known to be
 * @throws CloudError where it cannot be read; CancelledError where the user did not want to wait
 */
export async function showActivation(subject: RunSubject, activationId: string, has: 'ended' | 'started', deps: FunctionsDeps): Promise<void> {
  const address = runAddress(subject, activationId);
  deps.runs.opened(address);
  const isThere = await deps.reading(l10n.t('Reading an activation of {0}…', oneLine(subject.name)), (signal) => lookOnce(subject, address, deps, signal));
  if (!isThere) deps.runs.update(address, { state: 'running', note: undefined }, deps.now());
  // Nobody waits for what the record does not tell: it appears when it is known.
  void learnFacts(subject, address, deps);
  await showRun(address, deps.runs);
  if (!isThere) void follow(subject, address, has, deps);
}
