import { CancelledError } from '../../../src/model/cloudError.ts';
import type { Feed } from '../../../src/webviews/dashboardType.ts';
import type { FeedState } from '../../../src/webviews/feedEntry.ts';
import { FeedScheduler } from '../../../src/webviews/scheduler.ts';
import type { FeedSubscription } from '../../../src/webviews/scheduler.ts';
import { Clock } from './clock.ts';

/** A read that the service has not answered yet, or has. */
export interface Asked {
  readonly key: string;
  readonly accountId: string;
  readonly atMs: number;
  readonly signal: AbortSignal;
}

/** Somebody who shows a feed, and what was told. */
export interface Shown extends FeedSubscription {
  readonly states: FeedState[];
  readonly last: () => FeedState | undefined;
}

/** A scheduler over a service that answers after so many milliseconds, with a value or with what `answer` throws. */
export function setUpFeeds({ answerMs = 10 }: { readonly answerMs?: number } = {}) {
  const clock = new Clock();
  const scheduler = new FeedScheduler(clock);
  const asked: Asked[] = [];
  const running = new Map<string, number>();
  const world = { most: 0, answer: (key: string): unknown => `${key}@${clock.passedMs}` };
  const read = async (accountId: string, key: string, signal: AbortSignal): Promise<unknown> => {
    asked.push({ key, accountId, atMs: clock.passedMs, signal });
    const now = (running.get(accountId) ?? 0) + 1;
    running.set(accountId, now);
    world.most = Math.max(world.most, now);
    try {
      await clock.wait(answerMs, signal);
      return world.answer(key);
    } finally {
      running.set(accountId, (running.get(accountId) ?? 0) - 1);
      if (signal.aborted) throw new CancelledError();
    }
  };
  const feed = (key: string, accountId = 'a', more: Partial<Feed> = {}): Feed => ({
    part: key, key, accountId,
    read: (signal) => read(accountId, key, signal),
    show: (value) => value,
    ...more,
  });
  const show = (shown: Feed, intervalMs = 10_000): Shown => {
    const states: FeedState[] = [];
    const subscription = scheduler.subscribe(shown, { intervalMs, onState: (state) => states.push(state) });
    return { ...subscription, states, last: () => states.at(-1) };
  };
  /** The times at which a key was asked for. */
  const timesOf = (key: string): readonly number[] => asked.filter((one) => one.key === key).map(({ atMs }) => atMs);
  return { clock, scheduler, asked, world, feed, show, timesOf };
}
