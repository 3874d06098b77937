import type { Tone } from './whole.ts';

/** The head of a Data Stream topic's page. The service tells no offsets (datastream.md): they need the Kafka protocol. */
export interface DataStreamFacts {
  readonly status: string | undefined;
  readonly statusWords: string | undefined;
  readonly tone: Tone;
  readonly description: string | undefined;
  readonly partitionCount: number | undefined;
  readonly retentionMs: number | undefined;
  readonly endpoint: string | undefined;
  readonly createdAt: string | undefined;
  /** Kafka client settings for each kind of client, with placeholders for keys. */
  readonly clients: readonly { readonly name: string; readonly settings: string }[];
  /** Further lines in the user's language: label and value. */
  readonly more: readonly { readonly label: string; readonly value: string }[];
}

/** The connector of a topic. */
export interface ConnectorFacts {
  readonly state: string | undefined;
  readonly stateWords: string | undefined;
  readonly tone: Tone;
  /** Causes of a failure as documented, and what to do about each, in the user's language. */
  readonly causes: readonly { readonly cause: string; readonly remedy: string }[];
  readonly more: readonly { readonly label: string; readonly value: string }[];
}
