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
  /** Has members, but has never committed anything. */
  | { readonly kind: 'never' }
  /** Committed exactly these offsets, by partition number; nothing on the others. */
  | { readonly kind: 'fixed'; readonly offsets: ReadonlyMap<number, bigint> };

/** A member of a group. */
interface GroupMember {
  readonly memberId: string;
  readonly clientId: string;
}

/** A consumer group of a topic. */
export interface ConsumerGroup {
  /** Without the app key in front. */
  readonly name: string;
  /** A Kafka group state, `Stable`, `Empty`, … (easyqueue.md; seed "컨슈머 그룹 목록 조회"). */
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
    case 'never':
      return undefined;
    case 'fixed':
      return behaviour.offsets.get(index);
    default:
      return behaviour satisfies never;
  }
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
