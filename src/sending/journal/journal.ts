import type { ResourceWrite, ResourceWriteEnd } from '../../model/resourceWrite.ts';
import type { Outcomes } from './outcomes.ts';
import type { RunHeader, RunSummary, SendRecorder } from '../recording.ts';

/** What the journal needs from outside. */
export interface JournalDeps {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Rejects when the signal ends. */
  readonly wait: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** This process. */
  readonly pid: number;
  /** This machine, for a journal that several share. */
  readonly host: string;
  readonly isAlive: (pid: number) => boolean;
  /** Whether keys and values are kept, and bodies of resource writes; asked for each run and each write. */
  readonly keepPayloads: () => boolean;
  /** How large all files together may become. */
  readonly maxBytes: () => number;
  /** What {@link JournalStore.entries} gives changed: a run began or ended, a resource was written, something was removed. */
  readonly onChange: () => void;
  /** Something that is no reason to stop; for the log. */
  readonly warn: (message: string, error: unknown) => void;
}

/** `interrupted`: its window went away before it ended. */
export type RunStatus = 'running' | 'interrupted' | 'ended';

/** A run as its journal tells it. In one that is interrupted, what was leaving is unknown. */
export interface RunState {
  readonly header: RunHeader;
  readonly status: RunStatus;
  readonly outcomes: Outcomes;
  readonly summary?: RunSummary;
}

/** One line of the Activity view. */
export type ActivityEntry =
  | { readonly kind: 'run'; readonly header: RunHeader; readonly status: RunStatus; readonly counts: RunCounts; readonly summary?: RunSummary }
  /** Without `end` no answer came, or none yet. */
  | { readonly kind: 'write'; readonly id: string; readonly write: ResourceWrite; readonly end?: ResourceWriteEnd };

/** How many messages of a run ended how; together the `count` of its header. */
export type RunCounts = Pick<RunSummary, 'acknowledged' | 'refused' | 'unknown' | 'notSent'>;

/** Writes one run down. */
export interface RunWriter extends SendRecorder {
  readonly runId: string;
  /** Of the whole run, with what was there before it was resumed. What is under way counts as not sent. */
  counts(): RunCounts;
  /**
   * The run is over: its last line is on the disk when this returns, and another window may have it.
   * @throws JournalError where that cannot be written: the run is interrupted then; or where the disk said once that it lost something
   */
  finish(summary: RunSummary): Promise<void>;
}
