import { failedRunStatus } from '../choices.ts';
import { jsonReply, queryValue } from '../http.ts';
import type { Reply } from '../http.ts';
import type { JsonObject } from '../json.ts';
import { dayMs, parseKoreanLocal } from '../time.ts';
import { content, requireAction, requireTrigger } from './call.ts';
import type { Call } from './call.ts';
import { refuse, refuseUnlisted } from './errors.ts';
import { readParameters } from './fields.ts';
import { echoAction, planDuration } from './echo.ts';
import type { Action, Activation } from './model.ts';
import { endedWithin, startRun } from './runs/startRun.ts';

/** Longest wait for a run, in ms (cloudfunctions.md §5.5). */
const maxWaitMs = 60_000;

/**
 * `POST P/packages/{packageName}/actions/{actionName}`: runs an action and waits up to `timeout`; a longer run answers its id only, and
 * goes on (cloudfunctions.md §5.5).
 */
export function postAction(call: Call, pkg: string, name: string): Reply | Promise<Reply> {
  const { state, scope } = call;
  const action = requireAction(call, pkg, name);
  const waitMs = queryNumber(call, 'timeout', 0, maxWaitMs) ?? maxWaitMs;
  const run = readParameters(call.request.body, 80316);
  const { runtimes } = state;
  if (runtimes === undefined) return postEcho(call, action, run, waitMs);
  const started = startRun({ state, scope, runtimes }, action, { run });
  return endedWithin(started, waitMs).then((activation) =>
    activation === undefined ? content({ activationId: started.activationId }) : ended(call, activation),
  );
}

/** Without real runs it answers at once, and lets a long run end in the future. */
function postEcho(call: Call, action: Action, run: JsonObject, waitMs: number): Reply {
  const { state, scope, now } = call;
  const plannedMs = planDuration(state, action);
  const limit = action.spec.limits?.timeout ?? plannedMs;
  const isLonger = Math.min(plannedMs, limit) > waitMs;
  const time = isLonger ? { startsAt: now } : { endsAt: now };
  const activation = echoAction(state, scope, action, { run }, plannedMs, time);
  return isLonger ? content({ activationId: activation.activationId }) : ended(call, activation);
}

function ended(call: Call, activation: Activation): Reply {
  const status = activation.status === 'success' ? 200 : failedRunStatus;
  return jsonReply(status, { content: summary(call, activation, activation.start + activation.duration) });
}

/** `GET P/packages/{packageName}/actions/{actionName}/activations` (cloudfunctions.md §6.1). */
export function listActionActivations(call: Call, pkg: string, name: string): Reply {
  return listPage(call, requireAction(call, pkg, name).activations);
}

/** `GET P/packages/{packageName}/actions/{actionName}/activations/{activationId}` (cloudfunctions.md §6.2). */
export function getActionActivation(call: Call, pkg: string, name: string, activationId: string): Reply {
  const activation = findById(requireAction(call, pkg, name).activations, activationId);
  if (activation === undefined || endOf(activation) + call.activationGapMs > call.now) throw refuse(80322);
  return content({ ...summary(call, activation, activation.start + activation.duration), logs: activation.logs });
}

/** `GET P/triggers/{triggerName}/activations` (cloudfunctions.md §6.1). */
export function listTriggerActivations(call: Call, name: string): Reply {
  return listPage(call, requireTrigger(call, name).activations);
}

/** `GET P/triggers/{triggerName}/activations/{activationId}`: `end` is always 0 (cloudfunctions.md §6.3). */
export function getTriggerActivation(call: Call, name: string, activationId: string): Reply {
  const activation = findById(requireTrigger(call, name).activations, activationId);
  if (activation === undefined) throw refuse(80517);
  if (activation.start + call.activationGapMs > call.now) throw refuseUnlisted('recentFiring');
  return content({ ...summary(call, activation, 0), logs: activation.logs });
}

/** `GET P/activations`: all runs of actions (cloudfunctions.md §6.1). */
export function listAllActivations(call: Call): Reply {
  return listPage(call, call.scope.activations);
}

function summary({ state }: Call, activation: Activation, end: number): JsonObject {
  const { activationId, duration, start, name, result, status } = activation;
  const { namespace } = state;
  const response = { result, status, success: status === 'success' };
  return { activationId, duration, start, end, name, namespace, response, subject: namespace };
}

/** From when on it is known, by the emulator's clock. */
function endOf(activation: Activation): number {
  return activation.endedAt ?? activation.start + activation.duration;
}

/** One page, newest first; an item tells neither start nor action (cloudfunctions.md §6.1). */
function listPage(call: Call, all: readonly Activation[]): Reply {
  const pageNo = queryNumber(call, 'pageNo', 1, Number.MAX_SAFE_INTEGER) ?? 1;
  const pageSize = queryNumber(call, 'pageSize', 1, Number.MAX_SAFE_INTEGER) ?? 20;
  const monthAgo = call.now - 31 * dayMs;
  const start = Math.max(monthAgo, queryTime(call, 'start') ?? monthAgo);
  const end = Math.min(call.now, queryTime(call, 'end') ?? call.now);
  const found = all
    .filter((activation) => activation.start >= start && activation.start <= end && endOf(activation) <= call.now)
    .toSorted((left, right) => right.start - left.start);
  const page = found.slice((pageNo - 1) * pageSize, pageNo * pageSize);
  const activations = page.map(({ activationId, duration, status }) => ({ activationId, duration, status }));
  return content({ activations, totalCount: found.length });
}

/** The newest are asked for most. */
function findById(activations: readonly Activation[], activationId: string): Activation | undefined {
  return activations.findLast((activation) => activation.activationId === activationId);
}

function queryNumber({ request }: Call, name: string, low: number, high: number): number | undefined {
  const given = queryValue(request, name);
  if (given === undefined) return undefined;
  const value = Number(given);
  if (!/^\d{1,16}$/.test(given) || value < low || value > high) throw refuse(80000);
  return value;
}

/** v2.1: Unix ms; v2.0: local time `yyyy-MM-ddTHH:mm:ss` (cloudfunctions.md §6.1). */
function queryTime(call: Call, name: string): number | undefined {
  if (call.version === 'v2.1') return queryNumber(call, name, 0, Number.MAX_SAFE_INTEGER);
  const given = queryValue(call.request, name);
  if (given === undefined) return undefined;
  const time = parseKoreanLocal(given);
  if (time === undefined) throw refuse(80000);
  return time;
}
