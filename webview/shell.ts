import * as l10n from '@vscode/l10n';

import { createFormatter, oneLine } from '../src/model/format.ts';
import { timeFormat } from '../src/model/timeRanges.ts';
import type { HostEvent, InitEvent, PartEvent, ViewEvent } from '../src/protocol/dashboard.ts';
import type { Connection } from './connection.ts';
import { el } from './dom.ts';
import type { Page, PageContext } from './page.ts';
import { pages } from './pages.ts';
import { announcer, type Announcer } from './parts/announce.ts';
import { pageHead } from './parts/head.ts';
import { liveLine, type LiveLine } from './parts/live.ts';
import { toolbar, type Toolbar } from './parts/toolbar.ts';
import { KeptScroll } from './scroll.ts';
import { KeptState } from './state.ts';

/** All that is drawn after `init`, until another `init` or `gone`. */
interface Shown {
  readonly page: Page;
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
        this.#shown?.live.show(event);
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
    const context = new LivePageContext(init, this.#connection, this.#announcer, this.#state, this.#now);
    this.#context = context;
    const live = liveLine(context);
    const bar = toolbar(context, live);
    const root = el('main', { class: 'page', 'data-page': init.page });
    this.#root.replaceChildren(pageHead(context), bar.element, root);
    this.#shown = { page: pages[init.page](root, context), live, toolbar: bar, scroll: new KeptScroll(this.#state) };
  }

  #part(event: PartEvent): void {
    if (event.readMs !== undefined) this.#shown?.live.read(event.readMs);
    this.#shown?.page.part(event);
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
    this.#shown?.page.dispose?.();
    this.#shown = undefined;
  }

  /** Nothing more comes: the text stands alone, and what comes after all is not shown. */
  #gone(text: string): void {
    this.#leave();
    this.#root.replaceChildren(el('main', { class: 'gone' }, el('p', { role: 'alert' }, text)));
  }
}

/** The context of one page; its view and time zone are those of now. */
class LivePageContext implements PageContext {
  readonly init: InitEvent;
  readonly format;
  readonly ui;
  readonly now: () => number;
  readonly #connection: Connection;
  readonly #announcer: Announcer;
  #time;
  #view;

  constructor(init: InitEvent, connection: Connection, announcer: Announcer, ui: KeptState, now: () => number) {
    this.init = init;
    this.format = createFormatter(init.locale);
    this.ui = ui;
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
