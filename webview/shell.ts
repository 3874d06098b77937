import * as l10n from '@vscode/l10n';

import { createFormatter, oneLine } from '../src/model/format.ts';
import { timeFormat } from '../src/model/timeRanges.ts';
import type { HostEvent, InitEvent, LiveEvent, PartEvent, ViewEvent } from '../src/protocol/dashboard.ts';
import type { Connection } from './connection.ts';
import { el, setAttributes } from './dom.ts';
import type { Page, PageContext } from './page.ts';
import { pages } from './pages.ts';
import { announcer, type Announcer } from './parts/announce.ts';
import { pageHead } from './parts/head.ts';
import { liveLine, type LiveLine } from './parts/live.ts';
import { ProblemVoice } from './parts/problemVoice.ts';
import { RefreshVoice } from './parts/refreshVoice.ts';
import { toolbar, type Toolbar } from './parts/toolbar.ts';
import { KeptScroll } from './scroll.ts';
import { KeptState } from './state.ts';

/** All that is drawn after `init`, until another `init` or `gone`. */
interface Shown {
  readonly root: HTMLElement;
  readonly page: Page;
  readonly refreshed: RefreshVoice;
  readonly problems: ProblemVoice;
  readonly live: LiveLine;
  readonly toolbar: Toolbar;
  readonly scroll: KeptScroll;
}

/** What stands around a page: head, toolbar, what is said; and the host's events on their way to the page. */
export class Shell {
  readonly #connection: Connection;
  readonly #body: HTMLElement;
  readonly #now: () => number;
  readonly #announcer: Announcer = announcer();
  readonly #root = el('div', { class: 'shell' });
  #state = new KeptState(undefined, () => undefined);
  #context: LivePageContext | undefined;
  #shown: Shown | undefined;

  constructor(connection: Connection, body: HTMLElement, now: () => number) {
    this.#connection = connection;
    this.#body = body;
    this.#now = now;
  }

  /** Draws the empty frame, listens, and says so to the host. */
  start(): void {
    this.#body.replaceChildren(this.#root, this.#announcer.element);
    this.#connection.listen((event) => this.#take(event));
    this.#connection.call({ type: 'ready' });
  }

  #take(event: HostEvent): void {
    switch (event.type) {
      case 'init':
        this.#init(event);
        break;
      case 'part':
        this.#part(event);
        break;
      case 'live':
        this.#live(event);
        break;
      case 'view':
        this.#view(event);
        break;
      case 'said':
        this.#announcer.say(event.text);
        break;
      case 'gone':
        this.#gone(event.text);
        break;
    }
  }

  #init(init: InitEvent): void {
    this.#leave();
    if (init.texts !== undefined) l10n.config({ contents: JSON.stringify(init.texts) });
    document.documentElement.lang = init.locale;
    document.title = oneLine(init.name);
    this.#state = new KeptState(this.#connection.kept, (state) => this.#connection.keep(state));
    this.#state.shows(init, init.view);
    const problems = new ProblemVoice((text) => this.#announcer.announce(text));
    const context = new LivePageContext(init, { connection: this.#connection, announcer: this.#announcer, ui: this.#state, problems, now: this.#now });
    this.#context = context;
    const live = liveLine(context);
    const refreshed = new RefreshVoice(context);
    const bar = toolbar(context, live, () => {
      refreshed.pressed();
      context.call({ type: 'refresh' });
    });
    const root = el('main', { class: 'page', 'data-page': init.page });
    this.#root.replaceChildren(pageHead(context), bar.element, root);
    this.#shown = { root, page: pages[init.page](root, context), refreshed, problems, live, toolbar: bar, scroll: new KeptScroll(this.#state) };
  }

  #live(event: LiveEvent): void {
    if (this.#shown === undefined) return;
    const { root, live, problems } = this.#shown;
    setAttributes(root, { 'data-live': event.state });
    live.show(event, problems.live(event));
  }

  #part(event: PartEvent): void {
    if (event.readMs !== undefined) this.#shown?.live.read(event.readMs);
    this.#shown?.page.part(event);
    this.#shown?.refreshed.take(event);
    this.#shown?.scroll.grown();
  }

  #view({ view, timeZone }: ViewEvent): void {
    this.#context?.follow(view, timeZone);
    this.#state.view(view);
    this.#shown?.live.redraw();
    this.#shown?.toolbar.view(view);
    this.#shown?.page.view(view);
  }

  #leave(): void {
    this.#shown?.scroll.dispose();
    this.#shown?.problems.dispose();
    this.#shown?.page.dispose?.();
    this.#shown = undefined;
  }

  /** Nothing more comes: the text stands alone, and what comes after all is not shown. */
  #gone(text: string): void {
    this.#leave();
    this.#root.replaceChildren(el('main', { class: 'gone' }, el('p', { role: 'alert' }, text)));
  }
}

/** What the context of a page passes things on to. */
interface ContextPorts {
  readonly connection: Connection;
  readonly announcer: Announcer;
  readonly ui: KeptState;
  readonly problems: ProblemVoice;
  readonly now: () => number;
}

/** The context of one page; its view and time zone are those of now. */
class LivePageContext implements PageContext {
  readonly init: InitEvent;
  readonly format;
  readonly ui;
  readonly problems;
  readonly now: () => number;
  readonly #connection: Connection;
  readonly #announcer: Announcer;
  #time;
  #view;

  constructor(init: InitEvent, { connection, announcer, ui, problems, now }: ContextPorts) {
    this.init = init;
    this.format = createFormatter(init.locale);
    this.ui = ui;
    this.problems = problems;
    this.now = now;
    this.#connection = connection;
    this.#announcer = announcer;
    this.#time = timeFormat(init.locale, init.timeZone);
    this.#view = init.view;
  }

  get time() {
    return this.#time;
  }

  get view() {
    return this.#view;
  }

  call: PageContext['call'] = (call) => this.#connection.call(call);

  announce: PageContext['announce'] = (text) => this.#announcer.announce(text);

  /** What the host set. */
  follow(view: ViewEvent['view'], timeZone: ViewEvent['timeZone']): void {
    this.#view = view;
    this.#time = timeFormat(this.init.locale, timeZone);
  }
}
