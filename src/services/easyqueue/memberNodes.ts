import { l10n } from 'vscode';
import type { MarkdownString } from 'vscode';

import type { GroupMember, PartitionProgress } from '../../model/easyQueue.ts';
import { facts } from '../../model/format.ts';
import type { Formatter } from '../../model/format.ts';
import { committedOffsetOf, memberLag, progressLag } from '../../model/lag.ts';
import { detailsTooltip, icon } from '../../tree/look.ts';
import { TreeNode } from '../../tree/treeNode.ts';
import type { NodeFace } from '../../tree/treeNode.ts';
import { ifKnown, partitionsText } from '../words.ts';

/** A client of a consumer group: the partitions it reads. */
export class GroupMemberNode extends TreeNode {
  override readonly kind = 'easyQueue.member';
  readonly member: GroupMember;
  readonly #format: Formatter;

  constructor(parent: TreeNode, member: GroupMember, format: Formatter) {
    super(parent, `member:${member.memberId}`);
    this.member = member;
    this.#format = format;
  }

  override get facts(): unknown {
    return this.member;
  }

  override get isLocal(): boolean {
    return true;
  }

  override face(): NodeFace {
    const { memberId, clientId, partitions } = this.member;
    const label = shortMemberId(memberId);
    const client = clientId !== undefined && label.startsWith(clientId) ? undefined : clientId;
    const description = facts(client, partitionsText(this.#format, partitions.length), lagText(memberLag(this.member), this.#format));
    return {
      label,
      description,
      iconPath: icon('person', 'data'),
      accessibilityLabel: [l10n.t('Member {0}', label), description].join(', '),
    };
  }

  override details(): MarkdownString {
    const { memberId, clientId, partitions } = this.member;
    return detailsTooltip(shortMemberId(memberId), [
      [l10n.t('Member ID'), memberId],
      [l10n.t('Client ID'), clientId],
      [l10n.t('Partitions'), partitions.map(({ partition }) => String(partition)).join(', ')],
      [l10n.t('Lag'), ifKnown(memberLag(this.member), (lag) => this.#format.count(lag))],
    ]);
  }

  override emptyText(): string {
    return l10n.t('No partition is assigned to this member.');
  }

  override children(): Promise<readonly TreeNode[]> {
    const byNumber = this.member.partitions.toSorted((a, b) => a.partition - b.partition);
    return Promise.resolve(byNumber.map((progress) => new MemberPartitionNode(this, progress, this.#format)));
  }
}

/** Kafka makes a member's id of its client's and a UUID: the first part of that tells members apart, and leaves room for their lag. */
function shortMemberId(memberId: string): string {
  return memberId.replace(/-([0-9a-f]{8})(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, '-$1');
}

/** Where a member stands in one partition. */
class MemberPartitionNode extends TreeNode {
  override readonly kind = 'easyQueue.memberPartition';
  readonly progress: PartitionProgress;
  readonly #format: Formatter;

  constructor(parent: TreeNode, progress: PartitionProgress, format: Formatter) {
    super(parent, String(progress.partition));
    this.progress = progress;
    this.#format = format;
  }

  override get facts(): unknown {
    return this.progress;
  }

  get #label(): string {
    return l10n.t('Partition {0}', String(this.progress.partition));
  }

  override face(): NodeFace {
    const committed = committedOffsetOf(this.progress);
    const end = ifKnown(this.progress.endOffset, (offset) => l10n.t('end {0}', this.#format.count(offset)));
    const at = committed === undefined
      ? l10n.t('nothing committed yet')
      : l10n.t('committed {0}', this.#format.count(committed));
    const description = facts(lagText(progressLag(this.progress), this.#format), at, end);
    return {
      label: this.#label,
      description,
      iconPath: icon('symbol-array', committed === undefined ? 'waiting' : 'data'),
      accessibilityLabel: [this.#label, description].join(', '),
    };
  }

  override details(): MarkdownString {
    const count = (value: bigint): string => this.#format.count(value);
    return detailsTooltip(this.#label, [
      [l10n.t('Committed offset'), ifKnown(committedOffsetOf(this.progress), count) ?? l10n.t('nothing committed yet')],
      [l10n.t('End offset'), ifKnown(this.progress.endOffset, count)],
      [l10n.t('Lag'), ifKnown(progressLag(this.progress), count)],
    ]);
  }
}

/** "lag 1,204" */
export function lagText(lag: bigint | undefined, format: Formatter): string | undefined {
  return ifKnown(lag, (value) => l10n.t('lag {0}', format.count(value)));
}
