import type { CloudOptions, Clouds, Write } from './writeSupport.ts';

/** An answer with one code, and what the user reads then. */
export interface CodeWords {
  readonly status: number;
  readonly body: string;
  /** `message | hint`; by operation where it depends on it. */
  readonly text: string | ((which: Write) => string);
  /** Nobody knows whether the write was carried out. */
  readonly isUnknown?: true;
}

/** How a code is caused by the emulated cloud's own rules. */
export interface Cause {
  readonly code: string;
  /** `message | hint` */
  readonly says: string;
  readonly options?: CloudOptions;
  /** Prepares it: the write that fails, and how many requests have arrived by then. */
  readonly cause: (here: Clouds) => Promise<{ readonly work: () => Promise<unknown>; readonly already: number }>;
}
