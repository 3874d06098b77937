import type { EasyQueueClient } from '../../../api/easyqueue/client.ts';
import { CancelledError } from '../../../model/cloudError.ts';
import type { ConsumerGroup, EasyQueueTopic, MetricsType, Partition, Statistics } from '../../../model/easyQueue.ts';
import { GroupProgress } from '../../../model/groupProgress.ts';
import type { GroupPace, PaceSamples } from '../../../model/groupProgress.ts';
import type { TimeBounds } from '../../../model/timeRanges.ts';
import { SharedReads } from '../../../webviews/sharedReads.ts';
import type { EasyQueueDashboardContext } from './dashboards.ts';
import { groupKey } from './place.ts';
import type { DashboardPlace } from './place.ts';

/** What was read less than that ago is new, milliseconds: pages share it. It is less than half of the shortest interval between two reads. */
const SHARED_MS = 2_000;
/** The last sample of partitions is kept for so long, milliseconds. */
const KEPT_MS = 21_600_000;

/** What reading needs. */
type ReadsContext = Pick<EasyQueueDashboardContext, 'client' | 'now'>;

/** The partitions of a topic, and as they were at the sample before. */
export interface PartitionsRead {
  /** In their order. */
  readonly partitions: readonly Partition[];
  /** Empty for the first sample. */
  readonly before: readonly Partition[];
}

/** A consumer group as it was just read. */
export interface GroupRead {
  readonly group: ConsumerGroup;
  /** What its samples say. */
  readonly pace: GroupPace;
}

/** Reads what dashboards show; a request that several pages make at the same time is made once, and its answer is one sample. */
export class DashboardReads {
  /** Samples of the groups, by {@link groupKey}. */
  readonly #progress = new GroupProgress();
  readonly #context: ReadsContext;
  readonly #shared: SharedReads;
  /** The last sample of the partitions, by the key of their topic. */
  readonly #partitions = new Map<string, { readonly partitions: readonly Partition[]; readonly atMs: number }>();

  constructor(context: ReadsContext) {
    this.#context = context;
    this.#shared = new SharedReads(context.now);
  }

  /**
   * How old what another page read may be, for each read of one feed in turn, milliseconds. Where a feed is read again sooner than any
   * interval, somebody asks for it by hand, and gets what is so now.
   */
  ages(): () => number {
    const { now } = this.#context;
    let lastMs: number | undefined;
    return () => {
      const nowMs = now();
      const isByHand = lastMs !== undefined && Math.abs(nowMs - lastMs) < SHARED_MS;
      lastMs = nowMs;
      return isByHand ? 0 : SHARED_MS;
    };
  }

  /** @param maxAgeMs how old what another one read may be. @throws CloudError, CancelledError */
  topic(place: DashboardPlace, signal: AbortSignal, maxAgeMs = SHARED_MS): Promise<EasyQueueTopic> {
    return this.#read(place, 'topic', maxAgeMs, (client, ended) => client.getTopic(place.topic, ended), signal);
  }

  /** @param maxAgeMs as above. @throws CloudError, CancelledError */
  partitions(place: DashboardPlace, signal: AbortSignal, maxAgeMs = SHARED_MS): Promise<PartitionsRead> {
    const read = async (client: EasyQueueClient, ended: AbortSignal): Promise<PartitionsRead> => {
      const partitions = (await client.listPartitions(place.topic, ended)).toSorted((a, b) => a.partition - b.partition);
      return { partitions, before: this.#nextPartitions(place, partitions, ended) };
    };
    return this.#read(place, 'partitions', maxAgeMs, read, signal);
  }

  /** The groups of a topic; each answer is a sample of all of them. @param maxAgeMs as above. @throws CloudError, CancelledError */
  groups(place: DashboardPlace, signal: AbortSignal, maxAgeMs = SHARED_MS): Promise<readonly GroupRead[]> {
    const read = async (client: EasyQueueClient, ended: AbortSignal): Promise<readonly GroupRead[]> => {
      const groups = await client.listConsumerGroups(place.topic, ended);
      throwIfOver(ended);
      const atMs = this.#context.now();
      return groups.map((group) => ({ group, pace: this.#progress.observe(groupKey(place, group.groupId), group, atMs) }));
    };
    return this.#read(place, 'groups', maxAgeMs, read, signal);
  }

  /** Whether a topic's answers had such a group. */
  hasGroup(place: DashboardPlace, groupId: string): boolean {
    return this.#progress.progressOf(groupKey(place, groupId)) !== undefined;
  }

  /** All samples of a group that are kept. */
  samplesOf(place: DashboardPlace, groupId: string): PaceSamples {
    return this.#progress.samplesOf(groupKey(place, groupId));
  }

  /**
   * One metric of a topic.
   * @param maxAgeMs how old what another one read may be
   * @throws CloudError, CancelledError
   */
  statistics(place: DashboardPlace, metricsType: MetricsType, { fromMs, toMs }: TimeBounds, signal: AbortSignal, maxAgeMs = SHARED_MS): Promise<Statistics> {
    const query = { topicName: place.topic, metricsType, startMs: fromMs, endMs: toMs };
    const what = `${metricsType}/${fromMs}/${toMs}`;
    return this.#read(place, what, maxAgeMs, (client, ended) => client.getStatistics(query, ended), signal);
  }

  /** Forgets everything whose key starts with this text, and calls off what is being read: its account is gone, or another one. */
  forget(prefix: string): void {
    this.#shared.forget(prefix);
    this.#progress.forget(prefix);
    for (const key of this.#partitions.keys()) {
      if (key.startsWith(prefix)) this.#partitions.delete(key);
    }
  }

  /** Keeps a sample of the partitions. @returns the one before; empty where there is none */
  #nextPartitions({ key }: DashboardPlace, partitions: readonly Partition[], ended: AbortSignal): readonly Partition[] {
    throwIfOver(ended);
    const atMs = this.#context.now();
    for (const [other, kept] of this.#partitions) {
      if (atMs - kept.atMs > KEPT_MS) this.#partitions.delete(other);
    }
    const before = this.#partitions.get(key)?.partitions ?? [];
    this.#partitions.set(key, { partitions, atMs });
    return before;
  }

  async #read<T>(
    place: DashboardPlace,
    what: string,
    maxAgeMs: number,
    load: (client: EasyQueueClient, signal: AbortSignal) => Promise<T>,
    signal: AbortSignal,
  ): Promise<T> {
    const { accountId, appKey, key } = place;
    const read = async (ended: AbortSignal): Promise<T> => load(await this.#context.client(accountId, appKey), ended);
    return this.#shared.read(`${key}/${what}`, maxAgeMs, read, signal);
  }
}

/** What comes after it was called off is of an account as it was: it is no sample. @throws CancelledError */
function throwIfOver(ended: AbortSignal): void {
  if (ended.aborted) throw new CancelledError();
}
