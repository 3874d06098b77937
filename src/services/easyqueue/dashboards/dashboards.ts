import * as l10n from '@vscode/l10n';

import { shortName } from '../../../model/easyQueue.ts';
import type { ResourceRef } from '../../../model/resource.ts';
import type { DashboardType } from '../../../webviews/dashboardType.ts';
import type { EasyQueueContext, EasyQueueHouse } from '../context.ts';
import type { DashboardReads } from './reads.ts';

/** What the dashboards of EasyQueue need. */
export type EasyQueueDashboardContext = Pick<EasyQueueContext, 'client' | 'format' | 'now' | 'memory'> & EasyQueueHouse;

/** Topics and consumer groups as dashboards. What reads them is loaded with the first one. */
export function easyQueueDashboards(context: EasyQueueDashboardContext): readonly DashboardType[] {
  let made: Promise<DashboardReads> | undefined;
  // One for all: what two pages ask for at the same time is asked once, and both see the same samples.
  const reads = (): Promise<DashboardReads> => (made ??= makeReads(context));
  return [
    {
      kind: 'easyQueue.topic',
      page: 'easyQueueTopic',
      hasRange: true,
      offers: () => ['document'],
      where: regionOf,
      open: async (ref) => {
        const { topicDashboard } = await import('./topicDashboard.ts');
        return topicDashboard(ref, await reads(), context);
      },
      card: async (ref, part) => {
        const { topicCard } = await import('./card.ts');
        return topicCard(ref, part, await reads(), context);
      },
    },
    {
      kind: 'easyQueue.group',
      page: 'consumerGroup',
      hasRange: true,
      offers: () => ['document'],
      where: (ref) => `${regionOf(ref)} · ${l10n.t('Topic {0}', topicNameOf(ref))}`,
      open: async (ref) => {
        const { groupDashboard } = await import('./groupDashboard.ts');
        return groupDashboard(ref, await reads(), context);
      },
    },
  ];
}

async function makeReads(context: EasyQueueDashboardContext): Promise<DashboardReads> {
  const { DashboardReads } = await import('./reads.ts');
  return context.memory.keep(new DashboardReads(context));
}

function regionOf({ keys: [region = ''] }: ResourceRef): string {
  return `EasyQueue ${region}`;
}

function topicNameOf({ keys: [, appKey = '', topic = ''] }: ResourceRef): string {
  return shortName(topic, appKey);
}
