import type { CloudErrorKind } from '../model/cloudError.ts';
import type { Stage } from '../model/account.ts';
import type { SendJob, SendOrder } from './job.ts';
import type { ReadyMessage } from './message.ts';

/** Why a message did not arrive for certain; no field holds a credential, or eight characters in a row of the message. */
export interface FailureNote {
  readonly kind: CloudErrorKind | 'cancelled';
  /** HTTP status, where an answer came. */
  readonly status?: number;
  /** The service's own code and words, as `CloudError` has them. */
  readonly code?: string;
  readonly detail?: string;
  /** What broke on this machine, where it was not the cloud: the journal could not be written, or what is sent not be read. */
  readonly at?: 'journal' | 'source';
}

/** How one message ended. What was never written down as leaving has no outcome: it is "not sent". */
export type MessageOutcome =
  | { readonly kind: 'acknowledged' }
  /** Certainly not on the topic. */
  | { readonly kind: 'refused'; readonly note: FailureNote }
  /** It left, and nobody knows whether it is there. Never sent again by itself. */
  | { readonly kind: 'unknown'; readonly note: FailureNote }
  /** It was written down as leaving, and then never left: it can be sent as if nothing had been. */
  | { readonly kind: 'notSent' };

/** Takes down what leaves and how it ended, while a run is under way. */
export interface SendRecorder {
  /** Returns when it is written: only then the message may leave. Called once for each message, however often it is tried. */
  leaving(message: ReadyMessage): Promise<void>;
  ended(message: ReadyMessage, outcome: MessageOutcome): void;
}

/** Numbers from `0` up to and without `1`. */
export type IndexRange = readonly [from: number, end: number];

/** What a run is, as its journal begins. */
export interface RunHeader {
  readonly id: string;
  readonly startedAtMs: number;
  readonly job: SendJob;
  /** The account as it was called then. */
  readonly account: { readonly name: string; readonly stage: Stage };
  readonly order: SendOrder;
  /** Messages that can be sent, of those in `only`. */
  readonly count: number;
  /** Everything that was read, what cannot be sent included: indexes are below it. */
  readonly total: number;
  /** UTF-8 bytes of the values. */
  readonly bytes: number;
  /** SHA-256 over all messages of the job, so that one who reads the texts again knows they are the same. */
  readonly fingerprint: string;
  /** The indexes it sends; all of them without it. */
  readonly only?: readonly IndexRange[];
  /** The run whose rest or unknown messages these are. */
  readonly repeats?: { readonly runId: string; readonly what: 'rest' | 'unknown' };
}

/** Why a run ended before its last message. */
export type StopReason = 'cancelled' | FailureNote;

/** What a run came to. Acknowledged, refused, unknown and not sent make up `count` of its header. */
export interface RunSummary {
  readonly endedAtMs: number;
  readonly acknowledged: number;
  readonly refused: number;
  readonly unknown: number;
  readonly notSent: number;
  readonly stopped?: StopReason;
}
