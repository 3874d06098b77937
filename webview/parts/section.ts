import * as l10n from '@vscode/l10n';

import type { PartEvent } from '../../src/protocol/dashboard.ts';
import { type Child, el, setAttributes, setText } from '../dom.ts';
import type { PageContext } from '../page.ts';
import { problemLine } from './problem.ts';

/** How a section is made. */
export interface SectionOptions {
  readonly title: string;
  /** Name of the part it shows: what a remedy is asked for with. */
  readonly part: string;
  readonly context: PageContext;
  /** Buttons and the like at the end of its head. */
  readonly tools?: readonly Node[];
  /** A line below the heading: where the thing is. */
  readonly where?: readonly Child[];
  /** Takes the whole width where two sections stand beside each other. */
  readonly isWide?: true;
}

/** A part of a page in its frame: heading, problem line with remedies, when it was read, and its body. */
export interface Section {
  readonly element: HTMLElement;
  /** Where the part draws itself. */
  readonly body: HTMLElement;
  /**
   * Shows how the part stands: a quiet placeholder until there is data, the problem above what is there, the time it was read.
   * @returns nothing: the caller draws `event.data` into {@link body} itself, where there is any
   */
  show(event: PartEvent): void;
}

/** A section; its `body` is hidden behind a placeholder until the first data came. */
export function section({ title, part, context, tools = [], where, isWide }: SectionOptions): Section {
  const id = `section-${part.replaceAll(/[^\w-]/g, '-')}`;
  const stamp = el('span', { class: 'stamp' });
  const heading = el('h2', { id, tabindex: -1 }, title);
  const problem = problemLine({ part, title, context, heading });
  // Which of the two is seen, the page's own state says: bars stand for what is on its way.
  const placeholder = el(
    'div',
    { class: 'placeholder' },
    el('p', { class: 'empty' }, l10n.t('Not read yet.')),
    el('div', { class: 'bars', 'aria-hidden': 'true' }, el('span'), el('span'), el('span')),
  );
  const body = el('div', { class: 'body', hidden: true });
  const element = el(
    'section',
    { 'aria-labelledby': id, class: isWide === true ? 'part wide' : 'part' },
    el('div', { class: 'head' }, heading, where === undefined ? stamp : undefined, el('div', { class: 'tools' }, ...tools)),
    where === undefined ? undefined : el('p', { class: 'where' }, ...where, stamp),
    problem.element,
    placeholder,
    body,
  );
  let hasData = false;
  return {
    element,
    body,
    show: (event) => {
      hasData ||= event.data !== undefined;
      problem.show(event.problem);
      body.hidden = !hasData;
      placeholder.hidden = hasData || event.problem !== null;
      setAttributes(element, { 'aria-busy': event.isReading && !hasData ? 'true' : undefined });
      if (event.readMs !== undefined) showStamp(stamp, event.readMs, event.problem !== null, context);
    },
  };
}

function showStamp(stamp: HTMLElement, readMs: number, isOld: boolean, context: PageContext): void {
  const clock = context.time.clock(readMs, context.now());
  setText(stamp, isOld ? l10n.t('as of {0}', clock) : clock);
  setAttributes(stamp, { 'data-old': isOld, title: l10n.t('Read {0}', context.time.dateTimeZone(readMs)) });
}
