import * as l10n from '@vscode/l10n';

import type { Connector, DataStreamTopic } from '../../../model/dataStream.ts';
import { oneLine } from '../../../model/format.ts';
import type { Formatter } from '../../../model/format.ts';
import type { KafkaClient } from '../../../model/kafkaClient.ts';
import { kafkaSettings } from '../../../model/kafkaSettings.ts';
import type { KafkaLanguage } from '../../../model/kafkaSettings.ts';
import type { ConnectorFacts, DataStreamFacts } from '../../../protocol/dataStream.ts';
import type { Tone } from '../../../protocol/whole.ts';
import { ifKnown } from '../../words.ts';
import { connectorStatusLook, topicStatusLook } from '../status.ts';
import type { StatusLook } from '../status.ts';

/** A line of a page: label and value. */
interface Line {
  readonly label: string;
  readonly value: string;
}

/** Kafka clients whose settings are shown, in the order of the command that copies them. */
const CLIENTS: readonly (readonly [name: string, language: KafkaLanguage])[] = [
  ['Java', 'java'], ['librdkafka', 'librdkafka'], ['Python', 'python'], ['Node.js', 'node'],
];

/** A topic as its page shows it. */
export function topicFacts(topic: DataStreamTopic): DataStreamFacts {
  const { status, description, partitions, retentionMs, createdAt } = topic;
  const look = topicStatusLook(status);
  return {
    status: line(status),
    statusWords: look.words === status ? undefined : look.words,
    tone: status === undefined ? 'quiet' : toneOf(look),
    description: line(description),
    partitionCount: partitions,
    retentionMs,
    endpoint: endpointOf(topic),
    createdAt: line(createdAt),
    clients: clientsOf(topic),
    more: lines([
      [l10n.t('Topic ID'), topic.id],
      [l10n.t('Updated'), topic.updatedAt],
    ]),
  };
}

/** `host:port`; undefined while there is none. */
export function endpointOf({ tcpEndpoint }: DataStreamTopic): string | undefined {
  return tcpEndpoint === '' ? undefined : line(tcpEndpoint);
}

/** Settings for each kind of client, with placeholders for the keys; none while there is no endpoint. */
function clientsOf(topic: DataStreamTopic): DataStreamFacts['clients'] {
  const bootstrapServers = endpointOf(topic);
  if (bootstrapServers === undefined) return [];
  const client: KafkaClient = { mechanism: 'PLAIN', bootstrapServers, topic: topic.name };
  return CLIENTS.map(([name, language]) => ({ name, settings: kafkaSettings(client, language) }));
}

/** A connector as its page shows it; `undefined`: the topic has none. */
export function connectorFacts(connector: Connector | undefined, format: Formatter): ConnectorFacts {
  if (connector === undefined) {
    const stateWords = l10n.t('No connector. Keep messages in Object Storage with "Create Connector…".');
    return { state: undefined, stateWords, tone: 'quiet', causes: [], more: [] };
  }
  const { status } = connector;
  const look = connectorStatusLook(status);
  // What the service itself says of a failure stands beside it.
  const words = status === 'FAILED' ? (line(connector.failedMessage) ?? look.words) : look.words;
  return {
    state: line(status),
    stateWords: words === status ? undefined : words,
    tone: toneOf(look),
    causes: status === 'FAILED' ? failureCauses() : [],
    more: connectorLines(connector, format),
  };
}

/** The causes that are documented (datastream.md §4.2), and what mends each. */
function failureCauses(): ConnectorFacts['causes'] {
  return [
    {
      cause: l10n.t('The bucket was deleted after the connector was created.'),
      remedy: l10n.t('Create the bucket again in Object Storage, or give the connector another location.'),
    },
    {
      cause: l10n.t('The access control of the bucket denies the connector.'),
      remedy: l10n.t('Let the role of the connector write to the bucket: look at the access control of the bucket in Object Storage, and at the role in Sub Account.'),
    },
    {
      cause: l10n.t('The bucket was turned into a locked bucket.'),
      remedy: l10n.t('Give the connector a location in a bucket that is not locked.'),
    },
  ];
}

function connectorLines(connector: Connector, format: Formatter): readonly Line[] {
  const { flushIntervalMinutes, flushCount } = connector;
  return lines([
    [l10n.t('Failed'), connector.failedAt],
    [l10n.t('Location'), connector.locationWithTopicName ?? connector.location],
    [l10n.t('Object Storage'), connector.objectStorageLocation],
    [l10n.t('Description'), connector.description],
    [l10n.t('Consumer size'), connector.consumerSpec],
    [l10n.t('Folders by'), connector.dateFormat],
    [l10n.t('New file after'), ifKnown(flushIntervalMinutes, (minutes) => format.duration(minutes * 60_000))],
    [l10n.t('Messages per file'), ifKnown(flushCount, (count) => format.count(count))],
    [l10n.t('Message type'), connector.schemaType],
    [l10n.t('Consumer group'), connector.groupId],
    [l10n.t('Role'), connector.roleNrn],
    [l10n.t('Connector ID'), connector.id],
    [l10n.t('Created'), connector.createdAt],
  ]);
}

/** Those that have a value, which may hold anything. */
export function lines(pairs: readonly (readonly [label: string, value: string | undefined])[]): readonly Line[] {
  return pairs.flatMap(([label, value = '']) => (value === '' ? [] : [{ label, value: oneLine(value) }]));
}

function line(text: string | undefined): string | undefined {
  return text === undefined || text === '' ? undefined : oneLine(text);
}

/** How a look of the tree stands on a page. */
function toneOf({ tone }: StatusLook): Tone {
  switch (tone) {
    case 'data':
    case 'good':
      return 'good';
    case 'waiting':
      return 'busy';
    case 'attention':
      return 'attention';
    case 'bad':
      return 'bad';
    case 'plain':
      return 'quiet';
  }
}
