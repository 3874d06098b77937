import type { PageName, PageOffer } from '../protocol/dashboard.ts';
import type { DashboardView } from '../protocol/view.ts';
import type { Account } from '../model/account.ts';
import type { ResourceRef } from '../model/resource.ts';

/** What a page is drawn with: its settings, and how wide. */
export interface FeedView extends DashboardView {
  /** Width of a chart in pixels: series are reduced to it. */
  readonly widthPx: number;
  /** What is zoomed into, Unix milliseconds. */
  readonly window?: { readonly fromMs: number; readonly toMs: number };
}

/**
 * Something that is read again and again while a page shows it. Feeds with equal keys are read once, for however many panels.
 * @typeParam T what is read
 */
export interface Feed<T = unknown> {
  /** Which part of the page it fills. */
  readonly part: string;
  /** Names the request: account, place, what, range. Nothing secret. */
  readonly key: string;
  readonly accountId: string;
  /** @throws CloudError, CancelledError */
  readonly read: (signal: AbortSignal) => Promise<T>;
  /** What the page gets of it: plain JSON and array buffers. Called for each value, and again where the view changed. */
  readonly show: (value: T, view: FeedView) => unknown;
  /** All of it as CSV with a head line; undefined where there is nothing to copy. */
  readonly csv?: (value: T) => string;
  /** Is read no more often than that: statistics have nothing new within their step. Milliseconds. */
  readonly everyMs?: (value: T | undefined) => number;
  /** Gives what is known before all is read, where a read takes many requests. */
  readonly onProgress?: (listener: (value: T) => void) => { dispose(): void };
}

/** A page that is open on one thing. */
export interface Dashboard {
  /** What it needs with these settings; asked again whenever they change. */
  feeds(view: DashboardView): readonly Feed[];
  /** Opens what a row stands for; nothing where the key names none. */
  open?(part: string, key: string): Promise<void>;
  /** Does what a button of the page says. */
  offer?(offer: PageOffer): Promise<void>;
}

/** How one kind of resource is shown as a dashboard. */
export interface DashboardType {
  /** Kind of row. */
  readonly kind: string;
  readonly page: PageName;
  /** Whether the page has charts over a range of time. */
  readonly hasRange: boolean;
  readonly offers: (account: Account, ref: ResourceRef) => readonly PageOffer[];
  /** Where it is, in the user's language: "EasyQueue KR1". */
  readonly where: (ref: ResourceRef) => string;
  /** Loads the code that reads it. @throws CloudError `notFound` where the keys name nothing */
  readonly open: (ref: ResourceRef) => Promise<Dashboard>;
  /** It as a card of the board; absent where it is not for there. */
  readonly card?: (ref: ResourceRef, part: string) => Promise<Feed>;
}
