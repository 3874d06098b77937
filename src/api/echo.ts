import { MASK } from './redact.ts';

/** Fewer characters in a row than this may be the same in any two texts. */
const STRETCH = 8;

/** What an echo may change or leave out: white space, what cannot be seen, and what documents escape with. */
const LOOSE = /[\s\p{Cc}\p{Cf}\\]+/gu;

/**
 * A short text without what it repeats of others, which may be long: no eight characters in a row that stand in one of them, nor any
 * that do where white space and escapes are left out.
 */
export function withoutEcho(text: string, originals: readonly string[]): string {
  if (text.length < STRETCH) return text;
  const hidden = new Uint8Array(text.length);
  const tight = tightPlaces(text);
  const stretches = new Stretches(text, Array.from(hidden, (_none, at) => at));
  const tightStretches = tight.length < STRETCH ? undefined : new Stretches(text, tight);
  for (const original of originals) {
    if (original.length < STRETCH) continue;
    stretches.hide(hidden, original);
    tightStretches?.hide(hidden, original.replace(LOOSE, ''));
  }
  return masked(text, hidden);
}

/** Where the text has something else than what {@link LOOSE} leaves out. */
function tightPlaces(text: string): readonly number[] {
  const places: number[] = [];
  let end = 0;
  for (const { 0: loose, index } of text.matchAll(LOOSE)) {
    for (; end < index; end += 1) places.push(end);
    end = index + loose.length;
  }
  for (; end < text.length; end += 1) places.push(end);
  return places;
}

const FILTER_BITS = 12;

/** Every eight units in a row of a text, to be found in texts of a megabyte in some milliseconds. */
class Stretches {
  /** Where each one begins and ends in the text. */
  readonly #spans = new Map<string, (readonly [from: number, end: number])[]>();
  /** Most of what is not among them is told by a number made of it. */
  readonly #filter = new Uint8Array(1 << FILTER_BITS);

  /** @param places the units that count */
  constructor(text: string, places: readonly number[]) {
    const units = places.map((at) => text.charAt(at)).join('');
    let sum = 0;
    for (let at = 0; at < units.length; at += 1) {
      sum = added(sum, units.charCodeAt(at));
      if (at < STRETCH - 1) continue;
      this.#filter[placeOf(sum)] = 1;
      const stretch = units.slice(at + 1 - STRETCH, at + 1);
      const span = [places[at + 1 - STRETCH] ?? 0, (places[at] ?? 0) + 1] as const;
      const spans = this.#spans.get(stretch);
      if (spans === undefined) this.#spans.set(stretch, [span]);
      else spans.push(span);
    }
  }

  /** Marks those that stand in another text. */
  hide(hidden: Uint8Array, other: string): void {
    let sum = 0;
    for (let at = 0; at < other.length; at += 1) {
      sum = added(sum, other.charCodeAt(at));
      if (this.#filter[placeOf(sum)] === 0 || at < STRETCH - 1) continue;
      const stretch = other.slice(at + 1 - STRETCH, at + 1);
      for (const [from, end] of this.#spans.get(stretch) ?? []) hidden.fill(1, from, end);
      // Once is enough.
      this.#spans.delete(stretch);
    }
  }
}

/** A number made of the last eight units: what came before has left its 32 bits. */
function added(sum: number, unit: number): number {
  return (sum << 4) ^ unit;
}

function placeOf(sum: number): number {
  return Math.imul(sum, 0x9e3779b1) >>> (32 - FILTER_BITS);
}

function masked(text: string, hidden: Uint8Array): string {
  let safe = '';
  for (let at = 0; at < text.length; ) {
    const isHidden = hidden[at] === 1;
    const next = hidden.indexOf(isHidden ? 0 : 1, at);
    const end = next < 0 ? text.length : next;
    safe += isHidden ? maskOf(text.slice(at, end)) : text.slice(at, end);
    at = end;
  }
  return safe.toWellFormed();
}

/** The words around it stay words. */
function maskOf(text: string): string {
  return `${text.startsWith(' ') ? ' ' : ''}${MASK}${text.endsWith(' ') ? ' ' : ''}`;
}
