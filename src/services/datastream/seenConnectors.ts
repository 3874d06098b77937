import type { Connector } from '../../model/dataStream.ts';

/** A connector and the name of its topic. */
export type SeenConnector = readonly [topicName: string, connector: Connector];

/** Connectors that rows have shown, by the id of the topic's row: a wizard offers their roles and locations without a request. */
export class SeenConnectors {
  readonly #seen = new Map<string, SeenConnector>();

  set(nodeId: string, seen: SeenConnector): void {
    this.#seen.set(nodeId, seen);
  }

  delete(nodeId: string): void {
    this.#seen.delete(nodeId);
  }

  /** Those below a row. */
  below(nodeId: string): readonly SeenConnector[] {
    return [...this.#seen].flatMap(([id, seen]) => (id.startsWith(`${nodeId}/`) ? [seen] : []));
  }

  /** Forgets everything below a place. */
  forget(prefix: string): void {
    for (const id of this.#seen.keys()) {
      if (id.startsWith(prefix)) this.#seen.delete(id);
    }
  }
}
