import { l10n } from 'vscode';
import type { MarkdownString } from 'vscode';

import { shortName } from '../../model/easyQueue.ts';
import type { ConsumerGroup, EasyQueueTopic } from '../../model/easyQueue.ts';
import { facts, isOne } from '../../model/format.ts';
import { groupLag } from '../../model/lag.ts';
import { detailsTooltip, icon } from '../../tree/look.ts';
import type { Resource } from '../../tree/resource.ts';
import { EmptyNode } from '../../tree/statusNodes.ts';
import { PartialLoadError, TreeNode } from '../../tree/treeNode.ts';
import type { NodeFace } from '../../tree/treeNode.ts';
import { ifKnown, messagesText, partitionsText, statusText } from '../words.ts';
import type { EasyQueueContext, EasyQueuePlace } from './context.ts';
import { ConsumerGroupNode } from './groupNodes.ts';
import { PartitionsNode } from './partitionNodes.ts';
import { topicResource } from './resources.ts';
import { topicStatusLook } from './status.ts';
import type { StateLook } from './status.ts';

/** A topic of EasyQueue: its partitions and consumer groups. */
export class EasyQueueTopicNode extends TreeNode {
  override readonly kind = 'easyQueue.topic';
  readonly topic: EasyQueueTopic;
  readonly place: EasyQueuePlace;
  readonly #context: EasyQueueContext;

  constructor(parent: TreeNode, topic: EasyQueueTopic, place: EasyQueuePlace, context: EasyQueueContext) {
    super(parent, topic.fullName);
    this.topic = topic;
    this.place = place;
    this.#context = context;
  }

  override get facts(): unknown {
    return this.topic;
  }

  override get isSettling(): boolean {
    return this.#look.isSettling;
  }

  override get resource(): Resource {
    return topicResource(this.topic, this.place, this.#context.client);
  }

  get #look(): StateLook {
    return topicStatusLook(this.topic.status);
  }

  get #name(): string {
    return shortName(this.topic.fullName, this.place.appKey.appKey);
  }

  override face(): NodeFace {
    const { format } = this.#context;
    const { status, partitionCount, messageCount } = this.topic;
    const look = this.#look;
    const partitions = ifKnown(partitionCount, (count) => partitionsText(format, count));
    const messages = ifKnown(messageCount, (count) => messagesText(format, count));
    const groups = this.#groupsText();
    return {
      label: this.#name,
      description: facts(status === 'ACTIVE' ? undefined : status, partitions, messages, groups),
      iconPath: icon(look.icon, look.tone),
      accessibilityLabel: [l10n.t('Topic {0}', this.#name), look.words, partitions, messages, groups]
        .filter((part) => part !== undefined)
        .join(', '),
    };
  }

  #groupsText(): string | undefined {
    const count = this.topic.consumerGroupCount;
    if (count === undefined) return undefined;
    const text = this.#context.format.count(count);
    return isOne(count) ? l10n.t('{0} group', text) : l10n.t('{0} groups', text);
  }

  override details(): MarkdownString {
    const { format, topicLags } = this.#context;
    const { topic } = this;
    const look = this.#look;
    return detailsTooltip(this.#name, [
      [l10n.t('Full name'), topic.fullName],
      [l10n.t('Status'), statusText(topic.status, look.words)],
      [l10n.t('Description'), topic.description],
      [l10n.t('Partitions'), ifKnown(topic.partitionCount, (count) => format.count(count))],
      [l10n.t('Messages'), ifKnown(topic.messageCount, (count) => format.count(count))],
      [l10n.t('Consumer groups'), ifKnown(topic.consumerGroupCount, (count) => format.count(count))],
      [l10n.t('Lag of all groups'), ifKnown(topicLags.get(this.id), (lag) => format.count(lag))],
      [l10n.t('Retention'), ifKnown(topic.retentionMs, (ms) => format.duration(ms))],
      [l10n.t('Retention per partition'), ifKnown(topic.retentionBytes, (bytes) => format.bytes(bytes))],
      [l10n.t('Largest message'), ifKnown(topic.maxMessageBytes, (bytes) => format.bytes(bytes))],
      [l10n.t('Bootstrap server'), topic.bootstrapServer],
      [l10n.t('Topic ID'), topic.id],
      [l10n.t('Created'), topic.createdAt],
      [l10n.t('Updated'), topic.updatedAt],
    ]);
  }

  override async children(signal: AbortSignal): Promise<readonly TreeNode[]> {
    const { account, appKey } = this.place;
    const partitions = this.partitionsRow();
    let groups: readonly ConsumerGroup[];
    try {
      groups = await (await this.#context.client(account.id, appKey)).listConsumerGroups(this.topic.fullName, signal);
    } catch (error) {
      throw new PartialLoadError([partitions], error);
    }
    if (groups.length === 0) {
      return [partitions, new EmptyNode(this, l10n.t('No consumer group yet: it appears when a client joins.'))];
    }
    return [partitions, ...this.groupRows(groups)];
  }

  /** The row of its partitions. */
  partitionsRow(): TreeNode {
    return new PartitionsNode(this, this.topic, this.place, this.#context);
  }

  /** The rows of its consumer groups, which were just read. */
  groupRows(groups: readonly ConsumerGroup[]): readonly ConsumerGroupNode[] {
    const { lagHistory, topicLags, format, now } = this.#context;
    const lags = groups.map(groupLag);
    topicLags.set(this.id, lags.reduce<bigint>((sum, lag) => sum + (lag ?? 0n), 0n));
    const at = now();
    return groups
      .toSorted((a, b) => format.compare(a.groupId, b.groupId))
      .map((group) => {
        const trend = lagHistory.observe(`${this.id}/${encodeURIComponent(group.groupId.toWellFormed())}`, groupLag(group), at);
        return new ConsumerGroupNode(this, group, trend, { topic: this.topic.fullName, place: this.place, format });
      });
  }
}
