import * as l10n from '@vscode/l10n';

import { CloudError } from '../../../model/cloudError.ts';
import { seriesCsv } from '../../../model/csv.ts';
import type { PaceSamples } from '../../../model/groupProgress.ts';
import type { Feed } from '../../../webviews/dashboardType.ts';
import { groupDetail, groupRow, groupsCsv } from './groupRows.ts';
import type { DashboardPlace } from './place.ts';
import type { DashboardReads, GroupRead } from './reads.ts';
import { seriesTable } from './seriesTable.ts';
import type { FullTable } from './seriesTable.ts';

/** An axis is no shorter than that, however few samples there are. */
const SHORTEST_AXIS_MS = 60_000;

/** The consumer groups of a topic. */
export function groupsFeed(place: DashboardPlace, reads: DashboardReads): Feed<readonly GroupRead[]> {
  const age = reads.ages();
  return {
    part: 'groups',
    key: `${place.key}/groups`,
    accountId: place.accountId,
    read: (signal) => reads.groups(place, signal, age()),
    show: (groups) => groups.map((read) => groupRow(read, place.appKey.appKey)),
    csv: groupsCsv,
  };
}

/** One group, and all samples of it. */
interface SampledGroup extends GroupRead {
  readonly samples: PaceSamples;
}

/** The parts of a group's page that come from the list of its topic's groups: they are one request. */
export function groupFeeds(place: DashboardPlace, reads: DashboardReads): readonly Feed<SampledGroup>[] {
  const age = reads.ages();
  const source = {
    key: `${place.key}/group/${encodeURIComponent(place.groupId)}`,
    accountId: place.accountId,
    read: (signal: AbortSignal): Promise<SampledGroup> => readGroup(place, reads, signal, age()),
  };
  return [
    { ...source, part: 'group', show: (read) => groupDetail(read, place.appKey.appKey), csv: (read) => groupsCsv([read]) },
    { ...source, part: 'rates', show: ({ samples }, view) => seriesTable(ratesOf(samples), view), csv: ({ samples }) => ratesCsv(samples) },
  ];
}

/** The service has no answer for one group alone. */
async function readGroup(place: DashboardPlace, reads: DashboardReads, signal: AbortSignal, maxAgeMs: number): Promise<SampledGroup> {
  const found = (await reads.groups(place, signal, maxAgeMs)).find(({ group }) => group.groupId === place.groupId);
  if (found === undefined) throw new CloudError('notFound', { reason: 'resourceGone', operation: 'read' });
  return { ...found, samples: reads.samplesOf(place, place.groupId) };
}

function ratesOf({ times, produce, consume }: PaceSamples): FullTable {
  const last = (times.at(-1) ?? 0) * 1_000;
  const first = (times[0] ?? 0) * 1_000;
  return {
    unit: 'messagesPerSecond',
    bounds: { fromMs: Math.min(first, last - SHORTEST_AXIS_MS), toMs: last },
    stepSeconds: undefined,
    times,
    lines: [
      { key: 'produce', label: l10n.t('Coming in'), values: produce },
      { key: 'consume', label: l10n.t('Read'), values: consume },
    ],
  };
}

function ratesCsv({ times, produce, consume, lag }: PaceSamples): string {
  return seriesCsv(['time', 'producedPerSecond', 'consumedPerSecond', 'lag'], { times, columns: [produce, consume, lag] });
}
