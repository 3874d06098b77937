import * as l10n from '@vscode/l10n';

import { CloudError } from '../../../model/cloudError.ts';
import type { DataStreamTopic } from '../../../model/dataStream.ts';
import type { ResourceRef } from '../../../model/resource.ts';
import type { Dashboard, Feed } from '../../../webviews/dashboardType.ts';
import { topicIdOf } from '../documentValues.ts';
import { topicStatusLook } from '../status.ts';
import type { DataStreamDashboardContext } from './dashboards.ts';
import { connectorFacts, endpointOf, topicFacts } from './topicFacts.ts';
import type { TopicConnector, TopicReads } from './topicReads.ts';

/** What the page of a topic works with. */
export interface TopicDashboardDeps extends DataStreamDashboardContext {
  readonly reads: TopicReads;
  /** Puts a text on the clipboard and says what it is. */
  readonly copy: (text: string, what: string) => Promise<void>;
}

/** Settings of a topic hardly change: it is read no more often, milliseconds. */
const TOPIC_MS = 10_000;
/** While it is being created or deleted. */
const SETTLING_MS = 5_000;

/** The dashboard of one topic. @throws CloudError `notFound` where the reference names none */
export function topicDashboard(ref: ResourceRef, deps: TopicDashboardDeps): Dashboard {
  if (topicIdOf(ref) === '') throw new CloudError('notFound', { reason: 'topicGone', mayHaveArrived: false });
  // What is copied is what the page shows.
  let shown: DataStreamTopic | undefined;
  const topic: Feed<DataStreamTopic> = {
    part: 'topic',
    key: `${ref.accountId} dataStream.topic ${topicIdOf(ref)}`,
    accountId: ref.accountId,
    read: (signal) => deps.reads.topic(ref, signal),
    show: (value) => {
      shown = value;
      return topicFacts(value);
    },
    everyMs: (value) => (topicStatusLook(value?.status).isSettling ? SETTLING_MS : TOPIC_MS),
  };
  const connector: Feed<TopicConnector> = {
    part: 'connector',
    key: `${ref.accountId} dataStream.connector ${topicIdOf(ref)}`,
    accountId: ref.accountId,
    read: (signal) => deps.reads.connector(ref, signal),
    show: (value) => connectorFacts(value.connector, deps.format),
    everyMs: () => TOPIC_MS,
  };
  return {
    feeds: () => [topic as Feed, connector as Feed],
    open: async (part, key) => {
      if (part === 'topic' && shown !== undefined) await copyOf(shown, key, deps);
    },
    offer: async (offer) => {
      if (offer === 'document') await deps.openDocument(ref, 'edit');
      if (offer !== 'send') return;
      const topicId = topicIdOf(ref);
      await deps.openNewMessage({ accountId: ref.accountId, topicId, topicName: shown?.name ?? ref.name });
    },
  };
}

/** Copies what a button stands for: `endpoint`, or `settings:` and the name of a client. */
async function copyOf(topic: DataStreamTopic, key: string, { copy }: TopicDashboardDeps): Promise<void> {
  const endpoint = endpointOf(topic);
  if (key === 'endpoint' && endpoint !== undefined) await copy(endpoint, l10n.t('Kafka endpoint copied: {0}', endpoint));
  const client = topicFacts(topic).clients.find(({ name }) => key === `settings:${name}`);
  if (client !== undefined) await copy(client.settings, l10n.t('Kafka client settings for {0} copied: {1}', client.name, topic.name));
}
