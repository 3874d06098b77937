import * as l10n from '@vscode/l10n';

import { shortName } from '../../../model/easyQueue.ts';
import type { MetricsType, Statistics } from '../../../model/easyQueue.ts';
import type { Formatter } from '../../../model/format.ts';
import { mergeSeries } from '../../../model/series.ts';
import type { SeriesUnit } from '../../../protocol/series.ts';

type Labels = Statistics['series'][number]['labels'];

/** One line of a chart in full. */
interface FullLine {
  /** Tells it from the others, and stays over reads. */
  readonly key: string;
  readonly label: string;
  /** As many as there are times; NaN is a gap. */
  readonly values: Float64Array<ArrayBuffer>;
}

/** Lines over one axis of time, nothing left out. */
export interface FullLines {
  /** Unix seconds, rising. */
  readonly times: Float64Array<ArrayBuffer>;
  readonly lines: readonly FullLine[];
}

/** What the values of each metric count (easyqueue seed, `metricsType`). */
export const UNITS: Readonly<Record<MetricsType, SeriesUnit>> = {
  BYTE_IN_RATE: 'bytesPerSecond',
  BYTE_OUT_RATE: 'bytesPerSecond',
  MESSAGE_COUNT: 'messages',
  CONSUMER_LAG: 'messages',
  LOG_SIZE_PER_PARTITION: 'bytes',
};

/** Which label of a series names its line; the others have one line for all of the topic. */
const NAMING: Readonly<Partial<Record<MetricsType, string>>> = { CONSUMER_LAG: 'consumergroup', LOG_SIZE_PER_PARTITION: 'partition' };

/**
 * The lines of an answer, by name. Series of the same name are one line, the largest value of each time: a log size is told by every broker
 * that has a copy of the partition (label `broker`; a partition has several replicas), and its size is that of its fullest copy – a sum would
 * count each message as often as it is kept, and a line for each broker would break whenever a copy moves.
 */
export function linesOf(metric: MetricsType, { series, stepSeconds }: Statistics, appKey: string, format: Formatter): FullLines {
  const { times, columns } = mergeSeries(series, stepSeconds);
  const byName = new Map<string, Float64Array<ArrayBuffer>>();
  for (const [index, { labels }] of series.entries()) {
    const values = columns[index];
    if (values === undefined) continue;
    const name = nameOf(metric, labels, appKey);
    const before = byName.get(name);
    byName.set(name, before === undefined ? values : larger(before, values));
  }
  const lines = [...byName].map(([name, values]) => ({ key: name, label: labelOf(metric, name), values }));
  return { times, lines: lines.toSorted((a, b) => format.compare(a.key, b.key)) };
}

/** The name of a group's line, whose label may have its full or its short name (easyqueue.md §2.3). */
export function groupLine(groupId: string, appKey: string): string {
  return shortName(groupId, appKey);
}

/** What tells a line from the others: a group without the app key, the number of a partition; nothing where the topic has one line. */
function nameOf(metric: MetricsType, labels: Labels, appKey: string): string {
  const naming = NAMING[metric];
  return naming === undefined ? '' : groupLine(labels[naming] ?? '', appKey);
}

function labelOf(metric: MetricsType, name: string): string {
  switch (metric) {
    case 'BYTE_IN_RATE':
      return l10n.t('Bytes in');
    case 'BYTE_OUT_RATE':
      return l10n.t('Bytes out');
    case 'MESSAGE_COUNT':
      return l10n.t('Messages');
    case 'CONSUMER_LAG':
      return name === '' ? l10n.t('All groups') : name;
    case 'LOG_SIZE_PER_PARTITION':
      return name === '' ? l10n.t('All partitions') : l10n.t('Partition {0}', name);
  }
}

function larger(a: Float64Array<ArrayBuffer>, b: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  return a.map((value, index) => {
    const other = b[index] ?? Number.NaN;
    if (Number.isNaN(value)) return other;
    return Number.isNaN(other) ? value : Math.max(value, other);
  });
}
