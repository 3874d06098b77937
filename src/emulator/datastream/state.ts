import { alphanumeric } from '../random.ts';
import type { Random } from '../random.ts';
import { emptyLog } from '../stream/topicLog.ts';
import type { Kept } from '../stream/partition.ts';
import type { TopicLog } from '../stream/topicLog.ts';
import type { Connector } from './connectors.ts';
import { emptyRegistry } from './schemas.ts';
import type { Registry } from './schemas.ts';

/** Status of a topic that the emulator can be in (datastream.md §3.2). */
export type TopicStatus = 'CREATING' | 'CREATED' | 'PENDING_DELETION';

/** One Data Stream topic; times in ms. */
export interface Topic {
  readonly topicId: string;
  /** Full name with the account's prefix. */
  readonly name: string;
  description: string;
  retentionMs: number;
  pinned: boolean;
  readonly createdAt: number;
  updatedAt: number;
  readonly readyAt: number;
  goneAt: number | undefined;
  readonly tcpEndpoint: string;
  readonly log: TopicLog;
  connector: Connector | undefined;
  readonly registry: Registry;
}

/** What a new topic is made of. */
export interface TopicSeed {
  readonly name: string;
  readonly description: string;
  readonly partitions: number;
  readonly retentionMs: number;
  readonly createdAt: number;
  readonly creatingMs: number;
  readonly pinned?: boolean;
}

/** Everything the Data Stream of one account holds. */
export class DataStreamState {
  /** Unique for the account, with its hyphen (datastream.md §3.5). */
  readonly prefix: string;
  readonly #random: Random;
  readonly #now: () => number;
  readonly #kept: Kept | undefined;
  readonly #byId = new Map<string, Topic>();
  readonly #byName = new Map<string, Topic>();

  /** @param kept how much of what is sent to a partition can be read; the latest 100 messages without it */
  constructor(prefix: string, random: Random, now: () => number, kept?: Kept) {
    this.prefix = prefix;
    this.#random = random;
    this.#now = now;
    this.#kept = kept;
  }

  /** All topics, oldest first, also those being deleted. */
  topics(): readonly Topic[] {
    for (const topic of this.#byId.values()) this.#sweep(topic);
    return [...this.#byId.values()];
  }

  /** A topic by its id. */
  byId(topicId: string): Topic | undefined {
    return this.#sweep(this.#byId.get(topicId));
  }

  /** A topic by its full name. */
  byName(name: string): Topic | undefined {
    return this.#sweep(this.#byName.get(name));
  }

  /** Where a topic stands now. */
  statusOf(topic: Topic): TopicStatus {
    if (topic.goneAt !== undefined) return 'PENDING_DELETION';
    return this.#now() < topic.readyAt ? 'CREATING' : 'CREATED';
  }

  /** Adds a topic whatever the quotas say. */
  add(seed: TopicSeed): Topic {
    const topic: Topic = {
      topicId: this.newId(),
      name: seed.name,
      description: seed.description,
      retentionMs: seed.retentionMs,
      pinned: seed.pinned ?? false,
      createdAt: seed.createdAt,
      updatedAt: seed.createdAt,
      readyAt: seed.createdAt + seed.creatingMs,
      goneAt: undefined,
      tcpEndpoint: 'cluster-1.datastream.naverncp.com:30010',
      log: emptyLog(seed.partitions, seed.createdAt, this.#kept),
      connector: undefined,
      registry: emptyRegistry(),
    };
    this.#byId.set(topic.topicId, topic);
    this.#byName.set(topic.name, topic);
    return topic;
  }

  /** An identifier as in the samples: ten letters and digits (datastream.md §3.1). */
  newId(): string {
    return this.#random.text(10, alphanumeric);
  }

  #sweep(topic: Topic | undefined): Topic | undefined {
    if (topic?.goneAt === undefined || topic.goneAt > this.#now()) return topic;
    this.#byId.delete(topic.topicId);
    this.#byName.delete(topic.name);
    return undefined;
  }
}
