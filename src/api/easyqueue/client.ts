import type { AppKey } from '../../model/account.ts';
import { CloudError } from '../../model/cloudError.ts';
import {
  shortName,
  type ConsumerGroup,
  type EasyQueueTopic,
  type MetricsType,
  type Partition,
  type Statistics,
} from '../../model/easyQueue.ts';
import type { Connection } from '../connection.ts';
import type { Operation } from '../operation.ts';
import { joinPath, path, type Path, type Query } from '../path.ts';
import { koreanTime } from '../time.ts';
import { TOPIC_NOT_FOUND } from './failure.ts';
import { easyQueueEndpoint } from './hosts.ts';
import {
  consumerGroupListSchema,
  partitionListSchema,
  statisticsSchema,
  topicListSchema,
  topicSchema,
  type TopicPage,
} from './schema.ts';

/** How a list of topics is paged, sorted and filtered by the service. */
export interface EasyQueueTopicQuery {
  /** From 1. */
  readonly page?: number;
  /** 1–3000; the service's default is 50. */
  readonly limit?: number;
  readonly sortKey?: 'TOPIC_NAME' | 'CREATED_AT' | 'UPDATED_AT';
  readonly sortDirection?: 'DESC' | 'ASC';
  /** Part of the name. */
  readonly searchTopicName?: string;
  /** At most 100. */
  readonly topicIdList?: readonly string[];
}

/** What statistics are asked for: between 60 seconds and 30 days, not older than 90 days. */
export interface StatisticsQuery {
  readonly topicName: string;
  readonly metricsType: MetricsType;
  /** Unix milliseconds. */
  readonly startMs: number;
  readonly endMs: number;
}

type NameForm = 'full' | 'short';

/** NHN Cloud EasyQueue for one app key (API v1.0). Every method throws CloudError and CancelledError. */
export class EasyQueueClient {
  readonly #connection: Connection;
  readonly #appKey: AppKey;

  constructor(connection: Connection, appKey: AppKey) {
    this.#connection = connection;
    this.#appKey = appKey;
  }

  listTopics(query: EasyQueueTopicQuery = {}, signal?: AbortSignal): Promise<TopicPage> {
    const { page, limit, sortKey = 'CREATED_AT', sortDirection, searchTopicName, topicIdList } = query;
    // `sortKey` is marked required although it has a default (easyqueue.md §3): it is always sent.
    const wire = { sortKey, sortDirection, searchTopicName, topicIdList, page, limit };
    return this.#read(path`/topics`, topicListSchema, signal, wire);
  }

  /** @param name full or short; so for every method that takes a topic's name */
  getTopic(name: string, signal?: AbortSignal): Promise<EasyQueueTopic> {
    return this.#named(name, (form) => this.#read(path`/topics/${form}`, topicSchema, signal));
  }

  listPartitions(name: string, signal?: AbortSignal): Promise<readonly Partition[]> {
    return this.#named(name, (form) => this.#read(path`/topics/${form}/partitions`, partitionListSchema, signal));
  }

  listConsumerGroups(name: string, signal?: AbortSignal): Promise<readonly ConsumerGroup[]> {
    return this.#named(name, (form) => this.#read(path`/topics/${form}/consumer-groups`, consumerGroupListSchema, signal));
  }

  getStatistics({ topicName, metricsType, startMs, endMs }: StatisticsQuery, signal?: AbortSignal): Promise<Statistics> {
    const range = { startDateTime: koreanTime(startMs), endDateTime: koreanTime(endMs) };
    return this.#named(topicName, (form) =>
      this.#read(path`/statistics`, statisticsSchema, signal, { metricsType, topicName: form, ...range }),
    );
  }

  /**
   * Whether a path takes the full or the short name is not documented (easyqueue.md §2.3): the name goes out as it was
   * returned, and if no such topic is found, once in its other form. The form that works is remembered.
   */
  async #named<T>(name: string, call: (form: string) => Promise<T>): Promise<T> {
    const { appKey } = this.#appKey;
    const short = shortName(name, appKey);
    const forms: Readonly<Record<NameForm, string>> = { short, full: `${appKey}.${short}` };
    const fact = `easyQueue.nameForm.${appKey}`;
    const given: NameForm = name === forms.full ? 'full' : 'short';
    const known = this.#connection.facts.get(fact);
    const first: NameForm = known === 'full' || known === 'short' ? known : given;
    const second: NameForm = first === 'full' ? 'short' : 'full';
    try {
      const result = await call(forms[first]);
      this.#connection.facts.set(fact, first);
      return result;
    } catch (error) {
      if (known !== undefined || !isNoSuchTopic(error)) throw error;
      try {
        const result = await call(forms[second]);
        this.#connection.facts.set(fact, second);
        return result;
      } catch (secondError) {
        throw isNoSuchTopic(secondError) ? error : secondError;
      }
    }
  }

  async #read<T>(
    requestPath: Path,
    schema: Operation<T>['schema'],
    signal: AbortSignal | undefined,
    query: Query = {},
  ): Promise<T> {
    const { account } = this.#connection;
    if (account.provider !== 'nhn') throw new TypeError('EasyQueue needs an NHN account');
    return this.#connection.call(
      easyQueueEndpoint(account, this.#appKey.region),
      {
        method: 'GET',
        path: joinPath(path`/v1.0/appkeys/${this.#appKey.appKey}`, requestPath),
        query,
        operation: 'read',
        schema,
        retry: 'read',
      },
      signal,
    );
  }
}

function isNoSuchTopic(error: unknown): boolean {
  return error instanceof CloudError && error.details.code === TOPIC_NOT_FOUND;
}
