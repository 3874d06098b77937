import type { EasyQueueClient } from '../../../api/easyqueue/client.ts';
import type { ConsumerGroup, EasyQueueTopic, MetricsType, Partition, Statistics } from '../../../model/easyQueue.ts';
import { GroupProgress } from '../../../model/groupProgress.ts';
import type { GroupPace, PaceSamples } from '../../../model/groupProgress.ts';
import type { TimeBounds } from '../../../model/timeRanges.ts';
import { SharedReads } from '../../../webviews/sharedReads.ts';
import type { EasyQueueDashboardContext } from './dashboards.ts';
import { groupKey } from './place.ts';
import type { DashboardPlace } from './place.ts';

/** What was read less than that ago is new: pages that are read in the same moment share it, and a refresh by hand reads. */
const SHARED_MS = 1_000;

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
  readonly #context: Pick<EasyQueueDashboardContext, 'client' | 'now'>;
  readonly #shared: SharedReads;
  /** The last sample of the partitions, by the key of their topic. */
  readonly #partitions = new Map<string, readonly Partition[]>();

  constructor(context: Pick<EasyQueueDashboardContext, 'client' | 'now'>) {
    this.#context = context;
    this.#shared = new SharedReads(context.now);
  }

  /** @throws CloudError, CancelledError */
  topic(place: DashboardPlace, signal: AbortSignal): Promise<EasyQueueTopic> {
    return this.#read(place, 'topic', SHARED_MS, (client, ended) => client.getTopic(place.topic, ended), signal);
  }

  /** @throws CloudError, CancelledError */
  partitions(place: DashboardPlace, signal: AbortSignal): Promise<PartitionsRead> {
    const read = async (client: EasyQueueClient, ended: AbortSignal): Promise<PartitionsRead> => {
      const partitions = (await client.listPartitions(place.topic, ended)).toSorted((a, b) => a.partition - b.partition);
      const before = this.#partitions.get(place.key) ?? [];
      this.#partitions.set(place.key, partitions);
      return { partitions, before };
    };
    return this.#read(place, 'partitions', SHARED_MS, read, signal);
  }

  /** The groups of a topic; each answer is a sample of all of them. @throws CloudError, CancelledError */
  groups(place: DashboardPlace, signal: AbortSignal): Promise<readonly GroupRead[]> {
    const read = async (client: EasyQueueClient, ended: AbortSignal): Promise<readonly GroupRead[]> => {
      const groups = await client.listConsumerGroups(place.topic, ended);
      const atMs = this.#context.now();
      return groups.map((group) => ({ group, pace: this.#progress.observe(groupKey(place, group.groupId), group, atMs) }));
    };
    return this.#read(place, 'groups', SHARED_MS, read, signal);
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

  /** Forgets every sample whose key starts with this text: those of an account that is gone. */
  forget(prefix: string): void {
    this.#progress.forget(prefix);
    for (const key of this.#partitions.keys()) {
      if (key.startsWith(prefix)) this.#partitions.delete(key);
    }
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
