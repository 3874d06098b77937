import { l10n } from 'vscode';
import type { MarkdownString } from 'vscode';

import type { DataStreamClient } from '../../api/datastream/client.ts';
import type { NodeFlag } from '../../ids.ts';
import { permits } from '../../model/account.ts';
import type { Account } from '../../model/account.ts';
import { MAX_DATA_STREAM_TOPICS } from '../../model/dataStream.ts';
import type { Connector, DataStreamTopic } from '../../model/dataStream.ts';
import { facts } from '../../model/format.ts';
import { ListNode } from '../../tree/listNode.ts';
import type { ListDeps, Page, PageQuery } from '../../tree/listNode.ts';
import { detailsTooltip, icon } from '../../tree/look.ts';
import { EmptyNode } from '../../tree/statusNodes.ts';
import type { Resource } from '../../tree/resource.ts';
import type { ListState, NodeMemory } from '../../tree/treeMemory.ts';
import { PartialLoadError, TreeNode } from '../../tree/treeNode.ts';
import type { NodeFace } from '../../tree/treeNode.ts';
import { ifKnown, partitionsText, statusText, topicsText } from '../words.ts';
import { topicResource } from './resources.ts';
import type { SeenConnectors } from './seenConnectors.ts';
import { ConnectorNode, EndpointNode } from './topicRows.ts';
import { topicStatusLook } from './status.ts';
import type { StatusLook } from './status.ts';

/** What Data Stream's rows need. */
export interface DataStreamContext extends ListDeps {
  readonly states: NodeMemory<ListState<DataStreamTopic>>;
  readonly client: (accountId: string) => Promise<DataStreamClient>;
  readonly connectors: SeenConnectors;
}

/** Data Stream of an account: its topics. */
export class DataStreamNode extends ListNode<DataStreamTopic> {
  override readonly kind = 'dataStream';
  readonly #context: DataStreamContext;
  readonly #account: Account;

  constructor(parent: TreeNode, account: Account, context: DataStreamContext) {
    super(parent, 'dataStream', context, context.states);
    this.#account = account;
    this.#context = context;
  }

  override get startsExpanded(): boolean {
    return true;
  }

  override face(): NodeFace {
    const total = this.knownTotal;
    const fact = total === undefined ? undefined : this.#countText(total);
    return {
      label: 'Data Stream',
      description: this.describe(fact),
      iconPath: icon('radio-tower', 'plain'),
      accessibilityLabel: ['Data Stream', this.describe(fact)].filter((part) => part !== '').join(', '),
    };
  }

  /** An account may have three topics (datastream.md §8.1); where there are more, the limit was raised. */
  #countText(total: number): string {
    const { format } = this.#context;
    return total > MAX_DATA_STREAM_TOPICS
      ? topicsText(format, total)
      : l10n.t('{0} of {1} topics', format.count(total), format.count(MAX_DATA_STREAM_TOPICS));
  }

  protected override nothingText(): string {
    return l10n.t('No topic yet. Create the first one with "Create Topic…".');
  }

  protected override async fetch(_query: PageQuery, signal: AbortSignal): Promise<Page<DataStreamTopic>> {
    const topics = await (await this.#context.client(this.#account.id)).listTopics({ sortBy: 'topicName', descending: false }, signal);
    return { items: topics, total: undefined };
  }

  protected override nameOf(topic: DataStreamTopic): string {
    return topic.name;
  }

  /** As in the console: pinned topics first. */
  protected override sorted(topics: readonly DataStreamTopic[]): readonly DataStreamTopic[] {
    return topics.toSorted((a, b) => Number(b.isPinned === true) - Number(a.isPinned === true));
  }

  protected override rowOf(topic: DataStreamTopic): TreeNode {
    return new DataStreamTopicNode(this, this.#account, topic, this.#context);
  }
}

/** A topic of Data Stream. */
export class DataStreamTopicNode extends TreeNode {
  override readonly kind = 'dataStream.topic';
  readonly topic: DataStreamTopic;
  readonly #account: Account;
  readonly #context: DataStreamContext;

  constructor(parent: TreeNode, account: Account, topic: DataStreamTopic, context: DataStreamContext) {
    super(parent, topic.id);
    this.topic = topic;
    this.#account = account;
    this.#context = context;
  }

  get accountId(): string {
    return this.#account.id;
  }

  override get flags(): readonly NodeFlag[] {
    const { lane } = this.#account;
    const isSub = this.#account.provider === 'naver' && this.#account.keyOwner === 'sub';
    return isSub && permits(lane.access, 'send') ? ['canSend'] : [];
  }

  override get facts(): unknown {
    return this.topic;
  }

  override get resource(): Resource {
    return topicResource(this.#account.id, this.topic, this.#look.isSettling, this.#context);
  }

  override get isSettling(): boolean {
    return this.#look.isSettling;
  }

  get #look(): StatusLook {
    return topicStatusLook(this.topic.status);
  }

  override face(): NodeFace {
    const { format } = this.#context;
    const { name, partitions, retentionMs, isPinned } = this.topic;
    const look = this.#look;
    const size = ifKnown(partitions, (count) => partitionsText(format, count));
    const description = facts(look.text, size, ifKnown(retentionMs, (ms) => format.duration(ms)));
    const pinned = isPinned === true ? l10n.t('pinned') : undefined;
    return {
      label: name,
      description,
      iconPath: icon(look.icon, look.tone),
      accessibilityLabel: [l10n.t('Topic {0}', name), look.words, size, pinned].filter((part) => part !== undefined).join(', '),
    };
  }

  override details(): MarkdownString {
    const { format } = this.#context;
    const { topic } = this;
    const look = this.#look;
    return detailsTooltip(topic.name, [
      [l10n.t('Status'), statusText(topic.status, look.words)],
      [l10n.t('Description'), topic.description],
      [l10n.t('Partitions'), ifKnown(topic.partitions, (count) => format.count(count))],
      [l10n.t('Retention'), ifKnown(topic.retentionMs, (ms) => format.duration(ms))],
      [l10n.t('Kafka endpoint'), topic.tcpEndpoint],
      [l10n.t('Topic ID'), topic.id],
      [l10n.t('Pinned'), topic.isPinned === true ? l10n.t('yes') : undefined],
      [l10n.t('Created'), topic.createdAt],
      [l10n.t('Updated'), topic.updatedAt],
    ]);
  }

  /** Connector and endpoint. A topic that is being created has neither, so nothing is asked for. */
  override async children(signal: AbortSignal): Promise<readonly TreeNode[]> {
    const topic = this.#newest;
    const endpoint = new EndpointNode(this, this.#account.id, topic);
    if (topicStatusLook(topic.status).isSettling) return [endpoint];
    try {
      const client = await this.#context.client(this.#account.id);
      return [this.#connectorRow(topic, await client.getConnector(topic.id, signal)), endpoint];
    } catch (error) {
      throw new PartialLoadError([endpoint], error);
    }
  }

  /** As the list has it now: a row that was opened while its topic was being created stays the object it was. */
  get #newest(): DataStreamTopic {
    const items = this.parent === undefined ? undefined : this.#context.states.get(this.parent.id)?.items;
    return items?.find(({ id }) => id === this.topic.id) ?? this.topic;
  }

  #connectorRow(topic: DataStreamTopic, connector: Connector | undefined): TreeNode {
    const { connectors } = this.#context;
    if (connector === undefined) {
      connectors.delete(this.id);
      return new EmptyNode(this, l10n.t('No connector. Keep messages in Object Storage with "Create Connector…".'));
    }
    connectors.set(this.id, [topic.name, connector]);
    return new ConnectorNode(this, this.#account.id, topic, connector, this.#context);
  }
}
