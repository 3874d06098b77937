import type { EasyQueueClient } from '../../api/easyqueue/client.ts';
import type { EditableType, Snapshot } from '../../documents/documentType.ts';
import type { EasyQueueTopic } from '../../model/easyQueue.ts';
import type { Formatter } from '../../model/format.ts';
import type { ResourceRef } from '../../model/resource.ts';
import { keysOf } from './resources.ts';
import { topicFieldOf, topicFields, topicSettings, topicValues } from './topicFields.ts';

/** How a topic is changed. */
export function topicEditing(format: Formatter, clientOf: (ref: ResourceRef) => Promise<EasyQueueClient>): EditableType {
  return {
    fields: topicFields(format),
    read: async (ref, signal) => snapshot(await (await clientOf(ref)).getTopic(keysOf(ref).topic, signal)),
    update: async (ref, remote, values, signal) => {
      const client = await clientOf(ref);
      const { topic } = keysOf(ref);
      const before = isTopic(remote.state) ? remote.state : await client.getTopic(topic, signal);
      return snapshot(await client.updateTopic(topic, topicSettings(values, before), signal));
    },
    fieldOf: topicFieldOf,
  };
}

function snapshot(topic: EasyQueueTopic): Snapshot {
  return { values: topicValues(topic), state: topic };
}

function isTopic(state: unknown): state is EasyQueueTopic {
  return typeof state === 'object' && state !== null && 'fullName' in state;
}
