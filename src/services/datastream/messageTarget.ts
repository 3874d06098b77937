import type { DataStreamClient } from '../../api/datastream/client.ts';
import { MAX_DATA_STREAM_VALUE_BYTES, type OutgoingMessage } from '../../model/dataStream.ts';
import type { ReadyMessage } from '../../sending/message.ts';
import type { MessageTarget, TargetLimits } from '../../sending/messageTarget.ts';

/** What "Send message" takes: text with a key, and a partition where one is wanted (datastream.md §5). */
export function dataStreamLimits(partitions: number | undefined): TargetLimits {
  return { maxValueBytes: MAX_DATA_STREAM_VALUE_BYTES, partitions, carries: ['partition'] };
}

/**
 * A topic of Data Stream, reached over REST.
 * @param topicName full name with the prefix
 */
export function dataStreamTarget(
  client: Pick<DataStreamClient, 'send' | 'curlOfSend'>,
  topicName: string,
  limits: TargetLimits,
): MessageTarget {
  const outgoing = ({ key, value, partition }: Pick<ReadyMessage, 'key' | 'value' | 'partition'>): OutgoingMessage =>
    partition === undefined ? { topic: topicName, key, value } : { topic: topicName, key, value, partition };
  return {
    limits,
    send: async (message, signal) => {
      await client.send(outgoing(message), signal);
    },
    curl: (message) => client.curlOfSend(outgoing(message)),
  };
}
