/** Where the cells of a heat map are, in CSS pixels from the top left of all of it. */
export interface HeatLayout {
  readonly rows: number;
  readonly columns: number;
  readonly labelWidth: number;
  readonly headHeight: number;
  readonly cellWidth: number;
  readonly cellHeight: number;
  readonly width: number;
  readonly height: number;
}

/** One cell: its row and column from 0. */
export interface HeatCell {
  readonly row: number;
  readonly column: number;
}

/** What is asked of a layout: how many, how wide, how large the letters are. */
export interface HeatSize {
  readonly rows: number;
  readonly columns: number;
  /** CSS pixels to fill; cells that would be too narrow make it wider, to be scrolled. */
  readonly width: number;
  /** Height of a line of text. */
  readonly linePx: number;
  /** Width of the longest label. */
  readonly longestLabelPx: number;
}

const MIN_CELL = 10;
const MAX_CELL = 140;
const GAP = 8;

/** Lays cells out: labels take at most a third of the width, the cells share the rest evenly. */
export function heatLayout({ rows, columns, width, linePx, longestLabelPx }: HeatSize): HeatLayout {
  const labelWidth = Math.ceil(Math.min(longestLabelPx + GAP, width / 3));
  const fair = Math.floor((width - labelWidth) / Math.max(1, columns));
  const cellWidth = Math.min(MAX_CELL, Math.max(MIN_CELL, fair));
  const cellHeight = Math.ceil(linePx) + 4;
  const headHeight = Math.ceil(linePx) + 4;
  return {
    rows,
    columns,
    labelWidth,
    headHeight,
    cellWidth,
    cellHeight,
    width: labelWidth + cellWidth * columns,
    height: headHeight + cellHeight * rows,
  };
}

/** The cell at a point of the whole, head and labels not counted; undefined where there is none. */
export function cellAt(layout: HeatLayout, x: number, y: number): HeatCell | undefined {
  const column = Math.floor((x - layout.labelWidth) / layout.cellWidth);
  const row = Math.floor((y - layout.headHeight) / layout.cellHeight);
  const isInside = column >= 0 && column < layout.columns && row >= 0 && row < layout.rows;
  return isInside ? { row, column } : undefined;
}

/** Rows of which something is seen: the first, and the one after the last. The head stays at the top and hides what is under it. */
export function visibleRows(layout: HeatLayout, scrollTop: number, height: number): { readonly from: number; readonly to: number } {
  const from = Math.max(0, Math.floor(scrollTop / layout.cellHeight));
  const to = Math.min(layout.rows, Math.ceil((scrollTop + height - layout.headHeight) / layout.cellHeight));
  return { from, to: Math.max(from, to) };
}

/** How far to scroll so that a length from `start` is seen in a window of `size` at `scroll`; as little as possible. */
export function scrollTo(scroll: number, size: number, start: number, length: number): number {
  if (start < scroll) return start;
  return Math.max(scroll, start + length - size);
}

/** Where a key takes the cursor; undefined for a key that moves nothing. */
export function movedBy(key: string, isToEnd: { readonly ctrl: boolean }, cell: HeatCell, layout: HeatLayout, pageRows: number): HeatCell | undefined {
  const row = (value: number): HeatCell => ({ row: Math.max(0, Math.min(layout.rows - 1, value)), column: cell.column });
  const column = (value: number): HeatCell => ({ row: cell.row, column: Math.max(0, Math.min(layout.columns - 1, value)) });
  switch (key) {
    case 'ArrowUp':
      return row(cell.row - 1);
    case 'ArrowDown':
      return row(cell.row + 1);
    case 'PageUp':
      return row(cell.row - Math.max(1, pageRows));
    case 'PageDown':
      return row(cell.row + Math.max(1, pageRows));
    case 'ArrowLeft':
      return column(cell.column - 1);
    case 'ArrowRight':
      return column(cell.column + 1);
    case 'Home':
      return isToEnd.ctrl ? { row: 0, column: 0 } : column(0);
    case 'End':
      return isToEnd.ctrl ? { row: layout.rows - 1, column: layout.columns - 1 } : column(layout.columns - 1);
    default:
      return undefined;
  }
}
