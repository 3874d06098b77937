import * as l10n from '@vscode/l10n';

import type { PartEvent } from '../../src/protocol/dashboard.ts';
import type { PageContext } from '../page.ts';

/** Says once, to those who listen, that a refresh they asked for is done. What comes by itself is not said. */
export class RefreshVoice {
  readonly #context: Pick<PageContext, 'announce' | 'time'>;
  readonly #reading = new Set<string>();
  #readMs = 0;
  /** When the newest part was read before somebody pressed; undefined while nobody waits. */
  #beforeMs: number | undefined;

  constructor(context: Pick<PageContext, 'announce' | 'time'>) {
    this.#context = context;
  }

  /** Somebody asked for everything to be read. */
  pressed(): void {
    this.#beforeMs = this.#readMs;
  }

  take({ part, readMs, isReading }: PartEvent): void {
    const wasReading = this.#reading.size > 0;
    if (isReading) this.#reading.add(part);
    else this.#reading.delete(part);
    this.#readMs = Math.max(this.#readMs, readMs ?? 0);
    const before = this.#beforeMs;
    if (before === undefined || this.#reading.size > 0) return;
    const isNewer = this.#readMs > before;
    if (isNewer || wasReading) this.#beforeMs = undefined;
    if (isNewer) this.#context.announce(l10n.t('Updated {0}', this.#context.time.clockZone(this.#readMs)));
  }
}
