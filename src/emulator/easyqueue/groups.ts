import { rebalancingPartitions } from '../choices.ts';
import type { Reply } from '../http.ts';
import type { JsonObject } from '../json.ts';
import { committedOffset, groupState, isRebalancing, lagOf, membersOf } from '../stream/group.ts';
import type { ConsumerGroup } from '../stream/group.ts';
import { success } from './codes.ts';
import type { EasyQueueState, Topic } from './state.ts';

/** Lists the consumer groups of a topic (seed "컨슈머 그룹 목록 조회"). */
export function listGroups(state: EasyQueueState, name: string, at: number): Reply {
  const topic = state.get(name);
  const consumerGroupList = state.groupsOf(topic).map((group) => showGroup(state.appKey, topic, group, at));
  return success({ consumerGroupList });
}

/** Lag of a group over all partitions; where nothing is committed, nothing is counted. */
export function totalLag(topic: Topic, group: ConsumerGroup, at: number): bigint {
  let sum = 0n;
  for (const [index, partition] of topic.log.partitions.entries()) {
    sum += lagOf(partition.endOffset(at), committedOffset(group, partition, index, at)) ?? 0n;
  }
  return sum;
}

function showGroup(appKey: string, topic: Topic, group: ConsumerGroup, at: number): JsonObject {
  const members = membersOf(group, at);
  const partitionsOf = (member: number): readonly number[] =>
    isRebalancing(group, at) ? rebalancingPartitions : assigned(topic, member, members.length);
  return {
    groupId: `${appKey}.${group.name}`,
    groupState: groupState(group, at),
    totalLag: totalLag(topic, group, at),
    memberList: members.map(({ memberId, clientId }, member) => ({
      memberId,
      clientId,
      partitionList: partitionsOf(member).map((index) => showPartition(topic, group, index, at)),
    })),
  };
}

/** Partitions go round the members. */
function assigned(topic: Topic, member: number, members: number): number[] {
  return [...topic.log.partitions.keys()].filter((index) => index % members === member);
}

function showPartition(topic: Topic, group: ConsumerGroup, index: number, at: number): JsonObject {
  const partition = topic.log.partitions[index];
  const endOffset = partition?.endOffset(at) ?? 0n;
  const committed = partition === undefined ? undefined : committedOffset(group, partition, index, at);
  // A group that has never committed has no offset: null (the documents do not say how it is shown).
  return { partition: index, currentOffset: committed ?? null, endOffset, lag: lagOf(endOffset, committed) ?? null };
}
