import type { Tone, Whole } from './whole.ts';

/** The head of an action's page. */
export interface ActionFacts {
  readonly kind: string | undefined;
  readonly tone: Tone;
  /** Lines in the user's language: label and value (memory, timeout, web action, updated, …). */
  readonly more: readonly { readonly label: string; readonly value: string }[];
}

/** The activations of one slice of time. The list tells no times (cloudfunctions.md §6.1): a slice is asked for by its own. */
export interface ActivationSlice {
  readonly fromMs: number;
  readonly toMs: number;
  /** As the service counts them. */
  readonly total: number;
  /** Of those that were looked at. */
  readonly success: number;
  readonly failure: number;
  /** Total less those looked at: more than a slice is read of. */
  readonly unread: number;
  /** Milliseconds; undefined where none was looked at. */
  readonly p50Ms: number | undefined;
  readonly p95Ms: number | undefined;
  readonly maxMs: number | undefined;
}

/** Activations over time, oldest slice first. Slices not read yet, or that failed, are missing. */
export interface ActivationSlices {
  readonly fromMs: number;
  readonly toMs: number;
  readonly sliceMs: number;
  readonly slices: readonly ActivationSlice[];
  /** Over the whole range, of those looked at. */
  readonly total: Whole;
  readonly failure: number;
  readonly p50Ms: number | undefined;
  readonly p95Ms: number | undefined;
  /** Slices still to come, where it is being read. */
  readonly missing: number;
}

/** One of the newest activations; opening it shows its logs. */
export interface LatestActivation {
  readonly activationId: string;
  readonly status: string | undefined;
  readonly words: string;
  readonly tone: Tone;
  readonly durationMs: number | undefined;
  /** The slice of time it is in; undefined where that is not known yet. */
  readonly fromMs: number | undefined;
  readonly toMs: number | undefined;
}
