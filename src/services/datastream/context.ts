import type { ResourceRef } from '../../model/resource.ts';

/** What Data Stream needs of the house beyond what every service gets. */
export interface DataStreamHouse {
  /** Opens something as a document. */
  readonly openDocument: (ref: ResourceRef, mode: 'edit' | 'view' | 'raw', signal?: AbortSignal) => Promise<void>;
}
