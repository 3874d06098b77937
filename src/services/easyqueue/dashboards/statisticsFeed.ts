import type { MetricsType } from '../../../model/easyQueue.ts';
import type { TimeRange } from '../../../protocol/view.ts';
import type { Feed } from '../../../webviews/dashboardType.ts';
import { statisticsBounds } from './bounds.ts';
import type { EasyQueueDashboardContext } from './dashboards.ts';
import { linesOf, UNITS } from './lines.ts';
import type { DashboardPlace } from './place.ts';
import type { DashboardReads } from './reads.ts';
import { linesCsv, seriesTable } from './seriesTable.ts';
import type { FullTable } from './seriesTable.ts';

/** The service has no values nearer to each other (easyqueue seed: `step` 60). */
const SHORTEST_STEP_SECONDS = 60;

/** A range that is over does not change: whoever wants it anew asks by hand. */
const OVER_MS = 3_600_000;

/** One metric as it was read. */
export interface StatisticsRead extends FullTable {
  /** Whether the range is over, so that nothing is added to it. */
  readonly isOver: boolean;
}

/** What a chart of statistics needs. */
export interface StatisticsFeedOptions {
  readonly part: string;
  readonly metric: MetricsType;
  readonly place: DashboardPlace;
  readonly range: TimeRange;
  readonly reads: DashboardReads;
  readonly context: Pick<EasyQueueDashboardContext, 'now' | 'format'>;
  /** Shows no other line than that. */
  readonly only?: string;
}

/** One metric of a topic over the range of the page. It is read no more often than the service adds to it. */
export function statisticsFeed({ part, metric, place, range, reads, context, only }: StatisticsFeedOptions): Feed<StatisticsRead> {
  const shown = (value: StatisticsRead): StatisticsRead =>
    only === undefined ? value : { ...value, lines: value.lines.filter(({ key }) => key === only) };
  return {
    part,
    key: `${place.key}/${metric}/${rangeName(range)}`,
    accountId: place.accountId,
    read: (signal) => readStatistics({ metric, place, range, reads, context }, signal),
    show: (value, view) => seriesTable(shown(value), view),
    csv: (value) => linesCsv(shown(value)),
    everyMs: (value) => {
      if (value === undefined) return 0;
      return value.isOver ? OVER_MS : Math.max(value.stepSeconds ?? 0, SHORTEST_STEP_SECONDS) * 1_000;
    },
  };
}

/**
 * Reads one metric over a range.
 * @param maxAgeMs how old what another page read may be
 * @throws CloudError, CancelledError, ProblemError
 */
export async function readStatistics(
  { metric, place, range, reads, context }: Omit<StatisticsFeedOptions, 'part' | 'only'>,
  signal: AbortSignal,
  maxAgeMs?: number,
): Promise<StatisticsRead> {
  const nowMs = context.now();
  const bounds = statisticsBounds(range, nowMs, context.format);
  const statistics = await reads.statistics(place, metric, bounds, signal, maxAgeMs);
  const { stepSeconds } = statistics;
  const lines = linesOf(metric, statistics, place.appKey.appKey, context.format);
  return { ...lines, unit: UNITS[metric], bounds, stepSeconds, isOver: isOver(bounds.toMs, stepSeconds, nowMs) };
}

/** What was recorded last may still be missing for a step. */
function isOver(toMs: number, stepSeconds: number | undefined, nowMs: number): boolean {
  return toMs + Math.max(stepSeconds ?? 0, SHORTEST_STEP_SECONDS) * 1_000 < nowMs;
}

function rangeName(range: TimeRange): string {
  return 'last' in range ? range.last : `${range.fromMs}-${range.toMs}`;
}
