/** What names one thing in a cloud: all that a document's address, a pin or the list of recent things keeps of it. No secret. */
export interface ResourceRef {
  readonly accountId: string;
  /** The kind of its row, e.g. `dataStream.topic`. */
  readonly kind: string;
  /** What the service needs to find it, e.g. `[topicId]` or `[region, appKey, topicName]`. */
  readonly keys: readonly string[];
  /** Its own name, for people; what it was when the reference was made. */
  readonly name: string;
}

/** Whether two references name the same thing, whatever it was called then. */
export function isSameResource(a: ResourceRef, b: ResourceRef): boolean {
  return a.accountId === b.accountId && a.kind === b.kind && a.keys.length === b.keys.length && a.keys.every((key, n) => key === b.keys[n]);
}
