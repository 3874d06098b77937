import * as l10n from '@vscode/l10n';

import { el, setText } from '../dom.ts';
import type { PageContext } from '../page.ts';
import { button } from '../parts/inputs.ts';
import type { ChartTheme } from './palette.ts';
import { moved, overlaps, scaled, zoomed, type Span } from './span.ts';
import { readTheme, watchTheme } from './theme.ts';
import { spanWords, timeMarks, type TimeMarks } from './timeAxis.ts';

/** A chart as its group sees it. */
export interface ChartMember {
  /** What it shows without a zoom; undefined before its first data. */
  whole(): Span | undefined;
  stepSeconds(): number | undefined;
  /** Width of its values' area in CSS pixels. */
  widthPx(): number;
  /** The zoom, the theme, or the time zone is another. */
  drawAgain(what: 'zoom' | 'everything'): void;
  /** The crosshair stands at this time. */
  cursor(timeMs: number | undefined): void;
}

/** Of the width that data is asked for, CSS pixels. */
const WIDTH_STEP = 50;
/** How long the host is not asked for finer data, so that a drag asks once. */
const PAUSE_MS = 100;

/** Charts of a page that share crosshair, zoom and colours. {@link element} is to stand above them: it says how to zoom, and what is zoomed into. */
export class ChartGroup {
  readonly element: HTMLElement;
  readonly #context: PageContext;
  readonly #members = new Set<ChartMember>();
  readonly #words = el('span', { class: 'note' });
  readonly #buttons: HTMLElement;
  readonly #unwatch: () => void;
  #window: Span | undefined;
  #theme: ChartTheme | undefined;
  #timer: number | undefined;
  #asked = '';
  /** The range it was made for or got last. */
  #range: string;

  constructor(context: PageContext) {
    this.#context = context;
    this.#range = JSON.stringify(context.view.range);
    this.#buttons = el(
      'span',
      { class: 'buttons', hidden: true },
      button({ text: l10n.t('Reset zoom'), onPress: () => this.zoom(undefined) }),
      button({ text: l10n.t('Use zoomed range'), label: l10n.t('Use zoomed range: read this page anew for it'), onPress: () => this.#use('here') }),
      button({ text: l10n.t('Use zoomed range everywhere'), label: l10n.t('Use zoomed range everywhere: on all open dashboards'), onPress: () => this.#use('everywhere') }),
    );
    this.element = el('div', { class: 'chart-group', role: 'group', 'aria-label': l10n.t('Zoom') }, this.#words, this.#buttons);
    this.#unwatch = watchTheme(() => {
      this.#theme = undefined;
      this.#redraw();
    });
    this.#describe();
  }

  /** What is zoomed into; undefined where every chart shows all of its range. */
  get window(): Span | undefined {
    return this.#window;
  }

  /** The editor's colours as they are now. */
  get theme(): ChartTheme {
    return (this.#theme ??= readTheme(document.body));
  }

  /** Marks of a time axis in the zone that is set now; times in Unix seconds. */
  marks(from: number, to: number, count: number): TimeMarks {
    return timeMarks(this.#context.time, from, to, count);
  }

  /**
   * Takes a chart in.
   * @returns what takes it out again
   */
  join(member: ChartMember): () => void {
    this.#members.add(member);
    return () => this.#members.delete(member);
  }

  /** A chart has another width or another range: zoom and reduced data follow. */
  changed(): void {
    const wholes = this.#wholes();
    // A zoom into what no chart shows any more would show nothing.
    if (this.#window !== undefined && wholes.length > 0 && !wholes.some((whole) => this.#window !== undefined && overlaps(whole, this.#window))) {
      this.#set(undefined);
    }
    this.#ask();
  }

  /** Zooms all charts into a piece of time; undefined shows all again. */
  zoom(span: Span | undefined): void {
    const whole = this.#whole();
    if (whole === undefined) return;
    const steps = [...this.#members].map((member) => member.stepSeconds() ?? 0).filter((step) => step > 0);
    this.#set(span === undefined ? undefined : zoomed(span, whole, steps.length === 0 ? 0 : Math.min(...steps)));
    this.#ask();
  }

  /** Shows so many times as much time, around one that keeps its place; less than 1 is closer. */
  scale(factor: number, aroundMs: number): void {
    const shown = this.#window ?? this.#whole();
    if (shown !== undefined) this.zoom(scaled(shown, factor, aroundMs));
  }

  /** Moves what is zoomed into; nothing without a zoom, since there is no more to see. */
  pan(byMs: number): void {
    const whole = this.#whole();
    if (this.#window === undefined || whole === undefined) return;
    this.#set(moved(this.#window, byMs, whole));
    this.#ask();
  }

  /** Puts the crosshair of all charts at a time; away where it is undefined. */
  cursor(timeMs: number | undefined): void {
    for (const member of this.#members) member.cursor(timeMs);
  }

  /** Says once what is zoomed into. */
  announceZoom(): void {
    const span = this.#window;
    const words = span === undefined ? undefined : spanWords(this.#context.time, span.fromMs, span.toMs);
    this.#context.announce(words === undefined ? l10n.t('The whole range is shown.') : l10n.t('Zoomed into {0} to {1}.', words.from, words.to));
  }

  /** The page's range, interval or time zone is another. What was zoomed into is a piece of the range that was there. */
  view(): void {
    const range = JSON.stringify(this.#context.view.range);
    if (range !== this.#range) {
      this.#range = range;
      this.#window = undefined;
      // The host may have forgotten what it was asked for.
      this.#asked = '';
      this.#ask();
    }
    this.#redraw();
  }

  /** Ends it: charts are to be disposed by whoever made them. */
  dispose(): void {
    this.#unwatch();
    clearTimeout(this.#timer);
  }

  #redraw(): void {
    this.#describe();
    for (const member of this.#members) member.drawAgain('everything');
  }

  #wholes(): readonly Span[] {
    return [...this.#members].map((member) => member.whole()).filter((whole) => whole !== undefined);
  }

  /** What all charts together show without a zoom. */
  #whole(): Span | undefined {
    const wholes = this.#wholes();
    if (wholes.length === 0) return undefined;
    return { fromMs: Math.min(...wholes.map(({ fromMs }) => fromMs)), toMs: Math.max(...wholes.map(({ toMs }) => toMs)) };
  }

  #set(window: Span | undefined): void {
    this.#window = window;
    this.#describe();
    for (const member of this.#members) member.drawAgain('zoom');
  }

  #describe(): void {
    const span = this.#window;
    const words = span === undefined ? undefined : spanWords(this.#context.time, span.fromMs, span.toMs);
    this.#buttons.hidden = words === undefined;
    this.element.classList.toggle('zoomed', words !== undefined);
    setText(
      this.#words,
      words === undefined
        ? l10n.t('Drag across a chart to zoom, Shift+drag to move. Arrow keys move the cursor, + and - zoom, Esc shows all.')
        : l10n.t('{0} to {1}', words.from, words.to),
    );
  }

  #use(where: 'here' | 'everywhere'): void {
    const span = this.#window;
    if (span === undefined) return;
    this.#context.call({ type: 'setRange', range: { fromMs: span.fromMs, toMs: span.toMs } });
    if (where === 'everywhere') this.#context.call({ type: 'rangeEverywhere' });
    this.zoom(undefined);
  }

  /** Asks the host for data reduced to what is shown, when nothing changed for a moment. */
  #ask(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      // In steps: an axis that takes a few pixels more or less is no reason to ask again.
      const width = WIDTH_STEP * Math.ceil(Math.max(0, ...[...this.#members].map((member) => member.widthPx())) / WIDTH_STEP);
      const asked = JSON.stringify([width, this.#window]);
      if (width === 0 || asked === this.#asked) return;
      this.#asked = asked;
      const widthPx = Math.min(16_384, width);
      this.#context.call({ type: 'zoom', widthPx, ...(this.#window === undefined ? {} : { window: this.#window }) });
    }, PAUSE_MS);
  }
}
