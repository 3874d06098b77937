import * as l10n from '@vscode/l10n';

import type { EasyQueueClient } from '../../api/easyqueue/client.ts';
import type { DocumentType } from '../../documents/documentType.ts';
import { CloudError } from '../../model/cloudError.ts';
import type { ResourceRef } from '../../model/resource.ts';
import type { EasyQueueContext } from './context.ts';
import { keysOf } from './resources.ts';

/** What the documents of EasyQueue need. */
export type EasyQueueDocumentContext = Pick<EasyQueueContext, 'client' | 'format'>;

/** Topics, which can be changed, and their partitions and consumer groups, which can be read. */
export function easyQueueDocuments(context: EasyQueueDocumentContext): readonly DocumentType[] {
  const { format } = context;
  const clientOf = (ref: ResourceRef): Promise<EasyQueueClient> => context.client(ref.accountId, keysOf(ref).appKey);
  return [
    {
      kind: 'easyQueue.topic',
      ending: '.easyqueue-topic.json',
      title: ({ name }) => l10n.t('Topic "{0}"', name),
      view: async (ref, signal) => {
        const { appKey, topic } = keysOf(ref);
        const { topicView } = await import('./views.ts');
        return topicView(await (await clientOf(ref)).getTopic(topic, signal), appKey.appKey, format);
      },
      raw: async (ref, signal) => (await clientOf(ref)).rawTopic(keysOf(ref).topic, signal),
      edit: async () => (await import('./topicEditing.ts')).topicEditing(format, clientOf),
    },
    {
      kind: 'easyQueue.partitions',
      ending: '.easyqueue-partitions.json',
      title: ({ name }) => l10n.t('Partitions of topic "{0}"', name),
      view: async (ref, signal) => {
        const { topic } = keysOf(ref);
        const { partitionsView } = await import('./views.ts');
        return partitionsView(topic, await (await clientOf(ref)).listPartitions(topic, signal));
      },
      raw: async (ref, signal) => (await clientOf(ref)).rawPartitions(keysOf(ref).topic, signal),
    },
    {
      kind: 'easyQueue.group',
      ending: '.easyqueue-group.json',
      title: ({ name }) => l10n.t('Consumer group "{0}"', name),
      view: async (ref, signal) => {
        const { appKey, topic, groupId } = keysOf(ref);
        const { groupView } = await import('./views.ts');
        const group = (await (await clientOf(ref)).listConsumerGroups(topic, signal)).find((one) => one.groupId === groupId);
        if (group === undefined) throw new CloudError('notFound', { reason: 'resourceGone', operation: 'read' });
        return groupView(topic, group, appKey.appKey);
      },
      // The service has no answer for one group alone: this is the list of the topic's groups.
      raw: async (ref, signal) => (await clientOf(ref)).rawConsumerGroups(keysOf(ref).topic, signal),
    },
  ];
}
