import assert from 'node:assert/strict';
import { test } from 'node:test';

import { CloudError } from '../../../src/model/cloudError.ts';
import { ProblemError } from '../../../src/model/problem.ts';
import type { SeriesTable } from '../../../src/protocol/series.ts';
import type { TimeRange } from '../../../src/protocol/view.ts';
import type { Dashboard, FeedView } from '../../../src/webviews/dashboardType.ts';
import type { DashboardWorld } from './easyQueueDashboardWorld.ts';
import { csvOf, dashboardWorld, feedOf, linesOf, NOON, shown, timesOf, VIEW } from './easyQueueDashboardWorld.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const WHOLE_MINUTE = NOON - 30_000;

function view(range: TimeRange, more: Partial<FeedView> = {}): FeedView {
  return { ...VIEW, range, ...more };
}

/** The service answers the next statistics with these series. */
function answer({ emulator }: DashboardWorld, data: unknown, step: number | undefined = 60): void {
  const body = JSON.stringify({ header: { isSuccessful: true, resultCode: 0, resultMessage: 'Success' }, metricsType: 'ANY', step, data });
  emulator.faults.inject({ service: 'easyQueue', path: /statistics/, effect: { kind: 'reply', status: 200, body } });
}

/** Times that were asked for, of the latest statistics. */
function asked({ emulator }: DashboardWorld): readonly (string | null)[] {
  const { target = '' } = emulator.log.findLast(({ operation }) => operation === 'getStatistics') ?? {};
  const { searchParams } = new URL(target, 'http://localhost');
  return ['startDateTime', 'endDateTime'].map((name) => searchParams.get(name));
}

async function table(page: Dashboard, part: string, wanted = VIEW): Promise<SeriesTable> {
  return (await shown(page, part, wanted)) as SeriesTable;
}

test('the five statistics: their lines by name, their units, whole minutes', async (t) => {
  const world = await dashboardWorld(t);
  const page = await world.open('orders');
  const parts = [];
  for (const part of ['bytesIn', 'bytesOut', 'messages', 'lag', 'logSize']) {
    const chart = await table(page, part);
    assert.deepEqual([chart.fromMs, chart.toMs, chart.stepSeconds, chart.pointCount, chart.isReduced], [WHOLE_MINUTE - HOUR_MS, WHOLE_MINUTE, 60, 61, false]);
    assert.deepEqual([timesOf(chart).length, timesOf(chart)[0]], [61, (WHOLE_MINUTE - HOUR_MS) / 1_000]);
    parts.push(`${part} ${chart.unit}: ${Object.keys(linesOf(chart)).join(', ')}`);
  }
  assert.deepEqual(parts, [
    'bytesIn bytesPerSecond: Bytes in',
    'bytesOut bytesPerSecond: Bytes out',
    'messages messages: Messages',
    'lag messages: orders-api, orders-billing, orders-export',
    'logSize bytes: Partition 0, Partition 1, Partition 2, Partition 3, Partition 4',
  ]);
  assert.deepEqual(asked(world), ['2026-03-02T11:00:00+09:00', '2026-03-02T12:00:00+09:00']);
});

test('one metric that fails takes nothing from the others', async (t) => {
  const world = await dashboardWorld(t);
  const page = await world.open('orders');
  const body = JSON.stringify({ header: { isSuccessful: false, resultCode: 4000303, resultMessage: 'Invalid metrics type.' } });
  world.emulator.faults.inject({ service: 'easyQueue', path: /CONSUMER_LAG/, effect: { kind: 'reply', status: 200, body } });
  const results = await Promise.allSettled(['lag', 'bytesIn', 'groups'].map((part) => shown(page, part)));
  assert.deepEqual(results.map(({ status }) => status), ['rejected', 'fulfilled', 'fulfilled']);
  assert.ok(results[0]?.status === 'rejected' && results[0].reason instanceof CloudError);
});

test('an answer without data is an empty chart, not an error', async (t) => {
  const world = await dashboardWorld(t);
  answer(world, []);
  const chart = await table(await world.open('orders'), 'lag');
  assert.deepEqual([chart.lines, timesOf(chart), chart.fromMs], [[], [], WHOLE_MINUTE - HOUR_MS]);
});

test('several brokers of a partition are copies of it: one line, the fullest copy', async (t) => {
  const world = await dashboardWorld(t);
  const series = (partition: string, broker: string, ...values: readonly (readonly [number, number])[]): unknown => ({
    labels: { topic: 'orders', partition, broker }, values: values.map(([minute, value]) => ({ timestamp: (WHOLE_MINUTE - HOUR_MS) / 1_000 + minute * 60, value })),
  });
  answer(world, [series('10', '1', [1, 7]), series('2', '0', [1, 100], [2, 90]), series('2', '1', [1, 80], [2, 110]), series('2', '2', [3, 120])]);
  const chart = await table(await world.open('orders'), 'logSize');
  assert.deepEqual(chart.lines.map(({ key }) => key), ['2', '10']);
  assert.deepEqual(linesOf(chart), { 'Partition 2': [100, 110, 120], 'Partition 10': [7, Number.NaN, Number.NaN] });
});

test('the chart of a group shows its line alone, whichever form of its name the label has, and is one request with that of the topic', async (t) => {
  const world = await dashboardWorld(t);
  const [topic, group] = [await world.open('orders'), await world.open('orders', 'orders-billing')];
  assert.equal(feedOf(topic, 'lag').key, feedOf(group, 'lag').key);
  assert.deepEqual(Object.keys(linesOf(await table(group, 'lag'))), ['orders-billing']);
  assert.equal((await csvOf(group, 'lag'))[0], 'time,orders-billing');
  const line = (consumergroup: string): unknown => ({ labels: { topic: 'orders', consumergroup }, values: [{ timestamp: WHOLE_MINUTE / 1_000, value: 5 }] });
  world.clock.now += 2_000;
  answer(world, [line('orders-api'), line('orders-billing')]);
  assert.deepEqual(linesOf(await table(group, 'lag')), { 'orders-billing': [5] });
});

test('what was not recorded is a gap', async (t) => {
  const world = await dashboardWorld(t);
  const chart = await table(await world.open('clickstream'), 'bytesIn', view({ last: '6h' }));
  const values = linesOf(chart)['Bytes in'] ?? [];
  const gap = values.findIndex(Number.isNaN);
  const times = timesOf(chart);
  assert.equal(values.filter(Number.isNaN).length, 1);
  // Ten minutes without a value, eleven from the one before to the one after.
  assert.deepEqual([(times[gap] ?? 0) - (times[gap - 1] ?? 0), (times[gap + 1] ?? 0) - (times[gap - 1] ?? 0)], [60, 660]);
  assert.equal((await csvOf(await world.open('clickstream'), 'bytesIn', view({ last: '6h' }))).length, values.filter(Number.isFinite).length + 1);
});

test('a chart gets what its width can show, all of what is zoomed into, and the CSV has everything', async (t) => {
  const world = await dashboardWorld(t, { statisticsStepSeconds: 60 });
  const page = await world.open('audit');
  const wide = view({ last: '7d' }, { widthPx: 200 });
  const reduced = await table(page, 'messages', wide);
  assert.deepEqual([reduced.pointCount, reduced.isReduced], [10_081, true]);
  assert.ok(timesOf(reduced).length <= 402, String(timesOf(reduced).length));
  const window = { fromMs: WHOLE_MINUTE - 2 * HOUR_MS, toMs: WHOLE_MINUTE - HOUR_MS };
  const zoomed = await table(page, 'messages', { ...wide, window });
  assert.deepEqual([zoomed.isReduced, zoomed.pointCount, timesOf(zoomed).length], [false, 61, 63]);
  assert.deepEqual([zoomed.fromMs, zoomed.toMs], [reduced.fromMs, reduced.toMs]);
  const csv = await csvOf(page, 'messages', wide);
  assert.deepEqual([csv.length, csv[0], csv[1]?.split(',')[0]], [10_082, 'time,Messages', '2026-02-23T03:00:00Z']);
});

test('a metric is read no more often than it changes', async (t) => {
  const world = await dashboardWorld(t);
  const page = await world.open('orders');
  const everyOf = async (range: TimeRange): Promise<number | undefined> => {
    const feed = feedOf(page, 'bytesIn', view(range));
    return feed.everyMs?.(await feed.read(new AbortController().signal));
  };
  assert.equal(feedOf(page, 'bytesIn').everyMs?.(undefined), 0);
  assert.deepEqual([await everyOf({ last: '1h' }), await everyOf({ last: '24h' }), await everyOf({ last: '30d' })], [60_000, 300_000, 7_200_000]);
  const past = { fromMs: NOON - 2 * DAY_MS, toMs: NOON - DAY_MS };
  assert.equal(await everyOf(past), HOUR_MS);
  assert.equal(new Set([{ last: '1h' }, { last: '3h' }, past].map((range) => feedOf(page, 'lag', view(range as TimeRange)).key)).size, 3);
});

test('what is no longer kept is not asked for, and a range the service would refuse is said so without asking', async (t) => {
  const world = await dashboardWorld(t);
  const page = await world.open('orders');
  const chart = await table(page, 'bytesIn', view({ fromMs: NOON - 95 * DAY_MS, toMs: NOON - 70 * DAY_MS }));
  assert.deepEqual([chart.fromMs, chart.toMs], [WHOLE_MINUTE - 90 * DAY_MS + 120_000, WHOLE_MINUTE - 70 * DAY_MS]);
  const before = world.requests('getStatistics');
  for (const [range, message] of [
    [{ fromMs: NOON - 95 * DAY_MS, toMs: NOON - 91 * DAY_MS }, 'Choose a later start: data is kept for 90 d.'],
    [{ fromMs: NOON - 31 * DAY_MS, toMs: NOON }, 'Choose a range of at most 30 d.'],
    [{ fromMs: NOON - 30_000, toMs: NOON }, 'Choose a range of at least 1 min.'],
  ] as const) {
    await assert.rejects(table(page, 'bytesIn', view(range)), (error) => error instanceof ProblemError && error.problem.message === message);
  }
  assert.equal(world.requests('getStatistics'), before);
});
