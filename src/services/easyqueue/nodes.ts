import { l10n } from 'vscode';
import type { MarkdownString } from 'vscode';

import type { EasyQueueClient } from '../../api/easyqueue/client.ts';
import type { AppKey } from '../../model/account.ts';
import { shortName } from '../../model/easyQueue.ts';
import type { ConsumerGroup, EasyQueueTopic } from '../../model/easyQueue.ts';
import { ListNode } from '../../tree/listNode.ts';
import type { Page, PageQuery } from '../../tree/listNode.ts';
import { detailsTooltip, icon } from '../../tree/look.ts';
import type { TreeNode } from '../../tree/treeNode.ts';
import type { NodeFace } from '../../tree/treeNode.ts';
import { ifKnown, topicsText } from '../words.ts';
import type { EasyQueueContext, EasyQueuePlace } from './context.ts';
import { EasyQueueTopicNode } from './topicNode.ts';

/** E.g. "EasyQueue · KR1 · shop". */
export function titleOf({ region, label, appKey }: AppKey): string {
  return `EasyQueue · ${region} · ${label === '' ? appKey : label}`;
}

/** EasyQueue of one app key: its topics. */
export class EasyQueueNode extends ListNode<EasyQueueTopic> {
  override readonly kind = 'easyQueue';
  readonly place: EasyQueuePlace;
  readonly #context: EasyQueueContext;

  constructor(parent: TreeNode, place: EasyQueuePlace, context: EasyQueueContext) {
    super(parent, `easyQueue:${place.appKey.region}:${place.appKey.appKey}`, context, context.topics);
    this.place = place;
    this.#context = context;
  }

  override get startsExpanded(): boolean {
    return true;
  }

  override face(): NodeFace {
    const title = titleOf(this.place.appKey);
    const description = this.describe(ifKnown(this.knownTotal, (total) => topicsText(this.#context.format, total)));
    return {
      label: title,
      description,
      iconPath: icon('server', 'plain'),
      accessibilityLabel: [title, description].filter((part) => part !== '').join(', '),
    };
  }

  override details(): MarkdownString {
    const { appKey, region, label } = this.place.appKey;
    return detailsTooltip(titleOf(this.place.appKey), [
      [l10n.t('App key'), appKey],
      [l10n.t('Label'), label],
      [l10n.t('Region'), region],
    ]);
  }

  protected override nothingText(): string {
    return l10n.t('No topic yet. Create the first one with "Create Topic…".');
  }

  /** All topics there are; undefined before they are loaded, and where some are not. */
  get knownTopics(): readonly EasyQueueTopic[] | undefined {
    const { loadedItems, knownTotal } = this;
    return knownTotal !== undefined && loadedItems.length >= knownTotal ? loadedItems : undefined;
  }

  protected override get hasSearch(): boolean {
    return true;
  }

  /** By name, so that pages do not move while topics are created. */
  protected override async fetch({ page, limit, search }: PageQuery, signal: AbortSignal): Promise<Page<EasyQueueTopic>> {
    const { topics, totalCount } = await (await this.#client()).listTopics(
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
    return shortName(topic.fullName, this.place.appKey.appKey);
  }

  /**
   * The row of one topic, read now.
   * @throws CloudError `notFound` where it is gone
   */
  async readRow(fullName: string, signal: AbortSignal): Promise<EasyQueueTopicNode> {
    return this.rowOf(await (await this.#client()).getTopic(fullName, signal));
  }

  /** The consumer groups of one topic, read now. */
  async readGroups(fullName: string, signal: AbortSignal): Promise<readonly ConsumerGroup[]> {
    return (await this.#client()).listConsumerGroups(fullName, signal);
  }

  #client(): Promise<EasyQueueClient> {
    return this.#context.client(this.place.account.id, this.place.appKey);
  }

  /** Whether a row of this list is the topic of that full name. */
  isRowOf(fullName: string): (row: TreeNode) => boolean {
    return (row) => row instanceof EasyQueueTopicNode && row.topic.fullName === fullName;
  }

  override rowOf(topic: EasyQueueTopic): EasyQueueTopicNode {
    return new EasyQueueTopicNode(this, topic, this.place, this.#context);
  }
}
