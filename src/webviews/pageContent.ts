import type { InitEvent, PageOffer } from '../protocol/dashboard.ts';
import type { DashboardView } from '../protocol/view.ts';
import type { Feed } from './dashboardType.ts';

/** What an {@link InitEvent} says of the page alone. */
type PageHead = Pick<InitEvent, 'page' | 'ref' | 'name' | 'where' | 'stage' | 'hasRange' | 'offers' | 'cards'>;

/** What a page is about, and what fills it. */
export interface PageContent {
  readonly head: PageHead;
  /** Asked again whenever the settings change. */
  readonly feeds: (view: DashboardView) => readonly Feed[];
  /** Opens what a row or a card stands for. */
  readonly open?: (part: string, key: string) => Promise<void>;
  /** Does what a button of the page says; only what the head's `offers` names. */
  readonly offer?: (offer: PageOffer) => Promise<void>;
  /** There is nothing to show any more, and why. */
  readonly gone?: string;
}
