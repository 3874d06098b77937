import { el } from '../dom.ts';

/** A button. */
export interface ButtonOptions {
  readonly text: string;
  /** `primary` at most once on a page; `secondary` is the usual one; `icon` has a sign for its text and wants a label. */
  readonly kind?: 'primary' | 'secondary' | 'icon';
  /** Its name for those who do not see it, where the text alone would not tell; also its tooltip. Begins with the text. */
  readonly label?: string;
  readonly onPress: () => void;
}

/** A button of the toolkit: drawn by our style until `controls.js` is there, and pressed by mouse already. */
export function button({ text, kind = 'secondary', label, onPress }: ButtonOptions): HTMLElement {
  const element = document.createElement('vscode-button');
  element.setAttribute('appearance', kind);
  if (label !== undefined) {
    element.setAttribute('aria-label', label);
    element.title = label;
  }
  element.textContent = text;
  element.addEventListener('click', onPress);
  return element;
}

/** A link-like button for within a line of text. */
export function linkButton(text: string, onPress: () => void): HTMLButtonElement {
  const element = el('button', { type: 'button', class: 'link' }, text);
  element.addEventListener('click', onPress);
  return element;
}

/** One choice of a list. */
export interface Choice<Value extends string> {
  readonly value: Value;
  readonly text: string;
}

/** A list to choose one of. */
export interface Select<Value extends string> {
  readonly element: HTMLElement;
  /** Shows another choice as taken, without telling of it. */
  set(value: Value): void;
}

/** A drop-down list with a name of its own. */
export function select<Value extends string>(label: string, choices: readonly Choice<Value>[], onChoose: (value: Value) => void): Select<Value> {
  const list = el('select', { 'aria-label': label, title: label }, ...choices.map(({ value, text }) => el('option', { value }, text)));
  list.addEventListener('change', () => {
    const chosen = choices[list.selectedIndex];
    if (chosen !== undefined) onChoose(chosen.value);
  });
  return {
    element: list,
    set: (value) => {
      list.value = value;
    },
  };
}
