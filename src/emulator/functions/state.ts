import { alphanumeric, hash, hexadecimal } from '../random.ts';
import type { Random } from '../random.ts';
import { dayMs } from '../time.ts';
import { isDue, parseCron } from './cron.ts';
import { refuse } from './errors.ts';
import type { FunctionCode } from './errors.ts';
import { actionPath } from './model.ts';
import type { Action, ActionSpec, ActionType, Activation, Package, Platform, Trigger, TriggerSpec } from './model.ts';
import { fire } from './run.ts';
import type { Runtimes } from './runs/runtimes.ts';

/** The resources of one platform. */
export interface Scope {
  readonly packages: Map<string, Package>;
  /** By `pkg/action`. */
  readonly actions: Map<string, Action>;
  readonly triggers: Map<string, Trigger>;
  /** All runs of actions, oldest first. */
  readonly activations: Activation[];
}

/** Services that can be without a subscription; SourceCommit has no code of its own then (80005). */
export type IntegratedService = 'apiGateway' | 'insight' | 'objectStorage' | 'secretManager' | 'sourceCommit';

/** What keeps a subnet from being used (cloudfunctions.md §11, 81311 to 81314). */
export type SubnetTrouble = 'unreadable' | 'unconnectable' | 'connecting' | 'disconnecting';

/** Most of each kind in an account, both platforms together (cloudfunctions.md §10.2). */
const resourceQuota = 500;

/** Only the last month can be read (cloudfunctions.md §6.1). */
const keptMs = 31 * dayMs;
const keptPerOwner = 2_000;
const keptPerScope = 20_000;

/** After a long pause of the clock, cron triggers catch up on a day at most. */
const maxCatchUpMinutes = 1_440;
const minuteMs = 60_000;

/** Everything the Cloud Functions of one account hold. */
export class FunctionsState {
  readonly namespace: string;
  /** Services the account has not subscribed to. */
  readonly unsubscribed = new Set<IntegratedService>();
  /** Subnets that cannot be used at the moment, by number. */
  readonly subnets = new Map<number, SubnetTrouble>();
  /** When the last action of a subnet was deleted, in ms since the epoch, by its number. */
  readonly subnetsLeftAt = new Map<number, number>();
  readonly #random: Random;
  readonly #now: () => number;
  readonly #scopes: Readonly<Record<Platform, Scope>> = { vpc: emptyScope(), classic: emptyScope() };
  /** Runs code for real; every run is an echo without it. */
  readonly runtimes: Runtimes | undefined;
  readonly #runs = new Set<Promise<unknown>>();
  #cronMinute: number;

  constructor(random: Random, now: () => number, runtimes?: Runtimes) {
    this.#random = random;
    this.#now = now;
    this.runtimes = runtimes;
    this.#cronMinute = Math.floor(now() / minuteMs);
    this.namespace = random.text(12, alphanumeric);
  }

  /** The emulator's clock, ms since the epoch. */
  now(): number {
    return this.#now();
  }

  /** Runs under way; a sequence counts once. */
  get runCount(): number {
    return this.#runs.size;
  }

  /** Counts a run as under way until it ended. */
  follow(run: Promise<unknown>): void {
    this.#runs.add(run);
    void run.then(() => this.#runs.delete(run));
  }

  /** Waits until no run is under way. */
  async idle(): Promise<void> {
    while (this.#runs.size > 0) await Promise.all(this.#runs);
  }

  /** The resources of a platform, after cron triggers that were due have fired. */
  scope(platform: Platform): Scope {
    this.fireDue();
    return this.#scopes[platform];
  }

  /** @throws Refusal 80106, 80308, 80508 when the account has 500 of a kind. */
  checkCount(kind: 'packages' | 'actions' | 'triggers', code: FunctionCode): void {
    if (this.#scopes.vpc[kind].size + this.#scopes.classic[kind].size >= resourceQuota) throw refuse(code);
  }

  addPackage(platform: Platform, name: string, description: string, parameters: Package['parameters']): Package {
    const pkg: Package = { name, resourceId: this.newResourceId(), description, parameters };
    this.#scopes[platform].packages.set(name, pkg);
    return pkg;
  }

  addAction(
    platform: Platform,
    place: { readonly pkg: string; readonly name: string; readonly typicalMs?: number },
    type: ActionType,
    spec: ActionSpec,
  ): Action {
    const { pkg, name } = place;
    const action: Action = {
      name,
      pkg,
      type,
      resourceId: this.newResourceId(),
      createdAt: this.#now(),
      typicalMs: place.typicalMs ?? 20 + (hash(name) % 180),
      spec,
      activations: [],
    };
    this.#scopes[platform].actions.set(actionPath(pkg, name), action);
    return action;
  }

  addTrigger(platform: Platform, name: string, type: Trigger['type'], spec: TriggerSpec): Trigger {
    const trigger: Trigger = { name, type, resourceId: this.newResourceId(), spec, links: new Set(), activations: [] };
    this.#scopes[platform].triggers.set(name, trigger);
    return trigger;
  }

  /** Keeps a run of an action, or (without scope list) a fired trigger. */
  keep(owner: { readonly activations: Activation[] }, activation: Activation, scope?: Scope): void {
    const oldest = this.#now() - keptMs;
    push(owner.activations, activation, oldest, keptPerOwner);
    if (scope !== undefined) push(scope.activations, activation, oldest, keptPerScope);
  }

  /** 32 hexadecimal digits (cloudfunctions.md §6.1). */
  newActivationId(): string {
    return this.#random.text(32, hexadecimal);
  }

  newResourceId(): string {
    return this.#random.text(5, alphanumeric);
  }

  /** A number from 0 to 1 for durations. */
  chance(): number {
    return this.#random.next();
  }

  /** Fires the cron triggers whose minute has come. */
  fireDue(): void {
    const now = Math.floor(this.#now() / minuteMs);
    if (now <= this.#cronMinute) return;
    const first = Math.max(this.#cronMinute + 1, now - maxCatchUpMinutes);
    this.#cronMinute = now;
    for (const scope of Object.values(this.#scopes)) {
      for (const trigger of scope.triggers.values()) this.#fireTrigger(scope, trigger, first, now);
    }
  }

  #fireTrigger(scope: Scope, trigger: Trigger, first: number, last: number): void {
    const schedule = trigger.spec.cron === undefined ? undefined : parseCron(trigger.spec.cron);
    if (schedule === undefined || trigger.links.size === 0) return;
    for (let minute = first; minute <= last; minute += 1) {
      if (isDue(schedule, minute * minuteMs)) {
        // Of many minutes that passed unseen only the last one really runs: a day would be hundreds of processes.
        fire(this, scope, trigger, {}, minute * minuteMs, minute === last ? 'now' : 'past');
      }
    }
  }
}

function emptyScope(): Scope {
  return { packages: new Map(), actions: new Map(), triggers: new Map(), activations: [] };
}

/** Adds at the end and drops what is too old or too much; in chunks, so that one addition stays cheap. */
function push(list: Activation[], activation: Activation, oldest: number, most: number): void {
  list.push(activation);
  const first = list[0];
  if (list.length <= most && (first === undefined || first.start >= oldest)) return;
  const expired = list.findIndex(({ start }) => start >= oldest);
  const surplus = list.length > most ? Math.ceil(most / 10) : 0;
  list.splice(0, Math.max(expired === -1 ? list.length - 1 : expired, surplus));
}
