import { pageCallSchema } from '../protocol/calls.ts';
import type { PageCall } from '../protocol/calls.ts';
import type { HostEvent } from '../protocol/dashboard.ts';
import type { DashboardView, TimeRange } from '../protocol/view.ts';
import type { Feed, FeedView } from './dashboardType.ts';
import { liveEvent } from './livePace.ts';
import { PageActions } from './pageActions.ts';
import type { PageContent } from './pageContent.ts';
import type { PagePorts } from './pagePorts.ts';
import { PartSlot } from './partSlot.ts';

/** Charts are drawn so wide until the page tells, pixels. */
const USUAL_WIDTH_PX = 800;

/** One page, without its window: what it is told, and what it may ask for. */
export class PageSession {
  readonly #ports: PagePorts;
  readonly #actions: PageActions;
  readonly #slots = new Map<string, PartSlot>();
  #content: PageContent;
  #view: FeedView;
  #isVisible = false;
  /** Whether the page listens. */
  #isReady = false;
  #isDisposed = false;
  #live = '';

  constructor(content: PageContent, { range, intervalSeconds }: DashboardView, ports: PagePorts) {
    this.#content = content;
    this.#view = { range, intervalSeconds, widthPx: USUAL_WIDTH_PX };
    this.#ports = ports;
    this.#actions = new PageActions({
      ...ports,
      content: () => this.#content,
      slot: (part) => this.#slots.get(part),
      post: (event) => this.#post(event),
    });
    this.#subscribe();
  }

  /** The settings of the page. */
  get view(): DashboardView {
    const { range, intervalSeconds } = this.#view;
    return { range, intervalSeconds };
  }

  /** What the page is about. */
  get content(): PageContent {
    return this.#content;
  }

  /** The page is on the screen: what is due is read. */
  shown(): void {
    this.#isVisible = true;
    for (const { subscription } of this.#slots.values()) subscription?.resume();
  }

  /** Nobody sees the page: nothing is read for it, and the editor forgets it until then. */
  hidden(): void {
    this.#isVisible = false;
    this.#isReady = false;
    for (const { subscription } of this.#slots.values()) subscription?.pause();
  }

  /** Takes what the page says. What no page of ours says is left alone. */
  receive(message: unknown): void {
    const read = pageCallSchema.safeParse(message);
    if (read.success) this.#take(read.data);
    // What was said is not written down: it may be anything.
    else this.#ports.log.warn('A dashboard asked for something that is unknown');
  }

  /** The page is about something else, or there is nothing to show any more. */
  become(content: PageContent): void {
    if (this.#isDisposed) return;
    this.#content = content;
    const isReady = this.#isReady;
    // It hears what it is before what fills it.
    this.#isReady = false;
    // They end when the new ones are there: what is known of a feed goes with the last one who shows it.
    const before = [...this.#slots.values()];
    this.#slots.clear();
    this.#subscribe();
    for (const { subscription } of before) subscription?.dispose();
    if (isReady) this.#ready();
  }

  /** Sets the range of a page that has one. */
  setRange(range: TimeRange): void {
    if (!this.#content.head.hasRange) return;
    if ('fromMs' in range && range.fromMs >= range.toMs) return;
    const { intervalSeconds, widthPx } = this.#view;
    // What was zoomed into is a part of what was there.
    this.#set({ range, intervalSeconds, widthPx });
  }

  /** The setting of the time zone is another. */
  timeZoneChanged(): void {
    this.#postView();
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#isReady = false;
    for (const { subscription } of this.#slots.values()) subscription?.dispose();
    this.#slots.clear();
  }

  #take(call: PageCall): void {
    switch (call.type) {
      case 'ready':
        this.#ready();
        break;
      case 'setRange':
        this.setRange(call.range);
        break;
      case 'setInterval':
        this.#setInterval(call.seconds);
        break;
      case 'rangeEverywhere':
        if (this.#content.head.hasRange) this.#ports.rangeEverywhere(this.#view.range);
        break;
      case 'refresh':
        for (const { subscription } of this.#slots.values()) subscription?.refresh();
        break;
      case 'zoom':
        this.#zoom(call);
        break;
      case 'copyCsv':
      case 'savePng':
      case 'open':
      case 'offer':
      case 'remedy':
        this.#actions.take(call);
    }
  }

  #ready(): void {
    this.#isReady = true;
    const { locale, texts, timeZone } = this.#ports;
    this.#post({ type: 'init', ...this.#content.head, locale, texts, view: this.view, timeZone: timeZone() });
    this.#live = '';
    if (this.#content.gone !== undefined) {
      this.#post({ type: 'gone', text: this.#content.gone });
      return;
    }
    for (const slot of this.#slots.values()) {
      slot.outdate();
      this.#show(slot);
    }
    this.#showLive();
  }

  #setInterval(intervalSeconds: DashboardView['intervalSeconds']): void {
    this.#set({ ...this.#view, intervalSeconds });
    for (const { subscription } of this.#slots.values()) subscription?.setInterval(intervalSeconds * 1_000);
    this.#showLive();
  }

  #set(view: FeedView): void {
    this.#view = view;
    this.#postView();
    this.#subscribe();
  }

  #zoom({ widthPx, window }: Extract<PageCall, { type: 'zoom' }>): void {
    const { range, intervalSeconds } = this.#view;
    this.#view = { range, intervalSeconds, widthPx, ...(window === undefined ? {} : { window }) };
    for (const slot of this.#slots.values()) {
      if (slot.reduceAgain()) this.#show(slot);
    }
  }

  /** Follows what the content needs now; a feed that is needed as before goes on. */
  #subscribe(): void {
    const feeds = this.#content.gone === undefined ? this.#content.feeds(this.view) : [];
    const parts = new Set(feeds.map(({ part }) => part));
    for (const [part, { subscription }] of this.#slots) {
      if (parts.has(part)) continue;
      subscription?.dispose();
      this.#slots.delete(part);
    }
    for (const feed of feeds) this.#fill(feed);
  }

  #fill(feed: Feed): void {
    const before = this.#slots.get(feed.part);
    if (before?.feed.key === feed.key && before.feed.accountId === feed.accountId) {
      before.feed = feed;
      return;
    }
    before?.subscription?.dispose();
    const slot = new PartSlot(feed);
    this.#slots.set(feed.part, slot);
    slot.subscription = this.#ports.scheduler.subscribe(feed, {
      intervalMs: this.#view.intervalSeconds * 1_000,
      onState: (state) => {
        slot.state = state;
        this.#show(slot);
        this.#showLive();
      },
    });
    if (this.#isVisible) slot.subscription.resume();
  }

  #show(slot: PartSlot): void {
    if (!this.#isReady) return;
    const { accountId } = slot.feed;
    const handlers = this.#ports.remedies(accountId);
    this.#post(slot.event({
      view: this.#view,
      account: this.#ports.account(accountId),
      isOffered: (remedy) => handlers[remedy] !== undefined,
      failed: (error) => this.#ports.log.error('A part of a dashboard could not be shown', error),
    }));
  }

  #showLive(): void {
    if (!this.#isReady) return;
    const paced = [...this.#slots.values()].flatMap(({ feed, state }) =>
      (state === undefined ? [] : [{ pace: state.pace, account: this.#ports.account(feed.accountId) }]));
    const event = liveEvent(paced, this.#view.intervalSeconds);
    const text = JSON.stringify(event);
    if (text === this.#live) return;
    this.#live = text;
    this.#post(event);
  }

  #postView(): void {
    this.#post({ type: 'view', view: this.view, timeZone: this.#ports.timeZone() });
  }

  #post(event: HostEvent): void {
    if (this.#isReady) this.#ports.post(event);
  }
}
