import type { SourceRef } from './source.ts';
import type { SendTarget } from './target.ts';

/**
 * All that decides what goes out, but the texts themselves: with the same texts, the same messages come out of it byte for byte, now
 * or after a crash. Holds no text, no value of a variable and no secret.
 */
export interface SendJob {
  readonly target: SendTarget;
  readonly sources: readonly SourceRef[];
  /** What random variables and made-up keys are drawn from. */
  readonly seed: string;
  /** What `{{now}}` is, milliseconds since the epoch. */
  readonly nowMs: number;
  /** Environment of the workspace's variables file; `undefined` for none. */
  readonly environment: string | undefined;
}

/**
 * `parallel`: as many at a time as the settings say, in no order. `perKey`: messages of one key go one after another in the order of the
 * document, and where one of them does not arrive for certain, the later ones of that key stay behind.
 */
export type SendOrder = 'parallel' | 'perKey';
