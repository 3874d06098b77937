import type { FunctionsRegion } from '../../model/account.ts';
import type {
  Action,
  ActionDetail,
  ActivationDetail,
  ActivationPage,
  FunctionsPackage,
  FunctionsPackageDetail,
  Trigger,
  TriggerDetail,
} from '../../model/functions.ts';
import type { Connection } from '../connection.ts';
import { nothingSchema, rawOf, type Operation } from '../operation.ts';
import { joinPath, path, type Path, type Query } from '../path.ts';
import { koreanLocalTime } from '../time.ts';
import { functionsPlace, type FunctionsPlace } from './hosts.ts';
import { actionListSchema, actionSchema, packageListSchema, packageSchema } from './schema.ts';
import { activationPageSchema, activationSchema, triggerListSchema, triggerSchema } from './triggerSchema.ts';

/** A page of activations; the service keeps them for a month (cloudfunctions.md §6.1). */
export interface ActivationQuery {
  /** From 1. */
  readonly pageNo?: number;
  readonly pageSize?: number;
  /** Unix milliseconds. */
  readonly startMs?: number;
  readonly endMs?: number;
}

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

  listActions(pkg: string, signal?: AbortSignal): Promise<readonly Action[]> {
    return this.#read(path`/packages/${pkg}/actions`, actionListSchema(pkg), signal);
  }

  getAction(pkg: string, name: string, signal?: AbortSignal): Promise<ActionDetail> {
    return this.#read(path`/packages/${pkg}/actions/${name}`, actionSchema(pkg), signal);
  }

  rawAction(pkg: string, name: string, signal?: AbortSignal): Promise<string> {
    return this.#raw(path`/packages/${pkg}/actions/${name}`, signal);
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

  #run<T>(operation: Operation<T>, signal: AbortSignal | undefined): Promise<T> {
    return this.#connection.call(this.#place.endpoint, operation, signal);
  }
}
