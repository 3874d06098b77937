import type { Formatter } from '../../../model/format.ts';
import { ProblemError } from '../../../model/problem.ts';
import { boundsOf, rangeProblem, STATISTICS_LIMITS } from '../../../model/timeRanges.ts';
import type { TimeBounds } from '../../../model/timeRanges.ts';
import type { TimeRange } from '../../../protocol/view.ts';

const MINUTE_MS = 60_000;

/**
 * What the service is asked for: whole minutes, so that the values of all metrics fall on the same times. What it keeps no more is cut off –
 * with a minute to spare, for its clock is not ours.
 * @throws ProblemError where the service would refuse the range: its limits, in words
 */
export function statisticsBounds(range: TimeRange, nowMs: number, format: Formatter): TimeBounds {
  const asked = boundsOf(range, nowMs);
  const oldestMs = floorMinute(nowMs - STATISTICS_LIMITS.oldestMs) + 2 * MINUTE_MS;
  const hasRest = asked.toMs - oldestMs >= STATISTICS_LIMITS.shortestMs;
  const fromMs = hasRest ? Math.max(asked.fromMs, oldestMs) : asked.fromMs;
  const problem = rangeProblem(fromMs, asked.toMs, nowMs, STATISTICS_LIMITS, format);
  if (problem !== undefined) throw new ProblemError({ message: problem, remedies: [] });
  return { fromMs: floorMinute(fromMs), toMs: floorMinute(asked.toMs) };
}

function floorMinute(ms: number): number {
  return Math.floor(ms / MINUTE_MS) * MINUTE_MS;
}
