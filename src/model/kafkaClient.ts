/** How a Kafka client connects to a topic. Keys are never in it: settings made of it hold placeholders. */
export type KafkaClient =
  /** SASL PLAIN with a sub account's keys (datastream.md §8.2). */
  | { readonly mechanism: 'PLAIN'; readonly bootstrapServers: string; readonly topic: string }
  /** OAUTHBEARER with a User Access Key of token type JWT (easyqueue.md §2.2). */
  | {
      readonly mechanism: 'OAUTHBEARER';
      readonly bootstrapServers: string;
      readonly topic: string;
      readonly appKey: string;
      readonly tokenUrl: string;
    };
