import { shortName } from '../../../model/easyQueue.ts';
import type { GroupMember } from '../../../model/easyQueue.ts';
import { toCsv } from '../../../model/csv.ts';
import type { CsvCell } from '../../../model/csv.ts';
import type { PartitionPace } from '../../../model/partitionPace.ts';
import { memberLag } from '../../../model/lag.ts';
import type { GroupDetail, GroupRow, MemberRow, PartitionLag } from '../../../protocol/easyQueue.ts';
import { ifKnown } from '../../words.ts';
import { groupStateLook } from '../status.ts';
import type { GroupRead } from './reads.ts';
import { groupStateWords, groupTone } from './words.ts';

/** A group in the list of a topic's groups: its state in few words. */
export function groupRow({ group, pace }: GroupRead, appKey: string): GroupRow {
  const { groupId, state } = group;
  return {
    groupId,
    name: shortName(groupId, appKey),
    state,
    stateWords: groupStateLook(state).words,
    tone: groupTone(state),
    totalLag: ifKnown(pace.totalLag, String),
    trend: pace.trend,
    memberCount: pace.memberCount,
    produceRate: pace.produceRate,
    consumeRate: pace.consumeRate,
    drain: pace.drain,
    partitions: pace.partitions.map(partitionLag),
  };
}

/** A group by itself: what its state means and what to do, its members, and the states it was seen in. */
export function groupDetail(read: GroupRead, appKey: string): GroupDetail {
  const paces = new Map(read.pace.partitions.map((pace) => [pace.partition, pace]));
  return {
    group: { ...groupRow(read, appKey), stateWords: groupStateWords(read.group.state) },
    members: read.group.members.map((member) => memberRow(member, paces)),
    states: read.pace.states.map(({ state, sinceMs }) => ({ state, words: groupStateLook(state).words, tone: groupTone(state), sinceMs })),
  };
}

/** Groups as CSV under the service's own names (easyqueue seed, "컨슈머 그룹 목록 조회"): a line for each partition of each member, or for what has none. */
export function groupsCsv(reads: readonly GroupRead[]): string {
  return toCsv(HEAD, reads.flatMap(groupCells));
}

const HEAD = [
  'groupId', 'groupState', 'totalLag', 'memberId', 'clientId', 'partition', 'currentOffset', 'endOffset', 'lag', 'producedPerSecond', 'consumedPerSecond',
];

function groupCells({ group, pace }: GroupRead): readonly (readonly CsvCell[])[] {
  const head = [group.groupId, group.state, pace.totalLag];
  const paces = new Map(pace.partitions.map((one) => [one.partition, one]));
  if (group.members.length === 0) return [padded(head)];
  return group.members.flatMap(({ memberId, clientId, partitions }) => {
    const member = [...head, memberId, clientId];
    const rows = partitions.flatMap(({ partition }) => paces.get(partition) ?? []);
    if (rows.length === 0) return [padded(member)];
    return rows.map((one) => [
      ...member, one.partition, one.committedOffset, one.endOffset, one.lag, one.produceRate, one.consumeRate,
    ]);
  });
}

/** Every line of a table has as many cells (RFC 4180). */
function padded(cells: readonly CsvCell[]): readonly CsvCell[] {
  return HEAD.map((_title, index) => cells[index]);
}

function memberRow(member: GroupMember, paces: ReadonlyMap<number, PartitionPace>): MemberRow {
  const { memberId, clientId, partitions } = member;
  const rows = partitions.flatMap(({ partition }) => paces.get(partition) ?? []).toSorted((a, b) => a.partition - b.partition);
  return { memberId, clientId, lag: ifKnown(memberLag(member), String), partitions: rows.map(partitionLag) };
}

function partitionLag({ partition, committedOffset, endOffset, lag, produceRate, consumeRate, drain, isSkewed }: PartitionPace): PartitionLag {
  return {
    partition,
    committedOffset: ifKnown(committedOffset, String),
    endOffset: ifKnown(endOffset, String),
    lag: ifKnown(lag, String),
    produceRate,
    consumeRate,
    drain,
    isSkewed,
  };
}
