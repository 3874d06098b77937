import type { Uri } from 'vscode';

import type { Account } from '../../model/account.ts';
import type { Formatter } from '../../model/format.ts';
import type { RunState } from '../../sending/journal/journalStore.ts';
import type { Reading, ReadyMessage } from '../../sending/message.ts';
import type { IndexRange, RunHeader } from '../../sending/recording.ts';
import type { Plan } from '../plan.ts';

/** What reports need from the rest of the house. */
export interface ReportsOptions {
  /** Reads the messages of a plan again, the same ones. */
  readonly readings: (plan: Plan, signal: AbortSignal) => AsyncIterable<readonly Reading[]>;
  /** Reads the messages of a run again; `undefined` where its sources are not what they were. */
  readonly again: (header: RunHeader, signal: AbortSignal) => Promise<AsyncIterable<readonly Reading[]> | undefined>;
  /** What the journal knows of a run; `undefined` where that is nothing. */
  readonly readRun: (runId: string) => Promise<RunState | undefined>;
  /** The messages the journal kept of a run, in any order; nothing where it keeps none. */
  readonly payloads: (runId: string, only: readonly IndexRange[]) => AsyncIterable<readonly ReadyMessage[]>;
  /** An account as it is now, an unlock in force included. */
  readonly account: (id: string) => Account | undefined;
  readonly format: Formatter;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** @throws CancelledError as soon as the signal ends */
  readonly wait: (ms: number, signal?: AbortSignal) => Promise<void>;
  readonly log: { readonly error: (message: string, error?: unknown) => void };
  /** Asks where a file is written; the editor's own question without it. */
  readonly askWhere?: (name: string) => Thenable<Uri | undefined>;
  /** Scheme of the documents; another than the product's where both run in one window. */
  readonly scheme?: string;
}
