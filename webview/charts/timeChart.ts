import * as l10n from '@vscode/l10n';

import type { SeriesTable } from '../../src/protocol/series.ts';
import type { Tone } from '../../src/protocol/whole.ts';
import { el, setAttributes, setText } from '../dom.ts';
import type { PageContext } from '../page.ts';
import { linkButton } from '../parts/inputs.ts';
import type { ChartGroup } from './chartGroup.ts';
import { drawnKeys, hasSameLines, hasValues, keyMove, movedPlace, placesWithValues, readChoice, readTable, type ChartData, type ChartLine, type KeyMove, type LineChoice } from './data.ts';
import { Detail } from './detail.ts';
import { fillOf } from './fills.ts';
import { legend, type Legend } from './legend.ts';
import { lineLook } from './palette.ts';
import { picture } from './picture.ts';
import { Plot, type PlotLook } from './plot.ts';
import { followPointer } from './pointer.ts';
import type { Span } from './span.ts';
import { spanWords } from './timeAxis.ts';
import { twin, type Twin } from './twin.ts';
import { placeAt, placeWords } from './valueLine.ts';
import { axisUnit, createValueWords, type ValueWords } from './words.ts';

export { ChartGroup } from './chartGroup.ts';

/** How a chart is made. */
export interface TimeChartOptions {
  /** Tells it from the other charts of the page; what was chosen in it is kept by that. */
  readonly id: string;
  /** The part of the page that "Copy CSV" and "Save PNG" are of. */
  readonly part: string;
  readonly title: string;
  readonly context: PageContext;
  readonly group: ChartGroup;
  /** Bars stand one on top of the other, each from its time for as long as the table's step; lines are the usual. */
  readonly kind?: 'lines' | 'bars';
  /** A small one has neither tools nor legend. */
  readonly size?: 'usual' | 'small';
  /** What bars say, by key: bad ones are hatched, quiet ones dotted. */
  readonly tones?: Readonly<Record<string, Tone>>;
  /** What would fill it, said where nothing was recorded. */
  readonly empty?: string;
}

/** A chart that is shown. */
export interface TimeChart {
  /** A figure. */
  readonly element: HTMLElement;
  /** Draws these lines; zoom, cursor and what was chosen stay. */
  show(table: SeriesTable): void;
  dispose(): void;
}

/** A chart over time, of lines or bars, to be read by eye, by ear and by keys. */
export function timeChart(options: TimeChartOptions): TimeChart {
  const chart = new FigureOfTime(options);
  return { element: chart.element, show: (table) => chart.show(table), dispose: () => chart.dispose() };
}

const HEIGHT = { usual: 216, small: 132 } as const;
/** How many values stand in the line of values, and are said. */
const SAID = 6;
/** Keys that are held down are said once they rest. */
const REST_MS = 400;

class FigureOfTime {
  readonly element: HTMLElement;
  readonly #options: TimeChartOptions;
  readonly #words: ValueWords;
  readonly #values = el('p', { class: 'values' });
  readonly #nothing = el('p', { class: 'nothing', hidden: true });
  readonly #host: HTMLElement;
  readonly #twin: Twin;
  readonly #plot: Plot;
  readonly #legend: Legend;
  readonly #observer: ResizeObserver;
  readonly #leave: () => void;
  readonly #detail = new Detail();
  #choice: LineChoice;
  #drawn: ReadonlySet<string> = new Set();
  #cursorMs: number | undefined;
  /** The zone it was drawn in. */
  #time: PageContext['time'] | undefined;
  #timer: number | undefined;

  constructor(options: TimeChartOptions) {
    this.#options = options;
    const { id, title, context, group, kind = 'lines', size = 'usual' } = options;
    this.#words = createValueWords(context.format);
    this.#choice = readChoice(context.ui.get(`${id}.lines`));
    this.#values.id = `${id}-values`;
    this.#host = el('div', {
      class: 'plot',
      tabindex: 0,
      role: 'application',
      'aria-label': l10n.t('{0}: chart. Arrow keys move through the values, + and - zoom, Esc shows all.', title),
      'aria-describedby': this.#values.id,
    });
    this.#plot = new Plot({
      host: this.#host,
      kind,
      heightPx: HEIGHT[size],
      marks: (from, to, count) => group.marks(from, to, count),
      value: (value, unit) => this.#words.mark(value, unit),
      unit: axisUnit,
      pointed: (timeMs) => group.cursor(timeMs),
    });
    this.#legend = legend({ context, kind, title, choose: (choice) => this.#choose(choice), focus: (key) => this.#plot.focus(key) });
    this.#twin = twin({ id, title, context, words: this.#words, toggled: () => this.#draw() });
    this.element = this.#figure(size);
    this.#listen();
    this.#observer = new ResizeObserver(() => this.#resize());
    this.#observer.observe(this.#host);
    this.#leave = group.join(this.#member());
  }

  show(table: SeriesTable): void {
    const data = readTable(table);
    const before = this.#detail.newest;
    this.#detail.take(data, this.#options.group.window === undefined ? 'whole' : 'zoom');
    // Which of many are the largest changes all the time: what is drawn stays, until there are other lines.
    if (before === undefined || !hasSameLines(before, data)) this.#drawn = drawnKeys(data.lines, this.#choice);
    // The first drawing waits for no observer.
    this.#plot.resize(this.#host.clientWidth);
    this.#draw();
    this.#options.group.changed();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#observer.disconnect();
    this.#leave();
    this.#plot.dispose();
  }

  #figure(size: 'usual' | 'small'): HTMLElement {
    const { id, part, title, context } = this.#options;
    const head = el('figcaption', { id: `${id}-title` }, el('span', { class: 'title' }, title));
    if (size === 'usual') {
      const csv = linkButton(l10n.t('Copy CSV'), () => context.call({ type: 'copyCsv', part }));
      const png = linkButton(l10n.t('Save PNG'), () => this.#savePng());
      // One page has many charts: the buttons say which they are of.
      for (const button of [csv, png]) setAttributes(button, { 'aria-label': `${button.textContent}: ${title}` });
      head.append(el('span', { class: 'tools' }, this.#twin.button, csv, png));
    }
    return el(
      'figure',
      { class: size === 'small' ? 'chart small' : 'chart', 'aria-labelledby': `${id}-title` },
      head,
      el('div', { class: 'frame' }, this.#host, this.#nothing),
      this.#values,
      ...(size === 'small' ? [] : [this.#legend.element, this.#twin.element]),
    );
  }

  #member(): Parameters<ChartGroup['join']>[0] {
    return {
      whole: () => this.#detail.newest,
      stepSeconds: () => this.#data?.stepSeconds,
      widthPx: () => this.#plot.areaWidth,
      drawAgain: (what) => {
        this.#draw();
        if (what === 'everything') this.#plot.redraw();
      },
      cursor: (timeMs) => this.#cursor(timeMs),
    };
  }

  #listen(): void {
    const { group } = this.#options;
    followPointer({ host: this.#host, area: () => this.#plot.area, span: () => this.#span(), group, select: (span) => this.#plot.select(span) });
    this.#host.addEventListener('keydown', (event) => {
      const isOther = event.altKey || event.metaKey;
      const move = keyMove(event.key, isOther ? 'other' : event.ctrlKey ? 'ctrl' : 'none');
      // Escape with nothing zoomed is the editor's own.
      if (move === undefined || ('zoom' in move && move.zoom === 'reset' && group.window === undefined)) return;
      event.preventDefault();
      event.stopPropagation();
      this.#key(move);
    });
    this.#host.addEventListener('blur', () => group.cursor(undefined));
  }

  #key(move: KeyMove): void {
    const { group } = this.#options;
    const [data, span] = [this.#data, this.#span()];
    if (data === undefined || span === undefined) return;
    if ('zoom' in move) {
      if (move.zoom === 'reset') group.zoom(undefined);
      else group.scale(move.zoom === 'in' ? 0.5 : 2, this.#cursorMs ?? (span.fromMs + span.toMs) / 2);
      this.#say(() => group.announceZoom());
      return;
    }
    const places = placesWithValues(data, this.#lines(), span.fromMs / 1_000, span.toMs / 1_000);
    const from = this.#cursorMs === undefined ? undefined : placeAt(data, this.#cursorMs, this.#kind());
    const place = movedPlace(places, from, move);
    const time = place === undefined ? undefined : data.times[place];
    if (time !== undefined) group.cursor(this.#kind() === 'bars' ? (time + (data.stepSeconds ?? 0) / 2) * 1_000 : time * 1_000);
    this.#say(() => this.#options.context.announce(this.#values.textContent));
  }

  #say(speak: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(speak, REST_MS);
  }

  #kind(): 'lines' | 'bars' {
    return this.#options.kind ?? 'lines';
  }

  /** What is shown now: the zoom, or all of what was asked for. */
  #span(): Span | undefined {
    const { newest } = this.#detail;
    return newest === undefined ? undefined : (this.#options.group.window ?? { fromMs: newest.fromMs, toMs: newest.toMs });
  }

  /** The best there is of what is shown now. */
  get #data(): ChartData | undefined {
    const span = this.#span();
    return span === undefined ? undefined : this.#detail.of(span);
  }

  #lines(): readonly ChartLine[] {
    return this.#data?.lines.filter(({ key }) => this.#drawn.has(key)) ?? [];
  }

  #looks(): ReadonlyMap<string, PlotLook> {
    const { group, tones } = this.#options;
    return new Map(this.#data?.lines.map(({ key }, index) => [key, { ...lineLook(index, group.theme), fill: fillOf(tones?.[key]) }]));
  }

  #draw(): void {
    const [data, span] = [this.#data, this.#span()];
    if (data === undefined || span === undefined) return;
    const { theme } = this.#options.group;
    this.#followZone();
    const looks = this.#looks();
    this.#plot.show({ data, looks: [...looks.values()], drawn: this.#drawn, span, theme });
    this.#legend.show({ lines: data.lines, looks, drawn: this.#drawn, choice: this.#choice, theme });
    this.#drawNothing(data, span);
    this.#drawValues();
    this.#twin.show({ data, lines: this.#lines(), span });
  }

  /** The setting's zone may be another than the one the axis was drawn in. */
  #followZone(): void {
    const { time } = this.#options.context;
    if (this.#time !== undefined && this.#time !== time) this.#plot.redraw();
    this.#time = time;
  }

  #drawNothing(data: ChartData, span: Span): void {
    const { context, empty } = this.#options;
    const isEmpty = !hasValues(data);
    const isHidden = !isEmpty && this.#drawn.size === 0;
    this.#nothing.hidden = !isEmpty && !isHidden;
    const words = spanWords(context.time, span.fromMs, span.toMs);
    const range = l10n.t('Nothing was recorded from {0} to {1}.', words.from, words.to);
    setText(this.#nothing, isHidden ? l10n.t('No line is chosen.') : [range, empty].filter((text) => text !== undefined).join(' '));
  }

  #drawValues(): void {
    const [data, span] = [this.#data, this.#span()];
    if (data === undefined || span === undefined) return;
    const { context } = this.#options;
    const view = { data, lines: this.#lines(), span, cursorMs: this.#cursorMs, kind: this.#kind(), count: SAID, nowMs: context.now() };
    setText(this.#values, placeWords(view, this.#words, context.time));
  }

  #cursor(timeMs: number | undefined): void {
    this.#cursorMs = timeMs;
    this.#plot.cursor(timeMs);
    this.#drawValues();
  }

  #choose(choice: LineChoice): void {
    const { context, id } = this.#options;
    this.#choice = choice;
    context.ui.set(`${id}.lines`, choice);
    if (this.#data !== undefined) this.#drawn = drawnKeys(this.#data.lines, choice);
    this.#draw();
  }

  #resize(): void {
    this.#plot.resize(this.#host.clientWidth);
    this.#options.group.changed();
  }

  #savePng(): void {
    const { part, title, context, group } = this.#options;
    const [plot, span] = [this.#plot.canvas, this.#span()];
    if (plot === undefined || span === undefined) return;
    const { name, where } = context.init;
    const range = spanWords(context.time, span.fromMs, span.toMs);
    const facts = [`${name} · ${where}`, l10n.t('{0} to {1}', range.from, range.to)];
    const base64 = picture({ plot, kind: this.#kind(), title, facts, lines: this.#lines(), looks: this.#looks(), theme: group.theme });
    context.call({ type: 'savePng', part, base64 });
  }
}
