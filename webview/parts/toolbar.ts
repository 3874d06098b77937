import * as l10n from '@vscode/l10n';

import { INTERVALS } from '../../src/protocol/ranges.ts';
import type { DashboardView } from '../../src/protocol/view.ts';
import { el } from '../dom.ts';
import type { PageContext } from '../page.ts';
import { button, select } from './inputs.ts';
import type { LiveLine } from './live.ts';
import { rangeChoice } from './range.ts';

/** The row of controls below the head. */
export interface Toolbar {
  readonly element: HTMLElement;
  /** The settings or the time zone are others: by this page, or by another that said "everywhere". */
  view(view: DashboardView): void;
}

/** Range, interval, refresh, the same range everywhere, and how live it is. */
export function toolbar(context: PageContext, live: LiveLine, onRefresh: () => void): Toolbar {
  const range = context.init.hasRange ? rangeChoice(context) : undefined;
  const seconds = INTERVALS.map((value) => ({ value: String(value), text: intervalWords(value, context), seconds: value }));
  const interval = select(l10n.t('Refresh interval'), seconds, (value) => {
    const chosen = seconds.find((choice) => choice.value === value);
    if (chosen !== undefined) context.call({ type: 'setInterval', seconds: chosen.seconds });
  });
  const refresh = button({ text: l10n.t('Refresh'), onPress: onRefresh });
  const everywhere = range === undefined
    ? undefined
    : button({
        text: l10n.t('Apply range everywhere'),
        label: l10n.t('Apply range everywhere: to all open dashboards'),
        onPress: () => context.call({ type: 'rangeEverywhere' }),
      });
  const show = (view: DashboardView): void => {
    range?.view(view);
    interval.set(String(view.intervalSeconds));
  };
  show(context.view);
  return {
    element: el('div', { class: 'toolbar', role: 'group', 'aria-label': l10n.t('Range and refresh') }, range?.element, interval.element, refresh, everywhere, live.element, range?.form),
    view: show,
  };
}

function intervalWords(seconds: number, { format }: PageContext): string {
  return seconds === 0 ? l10n.t('manual') : l10n.t('every {0}', format.duration(seconds * 1000));
}
