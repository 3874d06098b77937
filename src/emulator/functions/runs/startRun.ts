import { setTimeout as delay } from 'node:timers/promises';
import { maxRuns } from '../../choices.ts';
import type { JsonObject } from '../../json.ts';
import { echoOf, echoLogs, mergeParameters, planDuration, timeLimitMessage } from '../echo.ts';
import type { Given } from '../echo.ts';
import { refuseUnlisted } from '../errors.ts';
import type { Action, Activation } from '../model.ts';
import type { FunctionsState, Scope } from '../state.ts';
import type { ChildOutcome, Ending } from './child.ts';
import { logLine } from './logLines.ts';
import type { Language, Runtimes } from './runtimes.ts';

/** A run that has begun. */
interface StartedRun {
  readonly activationId: string;
  /** Its activation once it ended, then in the lists, too; never rejects. */
  readonly ended: Promise<Activation>;
}

/** Where runs take place. */
interface Stage {
  readonly state: FunctionsState;
  readonly scope: Scope;
  readonly runtimes: Runtimes;
}

/** What came of a run; OpenWhisk's words (cloudfunctions.md §6.4). */
interface Outcome {
  readonly status: string;
  readonly result: JsonObject;
  readonly logs: readonly string[];
}

/** How deep sequences may contain sequences. */
const maxDepth = 10;

/** What an action without limits of its own has: the console's default (cloudfunctions.md §10.2). */
const defaultLimits = { timeout: 60_000, memory: 256 };

/**
 * Starts a run for real: Node.js and Python in a process of its own, a sequence one component after the other, anything else as an
 * echo of its parameters that takes its time.
 * @throws Refusal 429 when 100 runs are under way (cloudfunctions.md §10.2)
 */
export function startRun(stage: Stage, action: Action, given: Given): StartedRun {
  const { state } = stage;
  if (state.runCount >= maxRuns) throw refuseUnlisted('tooManyRuns');
  const run = begin(stage, action, mergeParameters(stage.scope, action, given), 0);
  state.follow(run.ended);
  return run;
}

/** The activation of a run that ends within `waitMs`. */
export async function endedWithin({ ended }: StartedRun, waitMs: number): Promise<Activation | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const waited = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, waitMs, undefined);
  });
  const first = await Promise.race([ended, waited]);
  clearTimeout(timer);
  return first;
}

function begin(stage: Stage, action: Action, parameters: JsonObject, depth: number): StartedRun {
  const { state, scope } = stage;
  const activationId = state.newActivationId();
  const start = state.now();
  const began = performance.now();
  const ahead = start - Date.now();
  const place: Place = { stage, action, parameters, depth, start, timeOf: (at) => at + ahead };
  const outcome = action.spec.exec.components === undefined ? runCode(place) : runSequence(place, action.spec.exec.components);
  const ended = outcome.catch(defect).then(({ status, result, logs }) => {
    const duration = Math.max(1, Math.round(performance.now() - began));
    const activation = { activationId, name: action.name, start, duration, status, result, logs, endedAt: state.now() };
    state.keep(action, activation, scope);
    return activation;
  });
  return { activationId, ended };
}

interface Place {
  readonly stage: Stage;
  readonly action: Action;
  readonly parameters: JsonObject;
  readonly depth: number;
  readonly start: number;
  readonly timeOf: (at: number) => number;
}

async function runCode({ stage, action, parameters, start, timeOf }: Place): Promise<Outcome> {
  const { exec, limits = defaultLimits } = action.spec;
  const language = await stage.runtimes.languageOf(exec.kind);
  if (language === undefined) return runEcho(stage, action, parameters, start);
  const job = { name: action.name, exec, limits, parameters, timeOf };
  return outcomeOf(await stage.runtimes.run(language, job), language, limits.timeout, timeOf(Date.now()));
}

/** What this emulator cannot run: its parameters again, after the time such an action takes. */
async function runEcho({ state, runtimes }: Stage, action: Action, parameters: JsonObject, start: number): Promise<Outcome> {
  const plannedMs = planDuration(state, action);
  const limit = action.spec.limits?.timeout ?? plannedMs;
  // Cut short when the emulator ends.
  await delay(Math.min(plannedMs, limit), undefined, { signal: runtimes.signal }).catch(() => undefined);
  const { kind } = action.spec.exec;
  const what = kind === 'custom image' ? 'custom images' : kind;
  const note = logLine(start, 'stderr', `This emulator does not run ${what}: the result repeats the parameters.`);
  return { ...echoOf(parameters, plannedMs, limit), logs: [...echoLogs(action, parameters, start), note] };
}

/** Each component gets the result of the one before; the first that fails is the last. */
async function runSequence({ stage, parameters, depth }: Place, components: readonly string[]): Promise<Outcome> {
  const logs: string[] = [];
  let last: Pick<Outcome, 'status' | 'result'> = { status: 'success', result: parameters };
  for (const path of components) {
    const component = stage.scope.actions.get(path);
    if (component === undefined) return { ...applicationError('Sequence component does not exist.'), logs };
    if (depth >= maxDepth) return { ...applicationError('Too many actions in the sequence.'), logs };
    const { activationId, ended } = begin(
      stage,
      component,
      mergeParameters(stage.scope, component, { run: last.result }),
      depth + 1,
    );
    logs.push(activationId);
    const { status, result } = await ended;
    last = { status, result };
    if (status !== 'success') break;
  }
  return { ...last, logs };
}

function outcomeOf({ ending, logs }: ChildOutcome, language: Language, limit: number, at: number): Outcome {
  if (ending.kind === 'result') {
    const { error } = ending.result;
    // A result with that field is an error, and nothing else of it stays (OpenWhisk, ActivationResponse.scala).
    if (error !== undefined) return { ...applicationError(error), logs };
    return { status: 'success', result: ending.result, logs };
  }
  const message = messageOf(ending, limit);
  if (ending.kind === 'unstarted') {
    const note = logLine(at, 'stderr', `This emulator could not start ${language} (${ending.code}).`);
    return { status: 'whisk internal error', result: { error: message }, logs: [...logs, note] };
  }
  const status = ending.kind === 'stopped' ? 'whisk internal error' : 'action developer error';
  return { status, result: { error: message }, logs };
}

/** OpenWhisk's sentences (`core/entity/ActivationResponse`, `http/ErrorResponse`). */
function messageOf(ending: Exclude<Ending, { readonly kind: 'result' }>, limit: number): string {
  switch (ending.kind) {
    case 'failed':
      return ending.message;
    case 'large':
      return `The action produced a response that exceeded the allowed length: ${String(ending.bytes)} > 1048576 bytes.`;
    case 'memory':
      return 'The action exhausted its memory and was aborted.';
    case 'timeout':
      return timeLimitMessage(limit);
    case 'exited':
      return 'The action did not produce a valid response and exited unexpectedly.';
    case 'stopped':
    case 'unstarted':
      return 'The action could not be run.';
    default:
      return ending satisfies never;
  }
}

function applicationError(error: JsonObject[string]): Pick<Outcome, 'status' | 'result'> {
  return { status: 'application error', result: { error } };
}

function defect(): Outcome {
  return { status: 'whisk internal error', result: { error: 'The action could not be run.' }, logs: [] };
}
