import { l10n } from 'vscode';
import type { MarkdownString } from 'vscode';

import type { Connector, DataStreamTopic } from '../../model/dataStream.ts';
import { detailsTooltip, icon } from '../../tree/look.ts';
import type { Resource } from '../../tree/resource.ts';
import { TreeNode } from '../../tree/treeNode.ts';
import type { NodeFace } from '../../tree/treeNode.ts';
import { ifKnown } from '../words.ts';
import { connectorResource, endpointResource } from './resources.ts';
import type { ResourceContext } from './resources.ts';
import { connectorStatusLook } from './status.ts';

/** The connector of a topic: where its messages are kept, and whether that works. */
export class ConnectorNode extends TreeNode {
  override readonly kind = 'dataStream.connector';
  readonly topic: DataStreamTopic;
  readonly connector: Connector;
  readonly #accountId: string;
  readonly #context: ResourceContext;

  /** @param parent the row of its topic */
  constructor(parent: TreeNode, accountId: string, topic: DataStreamTopic, connector: Connector, context: ResourceContext) {
    super(parent, 'connector');
    this.topic = topic;
    this.connector = connector;
    this.#accountId = accountId;
    this.#context = context;
  }

  override get facts(): unknown {
    return this.connector;
  }

  override get resource(): Resource {
    return connectorResource(this.#accountId, this.topic, this.connector, this.#context);
  }

  override face(): NodeFace {
    const { connector } = this;
    const look = connectorStatusLook(connector.status);
    const place = connector.locationWithTopicName ?? connector.location;
    const isFailed = connector.status === 'FAILED';
    const cause = connector.failedMessage ?? '';
    const status = isFailed && cause !== '' ? `FAILED: ${cause}` : look.text;
    const description = isFailed ? status : [status, place].filter((part) => part !== undefined).join(' → ');
    const spoken = isFailed && cause !== '' ? `${look.words}: ${cause}` : look.words;
    return {
      label: l10n.t('Connector'),
      description: description ?? '',
      iconPath: icon(look.icon, look.tone),
      accessibilityLabel: [l10n.t('Connector'), spoken, place].filter((part) => part !== undefined).join(', '),
    };
  }

  override details(): MarkdownString {
    const { connector } = this;
    const { format } = this.#context;
    return detailsTooltip(connector.name ?? l10n.t('Connector'), [
      [l10n.t('Status'), connector.status],
      [l10n.t('Cause'), connector.failedMessage],
      [l10n.t('Failed'), connector.failedAt],
      [l10n.t('Description'), connector.description],
      [l10n.t('Location'), connector.locationWithTopicName ?? connector.location],
      [l10n.t('Object Storage'), connector.objectStorageLocation],
      [l10n.t('Consumer size'), connector.consumerSpec],
      [l10n.t('Folders by'), connector.dateFormat],
      [l10n.t('New file after'), this.#flushText()],
      [l10n.t('Message type'), connector.schemaType],
      [l10n.t('Consumer group'), connector.groupId],
      [l10n.t('Role'), connector.roleNrn],
      [l10n.t('Connector ID'), connector.id],
      [l10n.t('Created'), connector.createdAt],
      [l10n.t('Messages per file'), ifKnown(connector.flushCount, (count) => format.count(count))],
    ]);
  }

  #flushText(): string | undefined {
    return ifKnown(this.connector.flushIntervalMinutes, (minutes) => this.#context.format.duration(minutes * 60_000));
  }
}

/** Where Kafka clients find a topic. */
export class EndpointNode extends TreeNode {
  override readonly kind = 'dataStream.endpoint';
  /** `host:port`; undefined while there is none. */
  readonly endpoint: string | undefined;
  readonly #resource: Resource | undefined;
  readonly #isComing: boolean;

  /** @param parent the row of its topic */
  constructor(parent: TreeNode, accountId: string, topic: DataStreamTopic) {
    super(parent, 'endpoint');
    const { tcpEndpoint, status } = topic;
    this.endpoint = tcpEndpoint === '' ? undefined : tcpEndpoint;
    this.#resource = endpointResource(accountId, topic);
    this.#isComing = status === 'CREATING';
  }

  override get resource(): Resource | undefined {
    return this.#resource;
  }

  override get isSettling(): boolean {
    return this.#isComing;
  }

  override get facts(): unknown {
    return this.endpoint ?? '';
  }

  override face(): NodeFace {
    const text = this.endpoint ?? l10n.t('known when the topic is ready');
    return {
      label: l10n.t('Kafka endpoint'),
      description: text,
      iconPath: icon('globe', 'plain'),
      accessibilityLabel: `${l10n.t('Kafka endpoint')}, ${text}`,
    };
  }

  override details(): MarkdownString {
    return detailsTooltip(l10n.t('Kafka endpoint'), [[l10n.t('Address'), this.endpoint]]);
  }
}
