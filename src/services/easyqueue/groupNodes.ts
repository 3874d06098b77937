import { l10n } from 'vscode';
import type { MarkdownString } from 'vscode';

import { shortName } from '../../model/easyQueue.ts';
import type { ConsumerGroup } from '../../model/easyQueue.ts';
import { facts } from '../../model/format.ts';
import type { Formatter } from '../../model/format.ts';
import { groupLag } from '../../model/lag.ts';
import type { LagTrend } from '../../model/lag.ts';
import { detailsTooltip, icon } from '../../tree/look.ts';
import type { Resource } from '../../tree/resource.ts';
import { TreeNode } from '../../tree/treeNode.ts';
import type { NodeFace } from '../../tree/treeNode.ts';
import { statusText } from '../words.ts';
import type { EasyQueuePlace } from './context.ts';
import { GroupMemberNode, lagText } from './memberNodes.ts';
import { groupResource } from './resources.ts';
import { groupStateLook } from './status.ts';
import type { StateLook } from './status.ts';

/** Where a consumer group is seen from. */
interface GroupView {
  /** Full name of the topic. */
  readonly topic: string;
  readonly place: EasyQueuePlace;
  readonly format: Formatter;
}

/** A consumer group as seen from one topic: its members. They come with the group, so nothing is asked for. */
export class ConsumerGroupNode extends TreeNode {
  override readonly kind = 'easyQueue.group';
  readonly group: ConsumerGroup;
  readonly #trend: LagTrend | undefined;
  readonly #view: GroupView;
  readonly #format: Formatter;

  /** @param trend how the lag moved since the last sample; undefined for the first */
  constructor(parent: TreeNode, group: ConsumerGroup, trend: LagTrend | undefined, view: GroupView) {
    super(parent, `group:${group.groupId}`);
    this.group = group;
    this.#trend = trend;
    this.#view = view;
    this.#format = view.format;
  }

  override get facts(): unknown {
    return [this.group, this.#trend?.direction, this.#trend?.by];
  }

  override get isLocal(): boolean {
    return true;
  }

  override get isSettling(): boolean {
    return this.#look.isSettling;
  }

  override get resource(): Resource {
    return groupResource(this.group.groupId, this.#view.topic, this.#view.place);
  }

  get #look(): StateLook {
    return groupStateLook(this.group.state);
  }

  get #name(): string {
    return shortName(this.group.groupId, this.#view.place.appKey.appKey);
  }

  override face(): NodeFace {
    const look = this.#look;
    const lag = lagText(groupLag(this.group), this.#format);
    const arrow = this.#trend === undefined ? '' : ` ${ARROWS[this.#trend.direction]}`;
    return {
      label: this.#name,
      description: facts(this.group.state, lag === undefined ? undefined : `${lag}${arrow}`),
      iconPath: icon(look.icon, look.tone),
      accessibilityLabel: [l10n.t('Consumer group {0}', this.#name), this.group.state, look.words, lag, this.#trendWords()]
        .filter((part) => part !== undefined)
        .join(', '),
    };
  }

  #trendWords(): string | undefined {
    if (this.#trend === undefined) return undefined;
    const by = this.#format.count(this.#trend.by);
    const time = this.#format.duration(this.#trend.overMs);
    switch (this.#trend.direction) {
      case 'grows':
        return l10n.t('grew by {0} in {1}', by, time);
      case 'shrinks':
        return l10n.t('shrank by {0} in {1}', by, time);
      case 'stays':
        return l10n.t('unchanged since the last look');
    }
  }

  override details(): MarkdownString {
    const { group } = this;
    const look = this.#look;
    const lag = groupLag(group);
    return detailsTooltip(this.#name, [
      [l10n.t('Full name'), group.groupId],
      [l10n.t('State'), statusText(group.state, look.words)],
      [l10n.t('Lag'), lag === undefined ? l10n.t('not known: nothing is committed') : this.#format.count(lag)],
      [l10n.t('Lag lately'), this.#trendWords()],
      [l10n.t('Members'), this.#format.count(group.members.length)],
    ]);
  }

  override emptyText(): string {
    return l10n.t('No member: no consumer of this group is connected.');
  }

  override children(): Promise<readonly TreeNode[]> {
    return Promise.resolve(this.group.members.map((member) => new GroupMemberNode(this, member, this.#format)));
  }
}

const ARROWS: Readonly<Record<LagTrend['direction'], string>> = { grows: '↗', shrinks: '↘', stays: '→' };
