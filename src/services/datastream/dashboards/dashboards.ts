import { permits } from '../../../model/account.ts';
import type { Account } from '../../../model/account.ts';
import type { DashboardType } from '../../../webviews/dashboardType.ts';
import type { ServiceDeps } from '../../deps.ts';
import type { DataStreamHouse } from '../context.ts';
import type { DataStreamContext } from '../nodes.ts';
import type { TopicReads } from './topicReads.ts';

/** What the dashboards of Data Stream need. */
export type DataStreamDashboardContext = Pick<DataStreamContext & ServiceDeps, 'client' | 'format' | 'now' | 'memory' | 'openNewMessage'> & DataStreamHouse;

/** Topics of Data Stream. What reads and shows them loads with the first that is opened. */
export function dataStreamDashboards(context: DataStreamDashboardContext): readonly DashboardType[] {
  // The page of a topic and its card on the board ask for the same things.
  let loading: Promise<TopicReads> | undefined;
  const reads = (): Promise<TopicReads> => (loading ??= import('./topicReads.ts').then(({ TopicReads: Reads }) => context.memory.keep(new Reads(context))));
  return [
    {
      kind: 'dataStream.topic',
      page: 'dataStreamTopic',
      hasRange: false,
      offers: (account) => (canSend(account) ? ['send', 'document'] : ['document']),
      where: () => 'Data Stream',
      open: async (ref) => {
        const [{ topicDashboard }, shared] = await Promise.all([import('./topicDashboard.ts'), reads()]);
        const copy = async (text: string, what: string): Promise<void> => (await import('../../../host/outside.ts')).copyText(text, what);
        return topicDashboard(ref, { ...context, reads: shared, copy });
      },
      card: async (ref, part) => {
        const [{ topicCard }, shared] = await Promise.all([import('./topicCard.ts'), reads()]);
        return topicCard(ref, part, { ...context, reads: shared });
      },
    },
  ];
}

/** Messages need the keys of a sub account (datastream.md §8.2). */
function canSend(account: Account): boolean {
  return account.provider === 'naver' && account.keyOwner === 'sub' && permits(account.lane.access, 'send');
}
