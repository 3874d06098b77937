import * as l10n from '@vscode/l10n';

import type { LiveEvent } from '../../src/protocol/dashboard.ts';
import { el, setAttributes, setText } from '../dom.ts';
import type { PageContext } from '../page.ts';

/** How live the page is, in words: when it was read, whether it goes on by itself, and if not, why. */
export interface LiveLine {
  readonly element: HTMLElement;
  /** A part was read then, Unix milliseconds. */
  read(ms: number): void;
  /** @param said the same, without what those who listen know already */
  show(event: LiveEvent, said: LiveEvent): void;
  /** The time zone is another. */
  redraw(): void;
}

/** The line at the end of the toolbar. Not a live region: every ten seconds would be too much to listen to; only a change of state is said. */
export function liveLine(context: Pick<PageContext, 'time' | 'announce'>): LiveLine {
  const updated = el('span', { class: 'updated' });
  const state = el('span', { class: 'state' });
  const element = el('p', { class: 'live' }, updated, state);
  let readMs: number | undefined;
  let shown: LiveEvent = { type: 'live', state: 'live' };

  const redraw = (): void => {
    setText(updated, readMs === undefined ? '' : l10n.t('updated {0}', context.time.clockZone(readMs)));
    setText(state, liveWords(shown, context));
    setAttributes(element, { 'data-state': shown.state });
  };
  return {
    element,
    redraw,
    read: (ms) => {
      readMs = Math.max(ms, readMs ?? 0);
      redraw();
    },
    show: (event, said) => {
      const isOther = event.state !== shown.state || event.note !== shown.note;
      shown = event;
      redraw();
      if (isOther) context.announce(liveWords(said, context) || l10n.t('The page is live again.'));
    },
  };
}

function liveWords({ state, note, nextMs }: LiveEvent, context: Pick<PageContext, 'time'>): string {
  switch (state) {
    case 'live':
      return note ?? '';
    case 'off':
      return l10n.t('manual refresh only');
    case 'held':
      return note === undefined ? l10n.t('paused until you refresh') : l10n.t('paused: {0}', note);
    case 'slowed': {
      const why = note === undefined ? l10n.t('refreshing less often') : l10n.t('refreshing less often: {0}', note);
      return nextMs === undefined ? why : l10n.t('{0} · next at {1}', why, context.time.clock(nextMs));
    }
  }
}
