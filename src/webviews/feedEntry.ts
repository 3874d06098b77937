import { LONGEST_PAUSE_MS } from './accountPace.ts';
import type { Feed } from './dashboardType.ts';

/** How fast a feed is read, and when next. */
export interface FeedPace {
  /** As in `LiveEvent`. */
  readonly state: 'live' | 'slowed' | 'held' | 'off';
  /** Unix milliseconds; undefined where it is not read again by itself, or is being read. */
  readonly nextMs: number | undefined;
  /** Why it is slowed or held. */
  readonly error: unknown;
}

/** All that is known of a feed. */
export interface FeedState {
  /** What was read last; undefined before that. A failure takes nothing away. */
  readonly value: unknown;
  /** When that was, Unix milliseconds. */
  readonly readMs: number | undefined;
  /** What went wrong at the last try; undefined where nothing did. */
  readonly error: unknown;
  readonly isReading: boolean;
  readonly pace: FeedPace;
}

/** Somebody who shows a feed. */
export interface Subscriber {
  readonly feed: Feed;
  readonly onState: (state: FeedState) => void;
  /** Milliseconds; 0 is by hand only. */
  intervalMs: number;
  isActive: boolean;
  /** What was read before is too old for it, Unix milliseconds. */
  wantedMs: number;
}

/** One read under way. */
interface FeedRead {
  readonly controller: AbortController;
  /** Of the account's pace when it began. */
  readonly epoch: number;
}

/** What is known of one key, and who wants it. Belongs to `FeedScheduler`. */
export class FeedEntry {
  readonly subscribers = new Set<Subscriber>();
  read: FeedRead | undefined;
  value: unknown;
  readMs: number | undefined;
  error: unknown;
  /** When the last try ended, well or not. */
  endedMs: number | undefined;
  /** Tries in a row that failed for a reason of this feed alone. */
  failures = 0;
  /** Only somebody can mend it. */
  isHeld = false;
  /** Somebody asked for it by hand. */
  isAsked = false;

  get active(): readonly Subscriber[] {
    return [...this.subscribers].filter(({ isActive }) => isActive);
  }

  /** Milliseconds between two reads, of those who look and want it by themselves; undefined where nobody does. */
  get intervalMs(): number | undefined {
    const intervals = this.active.filter(({ intervalMs }) => intervalMs > 0).map((subscriber) => this.#intervalOf(subscriber));
    return intervals.length === 0 ? undefined : Math.min(...intervals);
  }

  /**
   * Unix milliseconds from which it is to be read, if the account may be; infinite where it is not.
   * @param gridMs a point of the grid that all reads of the account fall on
   */
  dueAt(nowMs: number, gridMs: number): number {
    const { active } = this;
    if (active.length === 0) return Number.POSITIVE_INFINITY;
    // Where the clock was set back: what is over is not yet to come.
    if (this.endedMs !== undefined) this.endedMs = Math.min(this.endedMs, nowMs);
    const { endedMs } = this;
    if (this.isAsked) return 0;
    if (this.isHeld) return Number.POSITIVE_INFINITY;
    if (endedMs === undefined || active.some(({ wantedMs }) => wantedMs > endedMs)) return 0;
    const { intervalMs } = this;
    if (intervalMs === undefined) return Number.POSITIVE_INFINITY;
    return onGrid(endedMs + this.#slowed(intervalMs) - intervalMs / 2, intervalMs, gridMs);
  }

  /** How old what is known may be for a subscriber, milliseconds. */
  keptMs(subscriber: Subscriber): number {
    return subscriber.intervalMs > 0 ? this.#intervalOf(subscriber) : 0;
  }

  /** The last try went well. */
  succeeded(value: unknown, nowMs: number): void {
    this.value = value;
    this.readMs = nowMs;
    this.endedMs = nowMs;
    this.#tried(undefined);
    this.failures = 0;
  }

  /** The last try did not. What was known stays. */
  failed(error: unknown, nowMs: number): void {
    this.endedMs = nowMs;
    this.#tried(error);
  }

  #tried(error: unknown): void {
    this.read = undefined;
    this.error = error;
    // Whoever looks has what was tried just now, whatever the clock said when it came.
    for (const subscriber of this.active) subscriber.wantedMs = Number.NEGATIVE_INFINITY;
    this.isHeld = false;
    this.isAsked = false;
  }

  #intervalOf({ feed, intervalMs }: Subscriber): number {
    // Where nothing was got, nothing is known of when there is something new.
    const leastMs = this.error === undefined ? (feed.everyMs?.(this.value) ?? 0) : 0;
    return Math.max(intervalMs, leastMs);
  }

  #slowed(intervalMs: number): number {
    return Math.max(intervalMs, Math.min(intervalMs * 2 ** Math.min(this.failures, 10), LONGEST_PAUSE_MS));
  }
}

/**
 * The first point of a grid that is not before a time. Feeds that were opened seconds apart are read in the same moment, so that what they
 * ask alike is asked once; half an interval at least lies between two reads.
 */
function onGrid(fromMs: number, intervalMs: number, gridMs: number): number {
  return gridMs + Math.ceil((fromMs - gridMs) / intervalMs) * intervalMs;
}
