import { readNumber } from '../../../host/settings.ts';
import { SETTINGS } from '../../../ids.ts';
import type { ActionTarget, FunctionsDeps } from '../context.ts';
import { askParameters } from './askParameters.ts';
import { deployFirst } from './deployFirst.ts';
import { runFlow } from './runFlow.ts';
import type { RunInput } from './runStore.ts';
import { showRun } from './showRun.ts';

/** Longest wait of the service for a run, seconds (cloudfunctions.md §5.5). */
const MAX_WAIT_S = 60;

/**
 * Runs an action once and opens its result; see {@link runFlow}. Code that is not deployed yet is asked about first.
 * @param given parameters of an earlier run; asked for without them
 * @throws CloudError, CancelledError
 */
export async function runAction(target: ActionTarget, deps: FunctionsDeps, given?: RunInput): Promise<void> {
  await deployFirst(target, deps);
  const { following } = await runFlow(target, deps, {
    waitMs: Math.round(readNumber(SETTINGS.waitSeconds, { fallback: MAX_WAIT_S, min: 0, max: MAX_WAIT_S }) * 1_000),
    ask: () => askParameters(target, deps),
    show: (address) => showRun(address, deps.runs),
  }, given);
  following.catch((error: unknown) => deps.report('Following a run', error, target.place.account));
}
