import type { Formatter } from '../src/model/format.ts';
import type { TimeFormat } from '../src/model/timeRanges.ts';
import type { PageCall } from '../src/protocol/calls.ts';
import type { InitEvent, PartEvent } from '../src/protocol/dashboard.ts';
import type { DashboardView } from '../src/protocol/view.ts';
import type { ProblemVoice } from './parts/problemVoice.ts';

/** What every page and every part of one is given. */
export interface PageContext {
  readonly init: InitEvent;
  /** Numbers in the user's language. */
  readonly format: Formatter;
  /** Times in the zone of the setting. Read it each time: another one stands there after the setting was changed. */
  readonly time: TimeFormat;
  /** What the page is set to now; follows the host. */
  readonly view: DashboardView;
  /** Now, Unix milliseconds. */
  now(): number;
  /** Asks something of the host. */
  call(call: PageCall): void;
  /** Says something to those who listen rather than look, politely. */
  announce(text: string): void;
  readonly ui: UiState;
  /** Where parts tell of their problems, to be said. */
  readonly problems: Pick<ProblemVoice, 'take'>;
}

/** State of the page itself, kept over a reload: hidden lines, the sorted column, open twin tables. JSON values; the reader checks what it gets. */
export interface UiState {
  get(key: string): unknown;
  set(key: string, value: unknown): void;
}

/** A page that is shown. Head, toolbar, "gone" and what is said are drawn around it. */
export interface Page {
  /** A part has new data, a problem, or is being read. */
  part(event: PartEvent): void;
  /** The range, the interval or the time zone is another now. */
  view(view: DashboardView): void;
  dispose?(): void;
}

/** Draws a page into an empty element; the first {@link Page.part} may come long after. A file of `pages/` exports one. */
export type MakePage = (root: HTMLElement, context: PageContext) => Page;
