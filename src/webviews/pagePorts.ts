import type { RemedyHandlers } from '../host/notifications.ts';
import type { Account } from '../model/account.ts';
import type { Problem } from '../model/problem.ts';
import type { HostEvent, InitEvent } from '../protocol/dashboard.ts';
import type { TimeRange, TimeZone } from '../protocol/view.ts';
import type { FeedScheduler } from './scheduler.ts';

/** What every page needs of the house. */
export interface PageDeps {
  readonly account: (id: string) => Account | undefined;
  /** What the buttons under a problem of an account do. */
  readonly remedies: (accountId: string) => RemedyHandlers;
  /** Tells what failed, as for a command. */
  readonly showProblem: (problem: Problem, remedies: RemedyHandlers) => void;
  readonly log: { warn(message: string): void; error(message: string, error?: unknown): void };
  /** Puts a text on the clipboard and says in the status bar what it is. */
  readonly copy: (text: string, what: string) => Promise<void>;
  /** Writes a file where the user says. @returns its name; undefined where the question was closed */
  readonly saveFile: (name: string, bytes: Uint8Array) => Promise<string | undefined>;
  /** Language tag for numbers and dates. */
  readonly locale: string;
  /** Texts by their English literal; undefined in English. */
  readonly texts: InitEvent['texts'];
  readonly timeZone: () => TimeZone;
}

/** What one page needs. */
export interface PagePorts extends PageDeps {
  readonly scheduler: Pick<FeedScheduler, 'subscribe'>;
  /** Tells the page; nothing where it is not there. */
  readonly post: (event: HostEvent) => void;
  /** Sets all pages to a range. */
  readonly rangeEverywhere: (range: TimeRange) => void;
}
