import type { MetricsType } from '../../../model/easyQueue.ts';
import { shortName } from '../../../model/easyQueue.ts';
import type { ResourceRef } from '../../../model/resource.ts';
import type { StatisticsParts } from '../../../protocol/dashboard.ts';
import type { Dashboard, Feed } from '../../../webviews/dashboardType.ts';
import type { EasyQueueDashboardContext } from './dashboards.ts';
import { groupsFeed } from './groupFeeds.ts';
import { placeOf } from './place.ts';
import type { DashboardReads } from './reads.ts';
import { statisticsFeed } from './statisticsFeed.ts';
import { partitionsFeed, topicFeed } from './topicFeeds.ts';

const METRICS: Readonly<Record<keyof StatisticsParts, MetricsType>> = {
  bytesIn: 'BYTE_IN_RATE',
  bytesOut: 'BYTE_OUT_RATE',
  messages: 'MESSAGE_COUNT',
  lag: 'CONSUMER_LAG',
  logSize: 'LOG_SIZE_PER_PARTITION',
};

/**
 * The page of a topic. Each part is a request of its own, and may fail by itself.
 * @throws CloudError `notFound` where the keys name nothing
 */
export function topicDashboard(ref: ResourceRef, reads: DashboardReads, context: EasyQueueDashboardContext): Dashboard {
  const place = placeOf(ref);
  const facts = [topicFeed(place, reads), partitionsFeed(place, reads), groupsFeed(place, reads)] as readonly Feed[];
  return {
    feeds: ({ range }) => {
      const charts = Object.entries(METRICS).map(([part, metric]) => statisticsFeed({ part, metric, place, range, reads, context }));
      return [...facts, ...(charts as readonly Feed[])];
    },
    open: async (part, key) => {
      if (part !== 'groups' || !reads.hasGroup(place, key)) return;
      const { region, appKey } = place.appKey;
      await context.openDashboard({
        accountId: place.accountId, kind: 'easyQueue.group', keys: [region, appKey, place.topic, key], name: shortName(key, appKey),
      });
    },
    offer: async (offer) => {
      if (offer === 'document') await context.openDocument(ref, 'edit');
    },
  };
}
