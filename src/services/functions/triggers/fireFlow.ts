import * as l10n from '@vscode/l10n';

import { stageBadge } from '../../../model/accountWords.ts';
import { CancelledError } from '../../../model/cloudError.ts';
import { oneLine } from '../../../model/format.ts';
import { requireSend } from '../../writing.ts';
import type { FunctionsDeps } from '../context.ts';
import { runAddress } from '../runs/runAddress.ts';
import type { RunInput } from '../runs/runStore.ts';
import type { TriggerOf } from './linkActions.ts';

/** What firing needs. */
export type FireDeps = Pick<FunctionsDeps, 'account' | 'client' | 'prompts' | 'progress' | 'runs' | 'say'>;

/** What firing asks of the editor. */
export interface FirePlaces {
  /** Asks for the parameters. @throws CancelledError */
  ask(): Promise<RunInput>;
  /** Says that it was fired, with a way to its activation. @param text names trigger and activation */
  tell(text: string, activationId: string): void;
}

/**
 * Fires a trigger once, with parameters that come before all others (cloudfunctions.md §3), and tells the id of its activation.
 * @throws CloudError where it was refused (no action is linked), or no answer came; CancelledError where a question was closed
 */
export async function fireFlow(trigger: TriggerOf, deps: FireDeps, places: FirePlaces): Promise<void> {
  const { place, name } = trigger;
  const account = deps.account(place.account.id) ?? place.account;
  requireSend(account);
  const input = await places.ask();
  if (account.lane.stage === 'prod') {
    await deps.prompts.confirm({
      message: l10n.t('Fire trigger "{0}" on account "{1}" · {2}?', name, account.name, stageBadge(account.lane.stage)),
      detail: l10n.t('Its actions run for real, with these parameters: {0}', oneLine(input.source)),
      verb: l10n.t('Fire'),
    });
  }
  const client = await deps.client(account.id, place.region);
  const activationId = await fired(trigger, deps, (signal) => client.fireTrigger(name, input.parameters, signal));
  if (activationId === undefined) return;
  deps.runs.keepInput(runAddress(trigger, activationId), input);
  places.tell(l10n.t('Trigger "{0}" was fired. Its activation is {1}.', oneLine(name), oneLine(activationId)), activationId);
}

/** @returns undefined where the user does not want to wait any longer */
async function fired({ name }: TriggerOf, { progress, say }: FireDeps, fire: (signal: AbortSignal) => Promise<string>): Promise<string | undefined> {
  try {
    return await progress(l10n.t('Firing {0}…', oneLine(name)), fire);
  } catch (error) {
    if (!(error instanceof CancelledError)) throw error;
    // Whether the request had left by then is not known.
    say(l10n.t('No longer waiting for an answer. Whether trigger "{0}" was fired shows in its activations.', oneLine(name)));
    return undefined;
  }
}
