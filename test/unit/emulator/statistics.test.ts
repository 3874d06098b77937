import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Client } from './helpers.ts';
import { emulate, noon } from './helpers.ts';

interface Statistics {
  readonly header: { readonly resultCode: number };
  readonly metricsType: string;
  readonly step: number;
  readonly data: { labels: Record<string, string>; values: { timestamp: number; value: number }[] }[];
}

const hour = 3_600_000;
const day = 24 * hour;

async function ask(client: Client, change: Record<string, string | undefined> = {}): Promise<Statistics> {
  const usual: Record<string, string | undefined> = {
    metricsType: 'BYTE_IN_RATE',
    topicName: 'orders',
    startDateTime: new Date(noon - hour).toISOString(),
    endDateTime: new Date(noon).toISOString(),
  };
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...usual, ...change })) if (value !== undefined) query.set(name, value);
  return (await client.nhn('GET', `/statistics?${query.toString()}`)).json as Statistics;
}

function range(from: number, to: number): Record<string, string> {
  return { startDateTime: new Date(from).toISOString(), endDateTime: new Date(to).toISOString() };
}

test('each metrics type has its labels, and points at every step', async (context) => {
  const { emulator, client } = await emulate(context);
  const topic = `${emulator.credentials.nhn.appKey}.orders`;
  for (const metricsType of [
    'BYTE_IN_RATE',
    'BYTE_OUT_RATE',
    'MESSAGE_COUNT',
    'CONSUMER_LAG',
    'LOG_SIZE_PER_PARTITION',
  ]) {
    const statistics = await ask(client, { metricsType });
    assert.deepEqual([statistics.header.resultCode, statistics.metricsType, statistics.step], [0, metricsType, 60]);
    const labels = statistics.data.map((series) => Object.keys(series.labels).join());
    const expected: Partial<Record<string, string[]>> = {
      CONSUMER_LAG: Array<string>(3).fill('topic,consumergroup'),
      LOG_SIZE_PER_PARTITION: Array<string>(5).fill('topic,partition,broker'),
    };
    assert.deepEqual(labels, expected[metricsType] ?? ['topic']);
    for (const series of statistics.data) {
      assert.equal(series.labels['topic'], topic);
      assert.deepEqual(
        series.values.map(({ timestamp }) => timestamp),
        Array.from({ length: 61 }, (_unused, index) => (noon - hour) / 1000 + index * 60),
      );
      assert.ok(series.values.every(({ value }) => Number.isFinite(value) && value >= 0));
    }
  }
});

test('the step grows with the range, over 90 days of history', async (context) => {
  const { client } = await emulate(context);
  for (const [duration, step] of [
    [60_000, 60],
    [6 * hour, 60],
    [day, 300],
    [7 * day, 1_800],
    [30 * day, 7_200],
  ] as const) {
    const statistics = await ask(client, range(noon - 90 * day, noon - 90 * day + duration));
    assert.equal(statistics.step, step);
    assert.equal(statistics.data[0]?.values.length, duration / 1000 / step + 1);
  }
});

test('wrong ranges and parameters are refused with their codes', async (context) => {
  const { client } = await emulate(context);
  const cases: readonly (readonly [number, Record<string, string | undefined>])[] = [
    [4000303, { metricsType: 'CPU' }],
    [400, { metricsType: undefined }],
    [400, { topicName: undefined }],
    [400, { startDateTime: undefined }],
    [400, { endDateTime: 'yesterday' }],
    [400, { endDateTime: '2026-03-02T12:00:00' }],
    // An unescaped + in a query is a blank.
    [400, { endDateTime: '2026-03-02T12:00:00 09:00' }],
    [4000300, range(noon, noon - hour)],
    [4000300, range(noon, noon)],
    [4000301, range(noon - 90 * day - 1, noon - 89 * day)],
    [4000302, range(noon - 59_999, noon)],
    [4000302, range(noon - 30 * day - 1, noon)],
    [4040100, { topicName: 'nothing' }],
    [0, { startDateTime: '2026-03-02T11:00:00+09:00', endDateTime: '2026-03-02T12:00:00+09:00' }],
  ];
  for (const [code, change] of cases)
    assert.equal((await ask(client, change)).header.resultCode, code, JSON.stringify(change));
});

test('one topic has gaps, and nothing is known of the future or of before the creation', async (context) => {
  const { client } = await emulate(context);
  const gaps = (await ask(client, { topicName: 'clickstream', ...range(noon - 6 * hour, noon) })).data[0]?.values ?? [];
  const steps = new Set(gaps.slice(1).map(({ timestamp }, index) => timestamp - (gaps[index]?.timestamp ?? 0)));
  assert.deepEqual(steps, new Set([60, 660]));
  const future = (await ask(client, range(noon - hour, noon + 2 * hour))).data[0]?.values ?? [];
  assert.equal(future.at(-1)?.timestamp, noon / 1000);
  await client.nhn('POST', '/topics', {
    topic: {
      topicName: 'new',
      partitionCount: 1,
      maxRetentionTimeMs: 3_600_000,
      maxRetentionBytes: 1_073_741_824,
      maxMessageBytes: 1_024,
    },
  });
  assert.equal((await ask(client, { topicName: 'new' })).data[0]?.values.length, 1);
});

test('the statistics show what happened', async (context) => {
  const { emulator, client, clock } = await emulate(context);
  const partition = emulator.world.easyQueue.get('empty-topic').log.partitions[0];
  clock.now += 90_000;
  partition?.appendMany(emulator.world.now(), 600n);
  clock.now += 300_000;
  const change = { topicName: 'empty-topic', ...range(noon, clock.now) };
  const counts = (await ask(client, { ...change, metricsType: 'MESSAGE_COUNT' })).data[0]?.values ?? [];
  assert.deepEqual(
    counts.map(({ value }) => value),
    [0, 0, 600, 600, 600, 600, 600],
  );
  const rates = (await ask(client, change)).data[0]?.values ?? [];
  assert.deepEqual(
    rates.map(({ value }) => value),
    [0, 0, 2_560, 0, 0, 0, 0],
  );
});

test('the lag of the statistics is the lag of the group list', async (context) => {
  const { client } = await emulate(context);
  const { data } = await ask(client, { metricsType: 'CONSUMER_LAG' });
  const { consumerGroupList } = (await client.nhn('GET', '/topics/orders/consumer-groups')).json as {
    consumerGroupList: { groupId: string; totalLag: number }[];
  };
  const last = data.map(({ labels, values }) => ({ groupId: labels['consumergroup'], totalLag: values.at(-1)?.value }));
  assert.deepEqual(
    last,
    consumerGroupList.map(({ groupId, totalLag }) => ({ groupId, totalLag })),
  );
});
