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

/** The line of one part; drawn anew only where the problem is another. */
export function problemLine(part: string, context: Pick<PageContext, 'call'>): ProblemLine {
  const element = el('div', { class: 'problem', role: 'status', hidden: true });
  let shown = '';
  return {
    element,
    show: (problem) => {
      const text = JSON.stringify(problem);
      if (text === shown) return;
      shown = text;
      element.hidden = problem === null;
      element.replaceChildren(...(problem === null ? [] : content(problem, part, context)));
    },
  };
}

function content({ message, hint, detail, remedies }: ShownProblem, part: string, context: Pick<PageContext, 'call'>): readonly Node[] {
  const words = el('p', {}, el('strong', {}, message), hint === undefined ? undefined : ` ${hint}`);
  const buttons = remedies.map((remedy) =>
    button({ text: remedyWords(remedy), onPress: () => context.call({ type: 'remedy', part, remedy }) }));
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
