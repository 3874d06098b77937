import * as l10n from '@vscode/l10n';

import { CancelledError, CloudError, type CloudErrorKind } from '../../../model/cloudError.ts';
import { MAX_TIMEOUT_MS } from '../../../model/functionNames.ts';
import { problemOf, problemText } from '../../../model/problem.ts';
import type { FunctionsDeps } from '../context.ts';
import { type RunAddress, subjectKey } from './runAddress.ts';
import { type RunSubject, isAction, readActivation } from './subject.ts';

/** How long the service may need to write down what has ended (cloudfunctions.md §6.2), milliseconds. */
const WRITING_MS = 60_000;
/** Pauses between two looks; the last one repeats. */
const PAUSES_MS = [2_000, 3_000, 4_000, 5_000] as const;

/** How long what an action tells is taken for true, milliseconds: reading it brings its code along (cloudfunctions.md §5.2). */
const FACTS_MS = 60_000;

/** What another try does not mend. */
const FINAL: readonly CloudErrorKind[] = ['unauthorized', 'forbidden', 'locked', 'notFound', 'invalid'];

/** What following needs. */
export type FollowDeps = Pick<FunctionsDeps, 'client' | 'runs' | 'now' | 'wait' | 'log' | 'account'>;

/** Whether the service has not written an activation down yet, or keeps it no more. */
export function isMissing(error: unknown): boolean {
  return error instanceof CloudError && error.details.reason === 'activationMissing';
}

/** Whether another try may mend it: the service is busy or away, the network is down. */
export function isPassing(error: unknown): error is CloudError {
  return error instanceof CloudError && !FINAL.includes(error.kind);
}

/**
 * Looks for an activation until the service has written it down, with its logs, and takes it into the record. What goes wrong stands there,
 * too: nobody waits for it. What another try may mend is tried again, not before the service wants to be asked.
 * @param has how far the activation is known to be: one that runs on may take as long as its action may
 * @param signal ends it on behalf of the user, who is told that the run goes on
 */
export async function follow(subject: RunSubject, address: RunAddress, has: 'ended' | 'started', deps: FollowDeps, signal?: AbortSignal): Promise<void> {
  const { runs, now } = deps;
  const ending = runs.follow(address);
  const either = signal === undefined ? ending : AbortSignal.any([ending, signal]);
  let deadlineMs = now() + (has === 'ended' ? 0 : longestOf(subject, deps)) + WRITING_MS;
  try {
    for (let n = 0; ; n += 1) {
      const missing = await whyMissing(subject, address, deps, either);
      if (missing === undefined) return;
      if (now() >= deadlineMs) throw missing;
      const toldMs = missing.details.retryAfterMs ?? 0;
      // Where the service wants to be asked later than that, it is asked once more.
      deadlineMs = Math.max(deadlineMs, now() + toldMs);
      await deps.wait(Math.max(toldMs, PAUSES_MS[Math.min(n, PAUSES_MS.length - 1)] ?? WRITING_MS), either);
    }
  } catch (error) {
    // Another one looks now, or the account is gone; its record with it.
    if (ending.aborted) return;
    if (signal?.aborted === true) {
      runs.update(address, { state: 'given up', note: l10n.t('No longer waiting. The run goes on; "Refresh" looks again.') }, now());
      return;
    }
    runs.update(address, { state: 'given up', note: whyText(error, address, deps) }, now());
  }
}

/** How long a run may take, milliseconds: as long as its action, or as all the steps of a sequence, whose own limits are not told with it. */
function longestOf(subject: RunSubject, { runs }: Pick<FollowDeps, 'runs'>): number {
  const facts = runs.factsOf(subjectKey(subject));
  const steps = facts?.components.length ?? 0;
  return steps > 0 ? steps * MAX_TIMEOUT_MS : facts?.timeoutMs ?? MAX_TIMEOUT_MS;
}

/** @returns why a look found nothing, where another one may; undefined where it is there. @throws what no other look mends */
async function whyMissing(subject: RunSubject, address: RunAddress, deps: FollowDeps, signal: AbortSignal): Promise<CloudError | undefined> {
  try {
    return (await lookOnce(subject, address, deps, signal)) ? undefined : new CloudError('notFound', { reason: 'activationMissing' });
  } catch (error) {
    if (!isPassing(error)) throw error;
    return error;
  }
}

/**
 * Reads an activation and takes it into the record.
 * @returns whether the service has written it down
 * @throws CloudError, CancelledError
 */
export async function lookOnce(subject: RunSubject, address: RunAddress, { client, runs, now }: FollowDeps, signal?: AbortSignal): Promise<boolean> {
  try {
    const { place } = subject;
    const detail = await readActivation(await client(place.account.id, place.region), subject, address.activationId, signal);
    if (signal?.aborted === true) throw new CancelledError();
    runs.update(address, { state: 'complete', detail, note: undefined }, now());
    return true;
  } catch (error) {
    if (!isMissing(error)) throw error;
    return false;
  }
}

/**
 * Learns what a record does not tell: runtime, limits, components. What was read a moment ago holds, but for a sequence: it has no code that
 * would be read along, and other steps at once. Never throws: the document says less without it.
 * @param address of the activation whose document shows it
 */
export async function learnFacts(subject: RunSubject, address: RunAddress, deps: FollowDeps): Promise<void> {
  const known = deps.runs.factsOf(subjectKey(subject));
  if (known?.components.length === 0 && deps.now() - known.readMs < FACTS_MS) return;
  await readFacts(subject, address, deps);
}

/** The same, whatever is known. */
export async function readFacts(subject: RunSubject, address: RunAddress, { client, runs, now, log }: FollowDeps): Promise<void> {
  if (!isAction(subject)) return;
  const { place: { account, region }, pkg, name } = subject;
  try {
    const action = await (await client(account.id, region)).getAction(pkg, name);
    const { runtime, type, memoryMb, timeoutMs, isBinary, code = '', components } = action;
    runs.keepFacts(subjectKey(subject), { runtime, type, memoryMb, timeoutMs, components, isText: isBinary !== true && code !== '', readMs: now() }, address);
  } catch (error) {
    if (!(error instanceof CancelledError)) log.error('Reading the action of a run failed', error);
  }
}

/** What keeps an activation from being shown, for its document and for the log. */
export function whyText(error: unknown, { accountId }: RunAddress, { account, log }: Pick<FollowDeps, 'account' | 'log'>): string {
  if (isMissing(error)) return givenUpText();
  if (error instanceof CancelledError) return l10n.t('It was not read to its end.');
  log.error('Reading an activation failed', error);
  const name = account(accountId)?.name;
  const problem = problemOf(error, name === undefined ? {} : { accountName: name });
  return problem === undefined ? '' : problemText(problem);
}

function givenUpText(): string {
  return l10n.t('The service has no record of it: it was not written down in time, or is older than a month. "Refresh" looks again.');
}
