import * as l10n from '@vscode/l10n';

import type { SeriesTable } from '../../src/protocol/series.ts';
import { el, setText, svg } from '../dom.ts';

/** Units of the drawing; it is stretched to its place. */
const WIDTH = 200;
const HEIGHT = 40;
/** Room for the line's own width at both ends. */
const EDGE = 2;

/** A line so small that it only shows the course; what it says stands below it in words. */
export interface Sparkline {
  readonly element: HTMLElement;
  /** Shows the sum of a table's lines; `words` tells of the last and the largest value. */
  show(table: SeriesTable, words: (last: number, most: number) => string): void;
}

/** A figure with a line and a caption. */
export function sparkline(): Sparkline {
  const path = svg('path');
  const caption = el('figcaption');
  const drawing = svg('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', 'aria-hidden': 'true' }, path);
  return {
    element: el('figure', { class: 'sparkline' }, drawing, caption),
    show: (table, words) => {
      const { times, values } = summed(table);
      const known = values.filter((value) => Number.isFinite(value));
      const most = known.reduce((largest, value) => Math.max(largest, value), 0);
      path.setAttribute('d', lineOf(times, values, table, most));
      setText(caption, known.length === 0 ? l10n.t('No messages were recorded in this time.') : words(known[known.length - 1] ?? 0, most));
    },
  };
}

/** All lines as one: a gap only where every line has one. */
function summed(table: SeriesTable): { readonly times: Float64Array; readonly values: readonly number[] } {
  const times = new Float64Array(table.times);
  const columns = table.lines.map(({ values }) => new Float64Array(values));
  const values = [...times].map((_, index) => {
    const known = columns.map((column) => column[index] ?? Number.NaN).filter((value) => Number.isFinite(value));
    return known.length === 0 ? Number.NaN : known.reduce((sum, value) => sum + value, 0);
  });
  return { times, values };
}

function lineOf(times: Float64Array, values: readonly number[], { fromMs, toMs }: SeriesTable, most: number): string {
  const span = Math.max(1, toMs - fromMs);
  let isOpen = false;
  return values
    .map((value, index) => {
      if (!Number.isFinite(value)) {
        isOpen = false;
        return '';
      }
      const x = (((times[index] ?? 0) * 1000 - fromMs) / span) * WIDTH;
      const y = HEIGHT - EDGE - (most === 0 ? 0 : (value / most) * (HEIGHT - 2 * EDGE));
      const step = `${isOpen ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`;
      isOpen = true;
      return step;
    })
    .join('');
}
