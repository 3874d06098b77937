import type { Partition } from './partition.ts';

/** How a consumer group reads. Times in ms. */
export type Behaviour =
  /** Stays `delayMs` behind the producer. */
  | { readonly kind: 'follows'; readonly delayMs: number }
  /** Falls behind up to `peakMs` in the first 70 % of each period and catches up in the rest. */
  | { readonly kind: 'lags'; readonly periodMs: number; readonly peakMs: number }
  /** Read until `at`, then stopped. */
  | { readonly kind: 'stopped'; readonly at: number }
  /** Follows, but one partition stands still since `at`. */
  | { readonly kind: 'stuck'; readonly partition: number; readonly at: number; readonly delayMs: number }
  /** Follows, but stands still for `pauseMs` at the end of each period: the group is being rebalanced. Periods are counted from `since`. */
  | { readonly kind: 'rebalances'; readonly since: number; readonly periodMs: number; readonly pauseMs: number; readonly delayMs: number }
  /**
   * At the start of each period its offsets are set back to what they were `backMs` ago; it then reads `speed` times as fast as messages
   * came, until it follows again. Periods are counted from `since`.
   */
  | { readonly kind: 'resets'; readonly since: number; readonly periodMs: number; readonly backMs: number; readonly speed: number; readonly delayMs: number }
  /** Has members, but has never committed anything. */
  | { readonly kind: 'never' }
  /** Committed exactly these offsets, by partition number; nothing on the others. */
  | { readonly kind: 'fixed'; readonly offsets: ReadonlyMap<number, bigint> };

/** A member of a group. */
export interface GroupMember {
  readonly memberId: string;
  readonly clientId: string;
}

/** A consumer group of a topic. */
export interface ConsumerGroup {
  /** Without the app key in front. */
  readonly name: string;
  /** A Kafka group state, `Stable`, `Empty`, … (easyqueue.md; seed "컨슈머 그룹 목록 조회"), apart from rebalances; see {@link groupState}. */
  readonly state: string;
  readonly members: readonly GroupMember[];
  readonly behaviour: Behaviour;
  /** Since when it has no members, in ms; such a group is deleted after 7 days (easyqueue.md §2.4). */
  readonly emptySince?: number;
}

/** The offset a group has committed on a partition at a time, or `undefined` when it has committed none. */
export function committedOffset(
  group: ConsumerGroup,
  partition: Partition,
  index: number,
  at: number,
): bigint | undefined {
  const { behaviour } = group;
  switch (behaviour.kind) {
    case 'follows':
      return partition.endOffset(at - behaviour.delayMs);
    case 'lags':
      return partition.endOffset(at - delay(behaviour.periodMs, behaviour.peakMs, at));
    case 'stopped':
      return partition.endOffset(Math.min(at, behaviour.at));
    case 'stuck':
      return partition.endOffset(index === behaviour.partition ? Math.min(at, behaviour.at) : at - behaviour.delayMs);
    case 'rebalances':
      return partition.endOffset(at - pausedFor(behaviour, at) - behaviour.delayMs);
    case 'resets':
      return partition.endOffset(at - behind(behaviour, at));
    case 'never':
      return undefined;
    case 'fixed':
      return behaviour.offsets.get(index);
    default:
      return behaviour satisfies never;
  }
}

/** The state of a group at a time: a rebalance is prepared first, and completed when all members have joined (Kafka's classic protocol). */
export function groupState(group: ConsumerGroup, at: number): string {
  const { behaviour } = group;
  if (behaviour.kind !== 'rebalances') return group.state;
  const paused = pausedFor(behaviour, at);
  if (paused === 0) return group.state;
  return paused < behaviour.pauseMs * 0.6 ? 'PreparingRebalance' : 'CompletingRebalance';
}

/** The members of a group at a time: with every other rebalance the last one leaves, and comes back with the next. */
export function membersOf(group: ConsumerGroup, at: number): readonly GroupMember[] {
  const { behaviour, members } = group;
  if (behaviour.kind !== 'rebalances' || members.length < 2) return members;
  const isOdd = Math.abs(Math.floor((at - behaviour.since) / behaviour.periodMs)) % 2 === 1;
  return isOdd ? members.slice(0, -1) : members;
}

/** Whether its partitions are being shared out anew, so that no member has any. */
export function isRebalancing({ behaviour }: ConsumerGroup, at: number): boolean {
  return behaviour.kind === 'rebalances' && pausedFor(behaviour, at) > 0;
}

/** `lag = endOffset − committedOffset`, never negative; `undefined` while nothing is committed. */
export function lagOf(endOffset: bigint, committed: bigint | undefined): bigint | undefined {
  if (committed === undefined) return undefined;
  return endOffset > committed ? endOffset - committed : 0n;
}

/** A saw tooth whose rise is slower than the clock, so that the committed offset never goes back. */
function delay(periodMs: number, peakMs: number, at: number): number {
  const phase = (at % periodMs) / periodMs;
  return phase < 0.7 ? (peakMs * phase) / 0.7 : (peakMs * (1 - phase)) / 0.3;
}

/** How long the rebalance of a time has taken so far, in ms; 0 where none is under way. */
function pausedFor({ since, periodMs, pauseMs }: Extract<Behaviour, { kind: 'rebalances' }>, at: number): number {
  return Math.max(0, phaseOf(at - since, periodMs) - (periodMs - pauseMs));
}

/** How far behind the clock a group is that was set back, in ms. */
function behind({ since, periodMs, backMs, speed, delayMs }: Extract<Behaviour, { kind: 'resets' }>, at: number): number {
  return Math.max(delayMs, backMs - (speed - 1) * phaseOf(at - since, periodMs));
}

function phaseOf(time: number, periodMs: number): number {
  return ((time % periodMs) + periodMs) % periodMs;
}
