import type { ResourceRef } from '../../../model/resource.ts';
import type { Dashboard, Feed } from '../../../webviews/dashboardType.ts';
import type { EasyQueueDashboardContext } from './dashboards.ts';
import { groupFeeds } from './groupFeeds.ts';
import { groupLine } from './lines.ts';
import { placeOf } from './place.ts';
import type { DashboardReads } from './reads.ts';
import { statisticsFeed } from './statisticsFeed.ts';

/**
 * The page of a consumer group, as seen from one topic.
 * @throws CloudError `notFound` where the keys name nothing
 */
export function groupDashboard(ref: ResourceRef, reads: DashboardReads, context: EasyQueueDashboardContext): Dashboard {
  const place = placeOf(ref);
  const facts = groupFeeds(place, reads) as readonly Feed[];
  const only = groupLine(place.groupId, place.appKey.appKey);
  return {
    feeds: ({ range }) => [...facts, statisticsFeed({ part: 'lag', metric: 'CONSUMER_LAG', place, range, reads, context, only }) as Feed],
    offer: async (offer) => {
      if (offer === 'document') await context.openDocument(ref, 'view');
    },
  };
}
