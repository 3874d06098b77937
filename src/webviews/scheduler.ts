import { CancelledError, CloudError } from '../model/cloudError.ts';
import { AccountPace, answerTo } from './accountPace.ts';
import type { Feed } from './dashboardType.ts';
import { FeedEntry } from './feedEntry.ts';
import type { FeedPace, FeedState, Subscriber } from './feedEntry.ts';

/** Reads of one account at the same time. */
const MAX_READS = 4;
/** The interval a pause is guessed from where everything is read by hand only, milliseconds. */
const BY_HAND_MS = 5_000;
/** Looks again after so long at the latest, milliseconds: a clock may be set back meanwhile, and a timer of 2^31 ms rings at once. */
const LONGEST_WAIT_MS = 60_000;

/** What the scheduler needs; passed in, so that tests have a clock of their own. */
export interface SchedulerDeps {
  /** Unix milliseconds. */
  readonly now: () => number;
  /** Rejects when the signal ends. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** How a feed is wanted. */
export interface FeedOptions {
  /** Milliseconds between two reads; 0 is by hand only. */
  readonly intervalMs: number;
  /** Told of everything that changes, and at once of what is known already. */
  readonly onState: (state: FeedState) => void;
}

/** A feed that somebody shows. Nothing is read for it before it is resumed. */
export interface FeedSubscription {
  /** It is seen: it is read when it is due, and at once where that is past. */
  resume(): void;
  /** It is not seen: what is read for it alone is called off. */
  pause(): void;
  /** Reads it now, or as soon as it is seen; what was held is tried again. */
  refresh(): void;
  /** @param ms milliseconds between two reads; 0 is by hand only */
  setInterval(ms: number): void;
  dispose(): void;
}

/**
 * Reads all feeds of all panels: equal keys once, nothing that nobody sees, few at a time of one account, and slower where its service
 * asks for that or does not answer.
 */
export class FeedScheduler {
  readonly #deps: SchedulerDeps;
  readonly #entries = new Map<string, FeedEntry>();
  readonly #paces = new Map<string, AccountPace>();
  #timer = new AbortController();
  #isOver = false;

  constructor(deps: SchedulerDeps) {
    this.#deps = deps;
  }

  /** Adds somebody who shows a feed. */
  subscribe(feed: Feed, { intervalMs, onState }: FeedOptions): FeedSubscription {
    const id = `${feed.accountId} ${feed.key}`;
    const entry = this.#entries.get(id) ?? new FeedEntry();
    this.#entries.set(id, entry);
    const subscriber: Subscriber = { feed, onState, intervalMs, isActive: false, wantedMs: 0 };
    entry.subscribers.add(subscriber);
    subscriber.wantedMs = this.#deps.now() - entry.keptMs(subscriber);
    if (entry.value !== undefined || entry.error !== undefined) onState(this.#stateFor(entry, subscriber));
    return {
      resume: () => {
        subscriber.isActive = true;
        // A page that was just opened is somebody who wants to know now.
        const isNew = entry.value === undefined && entry.error === undefined && entry.read === undefined;
        if (isNew) this.#paceOf(feed.accountId).retry();
        this.#pump();
        this.#tell(entry);
      },
      pause: () => {
        subscriber.isActive = false;
        this.#abandon(entry);
        this.#pump();
      },
      refresh: () => {
        if (entry.read !== undefined) return;
        entry.isAsked = true;
        this.#paceOf(feed.accountId).lift();
        this.#pump();
        this.#tellAccount(feed.accountId);
      },
      setInterval: (ms) => {
        subscriber.intervalMs = ms;
        this.#pump();
        this.#tell(entry);
      },
      dispose: () => {
        subscriber.isActive = false;
        entry.subscribers.delete(subscriber);
        this.#abandon(entry);
        if (entry.subscribers.size === 0 && this.#entries.get(id) === entry) this.#entries.delete(id);
        this.#pump();
      },
    };
  }

  /** Other keys, other addresses: what is known is of before, so that all of it is read now, and nothing that was told then is waited for. */
  accountChanged(accountId: string): void {
    this.#paceOf(accountId).reset();
    for (const [entry, { feed }] of this.#listed()) {
      if (feed.accountId !== accountId) continue;
      entry.failures = 0;
      entry.isAsked = true;
      entry.read?.controller.abort();
      entry.read = undefined;
    }
    this.#pump();
    this.#tellAccount(accountId);
  }

  /**
   * The service refused a request of this account as one too many; whoever made it waits and tries again. So does all that is read here.
   * @param retryAfterMs how long that is, milliseconds
   */
  limited(accountId: string, retryAfterMs: number): void {
    const nowMs = this.#deps.now();
    this.#paceOf(accountId).pause(new CloudError('rateLimited', { retryAfterMs }), undefined, { nowMs, intervalMs: this.#fastest(accountId) });
    this.#pump();
    this.#tellAccount(accountId);
  }

  /** Ends everything. */
  dispose(): void {
    this.#isOver = true;
    this.#timer.abort();
    for (const { read } of this.#entries.values()) read?.controller.abort();
    this.#entries.clear();
  }

  /** Starts what is due and may be, and waits for what comes next. */
  #pump(): void {
    this.#timer.abort();
    if (this.#isOver) return;
    const accounts = Map.groupBy(this.#listed(), ([, { feed }]) => feed.accountId);
    const next = Math.min(...[...accounts].map(([accountId, entries]) => this.#startDue(accountId, entries)));
    if (next === Number.POSITIVE_INFINITY) return;
    const timer = new AbortController();
    this.#timer = timer;
    const waitMs = Math.max(0, next - this.#deps.now());
    this.#deps.wait(Math.min(waitMs, LONGEST_WAIT_MS), timer.signal).then(
      () => {
        if (!timer.signal.aborted) this.#pump();
      },
      () => undefined,
    );
  }

  /** @returns when there is something to start next; infinite where something that ends tells */
  #startDue(accountId: string, listed: readonly Listed[]): number {
    const nowMs = this.#deps.now();
    const pace = this.#paceOf(accountId);
    const [untilMs, gridMs] = [pace.untilAt(nowMs), pace.gridAt(nowMs)];
    const waiting = listed.filter(([{ read }]) => read === undefined)
      .map(([entry, subscriber]) => ({ entry, subscriber, atMs: Math.max(entry.dueAt(nowMs, gridMs), untilMs) }))
      .sort((a, b) => a.atMs - b.atMs);
    const room = Math.max(0, MAX_READS - (listed.length - waiting.length));
    const started = waiting.slice(0, room).filter(({ atMs }) => atMs <= nowMs);
    for (const { entry, subscriber } of started) this.#start(entry, subscriber);
    return started.length === room ? Number.POSITIVE_INFINITY : (waiting[started.length]?.atMs ?? Number.POSITIVE_INFINITY);
  }

  #start(entry: FeedEntry, { feed }: Subscriber): void {
    const read = { controller: new AbortController(), epoch: this.#paceOf(feed.accountId).epoch };
    entry.read = read;
    const isOurs = (): boolean => entry.read === read;
    const progress = feed.onProgress?.((value) => {
      if (!isOurs()) return;
      entry.value = value;
      this.#tell(entry);
    });
    this.#tell(entry);
    const end = (note: () => void): void => {
      progress?.dispose();
      if (isOurs()) note();
    };
    attempt(feed, read.controller.signal).then(
      (value) => {
        end(() => {
          const nowMs = this.#deps.now();
          entry.succeeded(value, nowMs);
          this.#ended(entry, feed.accountId, this.#paceOf(feed.accountId).succeeded(read.epoch, nowMs));
        });
      },
      (error: unknown) => {
        end(() => {
          this.#failed(entry, feed.accountId, error, read.epoch);
        });
      },
    );
  }

  #failed(entry: FeedEntry, accountId: string, error: unknown, epoch: number): void {
    const nowMs = this.#deps.now();
    if (error instanceof CancelledError) {
      // Not by us: its connection ended. What stood there stands.
      entry.failed(entry.error, nowMs);
      this.#ended(entry, accountId, false);
      return;
    }
    entry.failed(error, nowMs);
    const pace = this.#paceOf(accountId);
    const answer = answerTo(error);
    if (answer === 'pauseAccount') pace.pause(error, epoch, { nowMs, intervalMs: this.#fastest(accountId) });
    else if (answer === 'holdAccount') pace.hold(error);
    else if (answer === 'holdFeed') entry.isHeld = true;
    else entry.failures += 1;
    this.#ended(entry, accountId, answer === 'pauseAccount' || answer === 'holdAccount');
  }

  #ended(entry: FeedEntry, accountId: string, isAccountChanged: boolean): void {
    this.#pump();
    if (isAccountChanged) this.#tellAccount(accountId);
    else this.#tell(entry);
  }

  /** Calls off what is read for nobody. It is due again when somebody looks. */
  #abandon(entry: FeedEntry): void {
    if (entry.read === undefined || entry.active.length > 0) return;
    const { controller } = entry.read;
    entry.read = undefined;
    controller.abort();
    this.#tell(entry);
  }

  #fastest(accountId: string): number {
    const own = this.#listed().filter(([, { feed }]) => feed.accountId === accountId).flatMap(([{ intervalMs }]) => intervalMs ?? []);
    return own.length === 0 ? BY_HAND_MS : Math.min(...own);
  }

  #paceOf(accountId: string): AccountPace {
    const pace = this.#paces.get(accountId) ?? new AccountPace();
    this.#paces.set(accountId, pace);
    return pace;
  }

  /** Each entry with the one it is read for: who sees it comes first. */
  #listed(): Listed[] {
    return [...this.#entries.values()].flatMap((entry): Listed[] => {
      const subscriber = entry.active[0] ?? [...entry.subscribers][0];
      return subscriber === undefined ? [] : [[entry, subscriber]];
    });
  }

  #tell(entry: FeedEntry): void {
    for (const subscriber of [...entry.subscribers]) subscriber.onState(this.#stateFor(entry, subscriber));
  }

  #tellAccount(accountId: string): void {
    for (const [entry, { feed }] of this.#listed()) {
      if (feed.accountId === accountId) this.#tell(entry);
    }
  }

  #stateFor(entry: FeedEntry, subscriber: Subscriber): FeedState {
    const { value, readMs, error, read } = entry;
    return { value, readMs, error, isReading: read !== undefined, pace: this.#paceFor(entry, subscriber) };
  }

  #paceFor(entry: FeedEntry, { feed, intervalMs }: Subscriber): FeedPace {
    const pace = this.#paceOf(feed.accountId);
    if (entry.isHeld || pace.state === 'held') return { state: 'held', nextMs: undefined, error: entry.isHeld ? entry.error : pace.error };
    const nowMs = this.#deps.now();
    const atMs = entry.read === undefined ? Math.max(entry.dueAt(nowMs, pace.gridAt(nowMs)), pace.untilAt(nowMs)) : Number.POSITIVE_INFINITY;
    // What is due already comes as soon as it may: there is no time to name.
    const nextMs = Number.isFinite(atMs) && atMs > nowMs ? atMs : undefined;
    if (pace.state === 'slowed') return { state: 'slowed', nextMs, error: pace.error };
    if (intervalMs === 0) return { state: 'off', nextMs: undefined, error: undefined };
    return entry.failures > 0 ? { state: 'slowed', nextMs, error: entry.error } : { state: 'live', nextMs, error: undefined };
  }
}

/** An entry, and the one it is read for. */
type Listed = readonly [entry: FeedEntry, subscriber: Subscriber];

/** What throws at once fails like what throws later. */
async function attempt(feed: Feed, signal: AbortSignal): Promise<unknown> {
  return await feed.read(signal);
}
