import { MASK, spellings } from '../api/redact.ts';

/**
 * Hides secrets by value. Every secret ever read is told to it; whatever it lets through holds none of them, in none of
 * their spellings.
 */
export class Redactor {
  readonly #needles = new Set<string>();
  #sorted: readonly string[] = [];

  /** Hides these values from now on. */
  register(...secrets: readonly string[]): void {
    const before = this.#needles.size;
    for (const spelling of secrets.flatMap(spellings)) this.#needles.add(spelling);
    // The longest first: a short secret inside a long one must not leave the rest of it visible.
    if (this.#needles.size > before) this.#sorted = [...this.#needles].sort((a, b) => b.length - a.length);
  }

  /** The text without any registered secret. */
  redact(text: string): string {
    let clean = text;
    for (const needle of this.#sorted) {
      if (clean.includes(needle)) clean = clean.replaceAll(needle, MASK);
    }
    return clean;
  }
}
