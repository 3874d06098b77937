import { l10n, type TreeView } from 'vscode';

import { CancelledError } from '../../model/cloudError.ts';
import { isOne } from '../../model/format.ts';
import type { ActivityDeps } from './activity.ts';

/** After a crash or a reload, the process of the window before may still be there for a moment. */
const SETTLE_MS = 3_000;
/** Between two looks: the journal can change many times a second. */
const PAUSE_MS = 1_000;
/** Entries that are looked at, the newest. */
const LOOKED_AT = 500;

/** How many sends wait to be resumed, beside the view's name: a crash tells nobody. */
export class InterruptedBadge {
  readonly #view: Pick<TreeView<string>, 'badge'>;
  readonly #deps: Pick<ActivityDeps, 'entries' | 'format' | 'wait' | 'warn'>;
  readonly #ending = new AbortController();
  #isStale = false;
  #isFollowing = false;

  constructor(view: Pick<TreeView<string>, 'badge'>, deps: Pick<ActivityDeps, 'entries' | 'format' | 'wait' | 'warn'>) {
    this.#view = view;
    this.#deps = deps;
    this.#follow(SETTLE_MS);
  }

  dispose(): void {
    this.#ending.abort();
  }

  /** Looks again before long. */
  look(): void {
    this.#isStale = true;
    this.#follow(0);
  }

  /** The journal changed: what happens in this window resumes sends or clears them, but interrupts none. */
  changed(): void {
    if (this.#view.badge !== undefined) this.look();
  }

  #follow(afterMs: number): void {
    if (this.#isFollowing) return;
    this.#isFollowing = true;
    this.#lookOn(afterMs).catch((error: unknown) => {
      if (!(error instanceof CancelledError)) this.#deps.warn('The journal could not be read', error);
    }).finally(() => {
      this.#isFollowing = false;
    });
  }

  async #lookOn(afterMs: number): Promise<void> {
    const { entries, wait } = this.#deps;
    const { signal } = this.#ending;
    if (afterMs > 0) await wait(afterMs, signal);
    for (;;) {
      this.#isStale = false;
      const found = await entries(LOOKED_AT);
      if (signal.aborted) return;
      this.#show(found.entries.filter((entry) => entry.kind === 'run' && entry.status === 'interrupted' && entry.counts.notSent > 0).length);
      await wait(PAUSE_MS, signal);
      if (!this.#hasChanged()) return;
    }
  }

  #hasChanged(): boolean {
    return this.#isStale;
  }

  #show(value: number): void {
    if ((this.#view.badge?.value ?? 0) === value) return;
    const tooltip = isOne(value)
      ? l10n.t('1 send was interrupted. It can be resumed here.')
      : l10n.t('{0} sends were interrupted. They can be resumed here.', this.#deps.format.count(value));
    this.#view.badge = value === 0 ? undefined : { value, tooltip };
  }
}
