import type { DataStreamTopic } from '../../model/dataStream.ts';
import type { SendTarget } from '../../sending/target.ts';

/** What sending needs of a Data Stream client. */
export interface MessageClient {
  listTopics(query?: undefined, signal?: AbortSignal): Promise<readonly DataStreamTopic[]>;
}

/**
 * A client that speaks as the account with this id; the demo account's emulator runs when it is handed out.
 * @throws CloudError where the account cannot be used
 */
export type ClientOf = (accountId: string) => Promise<MessageClient>;

/** The topics of an account, or why there are none. */
export type TopicList =
  | { readonly topics: readonly DataStreamTopic[] }
  | { readonly error: unknown };

/**
 * The topics of several accounts, asked for once each while one send is prepared: the pick and the check of the partition
 * share an answer.
 */
export class TopicLists {
  readonly #clientOf: ClientOf;
  readonly #signal: AbortSignal;
  readonly #lists = new Map<string, Promise<TopicList>>();

  /** @param signal ends when the send is prepared or given up */
  constructor(clientOf: ClientOf, signal: AbortSignal) {
    this.#clientOf = clientOf;
    this.#signal = signal;
  }

  /** Never throws: a dead account is an answer like any other. */
  of(accountId: string): Promise<TopicList> {
    const known = this.#lists.get(accountId);
    if (known !== undefined) return known;
    const list = this.#load(accountId);
    this.#lists.set(accountId, list);
    return list;
  }

  /** How many partitions a topic has; `undefined` where that cannot be known. */
  async partitionsOf(target: SendTarget): Promise<number | undefined> {
    const list = await this.of(target.accountId);
    if ('error' in list) return undefined;
    return list.topics.find((topic) => topic.id === target.topicId)?.partitions;
  }

  async #load(accountId: string): Promise<TopicList> {
    try {
      const client = await this.#clientOf(accountId);
      return { topics: await client.listTopics(undefined, this.#signal) };
    } catch (error) {
      return { error };
    }
  }
}
