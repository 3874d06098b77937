import type { Account } from '../model/account.ts';
import { problemOf } from '../model/problem.ts';
import type { LiveEvent } from '../protocol/dashboard.ts';
import type { FeedPace } from './feedEntry.ts';

/** Worst first: a page is as live as the least of its parts that are read. */
const ORDER: readonly LiveEvent['state'][] = ['slowed', 'off', 'live'];

/** A feed's pace, and whose account it is. */
export interface PacedFeed {
  readonly pace: FeedPace;
  readonly account: Account | undefined;
}

/** How live a page of these feeds is, and why not more. It is held where all of it is: one part that is says so itself. */
export function liveEvent(feeds: readonly PacedFeed[], intervalSeconds: number): LiveEvent {
  const otherwise = intervalSeconds === 0 ? 'off' : 'live';
  const isHeld = feeds.length > 0 && feeds.every(({ pace }) => pace.state === 'held');
  const state = isHeld ? 'held' : (ORDER.find((candidate) => feeds.some(({ pace }) => pace.state === candidate)) ?? otherwise);
  const nextMs = Math.min(...feeds.map(({ pace }) => (pace.state === state ? pace.nextMs : undefined) ?? Number.POSITIVE_INFINITY));
  const note = noteOf(feeds.find(({ pace }) => pace.state === state && pace.error !== undefined));
  return {
    type: 'live',
    state,
    ...(Number.isFinite(nextMs) ? { nextMs } : {}),
    ...(note === undefined ? {} : { note }),
  };
}

/** What happened, as a part of a sentence of the page's. */
function noteOf(feed: PacedFeed | undefined): string | undefined {
  if (feed === undefined) return undefined;
  const problem = problemOf(feed.pace.error, feed.account === undefined ? {} : { accountName: feed.account.name });
  return problem?.message.replace(/[.。]$/u, '');
}
