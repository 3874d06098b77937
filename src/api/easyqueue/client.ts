import type { AppKey, NhnAccount } from '../../model/account.ts';
import { CloudError } from '../../model/cloudError.ts';
import {
  shortName,
  type ConsumerGroup,
  type EasyQueueTopic,
  type EasyQueueTopicSettings,
  type NewEasyQueueTopic,
  type Partition,
  type Statistics,
} from '../../model/easyQueue.ts';
import type { Connection } from '../connection.ts';
import { curlScript } from '../curl.ts';
import { rawOf, type Operation } from '../operation.ts';
import { TOPIC_NOT_FOUND } from './failure.ts';
import { easyQueueEndpoint } from './hosts.ts';
import * as operations from './operations.ts';
import type { EasyQueueTopicQuery, StatisticsQuery, TopicAddress } from './operations.ts';
import type { TopicPage } from './schema.ts';

type NameForm = 'full' | 'short';

/** What is asked of a topic, once the form of its name is known. */
type OfTopic<T> = (address: TopicAddress) => Operation<T>;

/**
 * NHN Cloud EasyQueue for one app key (API v1.0). Every method throws CloudError and CancelledError. A topic's name is
 * given full or short.
 */
export class EasyQueueClient {
  readonly #connection: Connection;
  readonly #appKey: AppKey;

  constructor(connection: Connection, appKey: AppKey) {
    this.#connection = connection;
    this.#appKey = appKey;
  }

  async listTopics(query: EasyQueueTopicQuery = {}, signal?: AbortSignal): Promise<TopicPage> {
    return this.#run(operations.listTopics(this.#appKey.appKey, query), signal);
  }

  getTopic(name: string, signal?: AbortSignal): Promise<EasyQueueTopic> {
    return this.#named(name, operations.getTopic, signal);
  }

  /** The answer as it came. */
  rawTopic(name: string, signal?: AbortSignal): Promise<string> {
    return this.#named(name, raw(operations.getTopic), signal);
  }

  /** A bash script that asks what {@link getTopic} asks; it reads the keys from the environment. */
  curlOfTopic(name: string): string {
    const { forms, first } = this.#forms(name);
    const operation = operations.getTopic({ appKey: this.#appKey.appKey, topicName: forms[first] });
    const account = this.#account;
    return curlScript({ endpoint: easyQueueEndpoint(account, this.#appKey.region), operation }, account);
  }

  async createTopic(topic: NewEasyQueueTopic, signal?: AbortSignal): Promise<EasyQueueTopic> {
    return this.#run(operations.createTopic(this.#appKey.appKey, topic), signal);
  }

  /** Replaces all settings. */
  updateTopic(name: string, settings: EasyQueueTopicSettings, signal?: AbortSignal): Promise<EasyQueueTopic> {
    return this.#named(name, (address) => operations.updateTopic(address, settings), signal);
  }

  /** The topic is being deleted when this returns. */
  deleteTopic(name: string, signal?: AbortSignal): Promise<void> {
    return this.#named(name, operations.deleteTopic, signal);
  }

  listPartitions(name: string, signal?: AbortSignal): Promise<readonly Partition[]> {
    return this.#named(name, operations.listPartitions, signal);
  }

  /** The answer as it came. */
  rawPartitions(name: string, signal?: AbortSignal): Promise<string> {
    return this.#named(name, raw(operations.listPartitions), signal);
  }

  listConsumerGroups(name: string, signal?: AbortSignal): Promise<readonly ConsumerGroup[]> {
    return this.#named(name, operations.listConsumerGroups, signal);
  }

  /** The answer as it came. */
  rawConsumerGroups(name: string, signal?: AbortSignal): Promise<string> {
    return this.#named(name, raw(operations.listConsumerGroups), signal);
  }

  getStatistics({ topicName, ...query }: StatisticsQuery, signal?: AbortSignal): Promise<Statistics> {
    return this.#named(topicName, (address) => operations.getStatistics(address, query), signal);
  }

  /**
   * Whether a path takes the full or the short name is not documented (easyqueue.md §2.3): the name goes out as it was
   * returned, and if no such topic is found, once in its other form. The form that works is remembered. A write goes out
   * again for this one reason alone, which says that nothing was done.
   */
  async #named<T>(name: string, of: OfTopic<T>, signal: AbortSignal | undefined): Promise<T> {
    const { forms, fact, isKnown, first, second } = this.#forms(name);
    const call = async (form: NameForm): Promise<T> => {
      const result = await this.#run(of({ appKey: this.#appKey.appKey, topicName: forms[form] }), signal);
      this.#connection.facts.set(fact, form);
      return result;
    };
    try {
      return await call(first);
    } catch (error) {
      if (isKnown || !isNoSuchTopic(error)) throw error;
      try {
        return await call(second);
      } catch (secondError) {
        throw isNoSuchTopic(secondError) ? error : secondError;
      }
    }
  }

  #forms(name: string): {
    readonly forms: Readonly<Record<NameForm, string>>;
    readonly fact: string;
    readonly isKnown: boolean;
    readonly first: NameForm;
    readonly second: NameForm;
  } {
    const { appKey } = this.#appKey;
    const short = shortName(name, appKey);
    const forms: Readonly<Record<NameForm, string>> = { short, full: `${appKey}.${short}` };
    const fact = `easyQueue.nameForm.${appKey}`;
    const known = this.#connection.facts.get(fact);
    const isKnown = known === 'full' || known === 'short';
    const given: NameForm = name === forms.full ? 'full' : 'short';
    const first = isKnown ? known : given;
    return { forms, fact, isKnown, first, second: first === 'full' ? 'short' : 'full' };
  }

  get #account(): NhnAccount {
    const { account } = this.#connection;
    if (account.provider !== 'nhn') throw new TypeError('EasyQueue needs an NHN account');
    return account;
  }

  async #run<T>(operation: Operation<T>, signal: AbortSignal | undefined): Promise<T> {
    return this.#connection.call(easyQueueEndpoint(this.#account, this.#appKey.region), operation, signal);
  }
}

function raw(of: OfTopic<unknown>): OfTopic<string> {
  return (address) => rawOf(of(address));
}

function isNoSuchTopic(error: unknown): boolean {
  return error instanceof CloudError && error.details.code === TOPIC_NOT_FOUND && error.details.mayHaveArrived === false;
}
