import * as l10n from '@vscode/l10n';

import { oneLine } from '../../src/model/format.ts';
import { el, setAttributes, setText } from '../dom.ts';
import type { PageContext } from '../page.ts';
import { linkButton } from '../parts/inputs.ts';
import { byLastValue, placesWithValues, type ChartData, type ChartLine } from './data.ts';
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
  const button = linkButton('', () => {
    open(element.hidden !== false);
    context.ui.set(`${id}.table`, element.hidden === false);
    toggled();
  });
  const open = (isOpen: boolean): void => {
    element.hidden = !isOpen;
    if (!isOpen) element.replaceChildren();
    setText(button, isOpen ? l10n.t('Hide table') : l10n.t('Show as table'));
    setAttributes(button, { 'aria-expanded': String(isOpen), 'aria-label': `${button.textContent}: ${title}` });
  };
  open(context.ui.get(`${id}.table`) === true);
  return {
    element,
    button,
    show: (view) => {
      if (element.hidden === false) keepScroll(element, () => element.replaceChildren(table(view, options)));
    },
  };
}

/** New rows in a table that was scrolled sideways leave it so. */
function keepScroll(element: HTMLElement, change: () => void): void {
  const left = element.querySelector('.scroller')?.scrollLeft ?? 0;
  change();
  const scroller = element.querySelector('.scroller');
  if (scroller !== null) scroller.scrollLeft = left;
}

/** The values of a chart as a native table, newest first, with what is left out said in words. */
function table({ data, lines, span }: TwinView, { title, words, context }: TwinOptions): HTMLElement {
  const { format, time } = context;
  const shown = lines.length > MOST.columns ? byLastValue(lines).slice(0, MOST.columns) : lines;
  const places = placesWithValues(data, lines, span.fromMs / 1_000, span.toMs / 1_000);
  const newest = places.slice(-MOST.rows).toReversed();
  const notes = tableNotes(
    { isReduced: data.isReduced, pointCount: data.pointCount, rows: places.length, shownRows: newest.length, lines: lines.length, shownLines: shown.length },
    format,
  );
  const unit = unitWords(data.unit);
  const caption = unit === undefined ? title : `${title} (${unit})`;
  const head = el('tr', {}, el('th', { scope: 'col' }, l10n.t('Time ({0})', time.zoneName(span.toMs))), ...shown.map(({ label }) => el('th', { scope: 'col', class: 'end' }, oneLine(label))));
  const rows = newest.map((place) =>
    el(
      'tr',
      {},
      el('th', { scope: 'row' }, time.dateTime((data.times[place] ?? 0) * 1_000)),
      ...shown.map(({ values }) => el('td', { class: 'end' }, words.value(values[place], data.unit))),
    ),
  );
  return el(
    'div',
    { class: 'twin' },
    ...notes.map((note) => el('p', { class: 'note' }, note)),
    el(
      'div',
      { class: 'scroller', role: 'group', 'aria-label': caption, tabindex: 0 },
      el('table', {}, el('caption', { class: 'spoken' }, caption), el('thead', {}, head), el('tbody', {}, ...rows)),
    ),
  );
}
