import type { JsonObject } from '../json.ts';
import { toJson } from '../json.ts';
import { maxRuns } from '../choices.ts';
import { echoAction, planDuration } from './echo.ts';
import type { Given } from './echo.ts';
import { actionPath } from './model.ts';
import type { Action, Activation, Trigger } from './model.ts';
import { startRun } from './runs/startRun.ts';
import type { FunctionsState, Scope } from './state.ts';

/** When a trigger fires: `now` runs its actions as the emulator does; a `past` firing is caught up on and only noted down. */
type Moment = 'now' | 'past';

/** Fires a trigger: runs every linked action and keeps an activation of the trigger's own, whose end is 0 (§6.3). */
export function fire(
  state: FunctionsState,
  scope: Scope,
  trigger: Trigger,
  parameters: JsonObject,
  at: number,
  moment: Moment,
): Activation {
  const given = { trigger: trigger.spec.parameters, run: parameters };
  const logs = Array.from(trigger.links).flatMap((path) => {
    const action = scope.actions.get(path);
    if (action === undefined) return [];
    if (moment === 'now' && state.runCount >= maxRuns) return [refusedLine(trigger.name, action)];
    return [firedLine(trigger.name, action, runLinked(state, scope, action, given, at, moment))];
  });
  const activation: Activation = {
    activationId: state.newActivationId(),
    name: trigger.name,
    start: at,
    duration: 0,
    status: 'success',
    result: { ...trigger.spec.parameters, ...parameters },
    logs,
  };
  state.keep(trigger, activation);
  return activation;
}

function runLinked(state: FunctionsState, scope: Scope, action: Action, given: Given, at: number, moment: Moment): string {
  const { runtimes } = state;
  if (runtimes !== undefined && moment === 'now') return startRun({ state, scope, runtimes }, action, given).activationId;
  return echoAction(state, scope, action, given, planDuration(state, action), { startsAt: at }).activationId;
}

/** What a firing's log says of an action it ran (OpenWhisk, Triggers.scala). */
export function firedLine(triggerName: string, action: Action, activationId: string): string {
  return toJson({ ...ruleOf(triggerName, action), statusCode: 0, success: true, activationId });
}

function refusedLine(triggerName: string, action: Action): string {
  const error = 'Too many concurrent requests in flight.';
  return toJson({ ...ruleOf(triggerName, action), statusCode: 1, success: false, error });
}

function ruleOf(triggerName: string, { pkg, name }: Action): JsonObject {
  return { rule: `${triggerName}_${name}`, action: actionPath(pkg, name) };
}
