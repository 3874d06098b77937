import { functionsPlace } from '../../../api/functions/hosts.ts';
import { CloudError } from '../../../model/cloudError.ts';
import type { ActionDetail } from '../../../model/functions.ts';
import type { ResourceRef } from '../../../model/resource.ts';
import { boundsOf } from '../../../model/timeRanges.ts';
import type { DashboardView } from '../../../protocol/view.ts';
import type { Dashboard, Feed } from '../../../webviews/dashboardType.ts';
import { requireSend } from '../../writing.ts';
import type { ActionTarget, FunctionsDeps } from '../context.ts';
import { keysOf } from '../resources.ts';
import { placeIn } from '../places.ts';
import { actionFacts } from './actionFacts.ts';
import { latestCsv, latestOf, slicesCsv, slicesOf } from './sliceFacts.ts';
import type { ActivationReading } from './sliceFacts.ts';
import { planSlices } from './slicePlan.ts';
import { SliceReader } from './sliceReader.ts';

/** What the page of an action works with. */
export interface ActionDashboardDeps extends Pick<FunctionsDeps, 'client' | 'account' | 'format' | 'now' | 'openDocument'> {
  /** Opens an activation with its logs. */
  readonly showActivation: (target: ActionTarget, activationId: string) => Promise<void>;
  /** Asks for parameters, runs it once, opens the result. */
  readonly runAction: (target: ActionTarget) => Promise<void>;
}

/** The answer has all the code of the action (cloudfunctions.md §5.2): it is read no more often, milliseconds. */
const ACTION_MS = 300_000;
/** Bounds of the time between two looks at the newest slices, milliseconds. */
const LEAST_MS = 10_000;
const MOST_MS = 60_000;
/** Time limit of an action that has none of its own, and the longest there is, milliseconds (cloudfunctions.md §10.2, "Action timeout"). */
const DEFAULT_RUN_MS = 60_000;
const LONGEST_RUN_MS = 300_000;

/** The dashboard of one action. @throws CloudError `notFound` where the reference names none */
export function actionDashboard(ref: ResourceRef, deps: ActionDashboardDeps): Dashboard {
  return new ActionDashboard(ref, deps);
}

class ActionDashboard implements Dashboard {
  readonly #ref: ResourceRef;
  readonly #deps: ActionDashboardDeps;
  readonly #keys: ReturnType<typeof keysOf>;
  readonly #reader: SliceReader;
  /** How long a run may take: the longest there is, until the action was read. */
  #runMs = LONGEST_RUN_MS;
  /** Those on the page: whatever else a page asks to open is nothing. */
  #shown: ReadonlySet<string> = new Set();

  constructor(ref: ResourceRef, deps: ActionDashboardDeps) {
    this.#ref = ref;
    this.#deps = deps;
    this.#keys = keysOf(ref);
    const { region, first, second } = this.#keys;
    const { place: { account } } = this.#target;
    this.#reader = new SliceReader({
      list: async (query, signal) => (await deps.client(ref.accountId, region)).listActionActivations(first, second, query, signal),
      now: deps.now,
      clock: account.provider === 'naver' && functionsPlace(account, region).version === 'v2.0' ? 'seconds' : 'milliseconds',
    });
  }

  feeds({ range }: DashboardView): readonly Feed[] {
    const listeners = new Set<(value: ActivationReading) => void>();
    const time = {
      key: `${this.#key} ${JSON.stringify(range)}`,
      accountId: this.#ref.accountId,
      read: (signal: AbortSignal) => this.#read(range, signal, listeners),
      everyMs: (value: ActivationReading | undefined) => Math.min(MOST_MS, Math.max(LEAST_MS, (value?.plan.sliceMs ?? 0) / 4)),
      onProgress: (listener: (value: ActivationReading) => void) => {
        listeners.add(listener);
        return { dispose: () => void listeners.delete(listener) };
      },
    };
    const slices: Feed<ActivationReading> = { ...time, part: 'slices', show: slicesOf, csv: slicesCsv };
    // One read fills both: the list of a slice is where the newest come from, and the time they were.
    const latest: Feed<ActivationReading> = { ...time, part: 'latest', show: (value) => this.#latest(value), csv: latestCsv };
    return [this.#action() as Feed, slices as Feed, latest as Feed];
  }

  async open(part: string, key: string): Promise<void> {
    if (part === 'latest' && this.#shown.has(key)) await this.#deps.showActivation(this.#target, key);
  }

  async offer(offer: string): Promise<void> {
    if (offer === 'document') await this.#deps.openDocument(this.#ref, 'edit');
    if (offer !== 'run') return;
    requireSend(this.#target.place.account);
    await this.#deps.runAction(this.#target);
  }

  #action(): Feed<ActionDetail> {
    const { region, first, second } = this.#keys;
    return {
      part: 'action',
      key: this.#key,
      accountId: this.#ref.accountId,
      read: async (signal) => {
        const action = await (await this.#deps.client(this.#ref.accountId, region)).getAction(first, second, signal);
        this.#runMs = longestRunMs(action);
        // Its code may have megabytes, and nobody looks at it here.
        return { ...action, code: undefined };
      },
      show: (action) => actionFacts(action, this.#deps.format),
      everyMs: () => ACTION_MS,
    };
  }

  async #read(range: DashboardView['range'], signal: AbortSignal, listeners: ReadonlySet<(value: ActivationReading) => void>): Promise<ActivationReading> {
    const nowMs = this.#deps.now();
    const plan = planSlices(boundsOf(range, nowMs), nowMs);
    const reading = (): ActivationReading => ({ plan, readings: this.#reader.known(plan) });
    await this.#reader.read(plan, this.#runMs, signal, () => {
      const value = reading();
      for (const listener of listeners) listener(value);
    });
    return reading();
  }

  #latest(value: ActivationReading): ReturnType<typeof latestOf> {
    const latest = latestOf(value);
    this.#shown = new Set(latest.map(({ activationId }) => activationId));
    return latest;
  }

  /** With the account as it is now, an unlock in force included. @throws CloudError `notFound` where the account is not here any more */
  get #target(): ActionTarget {
    const { region, first, second } = this.#keys;
    const place = placeIn(this.#deps.account(this.#ref.accountId), region);
    if (place === undefined) throw new CloudError('notFound', { reason: 'resourceGone', mayHaveArrived: false });
    return { place, pkg: first, name: second };
  }

  get #key(): string {
    const { region, first, second } = this.#keys;
    return `${this.#ref.accountId} cloudFunctions.action ${JSON.stringify([region, first, second])}`;
  }
}

/** How long a run may take, milliseconds: a sequence has no limit of its own, but each of the actions it runs one after another has. */
function longestRunMs({ timeoutMs, components }: ActionDetail): number {
  const sumMs = components.length * LONGEST_RUN_MS;
  return Math.max(sumMs, timeoutMs ?? DEFAULT_RUN_MS);
}
