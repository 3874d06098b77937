import type { Random } from '../random.ts';
import { hexadecimal } from '../random.ts';
import type { Behaviour, ConsumerGroup } from '../stream/group.ts';
import type { Rhythm } from '../stream/rhythm.ts';
import type { LogSeed } from '../stream/topicLog.ts';

/** Partitions a demo producer writes to; it has written before, so that retention has something to take away. */
export function flowing(now: number, partitions: number, end: bigint, rhythm: Rhythm): LogSeed {
  const offsets = Array.from({ length: partitions }, (_unused, index) => ({
    start: 0n,
    end: end + BigInt(index * 977),
  }));
  return { anchor: now, offsets, rhythm };
}

/** A group all of whose members work. */
export function newGroup(random: Random, name: string, members: number, behaviour: Behaviour): ConsumerGroup {
  return {
    name,
    state: 'Stable',
    behaviour,
    members: Array.from({ length: members }, (_unused, index) => {
      const clientId = `${name}-${String(index + 1)}`;
      // As Kafka makes it: the client's id and a UUID.
      const uuid = [8, 4, 4, 4, 12].map((length) => random.text(length, hexadecimal)).join('-');
      return { clientId, memberId: `${clientId}-${uuid}` };
    }),
  };
}
