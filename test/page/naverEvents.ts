import type { ActivationSlice, ActivationSlices, LatestActivation } from '../../src/protocol/action.ts';
import type { ConnectorFacts, DataStreamFacts } from '../../src/protocol/dataStream.ts';
import type { HostEvent, InitEvent, PartEvent } from '../../src/protocol/dashboard.ts';
import type { DashboardView } from '../../src/protocol/view.ts';

const HOUR_MS = 3_600_000;
/** The end of the slices: 2026-11-22 15:00 in Korea. */
export const END_MS = Date.UTC(2026, 10, 22, 6);
/** When the pages were read: twelve minutes before that. */
const READ_MS = END_MS - 12 * 60_000;

const VIEW: DashboardView = { range: { last: '24h' }, intervalSeconds: 10 };

function init(page: 'action' | 'dataStreamTopic', more: Partial<InitEvent>): InitEvent {
  return {
    type: 'init', page, name: page, where: '', stage: 'DEV', locale: 'en', texts: undefined,
    view: VIEW, timeZone: 'Asia/Seoul', hasRange: page === 'action', offers: [], ...more,
  };
}

/** A part that was read a moment ago. */
export function part(name: string, data: unknown, more: Partial<PartEvent> = {}): PartEvent {
  return { type: 'part', part: name, data, readMs: READ_MS, problem: null, isReading: false, ...more };
}

/** The page of an action. */
export function actionInit(view: DashboardView = VIEW): InitEvent {
  return init('action', { name: 'resize', where: 'Cloud Functions · KR · acme', view, offers: ['run', 'document'] });
}

/** A day in slices of an hour: more towards its end, some failures, an hour without any. */
export function slices(more: Partial<ActivationSlices> = {}): ActivationSlices {
  const all = Array.from({ length: 24 }, (_, n) => slice(n));
  const total = all.reduce((sum, one) => sum + one.total, 0);
  const failure = all.reduce((sum, one) => sum + one.failure, 0);
  return { fromMs: END_MS - 24 * HOUR_MS, toMs: END_MS, sliceMs: HOUR_MS, slices: all, total: String(total), failure, p50Ms: 114, p95Ms: 1_314, missing: 0, ...more };
}

function slice(n: number): ActivationSlice {
  const fromMs = END_MS - (24 - n) * HOUR_MS;
  const total = n === 7 ? 0 : 10 + n;
  const failure = total > 0 && n % 5 === 0 ? 2 : 0;
  const took = (ms: number): number | undefined => (total === 0 ? undefined : ms);
  return { fromMs, toMs: fromMs + HOUR_MS, total, success: total - failure, failure, unread: 0, p50Ms: took(100 + n), p95Ms: took(1_300 + n), maxMs: took(2_000) };
}

/** The newest activations: one in five failed. */
export function latest(): readonly LatestActivation[] {
  return Array.from({ length: 12 }, (_, n): LatestActivation => ({
    activationId: `${String(n).padStart(8, '0')}${'a'.repeat(24)}`,
    ...(n % 5 === 2
      ? { status: 'application error', words: 'Failed: the function answered with an error', tone: 'bad' as const }
      : { status: 'success', words: 'Succeeded', tone: 'good' as const }),
    durationMs: 34 + n,
    fromMs: END_MS - HOUR_MS,
    toMs: END_MS,
  }));
}

/** All of the page of an action. */
export function actionEvents(): readonly HostEvent[] {
  const more = [{ label: 'Package', value: 'images' }, { label: 'Memory', value: '256 MiB' }];
  return [actionInit(), part('action', { kind: 'nodejs:22', tone: 'quiet', more }), part('slices', slices()), part('latest', latest())];
}

/** The head of a topic of Data Stream. */
export function topic(more: Partial<DataStreamFacts> = {}): DataStreamFacts {
  return {
    status: 'CREATED', statusWords: 'ready', tone: 'good', description: 'Orders of the shop', partitionCount: 6, retentionMs: 604_800_000,
    endpoint: 'cluster-1.datastream.naverncp.com:30010', createdAt: '2026-10-12T05:48:07Z',
    clients: ['Java', 'librdkafka', 'Python', 'Node.js'].map((name) => ({ name, settings: `# ${name}\nbootstrap.servers=cluster-1.datastream.naverncp.com:30010\n` })),
    more: [{ label: 'Updated', value: '2026-10-13T05:48:07Z' }],
    ...more,
  };
}

/** A connector whose bucket is gone. */
export const FAILED: ConnectorFacts = {
  state: 'FAILED', stateWords: 'The bucket was deleted', tone: 'bad',
  causes: [{ cause: 'The bucket was deleted.', remedy: 'Create it again.' }, { cause: 'The bucket is locked.', remedy: 'Use another.' }],
  more: [{ label: 'Location', value: 's3a://demo-audit/h4j6l-audit' }],
};

/** All of the page of a topic of Data Stream. */
export function topicEvents(): readonly HostEvent[] {
  return [init('dataStreamTopic', { name: 'h4j6l-orders', where: 'Data Stream · acme', offers: ['send'] }), part('topic', topic()), part('connector', FAILED)];
}
