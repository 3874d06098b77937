import type { Tone } from '../../src/protocol/whole.ts';
import { el } from '../dom.ts';

/** A word of a service with a sign in its tone. The signs differ in form too: the colour never says anything alone. */
export function toneMark(tone: Tone, word: string, title?: string): HTMLElement {
  return el('span', { class: 'tone', 'data-tone': tone, title }, el('span', { class: 'sign', 'aria-hidden': 'true' }, SIGNS[tone]), word);
}

const SIGNS: Readonly<Record<Tone, string>> = { good: '●', busy: '◐', attention: '▲', bad: '✕', quiet: '○' };
