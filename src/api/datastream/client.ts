import { CloudError } from '../../model/cloudError.ts';
import type { Connector, DataStreamTopic, OutgoingMessage } from '../../model/dataStream.ts';
import type { NaverAccount } from '../../model/account.ts';
import type { Connection } from '../connection.ts';
import type { Operation } from '../operation.ts';
import { path, type Path, type Query } from '../path.ts';
import { managementEndpoint, messageEndpoint } from './hosts.ts';
import { connectorOrNoneSchema, prefixSchema, sentSchema, topicListSchema, topicSchema } from './schema.ts';

/** How a list of topics is sorted and filtered by the service (datastream.md §3.4). */
export interface DataStreamTopicQuery {
  readonly sortBy?: 'createdDate' | 'topicName';
  readonly descending?: boolean;
  /** Matches names and descriptions. */
  readonly searchText?: string;
}

/** What Send message answered. */
export interface SendResult {
  readonly status: number | undefined;
  readonly detail: string | undefined;
}

/** NAVER Cloud Data Stream (datastream.md §2). Every method throws CloudError and CancelledError. */
export class DataStreamClient {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  listTopics(query: DataStreamTopicQuery = {}, signal?: AbortSignal): Promise<readonly DataStreamTopic[]> {
    const { sortBy, descending, searchText } = query;
    return this.#read(path`/api/v1/topics`, topicListSchema, signal, { sortBy, descending, searchText });
  }

  /** The account's own prefix, with its hyphen: the start of every topic name. */
  getTopicPrefix(signal?: AbortSignal): Promise<string> {
    return this.#read(path`/api/v1/topic-prefix`, prefixSchema, signal);
  }

  getTopic(topicId: string, signal?: AbortSignal): Promise<DataStreamTopic> {
    return this.#read(path`/api/v1/topics/${topicId}`, topicSchema, signal);
  }

  /** A topic has one connector or none. */
  async getConnector(topicId: string, signal?: AbortSignal): Promise<Connector | undefined> {
    try {
      return await this.#read(path`/api/v1/topics/${topicId}/connectors`, connectorOrNoneSchema, signal);
    } catch (error) {
      if (error instanceof CloudError && meansNoConnector(error)) return undefined;
      throw error;
    }
  }

  /** Puts one message on a topic; never repeated, for it could stand there twice. */
  send(message: OutgoingMessage, signal?: AbortSignal): Promise<SendResult> {
    const { topic, key, value, partition } = message;
    return this.#connection.call(
      messageEndpoint(this.#account),
      {
        method: 'POST',
        path: path`/api/produce`,
        body: { topic, key, value, ...(partition === undefined ? {} : { partition }) },
        operation: 'send',
        schema: sentSchema,
        retry: 'never',
      },
      signal,
    );
  }

  get #account(): NaverAccount {
    const { account } = this.#connection;
    if (account.provider !== 'naver') throw new TypeError('Data Stream needs a NAVER account');
    return account;
  }

  async #read<T>(
    requestPath: Path,
    schema: Operation<T>['schema'],
    signal: AbortSignal | undefined,
    query: Query = {},
  ): Promise<T> {
    return this.#connection.call(
      managementEndpoint(this.#account),
      { method: 'GET', path: requestPath, query, operation: 'read', schema, retry: 'read' },
      signal,
    );
  }
}

/** A 404 that is not about the topic, nor the gateway's "wrong address or no permission" (datastream.md §4.3, §6.3). */
function meansNoConnector({ kind, details }: CloudError): boolean {
  return kind === 'notFound' && details.code !== 'InvalidTopicNotFound' && details.code !== '300';
}
