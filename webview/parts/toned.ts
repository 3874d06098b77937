import type { Tone } from '../../src/protocol/whole.ts';
import { el } from '../dom.ts';
import { toneMark } from './tone.ts';

/** A word of the service in its tone, and what it means where that says more. */
export function toned(tone: Tone, word: string, meaning: string | undefined): HTMLElement {
  const hasMeaning = meaning !== undefined && meaning.toLowerCase() !== word.toLowerCase();
  return el('span', { class: 'toned' }, toneMark(tone, word), hasMeaning ? el('span', { class: 'meaning' }, ` ${meaning}`) : undefined);
}
