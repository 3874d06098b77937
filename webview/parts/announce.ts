import { el, setText } from '../dom.ts';

/** How long a text stands, milliseconds: long enough to be read, WCAG asks for no less. */
const SHOWN_MS = 6000;

/** What is said politely: to those who listen, and where it is asked for also as a line at the foot of the page. */
export interface Announcer {
  readonly element: HTMLElement;
  /** Only spoken. */
  announce(text: string): void;
  /** Spoken, and shown for a moment. */
  say(text: string): void;
}

/** The live region of the page and its line. Both are there from the start: a region that is put in with its text is not read out. */
export function announcer(): Announcer {
  const region = el('div', { class: 'spoken', 'aria-live': 'polite' });
  const line = el('div', { class: 'said', role: 'status' });
  let timer = 0;
  return {
    element: el('div', {}, region, line),
    announce: (text) => {
      // Said twice, the same text is not read out again unless it differs.
      region.textContent = region.textContent === text ? `${text}\u00A0` : text;
    },
    say: (text) => {
      setText(line, text);
      clearTimeout(timer);
      timer = setTimeout(() => setText(line, ''), SHOWN_MS);
    },
  };
}
