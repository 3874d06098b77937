import * as l10n from '@vscode/l10n';

import type { ShownProblem } from '../../src/protocol/dashboard.ts';
import { el } from '../dom.ts';
import type { PageContext } from '../page.ts';
import { button } from './inputs.ts';

type Remedy = ShownProblem['remedies'][number];

/** The line above a part that failed: what happened, what to do, and buttons for it. Nothing where nothing failed. */
export interface ProblemLine {
  readonly element: HTMLElement;
  show(problem: ShownProblem | null): void;
}

/** What the line of a part needs. */
export interface ProblemLineOptions {
  readonly part: string;
  /** Name of the part for people. */
  readonly title: string;
  readonly context: Pick<PageContext, 'announce' | 'call' | 'problems'>;
  /** Takes the focus when a remedy that had it is gone. */
  readonly heading: HTMLElement;
}

/** The line of one part; drawn anew only where the problem is another. */
export function problemLine(options: ProblemLineOptions): ProblemLine {
  const { part, title, context, heading } = options;
  // Not a live region: what several parts have would be read out several times.
  const element = el('div', { class: 'problem', hidden: true });
  let shown = JSON.stringify(null);
  return {
    element,
    show: (problem) => {
      const text = JSON.stringify(problem);
      if (text === shown) return;
      shown = text;
      context.problems.take(part, title, problem);
      const focused = document.activeElement;
      const hadFocus = element.contains(focused);
      element.hidden = problem === null;
      element.replaceChildren(...(problem === null ? [] : content(problem, options)));
      if (!hadFocus) return;
      (sameIn(element, focused) ?? heading).focus({ preventScroll: true });
      if (problem === null) context.announce(l10n.t('{0}: read again', title));
    },
  };
}

/** The remedy that is the same, in a line drawn anew. */
function sameIn(element: HTMLElement, before: Element | null): HTMLElement | undefined {
  const label = before?.getAttribute('aria-label') ?? null;
  return label === null ? undefined : [...element.querySelectorAll<HTMLElement>('vscode-button')].find((each) => each.getAttribute('aria-label') === label);
}

function content({ message, hint, detail, remedies }: ShownProblem, { part, title, context }: ProblemLineOptions): readonly Node[] {
  const words = el('p', {}, el('strong', {}, message), hint === undefined ? undefined : ` ${hint}`);
  const buttons = remedies.map((remedy) =>
    button({
      text: remedyWords(remedy),
      // A page has several: the button says what it is of.
      label: l10n.t('{0}: {1}', remedyWords(remedy), title),
      onPress: () => context.call({ type: 'remedy', part, remedy }),
    }));
  return [
    el('span', { class: 'sign', 'aria-hidden': 'true' }, '!'),
    el('div', { class: 'words' }, words, detail === undefined ? undefined : details(detail)),
    ...(buttons.length === 0 ? [] : [el('div', { class: 'buttons' }, ...buttons)]),
  ];
}

function details(text: string): HTMLElement {
  return el('details', {}, el('summary', {}, l10n.t('Details')), el('p', {}, text));
}

/** The same words as in a notification. */
function remedyWords(remedy: Remedy): string {
  switch (remedy) {
    case 'retry':
      return l10n.t('Retry');
    case 'unlock':
      return l10n.t('Unlock for 15 Minutes');
    case 'editAccount':
      return l10n.t('Edit Account');
    case 'testAccount':
      return l10n.t('Test Connection');
    case 'showLog':
      return l10n.t('Show Log');
    case 'openProxySettings':
      return l10n.t('Open Proxy Settings');
  }
}
