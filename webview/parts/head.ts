import * as l10n from '@vscode/l10n';

import { oneLine } from '../../src/model/format.ts';
import type { PageOffer } from '../../src/protocol/dashboard.ts';
import { el } from '../dom.ts';
import type { PageContext } from '../page.ts';
import { button } from './inputs.ts';

/** The head of a page: the thing's own name, where it is, the stage of its account in words, and what can be done from here. */
export function pageHead({ init, call }: Pick<PageContext, 'init' | 'call'>): HTMLElement {
  const offers = init.offers.map((offer, index) =>
    button({ text: offerWords(offer), kind: index === 0 && offer !== 'document' ? 'primary' : 'secondary', onPress: () => call({ type: 'offer', offer }) }));
  return el(
    'header',
    { class: 'page-head' },
    el('h1', {}, oneLine(init.name)),
    el('p', { class: 'where' }, init.where, init.stage === '' ? undefined : el('span', { class: 'stage' }, init.stage)),
    offers.length === 0 ? undefined : el('div', { class: 'buttons' }, ...offers),
  );
}

function offerWords(offer: PageOffer): string {
  switch (offer) {
    case 'run':
      return l10n.t('Run');
    case 'send':
      return l10n.t('New Message');
    case 'document':
      return l10n.t('Open as Document');
  }
}
