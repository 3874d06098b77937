import type { Numbers } from './numbers.ts';
import { shadeOf } from './heatColours.ts';
import type { HeatTheme, Ramp } from './heatColours.ts';
import { visibleRows } from './heatLayout.ts';
import type { HeatCell, HeatLayout } from './heatLayout.ts';

/** What stands in one cell. */
export interface HeatValue {
  /** Undefined where there is none to tell: the cell is hatched. */
  readonly lag: bigint | undefined;
  /** Whether its corner is marked: it does not get less by itself. */
  readonly isMarked: boolean;
}

/** What a heat map shows. */
export interface HeatData {
  readonly rows: readonly { readonly key: string; readonly label: string }[];
  readonly columns: readonly string[];
  /** By row and column; undefined where there is nothing at all. */
  readonly values: readonly (readonly (HeatValue | undefined)[])[];
  /** The darkest. */
  readonly largest: bigint;
}

/** The piece of it that is seen, in CSS pixels. */
interface HeatWindow {
  readonly scrollLeft: number;
  readonly scrollTop: number;
  readonly width: number;
  readonly height: number;
}

/** What a picture of it needs. */
export interface HeatPicture {
  readonly data: HeatData;
  readonly layout: HeatLayout;
  readonly window: HeatWindow;
  readonly theme: HeatTheme;
  readonly ramp: Ramp;
  readonly numbers: Pick<Numbers, 'whole' | 'brief'>;
  readonly cursor: HeatCell | undefined;
}

type Pen = CanvasRenderingContext2D;

/** Draws the rows that are seen: as quick for a thousand rows as for twenty. */
export function paintHeat(pen: Pen, picture: HeatPicture): void {
  const { layout, window, theme } = picture;
  pen.fillStyle = theme.background;
  pen.fillRect(0, 0, window.width, window.height);
  pen.font = theme.font;
  pen.textBaseline = 'middle';
  clipped(pen, [layout.labelWidth, layout.headHeight, window.width, window.height], () => paintCells(pen, picture));
  clipped(pen, [0, layout.headHeight, layout.labelWidth, window.height], () => paintLabels(pen, picture));
  clipped(pen, [layout.labelWidth, 0, window.width, layout.headHeight], () => paintHead(pen, picture));
}

function clipped(pen: Pen, [left, top, right, bottom]: readonly [number, number, number, number], paint: () => void): void {
  pen.save();
  pen.beginPath();
  pen.rect(left, top, right - left, bottom - top);
  pen.clip();
  paint();
  pen.restore();
}

function paintCells(pen: Pen, picture: HeatPicture): void {
  const { data, layout, window, cursor } = picture;
  const { from, to } = visibleRows(layout, window.scrollTop, window.height);
  pen.textAlign = 'center';
  for (let row = from; row < to; row += 1) {
    for (let column = 0; column < layout.columns; column += 1) paintCell(pen, picture, data.values[row]?.[column], { row, column });
  }
  if (cursor !== undefined) paintCursor(pen, picture, cursor);
}

/** Left, top, width and height of a cell as it is seen; a pixel between two cells is left. */
function boxOf({ layout, window }: HeatPicture, { row, column }: HeatCell): readonly [number, number, number, number] {
  const left = layout.labelWidth + column * layout.cellWidth - window.scrollLeft;
  const top = layout.headHeight + row * layout.cellHeight - window.scrollTop;
  return [left, top, layout.cellWidth - 1, layout.cellHeight - 1];
}

function paintCell(pen: Pen, picture: HeatPicture, value: HeatValue | undefined, cell: HeatCell): void {
  const { data, theme, ramp } = picture;
  const [left, top, width, height] = boxOf(picture, cell);
  if (left + width < picture.layout.labelWidth || left > picture.window.width) return;
  if (value?.lag === undefined) {
    if (value !== undefined) hatch(pen, [left, top, width, height], theme);
    return;
  }
  const { ground, ink } = ramp.at(shadeOf(value.lag, data.largest));
  pen.fillStyle = ground;
  pen.fillRect(left, top, width, height);
  pen.fillStyle = ink;
  if (value.isMarked) corner(pen, left + width, top);
  const text = fittingNumber(pen, value.lag, width - (value.isMarked ? 2 * CORNER : 4), picture.numbers);
  if (text !== undefined) pen.fillText(text, left + width / 2, top + height / 2 + 1);
}

const CORNER = 6;

function corner(pen: Pen, right: number, top: number): void {
  pen.beginPath();
  pen.moveTo(right - CORNER - 1, top + 1);
  pen.lineTo(right - 1, top + 1);
  pen.lineTo(right - 1, top + CORNER + 1);
  pen.fill();
}

/** All digits where they fit, else a few, else none: the line below has them all. */
function fittingNumber(pen: Pen, lag: bigint, width: number, numbers: HeatPicture['numbers']): string | undefined {
  return [numbers.whole(String(lag)), numbers.brief(lag)].find((text) => pen.measureText(text).width <= width);
}

/** No value is something else than nothing to read. */
function hatch(pen: Pen, [left, top, width, height]: readonly [number, number, number, number], theme: HeatTheme): void {
  pen.save();
  pen.beginPath();
  pen.rect(left, top, width, height);
  pen.clip();
  pen.strokeStyle = theme.foreground;
  pen.globalAlpha = 0.35;
  pen.beginPath();
  for (let x = left - height; x < left + width; x += 6) {
    pen.moveTo(x, top + height);
    pen.lineTo(x + height, top);
  }
  pen.stroke();
  pen.restore();
}

function paintCursor(pen: Pen, picture: HeatPicture, cursor: HeatCell): void {
  const [left, top, width, height] = boxOf(picture, cursor);
  pen.lineWidth = 2;
  // Two lines: one of them is seen on whatever shade is under it.
  pen.strokeStyle = picture.theme.background;
  pen.strokeRect(left + 2, top + 2, width - 4, height - 4);
  pen.strokeStyle = picture.theme.focus;
  pen.strokeRect(left, top, width, height);
}

function paintLabels(pen: Pen, { data, layout, window, theme, cursor }: HeatPicture): void {
  const { from, to } = visibleRows(layout, window.scrollTop, window.height);
  pen.textAlign = 'left';
  pen.fillStyle = theme.foreground;
  for (let row = from; row < to; row += 1) {
    const label = data.rows[row]?.label ?? '';
    const middle = layout.headHeight + (row + 0.5) * layout.cellHeight - window.scrollTop;
    pen.fillText(shortened(pen, label, layout.labelWidth - 8), 0, middle);
    if (cursor?.row === row) pen.fillRect(layout.labelWidth - 4, middle - layout.cellHeight / 2, 2, layout.cellHeight - 1);
  }
}

function paintHead(pen: Pen, { data, layout, window, theme, cursor }: HeatPicture): void {
  pen.textAlign = 'center';
  pen.fillStyle = theme.foreground;
  const widest = pen.measureText('0'.repeat(Math.max(1, ...data.columns.map(({ length }) => length)))).width + 2;
  // Where the numbers of all columns do not fit beside each other, every second, third, … has its own.
  const every = Math.max(1, Math.ceil(widest / layout.cellWidth));
  for (const [column, label] of data.columns.entries()) {
    if (column % every !== 0) continue;
    const middle = layout.labelWidth + (column + 0.5) * layout.cellWidth - window.scrollLeft;
    pen.fillText(label, middle, layout.headHeight / 2);
    if (cursor?.column === column) pen.fillRect(middle - layout.cellWidth / 2, layout.headHeight - 3, layout.cellWidth - 1, 2);
  }
}

/** A text with as much of its start as fits. */
function shortened(pen: Pen, text: string, width: number): string {
  if (pen.measureText(text).width <= width) return text;
  const start = (length: number): string => `${text.slice(0, length).toWellFormed()}…`;
  let [fits, tooLong] = [0, text.length];
  while (tooLong - fits > 1) {
    const half = Math.floor((fits + tooLong) / 2);
    if (pen.measureText(start(half)).width <= width) fits = half;
    else tooLong = half;
  }
  return start(fits);
}
