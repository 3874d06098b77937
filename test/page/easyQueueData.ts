import type { HostEvent, InitEvent, PageName, PartEvent } from '../../src/protocol/dashboard.ts';
import type { Drain, GroupDetail, GroupRow, PartitionLag, PartitionRow, TopicFacts } from '../../src/protocol/easyQueue.ts';
import type { SeriesTable, SeriesUnit } from '../../src/protocol/series.ts';

/** Sunday 22 November 2026, 14:03:22 in Korea. */
export const NOW_MS = Date.UTC(2026, 10, 22, 5, 3, 22);

/** The first offset that a number of JavaScript cannot hold. */
export const BEYOND = '9007199254740993';

/** The first event of a page in English. */
export function init(page: PageName, name: string): InitEvent {
  return {
    type: 'init',
    page,
    name,
    where: 'EasyQueue KR1 · shop-dev',
    stage: 'DEV',
    locale: 'en',
    texts: undefined,
    view: { range: { last: '1h' }, intervalSeconds: 10 },
    timeZone: 'Asia/Seoul',
    hasRange: true,
    offers: page === 'consumerGroup' ? [] : ['send', 'document'],
  };
}

/** A part that was read a moment ago. */
export function part(name: string, data: unknown, more: Partial<PartEvent> = {}): PartEvent {
  return { type: 'part', part: name, data, readMs: NOW_MS, problem: null, isReading: false, ...more };
}

/** A topic as the service describes it. */
export const TOPIC: TopicFacts = {
  status: 'ACTIVE',
  statusWords: 'active',
  tone: 'good',
  description: 'Orders of the shop',
  partitionCount: 5,
  messageCount: '12480112',
  consumerGroupCount: 2,
  retentionMs: 7 * 86_400_000,
  retentionBytes: String(25n * 1024n ** 3n),
  maxMessageBytes: 256 * 1024,
  bootstrapServer: 'kr1-easyqueue.nhncloudservice.com:10000',
  createdAt: '2026-09-01T10:00:00+09:00',
  updatedAt: undefined,
};

/** Partitions of which one is empty, one unknown, and one beyond what a number can hold. */
export const PARTITIONS: readonly PartitionRow[] = [
  { partition: 0, startOffset: '1000', endOffset: '2480112', messageCount: '2479112', replicaCount: 3, bar: { from: 0, to: 0.99 }, share: 0.2, came: '1204' },
  { partition: 1, startOffset: '800000', endOffset: '2300000', messageCount: '1500000', replicaCount: 3, bar: { from: 0.3, to: 0.9 }, share: 0.12, came: '0' },
  { partition: 2, startOffset: '9007199254740000', endOffset: BEYOND, messageCount: '993', replicaCount: 3, bar: { from: 0.999, to: 1 }, share: 0.0001, came: '12' },
  { partition: 3, startOffset: '0', endOffset: '0', messageCount: '0', replicaCount: 3, bar: { from: 0, to: 0 }, share: 0, came: undefined },
  { partition: 10, startOffset: undefined, endOffset: undefined, messageCount: undefined, replicaCount: undefined, bar: undefined, share: undefined, came: undefined },
];

/** Where a group stands in a partition. */
export function lagOf(partition: number, lag: string | undefined, drain: Drain, isSkewed: boolean): PartitionLag {
  return {
    partition,
    committedOffset: lag === undefined ? undefined : '2000000',
    endOffset: lag === undefined ? '2000000' : String(2_000_000n + BigInt(lag)),
    lag,
    produceRate: 12.25,
    consumeRate: drain.kind === 'stuck' ? 0 : 40.5,
    drain,
    isSkewed,
  };
}

const BILLING: GroupRow = {
  groupId: 'appkey.billing',
  name: 'billing',
  state: 'Stable',
  stateWords: 'all consumers work',
  tone: 'good',
  totalLag: '1204',
  trend: 'shrinks',
  memberCount: 3,
  produceRate: 12,
  consumeRate: 40,
  drain: { kind: 'drains', inMs: 42_700 },
  partitions: [lagOf(0, '804', { kind: 'drains', inMs: 42_700 }, false), lagOf(1, '400', { kind: 'drains', inMs: 9_000 }, false), lagOf(2, '0', { kind: 'drained' }, false)],
};

const AUDIT: GroupRow = {
  ...BILLING,
  groupId: 'appkey.audit',
  name: 'audit',
  state: 'PreparingRebalance',
  stateWords: 'a rebalance is being prepared',
  tone: 'attention',
  totalLag: BEYOND,
  trend: 'grows',
  memberCount: 1,
  consumeRate: 0,
  drain: { kind: 'stuck', sinceMs: NOW_MS - 1_400_000 },
  partitions: [lagOf(0, '9007199254740992', { kind: 'stuck', sinceMs: NOW_MS - 1_400_000 }, true), lagOf(1, '1', { kind: 'never' }, false), lagOf(2, undefined, { kind: 'neverCommitted' }, false)],
};

/** Two groups on three partitions: too few for shades. */
export const FEW: readonly GroupRow[] = [BILLING, AUDIT].map((group) => ({ ...group, partitions: group.partitions.slice(0, 3) }));

/** A few of all that can be, one of them without members. */
export const GROUPS: readonly GroupRow[] = [
  BILLING,
  AUDIT,
  {
    ...BILLING,
    groupId: 'appkey.idle',
    name: 'idle',
    state: 'Empty',
    stateWords: 'no consumer is connected',
    tone: 'attention',
    totalLag: '88210',
    trend: 'stays',
    memberCount: 0,
    produceRate: undefined,
    consumeRate: undefined,
    drain: { kind: 'unknown' },
    partitions: [],
  },
];

/** So many groups on so many partitions, with names that are long and odd. */
export function manyGroups(groups: number, partitions: number, round = 0): readonly GroupRow[] {
  return Array.from({ length: groups }, (_, index): GroupRow => {
    const lags = Array.from({ length: partitions }, (_each, partition) => {
      const lag = ((index * 7919 + partition * 104_729 + round * 31) % 97) ** ((index + partition) % 4);
      const drain: Drain = index % 11 === 3 && partition % 5 === 1 ? { kind: 'stuck', sinceMs: NOW_MS - 600_000 } : { kind: 'drains', inMs: 1000 + lag };
      return index % 13 === 5 && partition % 3 === 0 ? lagOf(partition, undefined, { kind: 'neverCommitted' }, false) : lagOf(partition, String(lag), drain, false);
    });
    const total = lags.reduce((sum, { lag }) => sum + BigInt(lag ?? 0), 0n);
    return { ...BILLING, groupId: `appkey.g${index}`, name: ODD[index] ?? `worker-${index}`, totalLag: String(total), partitions: lags };
  });
}

const ODD = ['주문-정산-컨슈머-그룹', 'a-very-long-name-of-a-group-that-somebody-made-with-a-generator-0123456789', '<b>bold</b>', 'line\nbreak', '‮evil', '請求'];

/** A chart's data: so many lines over the last hour, with a gap. */
export function series(unit: SeriesUnit, labels: readonly string[]): SeriesTable {
  const points = 60;
  const fromMs = NOW_MS - 3_600_000;
  const buffer = (at: (index: number) => number): ArrayBuffer => Float64Array.from({ length: points }, (_, index) => at(index)).buffer;
  return {
    unit,
    fromMs,
    toMs: NOW_MS,
    stepSeconds: 60,
    times: buffer((index) => fromMs / 1000 + index * 60),
    lines: labels.map((label, line) => ({
      key: label,
      label,
      values: buffer((index) => (index > 30 && index < 35 ? Number.NaN : 1000 * (line + 1) + 300 * Math.sin(index / (5 + line)))),
    })),
    pointCount: points,
    isReduced: false,
  };
}

/** A topic's page with all its parts. */
export function topicEvents(groups: readonly GroupRow[], partitions: readonly PartitionRow[] = PARTITIONS): readonly HostEvent[] {
  return [
    init('easyQueueTopic', 'orders'),
    part('topic', TOPIC),
    part('partitions', partitions),
    part('groups', groups),
    part('bytesIn', series('bytesPerSecond', ['Bytes in'])),
    part('bytesOut', series('bytesPerSecond', ['Bytes out'])),
    part('messages', series('messages', ['Messages'])),
    part('lag', series('messages', ['billing', 'audit'])),
    part('logSize', series('bytes', ['Partition 0', 'Partition 1', 'Partition 2'])),
  ];
}

/** A group with two members, one of them without a partition, and a partition that nobody reads. */
export const GROUP: GroupDetail = {
  group: {
    ...AUDIT,
    partitions: [lagOf(0, '9007199254740992', { kind: 'stuck', sinceMs: NOW_MS - 1_400_000 }, true), lagOf(1, '1', { kind: 'drains', inMs: 1 }, false), lagOf(2, undefined, { kind: 'neverCommitted' }, false)],
  },
  members: [
    {
      memberId: 'consumer-audit-1-3f2b8c1e-5d44-4b0a-9a1e-7f1f6a1c2d3e',
      clientId: 'consumer-audit-1',
      lag: BEYOND,
      partitions: [lagOf(0, '9007199254740992', { kind: 'stuck', sinceMs: NOW_MS - 1_400_000 }, true), lagOf(1, '1', { kind: 'drains', inMs: 1 }, false)],
    },
    { memberId: 'consumer-audit-2-9b1c7d2f-1a22-4c3b-8d4e-5f6a7b8c9d0e', clientId: undefined, lag: undefined, partitions: [] },
  ],
  states: [
    { state: 'Stable', words: 'all consumers work', tone: 'good', sinceMs: NOW_MS - 3_000_000 },
    { state: 'PreparingRebalance', words: 'a rebalance is being prepared', tone: 'attention', sinceMs: NOW_MS - 1_500_000 },
    { state: 'Empty', words: 'no consumer is connected', tone: 'attention', sinceMs: NOW_MS - 1_400_000 },
    { state: 'PreparingRebalance', words: 'a rebalance is being prepared', tone: 'attention', sinceMs: NOW_MS - 62_000 },
  ],
};

/** A group's page with all its parts. */
export function groupEvents(detail: GroupDetail = GROUP): readonly HostEvent[] {
  return [
    init('consumerGroup', 'audit'),
    part('group', detail),
    part('lag', series('messages', ['Lag'])),
    part('rates', series('messagesPerSecond', ['In', 'Out'])),
  ];
}
