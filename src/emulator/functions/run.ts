import type { JsonObject } from '../json.ts';
import { toJson } from '../json.ts';
import { noPackage } from './model.ts';
import type { Action, Activation, Trigger } from './model.ts';
import type { FunctionsState, Scope } from './state.ts';

/** How deep sequences may contain sequences. */
const maxDepth = 10;

/** When a run took place: it ended at the moment of asking, or it has just begun. */
export type RunTime = { readonly endsAt: number } | { readonly startsAt: number };

/**
 * Runs an action: its result echoes its parameters, merged by their documented priority (cloudfunctions.md §3): run,
 * then trigger, then action, then package. A parameter `error` makes it fail, as OpenWhisk reads a result with that
 * field; a run longer than the action's limit is killed.
 */
export function runAction(
  state: FunctionsState,
  scope: Scope,
  action: Action,
  given: { readonly trigger?: JsonObject; readonly run: JsonObject },
  plannedMs: number,
  time: RunTime,
  depth = 0,
): Activation {
  const pkg = action.pkg === noPackage ? undefined : scope.packages.get(action.pkg);
  const parameters = { ...pkg?.parameters, ...action.spec.parameters, ...given.trigger, ...given.run };
  const limit = action.spec.limits?.timeout ?? Number.POSITIVE_INFINITY;
  const isKilled = plannedMs > limit;
  const duration = isKilled ? limit : plannedMs;
  const start = 'endsAt' in time ? time.endsAt - duration : time.startsAt;
  const components = depth < maxDepth ? (action.spec.exec.components ?? []) : [];
  const children = components.flatMap((path) => {
    const child = scope.actions.get(path);
    if (child === undefined) return [];
    const share = Math.floor(duration / components.length);
    return [runAction(state, scope, child, { run: parameters }, share, { startsAt: start }, depth + 1)];
  });
  const killed = { error: `The action exceeded its time limits of ${String(limit)} milliseconds.` };
  const activation: Activation = {
    activationId: state.newActivationId(),
    name: action.name,
    start,
    duration,
    status: statusOf(isKilled, parameters),
    result: isKilled ? killed : parameters,
    // A sequence logs the ids of its components' runs, an action what it printed (OpenWhisk).
    logs: components.length > 0 ? children.map((child) => child.activationId) : logLines(action, parameters, start),
  };
  state.keep(action, activation, scope);
  return activation;
}

/** How long the next run of an action will take, in ms. */
export function planDuration(state: FunctionsState, action: Action): number {
  return Math.max(1, Math.round(action.typicalMs * (0.75 + state.chance() / 2)));
}

/** Fires a trigger: runs every linked action and keeps an activation of the trigger's own, whose end is 0 (§6.3). */
export function fire(
  state: FunctionsState,
  scope: Scope,
  trigger: Trigger,
  parameters: JsonObject,
  at: number,
): Activation {
  const logs: string[] = [];
  for (const path of trigger.links) {
    const action = scope.actions.get(path);
    if (action === undefined) continue;
    const given = { trigger: trigger.spec.parameters, run: parameters };
    const run = runAction(state, scope, action, given, planDuration(state, action), { startsAt: at });
    const rule = `${trigger.name}_${action.name}`;
    const line = { rule, action: path, statusCode: 0, success: true, activationId: run.activationId };
    logs.push(toJson(line));
  }
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

function statusOf(isKilled: boolean, result: JsonObject): string {
  if (isKilled) return 'action developer error';
  return result['error'] === undefined ? 'success' : 'application error';
}

/** OpenWhisk's form of a log line (cloudfunctions.md §6.2). */
function logLines(action: Action, parameters: JsonObject, start: number): string[] {
  const names = Object.keys(parameters);
  const time = new Date(start).toISOString();
  const lines = [
    `${time} stdout: ${action.name} started with ${names.length === 0 ? 'no' : names.join(', ')} parameters`,
  ];
  if (parameters['error'] !== undefined) lines.push(`${time} stderr: ${action.name} failed`);
  return lines;
}
