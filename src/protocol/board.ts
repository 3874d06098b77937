import type { SeriesTable } from './series.ts';
import type { Tone, Whole } from './whole.ts';

/** A pinned topic at a glance. */
export interface BoardCard {
  readonly status: string | undefined;
  readonly statusWords: string | undefined;
  readonly tone: Tone;
  readonly partitionCount: number | undefined;
  readonly messageCount: Whole | undefined;
  /** Groups with the largest lag first; undefined where the service has none to tell. */
  readonly groups: readonly { readonly name: string; readonly lag: Whole | undefined; readonly state: string | undefined; readonly tone: Tone }[] | undefined;
  /** Messages in, over the board's range; undefined where the service has no statistics. */
  readonly rate: SeriesTable | undefined;
  /** Lines in the user's language: label and value (connector, retention, …). */
  readonly more: readonly { readonly label: string; readonly value: string }[];
}
