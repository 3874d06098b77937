import * as l10n from '@vscode/l10n';

import type { EasyQueueTopic } from '../../../model/easyQueue.ts';
import { shortName } from '../../../model/easyQueue.ts';
import type { Formatter } from '../../../model/format.ts';
import { problemOf } from '../../../model/problem.ts';
import type { ResourceRef } from '../../../model/resource.ts';
import type { BoardCard } from '../../../protocol/board.ts';
import type { Feed, FeedView } from '../../../webviews/dashboardType.ts';
import { CardPart } from '../../cardPart.ts';
import type { CardPartRead } from '../../cardPart.ts';
import { ifKnown } from '../../words.ts';
import { topicStatusLook } from '../status.ts';
import type { EasyQueueDashboardContext } from './dashboards.ts';
import { placeOf } from './place.ts';
import type { DashboardPlace } from './place.ts';
import type { DashboardReads, GroupRead } from './reads.ts';
import { seriesTable } from './seriesTable.ts';
import { readStatistics } from './statisticsFeed.ts';
import type { StatisticsRead } from './statisticsFeed.ts';
import { groupTone, topicTone } from './words.ts';

/** What the chart of a card shows: a card has no range of its own. */
const CARD_RANGE = { last: '1h' } as const;

/** The service adds nothing to its statistics within its shortest step (easyqueue seed: `step` 60). */
const STATISTICS_MS = 60_000;

interface TopicAtAGlance {
  readonly topic: EasyQueueTopic;
  readonly groups: readonly GroupRead[];
  /** May fail alone: the service counts in another place than where it keeps topics. */
  readonly rate: CardPartRead<StatisticsRead>;
}

/**
 * A topic as a card of the board: three requests, shared with its page where that is open. Without statistics it shows the rest.
 * @throws CloudError `notFound` where the keys name nothing
 */
export function topicCard(ref: ResourceRef, part: string, reads: DashboardReads, context: EasyQueueDashboardContext): Feed {
  const place = placeOf(ref);
  const age = reads.ages();
  const rate = new CardPart<StatisticsRead>({ now: context.now, againMs: STATISTICS_MS });
  const feed: Feed<TopicAtAGlance> = {
    part,
    key: `${place.key}/card`,
    accountId: place.accountId,
    read: async (signal) => {
      const metric = { metric: 'BYTE_IN_RATE', place, range: CARD_RANGE, reads, context } as const;
      const maxAgeMs = age();
      const [topic, groups] = await Promise.all([reads.topic(place, signal, maxAgeMs), reads.groups(place, signal, maxAgeMs)]);
      return { topic, groups, rate: await rate.read(() => readStatistics(metric, signal, STATISTICS_MS)) };
    },
    show: (value, view) => cardOf(value, view, place, context.format),
  };
  return feed as Feed;
}

function cardOf({ topic, groups, rate }: TopicAtAGlance, view: FeedView, { appKey: { appKey } }: DashboardPlace, format: Formatter): BoardCard {
  const { status, partitionCount, messageCount, retentionMs, retentionBytes } = topic;
  return {
    status,
    statusWords: topicStatusLook(status).words,
    tone: topicTone(status),
    partitionCount,
    messageCount: ifKnown(messageCount, String),
    groups: groups.toSorted(byLag).map(({ group, pace }) => ({
      name: shortName(group.groupId, appKey),
      lag: ifKnown(pace.totalLag, String),
      state: group.state,
      tone: groupTone(group.state),
    })),
    rate: 'value' in rate ? seriesTable(rate.value, view) : undefined,
    more: [
      ...line(l10n.t('Retention'), ifKnown(retentionMs, (ms) => format.duration(ms))),
      ...line(l10n.t('Retention per partition'), ifKnown(retentionBytes, (bytes) => format.bytes(bytes))),
      ...line(l10n.t('Bytes in'), 'error' in rate ? problemOf(rate.error)?.message : undefined),
    ],
  };
}

/** The largest lag first; where none is known, nothing is committed. */
function byLag({ pace: { totalLag: a = -1n } }: GroupRead, { pace: { totalLag: b = -1n } }: GroupRead): number {
  return a === b ? 0 : a < b ? 1 : -1;
}

function line(label: string, value: string | undefined): readonly { readonly label: string; readonly value: string }[] {
  return value === undefined ? [] : [{ label, value }];
}
