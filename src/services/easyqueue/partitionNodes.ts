import { l10n } from 'vscode';
import type { MarkdownString } from 'vscode';

import type { EasyQueueTopic, Partition } from '../../model/easyQueue.ts';
import { facts } from '../../model/format.ts';
import type { Formatter } from '../../model/format.ts';
import { detailsTooltip, icon } from '../../tree/look.ts';
import type { Resource } from '../../tree/resource.ts';
import { TreeNode } from '../../tree/treeNode.ts';
import type { NodeFace } from '../../tree/treeNode.ts';
import { ifKnown, messagesText } from '../words.ts';
import type { EasyQueueContext, EasyQueuePlace } from './context.ts';
import { partitionsResource } from './resources.ts';

/** The partitions of a topic. */
export class PartitionsNode extends TreeNode {
  override readonly kind = 'easyQueue.partitions';
  readonly #topic: EasyQueueTopic;
  readonly #place: EasyQueuePlace;
  readonly #context: EasyQueueContext;

  constructor(parent: TreeNode, topic: EasyQueueTopic, place: EasyQueuePlace, context: EasyQueueContext) {
    super(parent, 'partitions');
    this.#topic = topic;
    this.#place = place;
    this.#context = context;
  }

  override get resource(): Resource {
    return partitionsResource(this.#topic.fullName, this.#place);
  }

  override face(): NodeFace {
    const count = ifKnown(this.#topic.partitionCount, (value) => this.#context.format.count(value));
    return {
      label: l10n.t('Partitions'),
      description: count ?? '',
      iconPath: icon('list-ordered', 'plain'),
      accessibilityLabel: [l10n.t('Partitions'), count].filter((part) => part !== undefined).join(', '),
    };
  }

  override emptyText(): string {
    return l10n.t('The service reported no partitions.');
  }

  override async children(signal: AbortSignal): Promise<readonly TreeNode[]> {
    const { account, appKey } = this.#place;
    const partitions = await (await this.#context.client(account.id, appKey)).listPartitions(this.#topic.fullName, signal);
    return partitions
      .toSorted((a, b) => a.partition - b.partition)
      .map((partition) => new PartitionNode(this, partition, this.#context.format));
  }
}

/** A partition: where it starts and ends. */
class PartitionNode extends TreeNode {
  override readonly kind = 'easyQueue.partition';
  readonly partition: Partition;
  readonly #format: Formatter;

  constructor(parent: TreeNode, partition: Partition, format: Formatter) {
    super(parent, String(partition.partition));
    this.partition = partition;
    this.#format = format;
  }

  override get facts(): unknown {
    return this.partition;
  }

  get #label(): string {
    return l10n.t('Partition {0}', String(this.partition.partition));
  }

  override face(): NodeFace {
    const { startOffset, endOffset, messageCount } = this.partition;
    const messages = ifKnown(messageCount, (count) => messagesText(this.#format, count));
    const start = ifKnown(startOffset, (offset) => this.#format.count(offset));
    const end = ifKnown(endOffset, (offset) => this.#format.count(offset));
    const range = start === undefined && end === undefined ? undefined : `${start ?? '?'} … ${end ?? '?'}`;
    const spoken = range === undefined ? undefined : l10n.t('offsets {0} to {1}', start ?? '?', end ?? '?');
    return {
      label: this.#label,
      description: facts(range, messages),
      iconPath: icon('symbol-array', 'data'),
      accessibilityLabel: [this.#label, spoken, messages].filter((part) => part !== undefined).join(', '),
    };
  }

  override details(): MarkdownString {
    const { startOffset, endOffset, messageCount, replicaCount } = this.partition;
    const count = (value: bigint | number): string => this.#format.count(value);
    return detailsTooltip(this.#label, [
      [l10n.t('Start offset'), ifKnown(startOffset, count)],
      [l10n.t('End offset'), ifKnown(endOffset, count)],
      [l10n.t('Messages'), ifKnown(messageCount, count)],
      [l10n.t('Replicas'), ifKnown(replicaCount, count)],
    ]);
  }
}
