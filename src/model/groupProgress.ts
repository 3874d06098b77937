import { groupDrain, stuckSince } from './drain.ts';
import type { Drain } from './drain.ts';
import type { ConsumerGroup, PartitionProgress } from './easyQueue.ts';
import { committedOffsetOf, groupLag } from './lag.ts';
import type { LagTrend } from './lag.ts';
import { nextTrack, pacesOf } from './partitionPace.ts';
import type { PartitionPace, PartitionTrack } from './partitionPace.ts';

/** A state a group was in. */
interface StateSpan {
  /** The service's word. */
  readonly state: string;
  /** When it was first seen so, Unix milliseconds. */
  readonly sinceMs: number;
}

/** A group at its last sample. */
export interface GroupPace {
  /** Of the last sample, Unix milliseconds. */
  readonly atMs: number;
  readonly totalLag: bigint | undefined;
  /** How the total lag compares with the sample before. */
  readonly trend: LagTrend['direction'] | undefined;
  readonly memberCount: number;
  /** Messages a second, the sum over the partitions; undefined where that of one is not known (yet). */
  readonly produceRate: number | undefined;
  /** Messages a second, the sum over the partitions; where nothing is committed, nothing was read. */
  readonly consumeRate: number | undefined;
  /** See `groupDrain`. Without a partition: nothing to read → drained; for 30 s no member, and a lag that did not fall → stuck; else unknown. */
  readonly drain: Drain;
  /** Of the last sample, by number, each once. */
  readonly partitions: readonly PartitionPace[];
  /** States seen, oldest first; the last is that of now. */
  readonly states: readonly StateSpan[];
}

/** A group's samples over time, oldest first; NaN is a gap. All of the same length. */
export interface PaceSamples {
  /** Unix seconds, strictly rising. */
  readonly times: Float64Array<ArrayBuffer>;
  /** Messages a second that came, over the window that ends there. */
  readonly produce: Float64Array<ArrayBuffer>;
  /** Messages a second that were read. */
  readonly consume: Float64Array<ArrayBuffer>;
  /** Messages to read; rounded beyond 2^53. */
  readonly lag: Float64Array<ArrayBuffer>;
}

/** How much is kept. */
export interface ProgressLimits {
  /** Length of the sliding window for rates, milliseconds; 60,000 unless given. */
  readonly windowMs?: number;
  /** Samples kept of a group, and states; 2,000 unless given. */
  readonly maxSamples?: number;
}

/** A group that nobody has seen for so long is forgotten, milliseconds: consoles and tools leave groups behind that never come again. */
const KEPT_MS = 21_600_000;

/** Longest interval between two reads, milliseconds, with half of it to spare: nobody looked for longer than that. */
const MAX_INTERVAL_MS = 450_000;

interface PaceSample {
  readonly atMs: number;
  readonly produce: number;
  readonly consume: number;
  readonly lag: number;
}

interface GroupTrack {
  readonly tracks: ReadonlyMap<number, PartitionTrack>;
  readonly pace: GroupPace;
  readonly samples: readonly PaceSample[];
  /** Since when nobody is in the group, and its lag is above 0 and did not fall; Unix milliseconds. */
  readonly idleSinceMs: number | undefined;
}

/**
 * Rates, drain, skew and states of consumer groups, from successive samples.
 *
 * The window of a partition holds its samples of the last 60 s, and always one that is a second older than the last. A rate is the distance of the window's last
 * offset from its first by the time between them. The window starts over where an offset went backwards (a reset, a topic made anew), and
 * where a commit appeared or vanished. Which drain follows from that, `partitionDrain` says.
 */
export class GroupProgress {
  readonly #windowMs: number;
  readonly #maxSamples: number;
  readonly #groups = new Map<string, GroupTrack>();

  constructor({ windowMs = 60_000, maxSamples = 2_000 }: ProgressLimits = {}) {
    this.#windowMs = windowMs;
    this.#maxSamples = maxSamples;
  }

  /**
   * Takes a sample. One of the same time as the last changes nothing: two pages may hand in the same read. One of an earlier time starts the
   * group over.
   * @param key names the group: account, place, topic, group
   * @param atMs when it was read, Unix milliseconds
   */
  observe(key: string, group: ConsumerGroup, atMs: number): GroupPace {
    this.#forgetUnseen(atMs);
    const before = this.#groups.get(key);
    if (before?.pace.atMs === atMs) return before.pace;
    // The clock was set back: times of before cannot be compared with those of now.
    const isComparable = before !== undefined && before.pace.atMs < atMs;
    const now = this.#next(isComparable ? before : undefined, group, atMs);
    this.#groups.set(key, now);
    return now.pace;
  }

  /** The group at its last sample; undefined where there is none. */
  progressOf(key: string): GroupPace | undefined {
    return this.#groups.get(key)?.pace;
  }

  /**
   * All samples kept, for a chart. A point of NaN stands where nobody looked: three times as long as between the two samples before, and over a
   * minute.
   */
  samplesOf(key: string): PaceSamples {
    const samples = withGaps(this.#groups.get(key)?.samples ?? []);
    return {
      times: Float64Array.from(samples, ({ atMs }) => atMs / 1000),
      produce: Float64Array.from(samples, ({ produce }) => produce),
      consume: Float64Array.from(samples, ({ consume }) => consume),
      lag: Float64Array.from(samples, ({ lag }) => lag),
    };
  }

  /** Forgets every group whose key starts with this text: an account or a topic that is gone. */
  forget(prefix: string): void {
    for (const key of this.#groups.keys()) if (key.startsWith(prefix)) this.#groups.delete(key);
  }

  #forgetUnseen(nowMs: number): void {
    for (const [key, { pace }] of this.#groups) if (nowMs - pace.atMs > KEPT_MS) this.#groups.delete(key);
  }

  #next(before: GroupTrack | undefined, group: ConsumerGroup, atMs: number): GroupTrack {
    const progress = partitionsOf(group);
    const tracks = new Map(before?.tracks);
    for (const each of progress) tracks.set(each.partition, nextTrack(tracks.get(each.partition), each, atMs, this.#windowMs));
    const partitions = pacesOf(progress, tracks, atMs);
    const totalLag = groupLag(group);
    const idleSinceMs = idleSince(before, group, totalLag, atMs);
    const produceRate = sumOf(partitions.map((pace) => pace.produceRate));
    const consumeRate = sumOf(partitions.map((pace) => (pace.committedOffset === undefined ? 0 : pace.consumeRate)));
    const pace: GroupPace = {
      atMs,
      totalLag,
      trend: trendOf(before?.pace.totalLag, totalLag),
      memberCount: group.members.length,
      produceRate,
      consumeRate,
      drain: partitions.length === 0 ? lagDrain(totalLag, idleSinceMs, atMs) : groupDrain(partitions.map(({ drain }) => drain)),
      partitions,
      states: nextStates(before?.pace.states ?? [], group.state, atMs).slice(-this.#maxSamples),
    };
    const sample = { atMs, produce: orNaN(produceRate), consume: orNaN(consumeRate), lag: orNaN(totalLag) };
    return { tracks, pace, idleSinceMs, samples: [...(before?.samples ?? []), sample].slice(-this.#maxSamples) };
  }
}

/** Each partition once, by number. Of two members that name the same one, as while it is handed over, the one that is further counts. */
function partitionsOf({ members }: ConsumerGroup): readonly PartitionProgress[] {
  const byNumber = new Map<number, PartitionProgress>();
  for (const progress of members.flatMap(({ partitions }) => partitions)) {
    const other = byNumber.get(progress.partition);
    if (other === undefined || isFurther(progress, other)) byNumber.set(progress.partition, progress);
  }
  return [...byNumber.values()].sort((a, b) => a.partition - b.partition);
}

function isFurther(a: PartitionProgress, b: PartitionProgress): boolean {
  return (committedOffsetOf(a) ?? -1n) > (committedOffsetOf(b) ?? -1n);
}

function idleSince(before: GroupTrack | undefined, { members }: ConsumerGroup, lag: bigint | undefined, atMs: number): number | undefined {
  if (members.length > 0 || lag === undefined || lag === 0n) return undefined;
  const hasFallen = lag < (before?.pace.totalLag ?? 0n);
  return hasFallen ? atMs : (before?.idleSinceMs ?? atMs);
}

function lagDrain(lag: bigint | undefined, idleSinceMs: number | undefined, atMs: number): Drain {
  return lag === 0n ? { kind: 'drained' } : stuckSince(idleSinceMs, atMs);
}

function trendOf(before: bigint | undefined, now: bigint | undefined): LagTrend['direction'] | undefined {
  if (before === undefined || now === undefined) return undefined;
  if (now === before) return 'stays';
  return now > before ? 'grows' : 'shrinks';
}

function nextStates(before: readonly StateSpan[], state: string | undefined, atMs: number): readonly StateSpan[] {
  return state === undefined || before.at(-1)?.state === state ? before : [...before, { state, sinceMs: atMs }];
}

function sumOf(rates: readonly (number | undefined)[]): number | undefined {
  if (rates.length === 0 || rates.includes(undefined)) return undefined;
  return rates.reduce<number>((sum, rate) => sum + (rate ?? 0), 0);
}

function orNaN(value: number | bigint | undefined): number {
  return value === undefined ? Number.NaN : Number(value);
}

function withGaps(samples: readonly PaceSample[]): readonly PaceSample[] {
  return samples.flatMap((sample, index) => {
    const before = samples[index - 1]?.atMs ?? sample.atMs;
    const twoBefore = samples[index - 2]?.atMs;
    // What is usual is not known yet at the second sample, so only what no interval explains is a gap.
    const usualMs = twoBefore === undefined ? MAX_INTERVAL_MS : Math.max(60_000, 3 * (before - twoBefore));
    if (sample.atMs - before <= usualMs) return [sample];
    return [{ atMs: (before + sample.atMs) / 2, produce: Number.NaN, consume: Number.NaN, lag: Number.NaN }, sample];
  });
}
