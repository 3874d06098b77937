import type { Random } from '../random.ts';
import type { Behaviour } from '../stream/group.ts';
import { dayMs } from '../time.ts';
import { flowing, newGroup } from './seeds.ts';
import type { EasyQueueState } from './state.ts';

/** The topic that has the groups of size tests. */
const topicName = 'load-groups';

/** As many partitions as a topic can have (easyqueue.md §2.4). */
const partitionCount = 16;

/** Adds a topic of 16 partitions beyond the quota with so many groups of every kind, `load-group-001` and so on; none for 0. */
export function addExtraGroups(state: EasyQueueState, random: Random, count: number, now: number): void {
  if (count === 0) return;
  state.add({
    name: topicName,
    settings: {
      description: 'Size test',
      partitionCount,
      maxRetentionTimeMs: 7 * dayMs,
      maxRetentionBytes: 5_368_709_120,
      maxMessageBytes: 262_144,
    },
    createdAt: now - 60 * dayMs,
    messageBytes: 320,
    log: flowing(now, partitionCount, 52_000_000n, { perSecond: 160, daily: 0.5, burst: 0.3, phaseMs: 0 }),
    isExtra: true,
  });
  for (let number = 1; number <= count; number += 1) {
    const name = `load-group-${String(number).padStart(3, '0')}`;
    state.setGroup(topicName, newGroup(random, name, 1 + (number % 5), behaviourOf(number, now)));
  }
}

/** Each kind in turn, no two alike. */
function behaviourOf(number: number, now: number): Behaviour {
  // None is being rebalanced at the start.
  const since = now - (number % 20) * 7_000;
  switch (number % 6) {
    case 0:
      return { kind: 'stuck', partition: number % partitionCount, at: now - number * 60_000, delayMs: 800 };
    case 1:
      return { kind: 'follows', delayMs: 300 + number * 20 };
    case 2:
      return { kind: 'lags', periodMs: 600_000 + number * 10_000, peakMs: 120_000 };
    case 3:
      return { kind: 'rebalances', since, periodMs: 200_000, pauseMs: 30_000, delayMs: 600 };
    case 4:
      return { kind: 'resets', since, periodMs: 900_000, backMs: 300_000, speed: 3, delayMs: 500 };
    default:
      return { kind: 'never' };
  }
}
