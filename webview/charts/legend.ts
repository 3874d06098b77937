import * as l10n from '@vscode/l10n';

import { oneLine } from '../../src/model/format.ts';
import { el, keyed, setAttributes, setText } from '../dom.ts';
import type { PageContext } from '../page.ts';
import { linkButton } from '../parts/inputs.ts';
import { createLargest, onlyLine, withLine, type ChartLine, type LineChoice } from './data.ts';
import type { PlotLook } from './plot.ts';
import type { ChartTheme } from './palette.ts';
import { paintSwatch } from './swatch.ts';

/** Up to that many lines stand in a legend without being asked for. */
const FEW = 24;
/** How many of more stand in it. */
const LARGEST = 12;

/** What a legend shows. */
interface LegendView {
  readonly lines: readonly ChartLine[];
  readonly looks: ReadonlyMap<string, PlotLook>;
  readonly drawn: ReadonlySet<string>;
  readonly choice: LineChoice;
  readonly theme: ChartTheme;
}

/** How a legend is made. */
export interface LegendOptions {
  readonly context: PageContext;
  readonly kind: 'lines' | 'bars';
  /** Name of the chart. */
  readonly title: string;
  readonly choose: (choice: LineChoice) => void;
  /** A line's button is pointed at or has the focus. */
  readonly focus: (key: string | undefined) => void;
}

/** The lines of a chart as buttons: pressed is shown. */
export interface Legend {
  readonly element: HTMLElement;
  show(view: LegendView): void;
}

/** A legend. With Shift or Alt a button shows its line alone, and all again. */
export function legend({ context, kind, title, choose, focus }: LegendOptions): Legend {
  const list = el('ul', { 'aria-label': l10n.t('Lines of "{0}"', title) });
  const note = el('span', { class: 'note' });
  const more = linkButton('', () => {
    isWhole = !isWhole;
    if (view !== undefined) draw(view);
  });
  const element = el('div', { class: 'legend' }, list, note, more);
  let view: LegendView | undefined;
  let isWhole = false;
  let shown = '';
  const largest = createLargest(LARGEST);

  const press = (key: string, isAlone: boolean): void => {
    if (view === undefined) return;
    const { lines, drawn, choice } = view;
    if (!isAlone) choose(withLine(choice, key, drawn.has(key) ? 'hidden' : 'shown'));
    else choose(drawn.size === 1 && drawn.has(key) ? { hidden: [], shown: [] } : onlyLine(lines, key));
  };
  const put = keyed<ChartLine>(list, {
    key: ({ key }) => key,
    make: ({ key }) => makeItem(key, press, focus),
    update: (item, line) => view !== undefined && updateItem(item, line, view, kind),
  });
  const draw = (now: LegendView): void => {
    const { lines, drawn } = now;
    const isLong = lines.length > FEW;
    put(isLong && !isWhole ? largest(lines) : lines);
    more.hidden = !isLong;
    setText(more, isWhole ? l10n.t('Show the largest only') : l10n.t('Show all ({0})', context.format.count(lines.length)));
    setAttributes(more, { 'aria-expanded': String(isWhole) });
    setText(note, isLong ? l10n.t('{0} of {1} lines are drawn.', context.format.count(drawn.size), context.format.count(lines.length)) : '');
  };
  return {
    element,
    show: (now) => {
      view = now;
      // It changes seldom, and is shown with every move of a zoom.
      const signature = signatureOf(now);
      if (signature === shown) return;
      shown = signature;
      // One line needs no choice, and is named by its values.
      element.hidden = now.lines.length === now.drawn.size && now.lines.length < 2;
      draw(now);
    },
  };
}

/** What a legend shows. */
function signatureOf({ lines, looks, drawn, theme }: LegendView): string {
  return JSON.stringify([lines.map(({ key, label }) => [key, label, drawn.has(key)]), [...looks.values()], theme, devicePixelRatio]);
}

function makeItem(key: string, press: (key: string, isAlone: boolean) => void, focus: (key: string | undefined) => void): HTMLElement {
  const button = el('button', { type: 'button', class: 'line' }, el('canvas', { 'aria-hidden': 'true' }), el('span'));
  button.addEventListener('click', (event) => press(key, event.shiftKey || event.altKey));
  for (const type of ['pointerenter', 'focus'] as const) button.addEventListener(type, () => focus(key));
  for (const type of ['pointerleave', 'blur'] as const) button.addEventListener(type, () => focus(undefined));
  return el('li', {}, button);
}

function updateItem(item: HTMLElement, { key, label }: ChartLine, { looks, drawn, theme }: LegendView, kind: 'lines' | 'bars'): void {
  const [button, canvas, words] = [item.querySelector('button'), item.querySelector('canvas'), item.querySelector('span')];
  const look = looks.get(key);
  if (button === null || canvas === null || words === null || look === undefined) return;
  setAttributes(button, { 'aria-pressed': String(drawn.has(key)), title: l10n.t('{0} (Shift+click: only this line)', oneLine(label)) });
  setText(words, oneLine(label));
  paintSwatch(canvas, { kind, look, theme, ratio: devicePixelRatio });
}
