import type { UiState } from './page.ts';

const KEY = 'scroll';
/** The place is kept when scrolling came to rest, milliseconds. */
const REST_MS = 200;

/**
 * The place on the page over a reload: the editor throws a page away while another tab is in front of it. The page grows as parts come, so it
 * is scrolled there again after each, until it was reached or somebody scrolls.
 */
export class KeptScroll {
  readonly #ui: UiState;
  readonly #ended = new AbortController();
  #wanted: number;
  #timer = 0;

  constructor(ui: UiState) {
    this.#ui = ui;
    const kept = ui.get(KEY);
    this.#wanted = typeof kept === 'number' ? kept : 0;
    const options = { passive: true, signal: this.#ended.signal };
    window.addEventListener('scroll', () => this.#keep(), options);
    for (const type of ['wheel', 'keydown', 'pointerdown']) window.addEventListener(type, () => this.#leave(), options);
  }

  /** The page may be longer now. */
  grown(): void {
    if (this.#wanted <= window.scrollY) return;
    window.scrollTo(0, this.#wanted);
    if (window.scrollY >= this.#wanted) this.#leave();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#ended.abort();
  }

  #leave(): void {
    this.#wanted = 0;
  }

  #keep(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (this.#wanted === 0) this.#ui.set(KEY, Math.round(window.scrollY));
    }, REST_MS);
  }
}
