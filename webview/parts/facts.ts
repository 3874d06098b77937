import { el, keyed, setContent } from '../dom.ts';

/** One fact: what it is, and how it is. */
export interface Fact {
  readonly label: string;
  readonly value: string | Node;
}

/** A list of facts, kept in place: a label keeps its element. */
export interface FactList {
  readonly element: HTMLElement;
  show(facts: readonly Fact[]): void;
}

/** Facts beside each other, or below each other where they are long. */
export function factList(): FactList {
  const element = el('dl', { class: 'facts' });
  const show = keyed<Fact>(element, {
    key: ({ label }) => label,
    make: ({ label }) => el('div', {}, el('dt', {}, label), el('dd')),
    update: (item, { value }) => {
      const place = item.lastElementChild;
      if (place !== null) setContent(place, value);
    },
  });
  return { element, show };
}
