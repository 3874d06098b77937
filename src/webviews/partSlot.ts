import type { Account } from '../model/account.ts';
import { problemOf } from '../model/problem.ts';
import type { Problem, Remedy } from '../model/problem.ts';
import type { PartEvent, ShownProblem } from '../protocol/dashboard.ts';
import type { Feed, FeedView } from './dashboardType.ts';
import type { FeedState } from './feedEntry.ts';
import type { FeedSubscription } from './scheduler.ts';

/** What a part is shown with. */
export interface SlotContext {
  readonly view: FeedView;
  readonly account: Account | undefined;
  /** Whether a button can do that. */
  readonly isOffered: (remedy: Remedy) => boolean;
  /** Told of what could not be shown. */
  readonly failed: (error: unknown) => void;
}

/** One part of a page: its feed, and what the page knows of it. Belongs to `PageSession`. */
export class PartSlot {
  feed: Feed;
  subscription: FeedSubscription | undefined;
  state: FeedState | undefined;
  /** What the page shows under the part now; its remedies are those it may ask for. */
  problem: ShownProblem | null = null;
  #posted: { readonly value: unknown; readonly readMs: number | undefined } | undefined;
  #holdsSeries = false;

  constructor(feed: Feed) {
    this.feed = feed;
  }

  /** The page knows nothing of it, or not as it is to be shown now. */
  outdate(): void {
    this.#posted = undefined;
  }

  /** The width or the zoom is another: lines are drawn from other points. @returns whether the part has any */
  reduceAgain(): boolean {
    if (this.#holdsSeries) this.outdate();
    return this.#holdsSeries;
  }

  /** The part as it is now; data only where the page has other. */
  event(context: SlotContext): PartEvent {
    const { state } = this;
    const shown = this.#shown(context);
    this.problem = problemFor(shown.error ?? state?.error, context);
    return {
      type: 'part',
      part: this.feed.part,
      ...shown.data,
      problem: this.problem,
      isReading: state?.isReading ?? false,
    };
  }

  #shown({ view, failed }: SlotContext): { readonly data?: Pick<PartEvent, 'data' | 'readMs'>; readonly error?: unknown } {
    if (this.state?.value === undefined) return {};
    const { value, readMs } = this.state;
    const time = readMs === undefined ? {} : { readMs };
    if (this.#posted?.value === value) return this.#posted.readMs === readMs ? {} : { data: time };
    try {
      const data = this.feed.show(value, view);
      this.#posted = { value, readMs };
      this.#holdsSeries = hasSeries(data);
      return { data: { data, ...time } };
    } catch (error) {
      failed(error);
      return { error };
    }
  }
}

function problemFor(error: unknown, { account, isOffered }: SlotContext): ShownProblem | null {
  if (error === undefined) return null;
  const problem = problemOf(error, account === undefined ? {} : { accountName: account.name });
  return problem === undefined ? null : shown(problem, isOffered);
}

/** Without buttons that do nothing. A part can always be tried again. */
function shown({ message, hint, detail, remedies }: Problem, isOffered: (remedy: Remedy) => boolean): ShownProblem {
  const all: readonly Remedy[] = remedies.includes('retry') ? remedies : [...remedies, 'retry'];
  return {
    message,
    ...(hint === undefined ? {} : { hint }),
    ...(detail === undefined ? {} : { detail }),
    remedies: all.filter((remedy) => remedy === 'retry' || isOffered(remedy)),
  };
}

function hasSeries(data: unknown): boolean {
  if (typeof data !== 'object' || data === null) return false;
  return 'times' in data || Object.values(data).some((value: unknown) => typeof value === 'object' && value !== null && 'times' in value);
}
