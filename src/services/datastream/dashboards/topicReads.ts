import type { Connector, DataStreamTopic } from '../../../model/dataStream.ts';
import type { ResourceRef } from '../../../model/resource.ts';
import { SharedReads } from '../../../webviews/sharedReads.ts';
import type { DataStreamContext } from '../nodes.ts';
import { topicIdOf } from '../documentValues.ts';
import { topicStatusLook } from '../status.ts';

/** A topic that is this old is not asked for again by whoever comes next, milliseconds. */
const FRESH_MS = 1_000;

/** What a topic has: one connector or none. */
export interface TopicConnector {
  readonly connector: Connector | undefined;
}

/** Reads topics and their connectors, once for all who ask at the same time. */
export class TopicReads {
  readonly #client: DataStreamContext['client'];
  readonly #shared: SharedReads;

  constructor({ client, now }: Pick<DataStreamContext, 'client'> & { readonly now: () => number }) {
    this.#client = client;
    this.#shared = new SharedReads(now);
  }

  /** @throws CloudError, CancelledError */
  topic(ref: ResourceRef, signal: AbortSignal): Promise<DataStreamTopic> {
    const load = async (ended: AbortSignal): Promise<DataStreamTopic> => (await this.#client(ref.accountId)).getTopic(topicIdOf(ref), ended);
    return this.#read('topic', ref, load, signal);
  }

  /**
   * The connector of a topic. One that is being created or deleted has none: it is not asked for then.
   * @throws CloudError, CancelledError
   */
  async connector(ref: ResourceRef, signal: AbortSignal): Promise<TopicConnector> {
    const { status } = await this.topic(ref, signal);
    if (topicStatusLook(status).isSettling) return { connector: undefined };
    const load = async (ended: AbortSignal): Promise<TopicConnector> =>
      ({ connector: await (await this.#client(ref.accountId)).getConnector(topicIdOf(ref), ended) });
    return this.#read('connector', ref, load, signal);
  }

  /** Forgets what was read under keys that start with this text, and calls off what is being read: its account is gone, or another one. */
  forget(prefix: string): void {
    this.#shared.forget(prefix);
  }

  #read<T>(what: string, ref: ResourceRef, load: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T> {
    // The account is first, so that what is kept of it can be forgotten.
    return this.#shared.read([ref.accountId, 'dataStream', what, topicIdOf(ref)].map(encodeURIComponent).join('/'), FRESH_MS, load, signal);
  }
}
