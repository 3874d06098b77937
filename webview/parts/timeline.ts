import * as l10n from '@vscode/l10n';

import { oneLine } from '../../src/model/format.ts';
import type { SeenState } from '../../src/protocol/easyQueue.ts';
import { el, keyed, setText, setVariable } from '../dom.ts';
import type { PageContext } from '../page.ts';
import { stateSpans } from './spans.ts';
import type { StateSpan } from './spans.ts';
import { toned } from './toned.ts';

/** States over time: a slim bar, and a list that says it. */
export interface Timeline {
  readonly element: HTMLElement;
  /** @param nowMs when the last state was seen to be still so, Unix milliseconds */
  show(states: readonly SeenState[], nowMs: number): void;
}

/** States older than these stand behind a line that opens. */
const NEWEST = 8;

/** States are looked at every few seconds: parts of one mean nothing. */
const SECOND_MS = 1_000;

/** The time line of a group's states, as seen while this window was open. */
export function timeline(context: PageContext): Timeline {
  const bar = el('div', { class: 'state-bar', 'aria-hidden': 'true' });
  const newest = el('ol', { class: 'states' });
  const older = el('ol', { class: 'states' });
  const summary = el('summary');
  const rest = el('details', { hidden: true }, summary, older);
  const empty = el('p', { class: 'empty' }, l10n.t('No state seen yet: states are recorded while this dashboard is open.'));
  const showBar = keyed<StateSpan>(bar, { key, make: () => el('span'), update: updatePiece });
  const showNewest = keyed<StateSpan>(newest, { key, make: makeLine, update: (line, span) => updateLine(line, span, context) });
  const showOlder = keyed<StateSpan>(older, { key, make: makeLine, update: (line, span) => updateLine(line, span, context) });
  return {
    element: el('div', { class: 'timeline' }, empty, bar, newest, rest),
    show: (states, nowMs) => {
      const spans = stateSpans(states, nowMs);
      const newestFirst = spans.toReversed();
      const hidden = newestFirst.slice(NEWEST);
      empty.hidden = spans.length > 0;
      bar.hidden = spans.length === 0;
      rest.hidden = hidden.length === 0;
      setText(summary, hidden.length === 1 ? l10n.t('{0} earlier state', context.format.count(1)) : l10n.t('{0} earlier states', context.format.count(hidden.length)));
      showBar(spans);
      showNewest(newestFirst.slice(0, NEWEST));
      showOlder(hidden);
    },
  };
}

function key({ sinceMs, state }: StateSpan): string {
  return `${sinceMs} ${state}`;
}

function updatePiece(piece: HTMLElement, { share, tone, state, lastedMs }: StateSpan): void {
  piece.dataset['tone'] = tone;
  piece.title = oneLine(state);
  setVariable(piece, '--share', String(Math.max(share, lastedMs > 0 ? 0.004 : 0)));
}

function makeLine(): HTMLElement {
  return el('li', {}, el('span', { class: 'state' }), el('span', { class: 'when' }));
}

function updateLine(line: HTMLElement, span: StateSpan, { format, time }: PageContext): void {
  const [state, when] = line.children;
  const since = time.dateTimeZone(span.sinceMs);
  if (state?.childElementCount === 0) state.append(toned(span.tone, oneLine(span.state), span.words));
  if (when === undefined) return;
  const isShort = span.lastedMs < SECOND_MS;
  const lasted = isShort ? l10n.t('under {0}', format.duration(SECOND_MS)) : format.duration(span.lastedMs);
  if (!span.isNow) setText(when, l10n.t('from {0}, for {1}', since, lasted));
  else setText(when, isShort ? l10n.t('since {0}, just now', since) : l10n.t('since {0}, for {1} so far', since, lasted));
}
