import type { JsonObject } from '../json.ts';
import { noPackage } from './model.ts';
import type { Action, Activation } from './model.ts';
import { logLine } from './runs/logLines.ts';
import type { FunctionsState, Scope } from './state.ts';

/** How deep sequences may contain sequences. */
const maxDepth = 10;

/** When a run took place: it ended at the moment of asking, or it has just begun. */
type RunTime = { readonly endsAt: number } | { readonly startsAt: number };

/** Parameters of a run, and of the trigger that caused it. */
export interface Given {
  readonly trigger?: JsonObject;
  readonly run: JsonObject;
}

/** Parameters by their documented priority: run, then trigger, then action, then package (cloudfunctions.md §3). */
export function mergeParameters(scope: Scope, action: Action, given: Given): JsonObject {
  const pkg = action.pkg === noPackage ? undefined : scope.packages.get(action.pkg);
  return { ...pkg?.parameters, ...action.spec.parameters, ...given.trigger, ...given.run };
}

/**
 * A run that takes place on paper: its result echoes its parameters. A parameter `error` makes it fail, as OpenWhisk reads a result
 * with that field; a run longer than the action's limit is killed.
 */
export function echoAction(
  state: FunctionsState,
  scope: Scope,
  action: Action,
  given: Given,
  plannedMs: number,
  time: RunTime,
  depth = 0,
): Activation {
  const parameters = mergeParameters(scope, action, given);
  const limit = action.spec.limits?.timeout ?? Number.POSITIVE_INFINITY;
  const duration = Math.min(plannedMs, limit);
  const start = 'endsAt' in time ? time.endsAt - duration : time.startsAt;
  const components = depth < maxDepth ? (action.spec.exec.components ?? []) : [];
  const children = components.flatMap((path) => {
    const child = scope.actions.get(path);
    if (child === undefined) return [];
    const share = Math.floor(duration / components.length);
    return [echoAction(state, scope, child, { run: parameters }, share, { startsAt: start }, depth + 1)];
  });
  const activation: Activation = {
    activationId: state.newActivationId(),
    name: action.name,
    start,
    duration,
    ...echoOf(parameters, plannedMs, limit),
    // A sequence logs the ids of its components' runs, an action what it printed (OpenWhisk).
    logs: components.length > 0 ? children.map((child) => child.activationId) : echoLogs(action, parameters, start),
  };
  state.keep(action, activation, scope);
  return activation;
}

/** How long the next run of an action will take, in ms. */
export function planDuration(state: FunctionsState, action: Action): number {
  return Math.max(1, Math.round(action.typicalMs * (0.75 + state.chance() / 2)));
}

/** How an echo ends; `limit` in ms. */
export function echoOf(parameters: JsonObject, plannedMs: number, limit: number): Pick<Activation, 'status' | 'result'> {
  if (plannedMs > limit) return { status: 'action developer error', result: { error: timeLimitMessage(limit) } };
  return { status: parameters['error'] === undefined ? 'success' : 'application error', result: parameters };
}

/** OpenWhisk's sentence for a run that was killed; `limit` in ms. */
export function timeLimitMessage(limit: number): string {
  return `The action exceeded its time limits of ${String(limit)} milliseconds.`;
}

/** What an echo printed. */
export function echoLogs(action: Action, parameters: JsonObject, start: number): string[] {
  const names = Object.keys(parameters);
  const what = names.length === 0 ? 'no' : names.join(', ');
  const lines = [logLine(start, 'stdout', `${action.name} started with ${what} parameters`)];
  if (parameters['error'] !== undefined) lines.push(logLine(start, 'stderr', `${action.name} failed`));
  return lines;
}
