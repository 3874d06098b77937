import type { DataStreamClient } from '../../api/datastream/client.ts';
import type { Connector, DataStreamTopic } from '../../model/dataStream.ts';
import type { Formatter } from '../../model/format.ts';
import type { ResourceRef } from '../../model/resource.ts';
import type { Resource } from '../../tree/resource.ts';

/** What rows need to stand for something in the cloud. */
export interface ResourceContext {
  readonly client: (accountId: string) => Promise<DataStreamClient>;
  readonly format: Formatter;
}

/** The console of the public zone, the only one with Data Stream; no address of a single topic is documented. */
const CONSOLE = 'https://console.ncloud.com';

/** What a topic's row stands for. One that is still being made or deleted can only be looked at. */
export function topicResource(accountId: string, topic: DataStreamTopic, isSettling: boolean, { client }: ResourceContext): Resource {
  const { id } = topic;
  return {
    ref: topicRef(accountId, topic),
    id,
    ...connectionOf(topic),
    curl: async () => (await client(accountId)).curlOfTopic(id),
    console: CONSOLE,
    dashboard: true,
    opens: isSettling ? 'view' : 'edit',
  };
}

/** What the row of a topic's endpoint stands for: the topic, as Kafka clients see it; nothing while there is no endpoint. */
export function endpointResource(accountId: string, topic: DataStreamTopic): Resource | undefined {
  const connection = connectionOf(topic);
  return connection === undefined ? undefined : { ref: topicRef(accountId, topic), ...connection };
}

function topicRef(accountId: string, { id, name }: DataStreamTopic): ResourceRef {
  return { accountId, kind: 'dataStream.topic', keys: [id], name };
}

function connectionOf({ name, tcpEndpoint = '' }: DataStreamTopic): Pick<Resource, 'endpoint' | 'kafka'> | undefined {
  if (tcpEndpoint === '') return undefined;
  return { endpoint: tcpEndpoint, kafka: { mechanism: 'PLAIN', bootstrapServers: tcpEndpoint, topic: name } };
}

/** What a connector's row stands for; it is found by its topic and named after it. */
export function connectorResource(accountId: string, { id: topicId, name }: DataStreamTopic, { id }: Connector, { client }: ResourceContext): Resource {
  return {
    ref: { accountId, kind: 'dataStream.connector', keys: [topicId], name },
    id,
    curl: async () => (await client(accountId)).curlOfConnector(topicId),
    console: CONSOLE,
    opens: 'edit',
  };
}
