import * as l10n from '@vscode/l10n';

import { el, setText, setVariable } from '../dom.ts';
import type { PageContext } from '../page.ts';
import { ramp } from './heatColours.ts';
import type { HeatTheme } from './heatColours.ts';
import { cellAt, heatLayout, movedBy, scrollTo } from './heatLayout.ts';
import type { HeatCell, HeatLayout } from './heatLayout.ts';
import { paintHeat } from './heatPaint.ts';
import type { HeatData } from './heatPaint.ts';
import { heatLegend } from './heatLegend.ts';
import type { Numbers } from './numbers.ts';

/** How a heat map is made. */
export interface HeatMapOptions {
  readonly context: Pick<PageContext, 'announce'>;
  readonly numbers: Numbers;
  /** What it shows, for those who do not see it. */
  readonly name: string;
  /** What its columns are: stands above them. */
  readonly columnsTitle: string;
  /** So many rows, in words: stands above them where not all are seen. */
  readonly rowsText: (count: number) => string;
  /** All that is known of a cell, as a line. */
  readonly describe: (cell: HeatCell) => string;
  /** A row was pressed: by its label, twice on a cell, or Enter. */
  readonly open: (rowKey: string) => void;
}

/** A heat map that is shown. */
export interface HeatMap {
  readonly element: HTMLElement;
  /** Shows this; the cursor stays with its row and column. */
  show(data: HeatData): void;
  dispose(): void;
}

const EMPTY: HeatData = { rows: [], columns: [], values: [], largest: 0n };

/** Cells in shades of one hue, drawn on a canvas that is no larger than what is seen of it. Arrow keys move a cursor that says what is there. */
export function heatMap(options: HeatMapOptions): HeatMap {
  return new CanvasHeatMap(options);
}

class CanvasHeatMap implements HeatMap {
  readonly element: HTMLElement;
  readonly #options: HeatMapOptions;
  readonly #canvas = el('canvas', { 'aria-hidden': 'true' });
  readonly #space = el('div', { class: 'heat-space' }, this.#canvas);
  readonly #line = el('p', { class: 'value-line' }, l10n.t('Point at a cell, or move through the cells with the arrow keys.'));
  readonly #frame: HTMLElement;
  readonly #count = el('span', { class: 'count' });
  readonly #head: HTMLElement;
  readonly #legend: ReturnType<typeof heatLegend>;
  readonly #resized = new ResizeObserver(() => this.#redraw());
  readonly #themed = new MutationObserver(() => this.#restyle());
  #data = EMPTY;
  #theme: HeatTheme | undefined;
  #layout: HeatLayout | undefined;
  #cursor: HeatCell = { row: 0, column: 0 };
  #pointed: HeatCell | undefined;
  /** What the line below tells of. */
  #described: HeatCell | undefined;
  #drawing: number | undefined;

  constructor(options: HeatMapOptions) {
    this.#options = options;
    this.#frame = el(
      'div',
      { class: 'heat-frame', role: 'application', tabindex: 0, 'aria-label': options.name, 'aria-roledescription': l10n.t('heat map') },
      this.#space,
    );
    this.#head = el('div', { class: 'heat-head' }, this.#count, el('span', {}, options.columnsTitle));
    this.#legend = heatLegend(options.numbers);
    this.element = el('figure', { class: 'heat', 'aria-label': options.name }, this.#head, this.#frame, this.#legend.element, this.#line);
    this.#listen();
    this.#resized.observe(this.#frame);
    this.#themed.observe(document.body, { attributes: true, attributeFilter: ['class'] });
    this.#themed.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
  }

  show(data: HeatData): void {
    const before = this.#data;
    this.#data = data;
    this.#legend.blank(data.values.some((row) => row.includes(undefined)));
    this.#cursor = sameCell(this.#cursor, before, data);
    // Under the pointer is another group now; the cursor is where its group went.
    if (this.#described !== undefined) this.#describe(this.#pointed ?? sameCell(this.#described, before, data));
    this.#redraw();
  }

  dispose(): void {
    this.#resized.disconnect();
    this.#themed.disconnect();
    if (this.#drawing !== undefined) cancelAnimationFrame(this.#drawing);
  }

  #listen(): void {
    const frame = this.#frame;
    frame.addEventListener('scroll', () => this.#redraw(), { passive: true });
    frame.addEventListener('keydown', (event) => this.#key(event));
    frame.addEventListener('focus', () => this.#goTo(this.#cursor));
    frame.addEventListener('blur', () => this.#redraw());
    frame.addEventListener('pointermove', (event) => this.#point(this.#under(event)));
    frame.addEventListener('pointerleave', () => this.#point(undefined));
    frame.addEventListener('click', (event) => this.#press(event));
    frame.addEventListener('dblclick', (event) => this.#openRow(this.#under(event)?.row));
  }

  #key(event: KeyboardEvent): void {
    const layout = this.#layout;
    if (layout === undefined || event.altKey || event.metaKey || this.#data.rows.length === 0) return;
    if (event.key === 'Enter') {
      this.#openRow(this.#cursor.row);
      event.preventDefault();
      return;
    }
    const pageRows = Math.floor(this.#frame.clientHeight / layout.cellHeight) - 2;
    const cell = movedBy(event.key, { ctrl: event.ctrlKey }, this.#cursor, layout, pageRows);
    if (cell === undefined) return;
    event.preventDefault();
    this.#goTo(cell);
  }

  /** Puts the cursor on a cell, brings it into view and says what is there. */
  #goTo(cell: HeatCell): void {
    const layout = this.#layout;
    if (layout === undefined || this.#data.rows.length === 0) return;
    this.#cursor = cell;
    this.#pointed = undefined;
    const { clientHeight, clientWidth, scrollTop, scrollLeft } = this.#frame;
    this.#frame.scrollTop = scrollTo(scrollTop, clientHeight - layout.headHeight, cell.row * layout.cellHeight, layout.cellHeight);
    this.#frame.scrollLeft = scrollTo(scrollLeft, clientWidth - layout.labelWidth, cell.column * layout.cellWidth, layout.cellWidth);
    this.#options.context.announce(this.#describe(cell));
    this.#redraw();
  }

  #describe(cell: HeatCell): string {
    const text = this.#options.describe(cell);
    this.#described = cell;
    setText(this.#line, text);
    return text;
  }

  #under(event: MouseEvent): HeatCell | undefined {
    const layout = this.#layout;
    if (layout === undefined) return undefined;
    const { x, y } = this.#at(event);
    // Head and labels hide the cells that were scrolled under them.
    if (x < layout.labelWidth || y < layout.headHeight) return undefined;
    return cellAt(layout, x + this.#frame.scrollLeft, y + this.#frame.scrollTop);
  }

  #at(event: MouseEvent): { readonly x: number; readonly y: number } {
    const { left, top } = this.#canvas.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  }

  #point(cell: HeatCell | undefined): void {
    if (cell?.row === this.#pointed?.row && cell?.column === this.#pointed?.column) return;
    this.#pointed = cell;
    if (cell !== undefined) this.#describe(cell);
    this.#redraw();
  }

  #press(event: MouseEvent): void {
    const layout = this.#layout;
    const cell = this.#under(event);
    if (cell !== undefined) {
      this.#goTo(cell);
      return;
    }
    const { x, y } = this.#at(event);
    if (layout === undefined || x >= layout.labelWidth || y < layout.headHeight) return;
    this.#openRow(Math.floor((y + this.#frame.scrollTop - layout.headHeight) / layout.cellHeight));
  }

  #openRow(row: number | undefined): void {
    const key = row === undefined ? undefined : this.#data.rows[row]?.key;
    if (key !== undefined) this.#options.open(key);
  }

  #restyle(): void {
    this.#theme = undefined;
    this.#redraw();
  }

  #redraw(): void {
    this.#drawing ??= requestAnimationFrame(() => {
      this.#drawing = undefined;
      this.#draw();
    });
  }

  #draw(): void {
    const pen = this.#canvas.getContext('2d');
    const width = this.#frame.clientWidth;
    if (pen === null || width === 0) return;
    const theme = (this.#theme ??= this.#legend.theme());
    const layout = this.#lay(pen, theme, width);
    this.#layout = layout;
    this.#space.style.width = `${layout.width}px`;
    this.#space.style.height = `${layout.height}px`;
    setVariable(this.#head, '--labels', `${layout.labelWidth}px`);
    setText(this.#count, layout.height > this.#frame.clientHeight ? this.#options.rowsText(layout.rows) : '');
    const height = Math.min(this.#frame.clientHeight, layout.height);
    const sharp = devicePixelRatio;
    resize(this.#canvas, width, height, sharp);
    pen.setTransform(sharp, 0, 0, sharp, 0, 0);
    const colours = ramp(theme);
    const isFocused = document.activeElement === this.#frame;
    paintHeat(pen, {
      data: this.#data,
      layout,
      window: { scrollLeft: this.#frame.scrollLeft, scrollTop: this.#frame.scrollTop, width, height },
      theme,
      ramp: colours,
      numbers: this.#options.numbers,
      cursor: this.#pointed ?? (isFocused ? this.#cursor : undefined),
    });
    this.#legend.show(colours, this.#data.largest);
  }

  #lay(pen: CanvasRenderingContext2D, theme: HeatTheme, width: number): HeatLayout {
    pen.font = theme.font;
    const longest = this.#data.rows.map(({ label }) => label).toSorted((a, b) => b.length - a.length).slice(0, 20);
    return heatLayout({
      rows: this.#data.rows.length,
      columns: this.#data.columns.length,
      width,
      linePx: Number.parseFloat(theme.font.replace(/^[^\d]*/, '')) * 1.5 || 18,
      longestLabelPx: Math.max(0, ...longest.map((label) => pen.measureText(label).width)),
    });
  }
}

/** Where a cell is after the data changed: in its group's row and its partition's column, else in the first. */
function sameCell({ row, column }: HeatCell, before: HeatData, now: HeatData): HeatCell {
  const key = before.rows[row]?.key;
  return {
    row: Math.max(0, now.rows.findIndex((each) => each.key === key)),
    column: Math.max(0, now.columns.indexOf(before.columns[column] ?? '')),
  };
}

function resize(canvas: HTMLCanvasElement, width: number, height: number, sharp: number): void {
  const [wide, high] = [Math.round(width * sharp), Math.round(height * sharp)];
  if (canvas.width !== wide) canvas.width = wide;
  if (canvas.height !== high) canvas.height = high;
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
}
