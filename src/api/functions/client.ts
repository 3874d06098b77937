import type { FunctionsRegion } from '../../model/account.ts';
import type {
  Action,
  ActionDetail,
  ActionName,
  ActionRun,
  ActionSpec,
  ActivationDetail,
  ActivationPage,
  FunctionsPackage,
  FunctionsPackageDetail,
  PackageSpec,
  Parameters,
  Trigger,
  TriggerDetail,
  TriggerSpec,
} from '../../model/functions.ts';
import type { Connection } from '../connection.ts';
import { nothingSchema, rawOf, type Operation } from '../operation.ts';
import { joinPath, path, type Path, type Query } from '../path.ts';
import { koreanLocalTime } from '../time.ts';
import { actionBody, packageBody, textsIn, triggerBody, type PutBody } from './bodies.ts';
import { functionsPlace, type FunctionsPlace } from './hosts.ts';
import { actionListSchema, actionSchema, packageListSchema, packageSchema } from './schema.ts';
import { activationPageSchema, activationSchema, firedSchema, runSchema, triggerListSchema, triggerSchema } from './triggerSchema.ts';

/** A page of activations; the service keeps them for a month (cloudfunctions.md §6.1). */
export interface ActivationQuery {
  /** From 1. */
  readonly pageNo?: number;
  readonly pageSize?: number;
  /** Unix milliseconds. */
  readonly startMs?: number;
  readonly endMs?: number;
}

/** What an operation may carry beside its request. */
type Extras = Pick<Operation<void>, 'secrets' | 'content' | 'maxBytes' | 'timeoutMs'>;

/** How much longer than the service waits for a run its answer is waited for, ms. */
const RUN_MARGIN_MS = 15_000;

/** Code beyond so many characters may need more time than other requests: this, and what its bytes take over a line of 1 Mbit/s. */
const LARGE_CODE = 1_048_576;
const LARGE_CODE_MS = 60_000;
const SLOW_BYTES_PER_MS = 125;

/** Nobody knows how large an action's code is before it is read: five minutes bring 37 MB over the same line. */
const ACTION_READ_MS = 300_000;

/** Code of 38 MB (cloudfunctions.md §10.2) as Base64, or as JSON text that escapes much of it; the answer to a PUT repeats it. */
const MAX_ACTION_BYTES = 128 * 1024 * 1024;

/**
 * NAVER Cloud Functions in one region (cloudfunctions.md §2). The default package is `-` ({@link DEFAULT_PACKAGE}).
 * Every method throws CloudError and CancelledError.
 */
export class FunctionsClient {
  readonly #connection: Connection;
  readonly #region: FunctionsRegion;

  constructor(connection: Connection, region: FunctionsRegion) {
    this.#connection = connection;
    this.#region = region;
  }

  /** All packages but the default one, which is in no list. */
  listPackages(signal?: AbortSignal): Promise<readonly FunctionsPackage[]> {
    return this.#read(path`/packages`, packageListSchema, signal);
  }

  getPackage(name: string, signal?: AbortSignal): Promise<FunctionsPackageDetail> {
    return this.#read(path`/packages/${name}`, packageSchema, signal);
  }

  /** The answer as it came; so for the other two. */
  rawPackage(name: string, signal?: AbortSignal): Promise<string> {
    return this.#raw(path`/packages/${name}`, signal);
  }

  /** Creates or replaces it. */
  async putPackage(spec: PackageSpec, signal?: AbortSignal): Promise<void> {
    return this.#put(path`/packages/${spec.name}`, packageBody(spec), signal, { content: textsIn(spec.parameters) });
  }

  /** Refused while it has actions (80109). */
  async deletePackage(name: string, signal?: AbortSignal): Promise<void> {
    return this.#write('DELETE', path`/packages/${name}`, {}, signal);
  }

  listActions(pkg: string, signal?: AbortSignal): Promise<readonly Action[]> {
    return this.#read(path`/packages/${pkg}/actions`, actionListSchema(pkg), signal);
  }

  getAction(pkg: string, name: string, signal?: AbortSignal): Promise<ActionDetail> {
    return this.#run(this.#readingAction(path`/packages/${pkg}/actions/${name}`, actionSchema(pkg)), signal);
  }

  rawAction(pkg: string, name: string, signal?: AbortSignal): Promise<string> {
    return this.#run(rawOf(this.#readingAction(path`/packages/${pkg}/actions/${name}`, nothingSchema)), signal);
  }

  /** Creates or replaces it; its type stays what it was. */
  async putAction(spec: ActionSpec, signal?: AbortSignal): Promise<void> {
    const { pkg, name, parameters, code = '' } = spec;
    const time = code.length > LARGE_CODE ? { timeoutMs: LARGE_CODE_MS + code.length / SLOW_BYTES_PER_MS } : {};
    const more = { content: textsIn([code, parameters]), maxBytes: MAX_ACTION_BYTES, ...time };
    return this.#put(path`/packages/${pkg}/actions/${name}`, actionBody(spec, this.#place), signal, more);
  }

  async deleteAction({ pkg, name }: ActionName, signal?: AbortSignal): Promise<void> {
    return this.#write('DELETE', path`/packages/${pkg}/actions/${name}`, {}, signal);
  }

  /**
   * Runs an action once, whatever comes of it.
   * @param waitMs how long the service waits for the result, 0–60,000; the run goes on afterwards (cloudfunctions.md §5.5)
   */
  async runAction({ pkg, name }: ActionName, parameters: Parameters, waitMs: number, signal?: AbortSignal): Promise<ActionRun> {
    const { prefix, platform, endpoint } = this.#place;
    const operation: Operation<ActionRun> = {
      method: 'POST',
      path: joinPath(prefix, path`/packages/${pkg}/actions/${name}`),
      query: { platform, timeout: waitMs },
      body: parameters,
      content: textsIn(parameters),
      operation: 'send',
      schema: runSchema,
      retry: 'never',
      timeoutMs: waitMs + RUN_MARGIN_MS,
    };
    return this.#connection.call(endpoint, operation, signal);
  }

  listTriggers(signal?: AbortSignal): Promise<readonly Trigger[]> {
    return this.#read(path`/triggers`, triggerListSchema, signal);
  }

  getTrigger(name: string, signal?: AbortSignal): Promise<TriggerDetail> {
    return this.#read(path`/triggers/${name}`, triggerSchema, signal);
  }

  rawTrigger(name: string, signal?: AbortSignal): Promise<string> {
    return this.#raw(path`/triggers/${name}`, signal);
  }

  /** Creates or replaces it; the answer repeats a GitHub token, so nothing of it is read (cloudfunctions.md §7.3). */
  async putTrigger(spec: TriggerSpec, signal?: AbortSignal): Promise<void> {
    const { source, parameters } = spec;
    const secrets = source.type === 'github' ? [source.credential.accessToken] : [];
    const more = { secrets, content: [...secrets, ...textsIn(parameters)] };
    return this.#put(path`/triggers/${spec.name}`, triggerBody(spec, this.#place), signal, more);
  }

  async deleteTrigger(name: string, signal?: AbortSignal): Promise<void> {
    return this.#write('DELETE', path`/triggers/${name}`, {}, signal);
  }

  /** Fires it once; returns the id of the trigger's own activation. Refused where no action is linked (80512). */
  async fireTrigger(name: string, parameters: Parameters, signal?: AbortSignal): Promise<string> {
    const { prefix, platform, endpoint } = this.#place;
    const operation: Operation<string> = {
      method: 'POST',
      path: joinPath(prefix, path`/triggers/${name}`),
      query: { platform },
      body: parameters,
      content: textsIn(parameters),
      operation: 'send',
      schema: firedSchema,
      retry: 'never',
    };
    return this.#connection.call(endpoint, operation, signal);
  }

  /** One action a call (cloudfunctions.md §8.1). */
  async linkAction(trigger: string, action: ActionName, signal?: AbortSignal): Promise<void> {
    return this.#write('POST', path`/triggers/${trigger}/link-action`, { body: linkOf(action), about: trigger }, signal);
  }

  /** A DELETE with a body (cloudfunctions.md §8.2). */
  async unlinkAction(trigger: string, action: ActionName, signal?: AbortSignal): Promise<void> {
    return this.#write('DELETE', path`/triggers/${trigger}/link-action`, { body: linkOf(action), about: trigger }, signal);
  }

  /** Activations of all actions; the list does not say whose they are. */
  listActivations(query: ActivationQuery = {}, signal?: AbortSignal): Promise<ActivationPage> {
    return this.#readPage(path`/activations`, query, signal);
  }

  listActionActivations(
    pkg: string,
    name: string,
    query: ActivationQuery = {},
    signal?: AbortSignal,
  ): Promise<ActivationPage> {
    return this.#readPage(path`/packages/${pkg}/actions/${name}/activations`, query, signal);
  }

  /** Not found (80322) for up to a minute after a run (cloudfunctions.md §6.2). */
  getActionActivation(pkg: string, name: string, id: string, signal?: AbortSignal): Promise<ActivationDetail> {
    return this.#read(path`/packages/${pkg}/actions/${name}/activations/${id}`, activationSchema, signal);
  }

  listTriggerActivations(name: string, query: ActivationQuery = {}, signal?: AbortSignal): Promise<ActivationPage> {
    return this.#readPage(path`/triggers/${name}/activations`, query, signal);
  }

  getTriggerActivation(name: string, id: string, signal?: AbortSignal): Promise<ActivationDetail> {
    return this.#read(path`/triggers/${name}/activations/${id}`, activationSchema, signal);
  }

  get #place(): FunctionsPlace {
    const { account } = this.#connection;
    if (account.provider !== 'naver') throw new TypeError('Cloud Functions needs a NAVER account');
    return functionsPlace(account, this.#region);
  }

  /** v2.1 takes Unix milliseconds, v2.0 local time (cloudfunctions.md §6.1); the government zone is in Korea. */
  async #readPage(
    requestPath: Path,
    { pageNo, pageSize, startMs, endMs }: ActivationQuery,
    signal: AbortSignal | undefined,
  ): Promise<ActivationPage> {
    const isText = this.#place.version === 'v2.0';
    const time = (ms: number | undefined): string | number | undefined =>
      ms !== undefined && isText ? koreanLocalTime(ms) : ms;
    const query = { pageNo, pageSize, start: time(startMs), end: time(endMs) };
    return this.#read(requestPath, activationPageSchema, signal, query);
  }

  async #read<T>(
    requestPath: Path,
    schema: Operation<T>['schema'],
    signal: AbortSignal | undefined,
    query: Query = {},
  ): Promise<T> {
    return this.#run(this.#reading(requestPath, schema, query), signal);
  }

  async #raw(requestPath: Path, signal: AbortSignal | undefined): Promise<string> {
    return this.#run(rawOf(this.#reading(requestPath, nothingSchema, {})), signal);
  }

  #reading<T>(requestPath: Path, schema: Operation<T>['schema'], query: Query): Operation<T> {
    const { prefix, platform } = this.#place;
    const wire = { platform, ...query };
    return { method: 'GET', path: joinPath(prefix, requestPath), query: wire, operation: 'read', schema, retry: 'read' };
  }

  #readingAction<T>(requestPath: Path, schema: Operation<T>['schema']): Operation<T> {
    return { ...this.#reading(requestPath, schema, {}), maxBytes: MAX_ACTION_BYTES, timeoutMs: ACTION_READ_MS };
  }

  /** What comes back is not documented, so whoever wants to know reads again (cloudfunctions.md §5.3). */
  async #put(requestPath: Path, { query, body }: PutBody, signal: AbortSignal | undefined, more: Extras): Promise<void> {
    return this.#write('PUT', requestPath, { query, body, ...more }, signal);
  }

  async #write(
    method: 'PUT' | 'POST' | 'DELETE',
    requestPath: Path,
    { query = {}, ...rest }: Pick<Operation<void>, 'query' | 'body' | 'about'> & Extras,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const { prefix, platform } = this.#place;
    const operation: Operation<void> = {
      method,
      path: joinPath(prefix, requestPath),
      query: { platform, ...query },
      operation: 'write',
      schema: nothingSchema,
      takes: 'nothing',
      retry: 'never',
      ...rest,
    };
    return this.#run(operation, signal);
  }

  #run<T>(operation: Operation<T>, signal: AbortSignal | undefined): Promise<T> {
    return this.#connection.call(this.#place.endpoint, operation, signal);
  }
}

/** The page of v2.1 prints the package a second time within `action`; what works is the name alone (cloudfunctions.md §8.1). */
function linkOf({ pkg, name }: ActionName): { readonly action: string; readonly package: string } {
  return { action: name, package: pkg };
}
