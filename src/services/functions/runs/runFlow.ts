import * as l10n from '@vscode/l10n';

import { stageBadge } from '../../../model/accountWords.ts';
import { CancelledError } from '../../../model/cloudError.ts';
import { oneLine } from '../../../model/format.ts';
import type { ActionRun } from '../../../model/functions.ts';
import { requireSend } from '../../writing.ts';
import type { ActionTarget, FunctionsDeps } from '../context.ts';
import { follow, learnFacts, type FollowDeps } from './follow.ts';
import { type RunAddress, runAddress } from './runAddress.ts';
import type { RunInput } from './runStore.ts';

/** What running needs. */
export type RunFlowDeps = FollowDeps & Pick<FunctionsDeps, 'prompts' | 'progress' | 'say'>;

/** What running asks of the editor. */
export interface RunPlaces {
  /** How long the service is waited for, milliseconds, 0–60,000 (cloudfunctions.md §5.5). */
  readonly waitMs: number;
  /** Asks for the parameters. @throws CancelledError */
  ask(): Promise<RunInput>;
  /** Opens the document of an activation. */
  show(address: RunAddress): Promise<void>;
}

/** What goes on after the result was shown. */
export interface RunAfterwards {
  /** Ends when nobody looks for anything of it any more. */
  readonly following: Promise<void>;
}

/**
 * Runs an action once and shows its result. A run that takes longer than the wait is followed; so is one whose logs the service has not
 * written down yet. Nobody waits for that: it shows in the document.
 * @param given parameters of an earlier run
 * @throws CloudError where it was refused, or no answer came; CancelledError where a question was closed
 */
export async function runFlow(target: ActionTarget, deps: RunFlowDeps, places: RunPlaces, given?: RunInput): Promise<RunAfterwards> {
  const { place, pkg, name } = target;
  const account = deps.account(place.account.id) ?? place.account;
  requireSend(account);
  const input = given ?? (await places.ask());
  if (account.lane.stage === 'prod') {
    await deps.prompts.confirm({
      message: l10n.t('Run "{0}" on account "{1}" · {2}?', name, account.name, stageBadge(account.lane.stage)),
      detail: l10n.t('It runs for real, with these parameters: {0}', oneLine(input.source)),
      verb: l10n.t('Run'),
    });
  }
  const client = await deps.client(account.id, place.region);
  const answer = await waited(target, deps, (signal) => client.runAction({ pkg, name }, input.parameters, places.waitMs, signal));
  if (answer === undefined) return { following: Promise.resolve() };
  const { activationId, ended } = answer;
  const address = runAddress(target, activationId);
  deps.runs.keepInput(address, input);
  deps.runs.update(address, { state: ended === undefined ? 'running' : 'logs', detail: ended, source: input.source }, deps.now());
  const learning = learnFacts(target, address, deps);
  await places.show(address);
  return { following: afterwards(target, address, ended === undefined ? 'started' : 'ended', deps, learning) };
}

/** @returns undefined where the user does not want to wait any longer */
async function waited(target: ActionTarget, { progress, say }: RunFlowDeps, run: (signal: AbortSignal) => Promise<ActionRun>): Promise<ActionRun | undefined> {
  const name = oneLine(target.name);
  try {
    return await progress(l10n.t('Running {0}…', name), run);
  } catch (error) {
    if (!(error instanceof CancelledError)) throw error;
    // Whether the request had left by then is not known.
    say(l10n.t('No longer waiting for "{0}". Once started, it runs on; its activation appears in the list when it has ended.', name));
    return undefined;
  }
}

async function afterwards(target: ActionTarget, address: RunAddress, has: 'ended' | 'started', deps: RunFlowDeps, learning: Promise<void>): Promise<void> {
  if (has === 'ended') {
    await Promise.all([learning, follow(target, address, has, deps)]);
    return;
  }
  // How long it may take is what its action says.
  await learning;
  await deps.progress(l10n.t('Following {0} until it has ended…', oneLine(target.name)), (signal) => follow(target, address, has, deps, signal));
}
