import type { InitEvent } from '../src/protocol/dashboard.ts';
import type { DashboardView } from '../src/protocol/view.ts';
import type { UiState } from './page.ts';

/** What the editor keeps of a page over a reload: for the host what it shows and how, for the page its own state. */
export class KeptState implements UiState {
  readonly #keep: (state: unknown) => void;
  readonly #ui: Map<string, unknown>;
  #shown: Readonly<Record<string, unknown>> = {};

  constructor(kept: unknown, keep: (state: unknown) => void) {
    this.#keep = keep;
    this.#ui = new Map(Object.entries(uiOf(kept)));
  }

  /** Keeps what the page shows: the host opens the same again. */
  shows({ page, ref }: InitEvent, view: DashboardView): void {
    this.#shown = { page, ...(ref === undefined ? {} : { ref }), view };
    this.#write();
  }

  /** Keeps other settings. */
  view(view: DashboardView): void {
    this.#shown = { ...this.#shown, view };
    this.#write();
  }

  get(key: string): unknown {
    return this.#ui.get(key);
  }

  set(key: string, value: unknown): void {
    this.#ui.set(key, value);
    this.#write();
  }

  #write(): void {
    this.#keep({ ...this.#shown, ui: Object.fromEntries(this.#ui) });
  }
}

function uiOf(kept: unknown): object {
  if (typeof kept !== 'object' || kept === null || !('ui' in kept)) return {};
  return typeof kept.ui === 'object' && kept.ui !== null ? kept.ui : {};
}
