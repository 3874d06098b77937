import type { NaverAccount } from '../../model/account.ts';
import { CloudError } from '../../model/cloudError.ts';
import type {
  Connector,
  ConnectorSettings,
  DataStreamTopic,
  DataStreamTopicSettings,
  NewDataStreamTopic,
  OutgoingMessage,
} from '../../model/dataStream.ts';
import type { Connection } from '../connection.ts';
import { curlScript } from '../curl.ts';
import { rawOf, type Operation } from '../operation.ts';
import { managementEndpoint, messageEndpoint } from './hosts.ts';
import * as operations from './operations.ts';
import type { DataStreamTopicQuery } from './operations.ts';
import type { SendResult } from './schema.ts';

/** NAVER Cloud Data Stream (datastream.md §2). Every method throws CloudError and CancelledError; no write is repeated. */
export class DataStreamClient {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async listTopics(query: DataStreamTopicQuery = {}, signal?: AbortSignal): Promise<readonly DataStreamTopic[]> {
    const topics = await this.#run(operations.listTopics(query), signal);
    for (const topic of topics) this.#learn(topic);
    return topics;
  }

  /** The account's own prefix, with its hyphen: the start of every topic name. */
  async getTopicPrefix(signal?: AbortSignal): Promise<string> {
    return this.#run(operations.getTopicPrefix(), signal);
  }

  async getTopic(topicId: string, signal?: AbortSignal): Promise<DataStreamTopic> {
    return this.#learn(await this.#run(operations.getTopic(topicId), signal));
  }

  /** The answer as it came. */
  async rawTopic(topicId: string, signal?: AbortSignal): Promise<string> {
    return this.#raw(operations.getTopic(topicId), signal);
  }

  /** A bash script that asks what {@link getTopic} asks; it reads the keys from the environment. */
  curlOfTopic(topicId: string): string {
    return this.#curl(operations.getTopic(topicId));
  }

  /** The topic is being created when this returns (datastream.md §3.2). */
  async createTopic(topic: NewDataStreamTopic, signal?: AbortSignal): Promise<DataStreamTopic> {
    return this.#learn(await this.#run(operations.createTopic(topic), signal));
  }

  /** Replaces all settings. */
  async updateTopic(topicId: string, settings: DataStreamTopicSettings, signal?: AbortSignal): Promise<DataStreamTopic> {
    return this.#run(this.#about(topicId, operations.updateTopic(topicId, settings)), signal);
  }

  /** The topic is being deleted when this returns. */
  async deleteTopic(topicId: string, signal?: AbortSignal): Promise<void> {
    return this.#run(this.#about(topicId, operations.deleteTopic(topicId)), signal);
  }

  /** A topic has one connector or none. */
  async getConnector(topicId: string, signal?: AbortSignal): Promise<Connector | undefined> {
    try {
      return await this.#run(operations.getConnector(topicId), signal);
    } catch (error) {
      if (error instanceof CloudError && meansNoConnector(error)) return undefined;
      throw error;
    }
  }

  /** The answer as it came, also where there is no connector. */
  async rawConnector(topicId: string, signal?: AbortSignal): Promise<string> {
    return this.#raw(operations.getConnector(topicId), signal);
  }

  /** A bash script that asks what {@link getConnector} asks. */
  curlOfConnector(topicId: string): string {
    return this.#curl(operations.getConnector(topicId));
  }

  async createConnector(topicId: string, settings: ConnectorSettings, signal?: AbortSignal): Promise<Connector> {
    return this.#run(this.#about(topicId, operations.createConnector(topicId, settings)), signal);
  }

  /** Replaces all settings; one that is left out gets the service's default. */
  async updateConnector(
    topicId: string,
    connectorId: string,
    settings: ConnectorSettings,
    signal?: AbortSignal,
  ): Promise<Connector> {
    return this.#run(this.#about(topicId, operations.updateConnector(topicId, connectorId, settings)), signal);
  }

  async deleteConnector(topicId: string, connectorId: string, signal?: AbortSignal): Promise<void> {
    return this.#run(this.#about(topicId, operations.deleteConnector(topicId, connectorId)), signal);
  }

  /** Puts one message on a topic; never repeated, for it could stand there twice. */
  send(message: OutgoingMessage, signal?: AbortSignal): Promise<SendResult> {
    return this.#connection.call(messageEndpoint(this.#account), operations.sendMessage(message), signal);
  }

  /** A bash script that sends what {@link send} sends; each time it runs, the message is there once more. */
  curlOfSend(message: OutgoingMessage): string {
    const call = { endpoint: messageEndpoint(this.#account), operation: operations.sendMessage(message) };
    return curlScript(call, this.#account);
  }

  get #account(): NaverAccount {
    const { account } = this.#connection;
    if (account.provider !== 'naver') throw new TypeError('Data Stream needs a NAVER account');
    return account;
  }

  /** Paths have the id of a topic alone, and the journal is read by people. */
  #learn(topic: DataStreamTopic): DataStreamTopic {
    this.#connection.facts.set(`topic ${topic.id}`, topic.name);
    return topic;
  }

  #about<T>(topicId: string, operation: Operation<T>): Operation<T> {
    const name = this.#connection.facts.get(`topic ${topicId}`);
    return name === undefined ? operation : { ...operation, about: name };
  }

  async #run<T>(operation: Operation<T>, signal: AbortSignal | undefined): Promise<T> {
    return this.#connection.call(managementEndpoint(this.#account), operation, signal);
  }

  async #raw(operation: Operation<unknown>, signal: AbortSignal | undefined): Promise<string> {
    return this.#run(rawOf(operation), signal);
  }

  #curl(operation: Operation<unknown>): string {
    return curlScript({ endpoint: managementEndpoint(this.#account), operation }, this.#account);
  }
}

/** A 404 that is not about the topic, nor the gateway's "wrong address or no permission" (datastream.md §4.3, §6.3). */
function meansNoConnector({ kind, details }: CloudError): boolean {
  return kind === 'notFound' && details.code !== 'InvalidTopicNotFound' && details.code !== '300';
}
