import type { Random } from '../random.ts';
import type { Behaviour, ConsumerGroup } from '../stream/group.ts';
import type { LogSeed } from '../stream/topicLog.ts';
import { dayMs } from '../time.ts';
import { flowing, newGroup } from './seeds.ts';
import type { EasyQueueState, TopicSettings } from './state.ts';

const hourMs = 3_600_000;
const gibibyte = 1_073_741_824;

interface Sample {
  readonly name: string;
  readonly description: string;
  readonly partitions: number;
  readonly days: number;
  readonly log?: LogSeed;
  readonly messageBytes?: number;
  readonly hasGaps?: boolean;
  readonly status?: 'WARNING';
}

/** Eight topics with 45 partitions: room is left under both quotas (easyqueue.md §2.4); `now` in ms. */
export function addEasyQueueSamples(state: EasyQueueState, random: Random, now: number): void {
  for (const [index, sample] of samples(now).entries()) {
    const { name, description, partitions, days, log, messageBytes, hasGaps, status } = sample;
    const settings: TopicSettings = {
      description,
      partitionCount: partitions,
      maxRetentionTimeMs: days * dayMs,
      maxRetentionBytes: 5 * gibibyte,
      maxMessageBytes: 262_144,
    };
    const createdAt = now - (200 - index * 11) * dayMs;
    state.add({
      name,
      settings,
      createdAt,
      ...(log === undefined ? {} : { log }),
      ...(messageBytes === undefined ? {} : { messageBytes }),
      ...(hasGaps === undefined ? {} : { hasGaps }),
      ...(status === undefined ? {} : { status }),
    });
  }
  for (const [topic, group] of groups(random, now)) state.setGroup(topic, group);
}

function samples(now: number): readonly Sample[] {
  return [
    // About 20 messages a second for 7 days: 12 million messages.
    {
      name: 'orders',
      description: '주문 이벤트 · orders of all shops',
      partitions: 5,
      days: 7,
      messageBytes: 640,
      log: flowing(now, 5, 41_207_331n, { perSecond: 20.9, daily: 0.5, burst: 0.3, phaseMs: 0 }),
    },
    {
      name: 'payments',
      description: '결제 결과 · payment results',
      partitions: 8,
      days: 14,
      messageBytes: 410,
      log: flowing(now, 8, 9_920_114n, { perSecond: 6.4, daily: 0.6, burst: 0.2, phaseMs: hourMs }),
    },
    {
      name: 'clickstream',
      description: '클릭 로그 · page views and clicks',
      partitions: 16,
      days: 1,
      messageBytes: 220,
      hasGaps: true,
      log: flowing(now, 16, 880_450_002n, { perSecond: 310, daily: 0.6, burst: 0.25, phaseMs: 0 }),
    },
    {
      name: 'notifications',
      description: '알림 · push and mail',
      partitions: 6,
      days: 3,
      messageBytes: 300,
      log: flowing(now, 6, 2_114_820n, { perSecond: 2.2, daily: 0.4, burst: 0.4, phaseMs: 2 * hourMs }),
    },
    {
      name: 'audit',
      description: '감사 로그 · who changed what',
      partitions: 3,
      days: 14,
      messageBytes: 510,
      log: flowing(now, 3, 310_077n, { perSecond: 0.35, daily: 0.3, burst: 0.3, phaseMs: 0 }),
    },
    {
      name: 'ledger',
      description: '장부 · offsets beyond 2^53',
      partitions: 4,
      days: 14,
      log: still(now, [
        [9_007_199_254_730_993n, 9_007_199_254_740_993n],
        [0n, 1_204n],
        [0n, 987n],
        [12n, 1_001n],
      ]),
    },
    {
      name: 'dead-letters',
      description: '처리 실패 · messages nobody could read',
      partitions: 2,
      days: 14,
      status: 'WARNING',
      log: still(now, [
        [0n, 41n],
        [0n, 7n],
      ]),
    },
    { name: 'empty-topic', description: '비어 있음 · nothing was ever sent here', partitions: 1, days: 1 },
  ];
}

function still(now: number, ranges: readonly (readonly [start: bigint, end: bigint])[]): LogSeed {
  return { anchor: now, offsets: ranges.map(([start, end]) => ({ start, end })) };
}

function groups(random: Random, now: number): readonly (readonly [topic: string, group: ConsumerGroup])[] {
  const group = (name: string, members: number, behaviour: Behaviour): ConsumerGroup => newGroup(random, name, members, behaviour);
  const empty = (name: string, since: number): ConsumerGroup => ({
    ...group(name, 0, { kind: 'stopped', at: since }),
    state: 'Empty',
    emptySince: since,
  });
  const stoodStill = now - 5 * hourMs;
  return [
    ['orders', group('orders-api', 3, { kind: 'follows', delayMs: 900 })],
    ['orders', group('orders-billing', 2, { kind: 'lags', periodMs: 1_200_000, peakMs: 240_000 })],
    ['orders', empty('orders-export', now - 2 * dayMs)],
    ['payments', group('payments-settlement', 4, { kind: 'stuck', partition: 3, at: stoodStill, delayMs: 1_200 })],
    ['payments', group('payments-fraud', 8, { kind: 'follows', delayMs: 400 })],
    ['clickstream', group('clickstream-sessions', 4, { kind: 'follows', delayMs: 700 })],
    ['clickstream', group('clickstream-warehouse', 2, { kind: 'lags', periodMs: 3_600_000, peakMs: 900_000 })],
    ['notifications', group('notifications-new', 2, { kind: 'never' })],
    ['audit', empty('audit-report', now - dayMs)],
    ['ledger', group('ledger-snapshot', 1, { kind: 'fixed', offsets: new Map([[0, 9_007_199_254_740_990n]]) })],
    // Half a minute before a rebalance, and two minutes after it was set back: there is something to see soon after the start.
    ['payments', group('payments-alerts', 3, { ...rebalanced, since: now - 140_000 })],
    ['clickstream', group('clickstream-search', 4, { ...setBack, since: now - 120_000 })],
  ];
}

/** The period is no multiple of a minute, or the statistics of every minute would always miss it. */
const rebalanced = { kind: 'rebalances', periodMs: 200_000, pauseMs: 30_000, delayMs: 600 } as const;

/** Set back by ten minutes every half hour, and through with them in five. */
const setBack = { kind: 'resets', periodMs: 1_800_000, backMs: 600_000, speed: 3, delayMs: 500 } as const;
