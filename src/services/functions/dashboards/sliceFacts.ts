import { toCsv } from '../../../model/csv.ts';
import type { Activation } from '../../../model/functions.ts';
import { percentile } from '../../../model/percentile.ts';
import type { ActivationSlice, ActivationSlices, LatestActivation } from '../../../protocol/action.ts';
import type { Tone } from '../../../protocol/whole.ts';
import { statusLook } from '../runs/runWords.ts';
import type { SlicePlan } from './slicePlan.ts';
import type { SliceReading } from './sliceReader.ts';

/** What is known of a range. */
export interface ActivationReading {
  readonly plan: SlicePlan;
  /** Newest first. */
  readonly readings: readonly SliceReading[];
}

/** Rows of the table of the newest. */
const MAX_LATEST = 50;

/** The slices of a range as the page shows them. */
export function slicesOf({ plan, readings }: ActivationReading): ActivationSlices {
  const slices = readings.map(sliceOf).toReversed();
  const durations = durationsOf(readings.flatMap(({ activations }) => activations));
  return {
    fromMs: plan.fromMs,
    toMs: plan.toMs,
    sliceMs: plan.sliceMs,
    slices,
    total: String(slices.reduce((sum, { total }) => sum + total, 0)),
    failure: slices.reduce((sum, { failure }) => sum + failure, 0),
    p50Ms: percentile(durations, 50),
    p95Ms: percentile(durations, 95),
    missing: plan.slices.length - readings.length,
  };
}

function sliceOf({ fromMs, toMs, total, activations }: SliceReading): ActivationSlice {
  const success = activations.filter(({ status }) => status === 'success').length;
  const failure = activations.filter(isFailure).length;
  const durations = durationsOf(activations);
  return {
    fromMs, toMs, total, success, failure,
    unread: total - success - failure,
    p50Ms: percentile(durations, 50),
    p95Ms: percentile(durations, 95),
    maxMs: durations.at(-1),
  };
}

/** Whatever is no success is a failure (cloudfunctions.md §6.4); one without a word is neither. */
function isFailure({ status = '' }: Activation): boolean {
  return status !== '' && status !== 'success';
}

/** Shortest first. */
function durationsOf(activations: readonly Activation[]): readonly number[] {
  return activations.flatMap(({ durationMs }) => durationMs ?? []).toSorted((a, b) => a - b);
}

/** The newest activations of a range, with the slice each was found in: that is all the list tells of its time. */
export function latestOf({ readings }: ActivationReading): readonly LatestActivation[] {
  const all = readings.flatMap(({ fromMs, toMs, activations }) => activations.slice(0, MAX_LATEST).map((activation) => ({ activation, fromMs, toMs })));
  return all.slice(0, MAX_LATEST).map(({ activation: { activationId, status, durationMs }, fromMs, toMs }) => {
    const look = statusLook(status);
    return { activationId, status, words: look.words, tone: toneOf(look.tone), durationMs, fromMs, toMs };
  });
}

function toneOf(tone: ReturnType<typeof statusLook>['tone']): Tone {
  return tone === 'waiting' ? 'quiet' : tone;
}

/** Slices as CSV: times in ISO 8601, durations in milliseconds. */
export function slicesCsv(reading: ActivationReading): string {
  return toCsv(
    ['from', 'to', 'total', 'success', 'failure', 'not looked at', 'p50 ms', 'p95 ms', 'max ms'],
    slicesOf(reading).slices.map(({ fromMs, toMs, total, success, failure, unread, p50Ms, p95Ms, maxMs }) =>
      [iso(fromMs), iso(toMs), total, success, failure, unread, p50Ms, p95Ms, maxMs]),
  );
}

/** The newest activations as CSV. */
export function latestCsv(reading: ActivationReading): string {
  return toCsv(
    ['activation', 'status', 'duration ms', 'from', 'to'],
    latestOf(reading).map(({ activationId, status, durationMs, fromMs, toMs }) => [activationId, status, durationMs, iso(fromMs), iso(toMs)]),
  );
}

function iso(ms: number | undefined): string | undefined {
  return ms === undefined ? undefined : new Date(ms).toISOString();
}
