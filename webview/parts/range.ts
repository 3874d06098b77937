import * as l10n from '@vscode/l10n';

import { boundsOf, rangeProblem, STATISTICS_LIMITS } from '../../src/model/timeRanges.ts';
import { PRESETS, type RangePreset } from '../../src/protocol/ranges.ts';
import type { DashboardView, TimeRange } from '../../src/protocol/view.ts';
import { el, setAttributes, setText } from '../dom.ts';
import type { PageContext } from '../page.ts';
import { button, select } from './inputs.ts';
import { fromWallTime, toWallTime } from './wallTime.ts';

/** What stands in the list beside the presets. */
const FREE = 'free';

/** Presets, and a range of one's own. */
export interface RangeChoice {
  /** The list. */
  readonly element: HTMLElement;
  /** Two times and a button; hidden unless a range of one's own was chosen. */
  readonly form: HTMLElement;
  view(view: DashboardView): void;
}

/** The choice of the range: a list of presets, and a form for any other that the service keeps. */
export function rangeChoice(context: PageContext): RangeChoice {
  const form = rangeForm(context, () => leave());
  const list = select(l10n.t('Range'), choices(context), (chosen) => {
    form.element.hidden = chosen !== FREE;
    if (chosen === FREE) {
      form.fill(context.view.range);
      form.focus();
    } else {
      context.call({ type: 'setRange', range: { last: chosen } });
    }
  });
  const showRange = (range: TimeRange): void => {
    list.set('last' in range ? range.last : FREE);
    form.element.hidden = 'last' in range;
    if (!('last' in range)) form.fill(range);
  };
  /** Back to what the page shows. */
  function leave(): void {
    showRange(context.view.range);
    if (form.element.hidden) list.element.focus();
  }
  let shown = '';
  return {
    element: list.element,
    form: form.element,
    view: ({ range }) => {
      // A form somebody is filling in is not closed by another panel's refresh.
      const text = JSON.stringify([range, context.time.zone]);
      if (text === shown) return;
      shown = text;
      showRange(range);
    },
  };
}

function choices({ format }: PageContext): readonly { readonly value: RangePreset | typeof FREE; readonly text: string }[] {
  const presets = Object.entries(PRESETS).map(([value, ms]) => ({ value: value as RangePreset, text: l10n.t('last {0}', lengthWords(ms, format)) }));
  return [...presets, { value: FREE, text: l10n.t('Custom range…') }];
}

const HOUR_MS = 3_600_000;

/** A day is 24 hours, as people say of it; from three on they are days. */
function lengthWords(ms: number, format: PageContext['format']): string {
  const hours = ms / HOUR_MS;
  return Number.isInteger(hours) && hours < 72 ? l10n.t('{0} h', format.count(hours)) : format.duration(ms);
}

interface RangeForm {
  readonly element: HTMLFormElement;
  fill(range: TimeRange): void;
  focus(): void;
}

function rangeForm(context: PageContext, leave: () => void): RangeForm {
  const refused = el('p', { class: 'refused', id: 'range-refused', role: 'alert' });
  const from = el('input', { type: 'datetime-local', 'aria-describedby': 'range-refused' });
  const to = el('input', { type: 'datetime-local', 'aria-describedby': 'range-refused' });
  const refuse = (words: string): void => {
    // Said twice, the same text is not read out again unless it differs.
    setText(refused, words !== '' && refused.textContent === words ? `${words}\u00A0` : words);
    for (const input of [from, to]) setAttributes(input, { 'aria-invalid': words === '' ? undefined : 'true' });
  };
  const apply = (): void => {
    const chosen = read(from.value, to.value, context);
    refuse(typeof chosen === 'string' ? chosen : '');
    if (typeof chosen !== 'string') context.call({ type: 'setRange', range: chosen });
  };
  const element = el(
    'form',
    { class: 'free-range', hidden: true, 'aria-label': l10n.t('Custom range') },
    el('label', {}, l10n.t('From'), from),
    el('label', {}, l10n.t('To'), to),
    button({ text: l10n.t('Apply'), onPress: apply }),
    refused,
  );
  element.noValidate = true;
  // The policy lets no form go anywhere; Enter in a field is the same as the button.
  element.addEventListener('submit', (event) => event.preventDefault());
  element.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      event.preventDefault();
      leave();
    }
    if (event.key === 'Enter' && event.target instanceof HTMLInputElement) {
      event.preventDefault();
      apply();
    }
  });
  return {
    element,
    fill: (range) => {
      const { fromMs, toMs } = boundsOf(range, context.now());
      from.value = toWallTime(fromMs, context.time.zone);
      to.value = toWallTime(toMs, context.time.zone);
      refuse('');
    },
    focus: () => from.focus(),
  };
}

/** The range that was entered, or in words why it is none. */
function read(from: string, to: string, context: PageContext): { readonly fromMs: number; readonly toMs: number } | string {
  const [fromMs, toMs] = [fromWallTime(from, context.time.zone), fromWallTime(to, context.time.zone)];
  return rangeProblem(fromMs, toMs, context.now(), STATISTICS_LIMITS, context.format) ?? { fromMs, toMs };
}
