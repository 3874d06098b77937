import type { BoardCard } from '../../src/protocol/board.ts';
import type { CardHead, InitEvent, PartEvent } from '../../src/protocol/dashboard.ts';
import type { SeriesTable } from '../../src/protocol/series.ts';

/** When the pages on the stage were read: 2026-11-22 14:03:22 KST. */
export const READ_MS = Date.UTC(2026, 10, 22, 5, 3, 22);

/** A board of four topics: healthy, troubled, failed, and one that was never read. */
export function boardInit(cards: readonly CardHead[] = CARDS): InitEvent {
  return {
    type: 'init',
    page: 'board',
    name: 'Pinned topics',
    where: '2 accounts',
    stage: '',
    locale: 'en',
    texts: undefined,
    view: { range: { last: '1h' }, intervalSeconds: 10 },
    timeZone: 'Asia/Seoul',
    hasRange: true,
    offers: [],
    cards,
  };
}

function head(name: string, where: string, stage: string): CardHead {
  return { ref: { accountId: 'a', kind: 'easyQueue.topic', keys: ['KR1', name], name }, where, stage };
}

const CARDS: readonly CardHead[] = [
  head('orders', 'EasyQueue KR1 · shop-dev', 'DEV'),
  head('payments-of-every-shop-in-every-country-of-the-world', 'EasyQueue KR2 · shop-prod', 'PROD'),
  head('h4j6l-audit', 'Data Stream KR · acme-prod', 'PROD'),
  head('clicks', 'EasyQueue KR1 · shop-dev', 'DEV'),
];

/** A part of the board as read at {@link READ_MS}. */
export function cardEvent(index: number, data: BoardCard, more: Partial<PartEvent> = {}): PartEvent {
  return { type: 'part', part: `card:${index}`, data, readMs: READ_MS, problem: null, isReading: false, ...more };
}

/** A healthy topic, with more messages than a number can count. */
export function healthyCard(messageCount = '9007199254740993'): BoardCard {
  return {
    status: 'ACTIVE',
    statusWords: undefined,
    tone: 'good',
    partitionCount: 5,
    messageCount,
    groups: [
      { name: 'billing', lag: '1204', state: 'Stable', tone: 'good' },
      { name: 'audit', lag: '88210', state: 'Empty', tone: 'attention' },
    ],
    rate: rates(),
    more: [{ label: 'Retention', value: '7 d' }],
  };
}

function rates(): SeriesTable {
  const count = 60;
  const fromMs = READ_MS - 3_600_000;
  const times = Float64Array.from({ length: count }, (_, index) => fromMs / 1000 + index * 60);
  const values = Float64Array.from({ length: count }, (_, index) => (index > 20 && index < 27 ? Number.NaN : 100 + 60 * Math.sin(index / 5)));
  return {
    unit: 'messagesPerSecond',
    fromMs,
    toMs: READ_MS,
    stepSeconds: 60,
    times: times.buffer,
    lines: [{ key: 'messages', label: 'Messages', values: values.buffer }],
    pointCount: count,
    isReduced: false,
  };
}

/** All cards of {@link boardInit}. */
export function boardParts(): readonly PartEvent[] {
  const problem = {
    message: 'Signature refused.',
    hint: 'Check the secret key of account "acme-prod".',
    detail: 'datastream.apigw.ntruss.com · HTTP 401 · 200',
    remedies: ['editAccount', 'testAccount'] as const,
  };
  const crowd = Array.from({ length: 7 }, (_, index) => ({ name: `group-${index}`, lag: String(index * 1000), state: 'Stable', tone: 'good' as const }));
  return [
    cardEvent(0, healthyCard()),
    cardEvent(1, { ...healthyCard('12480112'), status: 'UPDATING', statusWords: 'its settings are being changed', tone: 'busy', groups: crowd }, {
      problem: { message: 'Too many requests.', hint: 'It is read again at 14:05:00.', remedies: ['retry'] },
    }),
    { type: 'part', part: 'card:2', problem, isReading: false },
    { type: 'part', part: 'card:3', problem: null, isReading: true },
  ];
}
