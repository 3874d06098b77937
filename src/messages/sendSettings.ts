import { readChoice, readNumber, readSwitch } from '../host/settings.ts';
import { SETTINGS } from '../ids.ts';
import type { SendOrder } from '../sending/job.ts';

/** When a document says where it goes. */
export type LensMode = 'auto' | 'always' | 'never';

/** How messages leave. */
export interface SendSettings {
  /** Requests at a time. */
  readonly concurrency: number;
  /** Messages a second; 0 for no limit. */
  readonly ratePerSecond: number;
  readonly order: SendOrder;
  /** More messages than this are planned first. */
  readonly planAbove: number;
}

/** The user's settings about sending, as they are now. */
export function readSendSettings(): SendSettings {
  const whole = (id: string, fallback: number, min: number, max: number): number => Math.trunc(readNumber(id, { fallback, min, max }));
  return {
    concurrency: whole(SETTINGS.concurrency, 16, 1, 256),
    ratePerSecond: whole(SETTINGS.ratePerSecond, 0, 0, 100_000),
    order: readChoice(SETTINGS.order, ['parallel', 'perKey'], 'parallel'),
    planAbove: whole(SETTINGS.planAbove, 1, 0, 100_000),
  };
}

/** On which documents lenses show. */
export function readLensMode(): LensMode {
  return readChoice(SETTINGS.codeLens, ['auto', 'always', 'never'], 'auto');
}

/** Whether the journal keeps what messages say. */
export function readKeepPayloads(): boolean {
  return readSwitch(SETTINGS.keepPayloads, { fallback: false });
}

/** How large the journal may grow, in bytes. */
export function readJournalBytes(): number {
  return readNumber(SETTINGS.journalMegabytes, { fallback: 200, min: 10, max: 10_000 }) * 1_048_576;
}
