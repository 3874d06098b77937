import { l10n } from 'vscode';
import type { MarkdownString } from 'vscode';

import type { AppKey } from '../../model/account.ts';
import { shortName } from '../../model/easyQueue.ts';
import type { ConsumerGroup, EasyQueueTopic } from '../../model/easyQueue.ts';
import { facts, isOne } from '../../model/format.ts';
import { groupLag } from '../../model/lag.ts';
import { ListNode } from '../../tree/listNode.ts';
import type { Page, PageQuery } from '../../tree/listNode.ts';
import { detailsTooltip, icon } from '../../tree/look.ts';
import { EmptyNode } from '../../tree/statusNodes.ts';
import { PartialLoadError, TreeNode } from '../../tree/treeNode.ts';
import type { NodeFace } from '../../tree/treeNode.ts';
import { ifKnown, messagesText, partitionsText, statusText, topicsText } from '../words.ts';
import type { EasyQueueContext, EasyQueuePlace } from './context.ts';
import { ConsumerGroupNode } from './groupNodes.ts';
import { PartitionsNode } from './partitionNodes.ts';
import { topicStatusLook } from './status.ts';
import type { StateLook } from './status.ts';

/** E.g. "EasyQueue · KR1 · shop". */
export function titleOf({ region, label, appKey }: AppKey): string {
  return `EasyQueue · ${region} · ${label === '' ? appKey : label}`;
}

/** EasyQueue of one app key: its topics. */
export class EasyQueueNode extends ListNode<EasyQueueTopic> {
  override readonly kind = 'easyQueue';
  readonly #place: EasyQueuePlace;
  readonly #context: EasyQueueContext;

  constructor(parent: TreeNode, place: EasyQueuePlace, context: EasyQueueContext) {
    super(parent, `easyQueue:${place.appKey.region}:${place.appKey.appKey}`, context, context.topics);
    this.#place = place;
    this.#context = context;
  }

  override get startsExpanded(): boolean {
    return true;
  }

  override face(): NodeFace {
    const title = titleOf(this.#place.appKey);
    const description = this.describe(ifKnown(this.knownTotal, (total) => topicsText(this.#context.format, total)));
    return {
      label: title,
      description,
      iconPath: icon('server', 'plain'),
      accessibilityLabel: [title, description].filter((part) => part !== '').join(', '),
    };
  }

  override details(): MarkdownString {
    const { appKey, region, label } = this.#place.appKey;
    return detailsTooltip(titleOf(this.#place.appKey), [
      [l10n.t('App key'), appKey],
      [l10n.t('Label'), label],
      [l10n.t('Region'), region],
    ]);
  }

  protected override nothingText(): string {
    return l10n.t('No topic yet. Create the first one in the NHN Cloud console.');
  }

  protected override get hasSearch(): boolean {
    return true;
  }

  /** By name, so that pages do not move while topics are created. */
  protected override async fetch({ page, limit, search }: PageQuery, signal: AbortSignal): Promise<Page<EasyQueueTopic>> {
    const { account, appKey } = this.#place;
    const { topics, totalCount } = await (await this.#context.client(account.id, appKey)).listTopics(
      {
        page,
        limit,
        sortKey: 'TOPIC_NAME',
        sortDirection: 'ASC',
        ...(search === undefined ? {} : { searchTopicName: search }),
      },
      signal,
    );
    return { items: topics, total: totalCount };
  }

  protected override nameOf(topic: EasyQueueTopic): string {
    return shortName(topic.fullName, this.#place.appKey.appKey);
  }

  protected override rowOf(topic: EasyQueueTopic): TreeNode {
    return new EasyQueueTopicNode(this, topic, this.#place, this.#context);
  }
}

/** A topic of EasyQueue: its partitions and consumer groups. */
class EasyQueueTopicNode extends TreeNode {
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
    const partitions = new PartitionsNode(this, this.topic, this.place, this.#context);
    let groups: readonly ConsumerGroup[];
    try {
      groups = await (await this.#context.client(account.id, appKey)).listConsumerGroups(this.topic.fullName, signal);
    } catch (error) {
      throw new PartialLoadError([partitions], error);
    }
    if (groups.length === 0) {
      return [partitions, new EmptyNode(this, l10n.t('No consumer group yet: it appears when a client joins.'))];
    }
    return [partitions, ...this.#groupRows(groups)];
  }

  #groupRows(groups: readonly ConsumerGroup[]): readonly TreeNode[] {
    const { lagHistory, topicLags, format, now } = this.#context;
    const lags = groups.map(groupLag);
    topicLags.set(this.id, lags.reduce<bigint>((sum, lag) => sum + (lag ?? 0n), 0n));
    const at = now();
    return groups
      .toSorted((a, b) => format.compare(a.groupId, b.groupId))
      .map((group) => {
        const trend = lagHistory.observe(`${this.id}/${encodeURIComponent(group.groupId.toWellFormed())}`, groupLag(group), at);
        return new ConsumerGroupNode(this, group, trend, this.place.appKey, format);
      });
  }
}
