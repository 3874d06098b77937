import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { Client } from './helpers.ts';
import { emulate } from './helpers.ts';

interface Group {
  readonly groupId: string;
  readonly groupState: string;
  readonly totalLag: number;
  readonly memberList: { readonly memberId: string; readonly partitionList: { readonly currentOffset: number | null }[] }[];
}

async function groupsOf(client: Client, topic: string): Promise<readonly Group[]> {
  const { consumerGroupList } = (await client.nhn('GET', `/topics/${topic}/consumer-groups`)).json as { consumerGroupList: readonly Group[] };
  return consumerGroupList;
}

async function groupOf(client: Client, topic: string, name: string): Promise<Group> {
  const found = (await groupsOf(client, topic)).find(({ groupId }) => groupId.endsWith(`.${name}`));
  assert.ok(found, name);
  return found;
}

/** What a group has read, summed over its partitions. */
function readBy({ memberList }: Group): number {
  return memberList.flatMap(({ partitionList }) => partitionList).reduce((sum, { currentOffset }) => sum + (currentOffset ?? 0), 0);
}

test('a group is rebalanced again and again: its members lose their partitions, and one of them comes and goes', async (context) => {
  const { client, clock } = await emulate(context);
  const seen: string[] = [];
  // The first one begins half a minute after the start.
  for (const seconds of [0, 29, 31, 47, 49, 59, 61, 229, 231, 261]) {
    const start = clock.now;
    clock.now += seconds * 1_000;
    const { groupState, memberList, totalLag } = await groupOf(client, 'payments', 'payments-alerts');
    const partitions = memberList.reduce((sum, { partitionList }) => sum + partitionList.length, 0);
    seen.push(`${groupState} ${memberList.length} ${partitions} ${totalLag > 40}`);
    clock.now = start;
  }
  assert.deepEqual(seen, [
    'Stable 3 8 false', 'Stable 3 8 false',
    'PreparingRebalance 3 0 false', 'PreparingRebalance 3 0 true', 'CompletingRebalance 3 0 true', 'CompletingRebalance 3 0 true',
    'Stable 2 8 false', 'Stable 2 8 false',
    'PreparingRebalance 2 0 false', 'Stable 3 8 false',
  ]);
});

test('a group is set back by ten minutes every half hour, and works the lag off', async (context) => {
  const { client, clock } = await emulate(context);
  const group = (): Promise<Group> => groupOf(client, 'clickstream', 'clickstream-search');
  const states: Group[] = [];
  for (const seconds of [0, 120, 300, 1_679, 1_681]) {
    const start = clock.now;
    clock.now = start + seconds * 1_000;
    states.push(await group());
    clock.now = start;
  }
  const [first, later, done, before, back] = states;
  assert.ok(first && later && done && before && back);
  // 310 messages a second, with waves.
  assert.ok(first.totalLag > 40_000 && later.totalLag < first.totalLag && done.totalLag < 1_000 && before.totalLag < 1_000, states.map(({ totalLag }) => totalLag).join());
  assert.ok(readBy(back) < readBy(before) && back.totalLag > 70_000);
});

test('50 groups on 16 partitions, for size tests, in as many answers as any topic has', async (context) => {
  const { client } = await emulate(context, { extraGroups: 50 });
  const groups = await groupsOf(client, 'load-groups');
  assert.equal(groups.length, 50);
  assert.deepEqual(new Set(groups.map(({ memberList }) => memberList.flatMap(({ partitionList }) => partitionList).length)), new Set([16]));
  const kinds = groups.map(({ totalLag, memberList }) => (memberList[0]?.partitionList[0]?.currentOffset === null ? 'never' : totalLag > 10_000));
  assert.deepEqual(new Set(kinds), new Set(['never', true, false]));
});

test('the statistics have the step that a size test wants', async (context) => {
  const { client, clock } = await emulate(context, { statisticsStepSeconds: 60 });
  const query = new URLSearchParams({
    metricsType: 'MESSAGE_COUNT',
    topicName: 'audit',
    startDateTime: new Date(clock.now - 30 * 86_400_000).toISOString(),
    endDateTime: new Date(clock.now).toISOString(),
  });
  const { step, data } = (await client.nhn('GET', `/statistics?${query.toString()}`)).json as { step: number; data: { values: unknown[] }[] };
  assert.deepEqual([step, data[0]?.values.length], [60, 43_201]);
});
