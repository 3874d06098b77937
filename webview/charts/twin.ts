import * as l10n from '@vscode/l10n';

import { oneLine } from '../../src/model/format.ts';
import { el, keyed, setAttributes, setText } from '../dom.ts';
import type { PageContext } from '../page.ts';
import { linkButton } from '../parts/inputs.ts';
import { createLargest, placesWithValues, type ChartData, type ChartLine } from './data.ts';
import type { Span } from './span.ts';
import { tableNotes, unitWords, type ValueWords } from './words.ts';

/** What is drawn of a table at most: more is for "Copy CSV". */
const MOST = { rows: 200, columns: 20 } as const;

/** What a twin shows. */
interface TwinView {
  readonly data: ChartData;
  /** The lines that are drawn. */
  readonly lines: readonly ChartLine[];
  readonly span: Span;
}

/** How a twin is made. */
export interface TwinOptions {
  /** Of the chart: whether the table is open is kept by that. */
  readonly id: string;
  readonly title: string;
  readonly context: PageContext;
  readonly words: ValueWords;
  /** It was opened or closed: to be shown again. */
  readonly toggled: () => void;
}

/** The table of a chart, and the button that opens it. */
export interface Twin {
  readonly element: HTMLElement;
  readonly button: HTMLButtonElement;
  /** Fills the table, where it is open. */
  show(view: TwinView): void;
}

/** A table that says what a chart draws, closed at first. */
export function twin(options: TwinOptions): Twin {
  const { id, title, context, toggled } = options;
  const element = el('div', { hidden: true });
  let table: TwinTable | undefined;
  const button = linkButton('', () => {
    open(element.hidden !== false);
    context.ui.set(`${id}.table`, element.hidden === false);
    toggled();
  });
  const open = (isOpen: boolean): void => {
    element.hidden = !isOpen;
    table = isOpen ? new TwinTable(options) : undefined;
    element.replaceChildren(...(table === undefined ? [] : [table.element]));
    setText(button, isOpen ? l10n.t('Hide table') : l10n.t('Show as table'));
    setAttributes(button, { 'aria-expanded': String(isOpen), 'aria-label': `${button.textContent}: ${title}` });
  };
  open(context.ui.get(`${id}.table`) === true);
  return { element, button, show: (view) => table?.show(view) };
}

/** A row: what stands in it, and the time it is kept by. */
interface Row {
  /** Unix seconds. */
  readonly time: number;
  readonly cells: readonly string[];
}

/**
 * The values of a chart as a native table, newest first, with what is left out said in words. New values come into the table that is there:
 * it stays scrolled and keeps the focus.
 */
class TwinTable {
  readonly element: HTMLElement;
  readonly #options: TwinOptions;
  readonly #caption = el('caption', { class: 'spoken' });
  readonly #scroller: HTMLElement;
  readonly #head = el('tr', {}, el('th', { scope: 'col' }));
  readonly #showNotes: (notes: readonly string[]) => void;
  readonly #showRows: (rows: readonly Row[]) => void;
  readonly #largest = createLargest(MOST.columns);

  constructor(options: TwinOptions) {
    this.#options = options;
    const [notes, body] = [el('div'), el('tbody')];
    this.#scroller = el('div', { class: 'scroller', role: 'group', tabindex: 0 }, el('table', {}, this.#caption, el('thead', {}, this.#head), body));
    this.element = el('div', { class: 'twin' }, notes, this.#scroller);
    this.#showNotes = keyed<string>(notes, { key: (note) => note, make: () => el('p', { class: 'note' }), update: setText });
    this.#showRows = keyed<Row>(body, {
      key: ({ time }) => String(time),
      make: () => el('tr', {}, el('th', { scope: 'row' })),
      update: (row, { cells }) => fill(row, cells, () => el('td', { class: 'end' })),
    });
  }

  show({ data, lines, span }: TwinView): void {
    const { title, words, context } = this.#options;
    const { format, time } = context;
    const shown = lines.length > MOST.columns ? this.#largest(lines) : lines;
    const places = placesWithValues(data, lines, span.fromMs / 1_000, span.toMs / 1_000);
    const newest = places.slice(-MOST.rows).toReversed();
    const unit = unitWords(data.unit);
    const caption = unit === undefined ? title : `${title} (${unit})`;
    const facts = { isReduced: data.isReduced, pointCount: data.pointCount, rows: places.length, shownRows: newest.length, lines: lines.length, shownLines: shown.length };
    this.#showNotes(tableNotes(facts, format));
    setText(this.#caption, caption);
    setAttributes(this.#scroller, { 'aria-label': caption });
    fill(this.#head, [l10n.t('Time ({0})', time.zoneName(span.toMs)), ...shown.map(({ label }) => oneLine(label))], () => el('th', { scope: 'col', class: 'end' }));
    this.#showRows(newest.map((place) => ({
      time: data.times[place] ?? 0,
      cells: [time.dateTime((data.times[place] ?? 0) * 1_000), ...shown.map(({ values }) => words.value(values[place], data.unit))],
    })));
  }
}

/** Brings a row's cells up to date; the first is there from the beginning. */
function fill(row: HTMLElement, texts: readonly string[], make: () => HTMLElement): void {
  while (row.children.length > texts.length) row.lastElementChild?.remove();
  for (const [index, text] of texts.entries()) {
    const cell = row.children[index] ?? row.appendChild(make());
    setText(cell, text);
  }
}
