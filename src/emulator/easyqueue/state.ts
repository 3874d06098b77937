import { Refusal } from '../http.ts';
import { alphanumeric } from '../random.ts';
import type { Random } from '../random.ts';
import type { ConsumerGroup } from '../stream/group.ts';
import { emptyLog, TopicLog } from '../stream/topicLog.ts';
import type { LogSeed } from '../stream/topicLog.ts';
import { dayMs } from '../time.ts';
import { refuse } from './codes.ts';

/** Fields of a topic that a client sets; times in ms, sizes in bytes (easyqueue.md §2.4). */
export interface TopicSettings {
  readonly description: string;
  readonly partitionCount: number;
  readonly maxRetentionTimeMs: number;
  readonly maxRetentionBytes: number;
  readonly maxMessageBytes: number;
}

/** One EasyQueue topic. */
export interface Topic {
  readonly topicId: string;
  /** Without the app key in front. */
  readonly name: string;
  settings: TopicSettings;
  readonly createdAt: number;
  updatedAt: number;
  status: 'ACTIVE' | 'ERROR' | 'WARNING' | 'DELETING';
  /** When a deleted topic will be gone, in ms. */
  goneAt: number | undefined;
  readonly log: TopicLog;
  /** Mean size of a message in bytes, for byte rates and log sizes. */
  readonly messageBytes: number;
  /** The statistics have holes, as after an outage of the monitoring. */
  readonly hasGaps: boolean;
  /** Added for size tests: does not count for the quotas. */
  readonly isExtra: boolean;
  readonly groups: Map<string, ConsumerGroup>;
}

/** How a sample topic starts. */
export interface TopicSeed {
  readonly name: string;
  readonly settings: TopicSettings;
  readonly createdAt: number;
  readonly log?: LogSeed;
  readonly messageBytes?: number;
  readonly hasGaps?: boolean;
  readonly isExtra?: boolean;
  readonly status?: 'ACTIVE' | 'ERROR' | 'WARNING';
}

/** Quotas of a project (easyqueue.md §2.4). */
const topicQuota = 10;
const partitionQuota = 64;

const idleGroupMs = 7 * dayMs;

/** Everything an EasyQueue project of one app key holds. */
export class EasyQueueState {
  readonly appKey: string;
  readonly #random: Random;
  readonly #now: () => number;
  readonly #deletionMs: number;
  readonly #topics = new Map<string, Topic>();
  readonly #deleting = new Set<Topic>();
  /** Seconds between two statistics values, whatever the range; by the range without it. */
  readonly statisticsStepSeconds: number | undefined;
  /** Counts changes of the set of topics or of their order, so that sorted lists can be kept. */
  version = 0;

  constructor(appKey: string, random: Random, now: () => number, deletionMs: number, statisticsStepSeconds?: number) {
    this.appKey = appKey;
    this.statisticsStepSeconds = statisticsStepSeconds;
    this.#random = random;
    this.#now = now;
    this.#deletionMs = deletionMs;
  }

  /** All topics, also those being deleted. */
  topics(): readonly Topic[] {
    this.#sweep();
    return [...this.#topics.values()];
  }

  /** A topic by its full (`{appKey}.name`) or short name; the documents leave open which the path takes (§2.3). */
  find(name: string): Topic | undefined {
    this.#sweep();
    const prefix = `${this.appKey}.`;
    return this.#topics.get(name.startsWith(prefix) ? name.slice(prefix.length) : name);
  }

  /** As `find`. @throws Refusal 4040100 */
  get(name: string): Topic {
    const topic = this.find(name);
    if (topic === undefined) throw refuse(4040100);
    return topic;
  }

  /** Creates a topic of a client. @throws Refusal 4000100, 4000400, 4000402 */
  create(name: string, settings: TopicSettings): Topic {
    if (this.find(name) !== undefined) throw refuse(4000100);
    const counted = this.topics().filter((topic) => !topic.isExtra);
    if (counted.length >= topicQuota) throw refuse(4000400);
    this.#checkPartitions(counted, settings.partitionCount);
    return this.add({ name, settings, createdAt: this.#now() });
  }

  /** Replaces the settings of a topic. @throws Refusal 4000103, 4000101, 4000402 */
  update(topic: Topic, settings: TopicSettings): void {
    // "Topic is not in ACTIVE status." (easyqueue.md §2.6)
    if (topic.status !== 'ACTIVE') throw refuse(4000103);
    const added = settings.partitionCount - topic.settings.partitionCount;
    if (added < 0) throw refuse(4000101);
    if (added > 0 && !topic.isExtra) {
      this.#checkPartitions(
        this.topics().filter((other) => !other.isExtra),
        added,
      );
    }
    topic.settings = settings;
    topic.updatedAt = this.#now();
    topic.log.growTo(settings.partitionCount, topic.updatedAt);
    this.version += 1;
  }

  /** Starts the deletion of a topic. @throws Refusal 4000103 */
  remove(topic: Topic): void {
    if (topic.status === 'DELETING') throw refuse(4000103);
    topic.status = 'DELETING';
    topic.goneAt = this.#now() + this.#deletionMs;
    this.#deleting.add(topic);
    this.#sweep();
  }

  /** Adds a topic whatever the quotas say. */
  add(seed: TopicSeed): Topic {
    const topic: Topic = {
      topicId: `topic-${this.#random.text(20, alphanumeric)}`,
      name: seed.name,
      settings: seed.settings,
      createdAt: seed.createdAt,
      updatedAt: seed.createdAt,
      status: seed.status ?? 'ACTIVE',
      goneAt: undefined,
      log: seed.log === undefined ? emptyLog(seed.settings.partitionCount, seed.createdAt) : new TopicLog(seed.log),
      messageBytes: seed.messageBytes ?? 256,
      hasGaps: seed.hasGaps ?? false,
      isExtra: seed.isExtra ?? false,
      groups: new Map(),
    };
    this.#topics.set(topic.name, topic);
    this.version += 1;
    return topic;
  }

  /** Adds `count` topics of one partition beyond the quota, `load-00001` and so on. */
  addExtraTopics(count: number): void {
    const first = this.topics().filter((topic) => topic.isExtra).length;
    const start = this.#now() - 60 * dayMs;
    for (let index = first + 1; index <= first + count; index += 1) {
      const name = `load-${String(index).padStart(5, '0')}`;
      const end = BigInt(index) * 17n;
      const log: LogSeed = { anchor: start, offsets: [{ start: 0n, end }] };
      this.add({ name, settings: extraSettings, createdAt: start + index * 1000, log, isExtra: true });
    }
  }

  /** Adds or replaces a consumer group of a topic. */
  setGroup(topicName: string, group: ConsumerGroup): void {
    this.#require(topicName).groups.set(group.name, group);
  }

  /** Sets offsets of a partition as a test wants them; they go on from there. */
  setOffsets(topicName: string, partition: number, offsets: { readonly start?: bigint; readonly end?: bigint }): void {
    const target = this.#require(topicName).log.partitions[partition];
    if (target === undefined) throw new RangeError(`Topic ${topicName} has no partition ${String(partition)}`);
    target.setOffsets(this.#now(), offsets);
  }

  /** The groups of a topic that still exist: a group without members for 7 days is deleted (§2.4). */
  groupsOf(topic: Topic): readonly ConsumerGroup[] {
    const oldest = this.#now() - idleGroupMs;
    for (const [name, group] of topic.groups) {
      if (group.emptySince !== undefined && group.emptySince < oldest) topic.groups.delete(name);
    }
    return [...topic.groups.values()];
  }

  #require(name: string): Topic {
    const topic = this.find(name);
    if (topic === undefined) throw new Refusal({ status: 404, body: `There is no topic ${name}` });
    return topic;
  }

  #checkPartitions(counted: readonly Topic[], added: number): void {
    const used = counted.reduce((sum, topic) => sum + topic.settings.partitionCount, 0);
    if (used + added > partitionQuota) throw refuse(4000402);
  }

  #sweep(): void {
    for (const topic of this.#deleting) {
      if ((topic.goneAt ?? 0) > this.#now()) continue;
      this.#deleting.delete(topic);
      this.#topics.delete(topic.name);
      this.version += 1;
    }
  }
}

const extraSettings: TopicSettings = {
  description: 'Size test',
  partitionCount: 1,
  maxRetentionTimeMs: 7 * dayMs,
  maxRetentionBytes: 1_073_741_824,
  maxMessageBytes: 262_144,
};
