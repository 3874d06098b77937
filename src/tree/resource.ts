import type { KafkaClient } from '../model/kafkaClient.ts';
import type { ResourceRef } from '../model/resource.ts';

/** What a row stands for in the cloud, and what can be taken from it; rows that are no such thing have none. */
export interface Resource {
  readonly ref: ResourceRef;
  /** The service's own id, where it has one. */
  readonly id?: string;
  /** Where Kafka clients connect, `host:port`. */
  readonly endpoint?: string;
  /** How Kafka clients connect; for topics that have an endpoint. */
  readonly kafka?: KafkaClient;
  /** A bash script that reads it: it signs when it runs, with keys from the environment. */
  readonly curl?: () => Promise<string>;
  /** Address of the console page; the console's first page where no other address is documented. */
  readonly console?: string;
  /** It has a dashboard. */
  readonly dashboard?: true;
  /** How it can be opened: changed and applied, looked at, or not at all. */
  readonly opens?: 'edit' | 'view';
}
