import * as l10n from '@vscode/l10n';

import { el, keyed, setAttributes, setContent, setText, spoken } from './dom.ts';
import type { UiState } from './page.ts';
import { keptOrder, readSort, type Sort } from './sorting.ts';

/** A column of a table. */
export interface Column<Row> {
  readonly id: string;
  readonly title: string;
  /** Numbers stand at the end. */
  readonly align?: 'end';
  /** Order of two rows, smallest first; absent where the column cannot be sorted by. */
  readonly sort?: (a: Row, b: Row) => number;
  /** What stands in it. A node takes the place of the one before only where it differs; its listeners act by the row's key. */
  readonly cell: (row: Row) => string | Node;
  /** Which way the value went since the read before, as a small sign with words for it. */
  readonly moved?: (row: Row) => 'up' | 'down' | undefined;
  /** Names the row. */
  readonly header?: true;
}

/** How a table is made. */
export interface TableOptions<Row> {
  /** What the table shows: its name for those who do not see it. */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  /** Tells a row from the others, and stays over reads. */
  readonly key: (row: Row) => string;
  /** Keeps the sorted column. */
  readonly ui: UiState;
  /** Its name within {@link ui}. */
  readonly id: string;
  /** Stands in its place while there is no row: what would fill it. */
  readonly empty: string;
}

/** A table that is shown. */
export interface Table<Row> {
  readonly element: HTMLElement;
  /**
   * Shows these rows. Each keeps its element and its place: numbers change where they stand, new rows are put where the order wants them.
   * Unsorted, rows stand in the order given.
   */
  rows(rows: readonly Row[]): void;
}

/** More rows than fit into any window. */
const FIRST_ROWS = 100;

interface Heading<Row> {
  readonly column: Column<Row>;
  readonly cell: HTMLTableCellElement;
  readonly sign: HTMLElement | undefined;
}

/** A native table whose headers sort. It scrolls sideways in itself where the page is narrower. */
export function table<Row>(options: TableOptions<Row>): Table<Row> {
  const body = el('tbody');
  const headings = options.columns.map((column) => heading(column, () => press(column)));
  const grid = el('table', {}, el('caption', { class: 'spoken' }, options.caption), el('thead', {}, el('tr', {}, ...headings.map(({ cell }) => cell))), body);
  const scroller = scrolling(grid, options.caption);
  const empty = el('p', { class: 'empty', hidden: true }, options.empty);
  const show = keyed<Row>(body, { key: options.key, make: () => makeRow(options.columns), update: (element, row) => updateRow(element, options.columns, row) });

  let given: readonly Row[] = [];
  let order: readonly string[] = [];
  let sort = readSort(options.ui.get(`${options.id}.sort`), options.columns);

  const draw = (): void => {
    const arranged = keptOrder(given, order, options.key, comparison(options.columns, sort));
    order = arranged.rows.map((row) => options.key(row));
    empty.hidden = given.length > 0;
    scroller.hidden = given.length === 0;
    showRows(arranged.rows);
    for (const each of headings) showSort(each, sort, arranged.isSorted);
    isSorted = arranged.isSorted;
  };
  let isSorted = true;

  /** Of very many new rows, first those that are seen first. */
  function showRows(rows: readonly Row[]): void {
    if (rows.length <= FIRST_ROWS || body.childElementCount > 0) {
      show(rows);
      return;
    }
    show(rows.slice(0, FIRST_ROWS));
    // Two frames: the one between them is drawn.
    requestAnimationFrame(() => requestAnimationFrame(() => draw()));
  }

  function press(column: Column<Row>): void {
    // Where the order is an old one, the first press puts it right.
    const again = sort?.column === column.id ? sort : undefined;
    sort = again === undefined ? { column: column.id, descending: column.align === 'end' } : { ...again, descending: isSorted ? !again.descending : again.descending };
    options.ui.set(`${options.id}.sort`, sort);
    order = [];
    draw();
  }

  return {
    element: el('div', { class: 'table' }, scroller, empty),
    rows: (rows) => {
      given = rows;
      draw();
    },
  };
}

/** What scrolls sideways where the page is narrower than the table; then also by keyboard. */
function scrolling(grid: HTMLElement, label: string): HTMLElement {
  const element = el('div', { class: 'scroller' }, grid);
  const observer = new ResizeObserver(() => {
    const isNarrow = element.scrollWidth > element.clientWidth;
    setAttributes(element, { tabindex: isNarrow ? 0 : undefined, role: isNarrow ? 'group' : undefined, 'aria-label': isNarrow ? label : undefined });
  });
  observer.observe(element);
  observer.observe(grid);
  return element;
}

function comparison<Row>(columns: readonly Column<Row>[], sort: Sort | undefined): ((a: Row, b: Row) => number) | undefined {
  const compare = columns.find(({ id }) => id === sort?.column)?.sort;
  if (compare === undefined || sort === undefined) return undefined;
  return sort.descending ? (a, b) => compare(b, a) : compare;
}

function heading<Row>(column: Column<Row>, press: () => void): Heading<Row> {
  const attributes = { scope: 'col', class: column.align };
  if (column.sort === undefined) return { column, cell: el('th', attributes, column.title), sign: undefined };
  const sign = el('span', { class: 'sign', 'aria-hidden': 'true' });
  const pressed = el('button', { type: 'button' }, el('span', {}, column.title), sign);
  pressed.addEventListener('click', press);
  return { column, cell: el('th', attributes, pressed), sign };
}

function showSort<Row>({ column, cell, sign }: Heading<Row>, sort: Sort | undefined, isSorted: boolean): void {
  if (sign === undefined) return;
  const isThis = sort?.column === column.id;
  const direction = sort?.descending === true ? 'descending' : 'ascending';
  setAttributes(cell, {
    // Rows keep their place while numbers change: then the order is one that was.
    'aria-sort': isThis ? (isSorted ? direction : 'other') : undefined,
    title: isThis && !isSorted ? l10n.t('The numbers changed since it was sorted. Press to sort again.') : undefined,
  });
  setText(sign, isThis ? SIGNS[direction][isSorted ? 'now' : 'before'] : '');
}

const SIGNS = {
  ascending: { now: '▲', before: '△' },
  descending: { now: '▼', before: '▽' },
} as const;

function makeRow<Row>(columns: readonly Column<Row>[]): HTMLTableRowElement {
  return el('tr', {}, ...columns.map((column) => {
    const value = el('span', { class: 'value' });
    const moved = column.moved === undefined ? undefined : el('span', { class: 'moved' });
    return column.header === true ? el('th', { scope: 'row', class: column.align }, value, moved) : el('td', { class: column.align }, value, moved);
  }));
}

function updateRow<Row>(element: HTMLElement, columns: readonly Column<Row>[], row: Row): void {
  for (const [index, column] of columns.entries()) {
    const cell = element.children[index];
    const [value, moved] = cell === undefined ? [] : cell.children;
    if (value !== undefined) setContent(value, column.cell(row));
    if (moved !== undefined) showMoved(moved, column.moved?.(row));
  }
}

function showMoved(element: Element, moved: 'up' | 'down' | undefined): void {
  if ((element.getAttribute('data-moved') ?? undefined) === moved) return;
  setAttributes(element, { 'data-moved': moved });
  element.replaceChildren(
    ...(moved === undefined ? [] : [el('span', { 'aria-hidden': 'true' }, moved === 'up' ? '▲' : '▼'), spoken(moved === 'up' ? l10n.t('rose') : l10n.t('fell'))]),
  );
}
