import * as l10n from '@vscode/l10n';

import { el, setText } from '../dom.ts';
import type { HeatTheme, Ramp } from './heatColours.ts';
import type { Numbers } from './numbers.ts';

/** The key to a heat map: its shades with their ends, and what its marks mean. */
export interface HeatLegend {
  readonly element: HTMLElement;
  show(ramp: Ramp, largest: bigint): void;
  /** Whether any cell is blank, which is to be explained then. */
  blank(isSome: boolean): void;
  /** The theme's colours and letters as they are now, once it stands in the page. */
  theme(): HeatTheme;
}

const SHADES = 8;

/** A key that is kept under a heat map. */
export function heatLegend(numbers: Pick<Numbers, 'whole'>): HeatLegend {
  const most = el('span');
  const shades = Array.from({ length: SHADES }, () => el('span', { class: 'shade' }));
  const blank = el('span', { class: 'heat-key', hidden: true }, l10n.t('blank: no member reads it'));
  const probe = el('span', { class: 'probe', hidden: true });
  const element = el(
    'div',
    { class: 'heat-legend' },
    el('span', { class: 'heat-key' }, el('span', {}, numbers.whole(0)), el('span', { class: 'shades', 'aria-hidden': 'true' }, ...shades), most),
    el('span', { class: 'heat-key' }, el('span', { class: 'cornered', 'aria-hidden': 'true' }), l10n.t('not moving, or never drained at this rate')),
    el('span', { class: 'heat-key' }, el('span', { class: 'hatched', 'aria-hidden': 'true' }), l10n.t('nothing committed yet')),
    blank,
    probe,
  );
  return {
    element,
    show: (ramp, largest) => {
      setText(most, l10n.t('{0}, on a logarithmic scale', numbers.whole(String(largest))));
      for (const [index, shade] of shades.entries()) shade.style.backgroundColor = ramp.at(index / (SHADES - 1)).ground;
    },
    blank: (isSome) => {
      blank.hidden = !isSome;
    },
    theme: () => themeOf(element, probe),
  };
}

/** Reads variables through a computed colour: then they are all of one form, whatever a theme wrote. */
function themeOf(element: HTMLElement, probe: HTMLElement): HeatTheme {
  const colour = (value: string): string => {
    probe.style.color = value;
    return getComputedStyle(probe).color;
  };
  const { fontSize, fontFamily } = getComputedStyle(element);
  return {
    background: colour('var(--vscode-editor-background)'),
    foreground: colour('var(--vscode-foreground)'),
    hue: colour('var(--vscode-charts-blue)'),
    focus: colour('var(--vscode-focusBorder)'),
    font: `${fontSize} ${fontFamily}`,
  };
}
