import uPlot from 'uplot';

import type { SeriesUnit } from '../../src/protocol/series.ts';
import { aligned } from './aligned.ts';
import { axisWidth, endRoom, fitting, fontOf } from './axisWords.ts';
import { barPath } from './barPath.ts';
import type { ChartData } from './data.ts';
import { fillColor, fillStyle, type Fill } from './fills.ts';
import type { ChartTheme, LineLook } from './palette.ts';
import type { Span } from './span.ts';
import { valueScale } from './ticks.ts';
import type { TimeMarks } from './timeAxis.ts';

/** How a line of a plot is drawn: a stroke, or the fill of its bars. */
export type PlotLook = LineLook & { readonly fill: Fill };

/** What a plot is made with. */
export interface PlotOptions {
  readonly host: HTMLElement;
  readonly kind: 'lines' | 'bars';
  readonly heightPx: number;
  /** Marks of the axis of time, which has room for so many; Unix seconds. */
  readonly marks: (from: number, to: number, count: number) => TimeMarks;
  /** A mark of the axis of values. */
  readonly value: (value: number, unit: SeriesUnit) => string;
  /** What stands above the axis of values, where they do not say it themselves. */
  readonly unit: (unit: SeriesUnit) => string | undefined;
  /** The pointer is at this time, Unix milliseconds; undefined: it left. */
  readonly pointed: (timeMs: number | undefined) => void;
}

/** What a plot draws. */
export interface PlotView {
  readonly data: ChartData;
  readonly looks: readonly PlotLook[];
  readonly drawn: ReadonlySet<string>;
  readonly span: Span;
  readonly theme: ChartTheme;
}

/** The drawing of a chart: axes, lines or bars, the crosshair. The only file that knows uPlot. */
export class Plot {
  readonly #options: PlotOptions;
  #view: PlotView | undefined;
  #plot: uPlot | undefined;
  #width = 0;
  #cursorMs: number | undefined;
  #isPointed = false;
  /** Whether there is no value to draw: an axis from 0 to 1 would say one. */
  #isBlank = false;
  /** What the instance was made for: with other lines or colours it is made anew. */
  #made = '';

  constructor(options: PlotOptions) {
    this.#options = options;
  }

  /** The drawing itself; undefined until there is data and a place. */
  get canvas(): HTMLCanvasElement | undefined {
    return this.#plot?.ctx.canvas;
  }

  /** Where values are, without the axes; undefined as {@link canvas}. */
  get area(): HTMLElement | undefined {
    return this.#plot?.over;
  }

  /** Width of the values' area in CSS pixels, 0 while nothing is drawn. */
  get areaWidth(): number {
    return this.#plot === undefined ? 0 : Math.round(this.#plot.bbox.width / uPlot.pxRatio);
  }

  /** Draws this, with as few changes as it takes. */
  show(view: PlotView): void {
    const before = this.#view;
    this.#view = view;
    const made = signature(view);
    if (this.#plot === undefined || made !== this.#made) {
      this.#make(made);
      return;
    }
    const plot = this.#plot;
    const isData = before?.data !== view.data || (this.#options.kind === 'bars' && before.drawn !== view.drawn);
    plot.batch(() => {
      if (before?.drawn !== view.drawn) this.#toggle(plot, view);
      if (isData) plot.setData(aligned(view.data, view.drawn, view.span, this.#options.kind), false);
      plot.setScale('x', { min: view.span.fromMs / 1_000, max: view.span.toMs / 1_000 });
    });
    this.#placeCursor();
  }

  /** Draws everything again: the time zone is another. */
  redraw(): void {
    if (this.#view !== undefined) this.#make(this.#made);
  }

  /** Fits the drawing into a width of so many CSS pixels. */
  resize(width: number): void {
    if (width === this.#width || width <= 0) return;
    this.#width = width;
    if (this.#plot === undefined) {
      if (this.#view !== undefined) this.#make(signature(this.#view));
      return;
    }
    this.#plot.setSize({ width, height: this.#options.heightPx });
    this.#placeCursor();
  }

  /** Puts the crosshair at a time; away where it is undefined. */
  cursor(timeMs: number | undefined): void {
    this.#cursorMs = timeMs;
    if (!this.#isPointed) this.#placeCursor();
  }

  /** Marks a piece of time that is about to be zoomed into; undefined takes the mark away. */
  select(span: Span | undefined): void {
    const plot = this.#plot;
    if (plot === undefined) return;
    const left = span === undefined ? 0 : plot.valToPos(span.fromMs / 1_000, 'x');
    const width = span === undefined ? 0 : plot.valToPos(span.toMs / 1_000, 'x') - left;
    plot.setSelect({ left, width, top: 0, height: span === undefined ? 0 : plot.over.clientHeight }, false);
  }

  /** Brings one line forward; undefined brings all back. */
  focus(key: string | undefined): void {
    const index = this.#view?.data.lines.findIndex((line) => line.key === key) ?? -1;
    this.#plot?.setSeries(index < 0 ? null : index + 1, { focus: true }, false);
  }

  dispose(): void {
    this.#plot?.destroy();
    this.#plot = undefined;
  }

  #make(made: string): void {
    const view = this.#view;
    if (view === undefined || this.#width === 0) return;
    this.#plot?.destroy();
    this.#made = made;
    this.#isPointed = false;
    const plot = new uPlot(this.#optionsOf(view), aligned(view.data, view.drawn, view.span, this.#options.kind), this.#options.host);
    this.#plot = plot;
    plot.over.addEventListener('mouseenter', () => (this.#isPointed = true));
    plot.over.addEventListener('mouseleave', () => (this.#isPointed = false));
    this.#placeCursor();
  }

  #toggle(plot: uPlot, view: PlotView): void {
    for (const [index, { key }] of view.data.lines.entries()) {
      const show = view.drawn.has(key);
      if (plot.series[index + 1]?.show !== show) plot.setSeries(index + 1, { show }, false);
    }
  }

  #placeCursor(): void {
    const plot = this.#plot;
    if (plot === undefined || this.#isPointed) return;
    const time = this.#cursorMs;
    const left = time === undefined ? -10 : plot.valToPos(time / 1_000, 'x');
    const isInside = left >= 0 && left <= plot.over.clientWidth;
    plot.setCursor({ left: isInside ? left : -10, top: isInside ? 0 : -10 }, false);
  }

  #optionsOf(view: PlotView): uPlot.Options {
    const { kind, heightPx, pointed } = this.#options;
    const { theme, data } = view;
    const series = data.lines.map((line, index) => seriesOf(line.key, kind, view, view.looks[index], (plot, place) => this.#bars(plot, place)));
    return {
      width: this.#width,
      height: heightPx,
      padding: [this.#options.unit(data.unit) === undefined ? 8 : theme.fontPx + 10, ({ ctx }) => endRoom(ctx, theme), 0, 0],
      legend: { show: false },
      focus: { alpha: 0.2 },
      cursor: {
        y: false,
        drag: { x: false, y: false },
        // A double click is the group's: it resets the zoom of all.
        bind: { dblclick: () => null },
        points: kind === 'bars' ? { show: false } : { size: 7, width: 2, fill: theme.background },
      },
      scales: {
        x: { time: false, auto: false, range: () => this.#range() },
        y: { range: (plot, min, max) => this.#valueRange(plot, min, max) },
      },
      axes: [this.#timeAxis(theme), this.#valueAxis(theme)],
      series: [{}, ...(series.length === 0 ? [{}] : series)],
      hooks: {
        drawAxes: [(plot) => this.#drawUnit(plot)],
        setCursor: [(plot) => {
          if (!this.#isPointed) return;
          const { left = -10 } = plot.cursor;
          pointed(left < 0 ? undefined : plot.posToVal(left, 'x') * 1_000);
        }],
      },
    };
  }

  /** Bars are as wide as the step of the data that is drawn now. */
  #bars(plot: uPlot, index: number): Path2D {
    return barPath(plot, index, this.#view?.data.stepSeconds ?? 0, uPlot.pxRatio);
  }

  #range(): uPlot.Range.MinMax {
    const span = this.#view?.span;
    return span === undefined ? [0, 1] : [span.fromMs / 1_000, span.toMs / 1_000];
  }

  #scaleOf(plot: uPlot, min: number, max: number): ReturnType<typeof valueScale> {
    return valueScale(min, max, this.#view?.data.unit ?? 'count', Math.max(2, Math.floor(plot.height / 46)));
  }

  #valueRange(plot: uPlot, min: number | null, max: number | null): uPlot.Range.MinMax {
    this.#isBlank = min === null;
    const { from, to } = this.#scaleOf(plot, min ?? 0, max ?? 0);
    return [from, to];
  }

  #timeAxis(theme: ChartTheme): uPlot.Axis {
    const marks = (plot: uPlot, min: number, max: number): TimeMarks =>
      this.#options.marks(min, max, Math.max(3, Math.floor(plot.bbox.width / uPlot.pxRatio / (theme.fontPx * 7))));
    const line = theme.fontPx * 1.25;
    return {
      ...axisLook(theme),
      size: Math.round(line * 2 + 10),
      lineGap: 1.25,
      splits: (plot, _axis, min, max) => [...marks(plot, min, max).ticks],
      values: (plot) => {
        const { ticks, words } = marks(plot, plot.scales['x']?.min ?? 0, plot.scales['x']?.max ?? 1);
        const right = plot.width - plot.bbox.left / uPlot.pxRatio;
        return fitting(plot.ctx, words, theme, (index) => right - plot.valToPos(ticks[index] ?? 0, 'x'));
      },
    };
  }

  #valueAxis(theme: ChartTheme): uPlot.Axis {
    return {
      ...axisLook(theme),
      size: ({ ctx }, values) => axisWidth(ctx, values, theme),
      splits: (plot, _axis, min, max) => [...this.#scaleOf(plot, min, max).ticks],
      values: (_plot, ticks) => ticks.map((tick) => (this.#isBlank ? '' : this.#options.value(tick, this.#view?.data.unit ?? 'count'))),
    };
  }

  #drawUnit(plot: uPlot): void {
    const view = this.#view;
    const words = view === undefined ? undefined : this.#options.unit(view.data.unit);
    if (view === undefined || words === undefined) return;
    const { ctx } = plot;
    ctx.save();
    ctx.font = fontOf(view.theme, uPlot.pxRatio);
    ctx.fillStyle = view.theme.axis;
    ctx.textAlign = 'left';
    ctx.textBaseline = 'top';
    ctx.fillText(words, 2 * uPlot.pxRatio, 2 * uPlot.pxRatio);
    ctx.restore();
  }
}

/** What an instance is made for: with other lines or colours it is made anew. */
function signature({ data, looks, theme }: PlotView): string {
  return JSON.stringify([data.unit, data.lines.map(({ key }) => key), looks, theme]);
}

function axisLook(theme: ChartTheme): uPlot.Axis {
  return {
    stroke: theme.axis,
    font: fontOf(theme),
    gap: 4,
    grid: { stroke: theme.grid, width: 1 },
    ticks: { stroke: theme.grid, width: 1, size: 4 },
  };
}

function seriesOf(key: string, kind: 'lines' | 'bars', { theme, drawn }: PlotView, look: PlotLook | undefined, bars: (plot: uPlot, index: number) => Path2D): uPlot.Series {
  const show = drawn.has(key);
  const width = theme.isHighContrast ? 2 : 1.5;
  if (kind === 'lines') {
    const color = look?.color ?? theme.foreground;
    return { show, width, stroke: color, dash: [...(look?.dash ?? [])], points: { size: 4, fill: color } };
  }
  const fill = look?.fill ?? 'whole';
  return {
    show,
    width: 1,
    stroke: fillColor(fill, theme),
    fill: () => fillStyle(fill, theme, uPlot.pxRatio),
    points: { show: false },
    paths: (plot, index) => {
      const path = bars(plot, index);
      return { stroke: path, fill: path, clip: null, band: null, gaps: [], flags: 0 };
    },
  };
}
